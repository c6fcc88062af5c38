import type { Fix } from '../model/diff';
import type { Exporter } from './exporter';
import { plain } from './plain';
import { remediesOf } from './remedies';
import { placeText, type Report, type ReportRow } from './report';
import { statusLooks, statusOrder } from './status';

/** For an issue or a pull request: what needs doing in a table, what is in step and how to fix folded away. */
export const markdownExporter: Exporter = {
  id: 'markdown',
  title: 'Markdown',
  purpose: 'For an issue or a pull request.',
  extension: 'md',
  mime: 'text/markdown',
  render: (report) => renderMarkdown(report),
};

/** GitHub refuses bodies of more than 65,536 characters: each part has so many of them, and says what it leaves out. */
const ROOM = { open: 34_000, matches: 8_000, fixes: 10_000, findings: 4_000 };
const EXTRAS_MOST = 200;
/** More commands for one row are for the other formats. */
const COMMANDS = 3;

function renderMarkdown(report: Report): string {
  const { summary, rows, extras } = report;
  const open = rows
    .filter(({ status }) => status !== 'match')
    .sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status));
  const matches = rows.filter(({ status }) => status === 'match');
  const blocks = [
    `## ${escapeMarkdown(report.title)}: ${escapeMarkdown(summary.headline)}`,
    firstStep(report),
    open.length === 0 ? '' : table(open, ROOM.open),
    matches.length === 0
      ? ''
      : folded(`${statusLooks.match.glyph} ${matches.length} in step`, table(matches, ROOM.matches)),
    fixes(report),
    extras.length === 0
      ? ''
      : folded(`${statusLooks.extra.glyph} ${extras.length} more on this machine`, extraList(extras)),
    folded('What was compared', facts(report)),
    findings(report),
    `<sub>${escapeMarkdown(report.generator)}, ${report.generatedAt}</sub>`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** For a reader of ten seconds: the one command. */
function firstStep(report: Report): string {
  const { whole } = remediesOf(report);
  return whole === undefined ? '' : `${escapeMarkdown(whole.title)}: ${code(plain(whole.command))}`;
}

function table(rows: readonly ReportRow[], room: number): string {
  const { lines, rest } = fitting(
    rows.map((row) => {
      const { glyph, word } = statusLooks[row.status];
      const status = row.badge === '' ? `${glyph} ${word}` : `${glyph} ${word}, ${row.badge}`;
      return `| ${status} | **${escapeMarkdown(row.title)}** | ${code(row.actual)} | ${code(row.expected)} | ${prose(row.reason)} |`;
    }),
    room,
  );
  const head = ['| Status | Tool | This machine | Flake | Why |', '| --- | --- | --- | --- | --- |'];
  return `${[...head, ...lines].join('\n')}${rest === 0 ? '' : `\n\n${more(rest)}`}`;
}

/** As many texts as there is room for, and how many are left out. */
function fitting(texts: readonly string[], room: number): { readonly lines: readonly string[]; readonly rest: number } {
  let left = room;
  const end = texts.findIndex((text) => {
    left -= text.length + 1;
    return left < 0;
  });
  const lines = end === -1 ? texts : texts.slice(0, end);
  return { lines, rest: texts.length - lines.length };
}

function more(rest: number): string {
  return `… and ${rest} more: the web page and JSON have them all.`;
}

/** What brings everything is said once, what a tool alone needs with each. */
function fixes(report: Report): string {
  const { whole, single } = remediesOf(report);
  const language = report.audit.snapshot.host.os === 'windows' ? 'powershell' : 'sh';
  const items = single
    .filter((remedy) => remedy.fixes.length > 0)
    .map((remedy) => {
      const commands = remedy.fixes.slice(0, COMMANDS).map((fix) => command(fix, language));
      return `**${escapeMarkdown(remedy.row.title)}**\n\n${commands.join('\n')}`;
    });
  const { lines, rest } = fitting(items, ROOM.fixes);
  const others = single.filter((remedy) => remedy.fixes.length === 0).length;
  const parts = [
    ...(whole === undefined ? [] : [`**Everything at once**\n\n${command(whole, language)}`]),
    ...lines,
    ...(rest === 0 ? [] : [more(rest)]),
    ...(others === 0 || items.length + (whole === undefined ? 0 : 1) === 0 ? [] : [noCommand(others, whole)]),
  ];
  return parts.length === 0 ? '' : folded('How to fix', parts.join('\n\n'));
}

function noCommand(count: number, whole: Fix | undefined): string {
  const them = count === 1 ? '1 difference' : `${count} differences`;
  return whole === undefined
    ? `For ${them} no command is known for this machine.`
    : `For ${them} there is only the command for everything at once.`;
}

function command({ command: text, title, risk }: Fix, language: string): string {
  const note = risk === undefined ? '' : ` ${escapeMarkdown(plain(risk))}`;
  return `- ${escapeMarkdown(plain(title))}.${note}\n\n${fenced(text, language, '  ')}`;
}

/** A block of code that its text cannot close: the fence is longer than any run of backticks in it. */
export function fenced(text: string, language: string, indent: string): string {
  const line = plain(text);
  const fence = '`'.repeat(Math.max(3, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return [`${fence}${language}`, line, fence].map((part) => indent + part).join('\n');
}

function extraList(extras: readonly ReportRow[]): string {
  const names = extras.slice(0, EXTRAS_MOST).map(({ title, row }) => {
    const version = row.actual?.version ?? row.copies[0]?.version;
    return version === undefined ? escapeMarkdown(title) : `${escapeMarkdown(title)} ${code(plain(version))}`;
  });
  const rest = extras.length - names.length;
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function findings({ findings: all }: Report): string {
  const items = all.map(({ message, hint, position }) => {
    const place = placeText(position);
    const parts = [message, ...(hint === undefined ? [] : [hint])].map((text) => prose(plain(text)));
    return `- ${parts.join(' ')}${place === '' ? '' : ` ${code(plain(place))}`}`;
  });
  const { lines, rest } = fitting(items, ROOM.findings);
  return items.length === 0
    ? ''
    : folded(
        `${items.length === 1 ? '1 finding' : `${items.length} findings`}`,
        [...lines, ...(rest === 0 ? [] : [`- ${more(rest)}`])].join('\n'),
      );
}

function facts({ facts: all, redactions }: Report): string {
  const removed = Object.entries(redactions).map(([kind, count]) => `${count} × ${kind}`);
  const lines = [...all, ...(removed.length === 0 ? [] : [['Redacted', removed.join(', ')] as const])];
  return ['| | |', '| --- | --- |', ...lines.map(([label, value]) => `| ${label} | ${code(value)} |`)].join('\n');
}

/** A part that GitHub shows folded. Both texts are Markdown or HTML already. */
export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** Inline HTML rather than backticks, which cannot be escaped inside a table. */
export function code(text: string): string {
  return text === '' ? '–' : `<code>${escapeMarkdown(text)}</code>`;
}

/** A sentence in which what stands in backticks is code. Expects text without control characters. */
function prose(text: string): string {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 0 ? escapeMarkdown(part) : code(part)))
    .join('');
}

/**
 * Text of strangers as Markdown that shows it and does nothing else: no markup, HTML, table cells, links, mentions
 * (`@name`) or references (`#12`). Expects text without control characters.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+!|~$^=]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, 'www\\.')
    .replace(/(^|[^\w`])@(?=\w)/g, '$1@<!-- -->')
    .replace(/\\#(?=\d)/g, '\\#<!-- -->')
    .replace(/^(\d+)([.)])(?=\s|$)/g, '$1\\$2')
    .replace(/^[-]/g, '\\-');
}
