import type { Exporter } from './exporter';
import { plain } from './plain';
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

/** GitHub refuses bodies of more than 65,536 characters: what is only on the machine is the first to go. */
const EXTRAS_MOST = 200;

function renderMarkdown(report: Report): string {
  const { summary, rows, extras } = report;
  const open = rows
    .filter(({ status }) => status !== 'match')
    .sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status));
  const matches = rows.filter(({ status }) => status === 'match');
  const blocks = [
    `## ${escapeMarkdown(report.title)}: ${escapeMarkdown(summary.headline)}`,
    open.length === 0 ? '' : table(open),
    matches.length === 0 ? '' : folded(`${statusLooks.match.glyph} ${matches.length} in step`, table(matches)),
    fixes(open),
    extras.length === 0
      ? ''
      : folded(`${statusLooks.extra.glyph} ${extras.length} more on this machine`, extraList(extras)),
    folded('What was compared', facts(report)),
    findings(report),
    `<sub>${escapeMarkdown(report.generator)}, ${report.generatedAt}</sub>`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function table(rows: readonly ReportRow[]): string {
  return [
    '| Status | Tool | This machine | Flake | Why |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => {
      const { glyph, word } = statusLooks[row.status];
      const status = row.badge === '' ? `${glyph} ${word}` : `${glyph} ${word}, ${row.badge}`;
      return `| ${status} | **${escapeMarkdown(row.title)}** | ${code(row.actual)} | ${code(row.expected)} | ${escapeMarkdown(row.reason)} |`;
    }),
  ].join('\n');
}

function fixes(rows: readonly ReportRow[]): string {
  const items = rows
    .filter(({ row, status }) => row.fixes.length > 0 && status !== 'unknown')
    .map(({ title, row }) => {
      const commands = row.fixes.slice(0, 3).map(({ command, title: what, risk }) => {
        const note = risk === undefined ? '' : ` ${escapeMarkdown(plain(risk))}`;
        return `- ${escapeMarkdown(plain(what))}.${note}\n\n  \`\`\`sh\n  ${plain(command)}\n  \`\`\``;
      });
      return `**${escapeMarkdown(title)}**\n\n${commands.join('\n')}`;
    });
  return items.length === 0 ? '' : folded('How to fix', items.join('\n\n'));
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
    const parts = [message, ...(hint === undefined ? [] : [hint])].map((text) => escapeMarkdown(plain(text)));
    return `- ${parts.join(' ')}${place === '' ? '' : ` ${code(plain(place))}`}`;
  });
  return items.length === 0
    ? ''
    : folded(`${items.length === 1 ? '1 finding' : `${items.length} findings`}`, items.join('\n'));
}

function facts({ facts: all, redactions }: Report): string {
  const removed = Object.entries(redactions).map(([kind, count]) => `${count} × ${kind}`);
  const lines = [...all, ...(removed.length === 0 ? [] : [['Redacted', removed.join(', ')] as const])];
  return ['| | |', '| --- | --- |', ...lines.map(([label, value]) => `| ${label} | ${code(value)} |`)].join('\n');
}

export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** Inline HTML rather than backticks, which cannot be escaped inside a table. */
export function code(text: string): string {
  return text === '' ? '–' : `<code>${escapeMarkdown(text)}</code>`;
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
