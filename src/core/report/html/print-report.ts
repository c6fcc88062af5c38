import { grouped } from '../../grouped';
import type { Fix } from '../../model/diff';
import { type Remedy, remediesOf } from '../remedies';
import { placeText, type Report, type ReportGroup, type ReportRow } from '../report';
import { statusLooks, statusOrder } from '../status';
import barStyle from './bar.css?raw';
import { html, type Markup, nameInHead, nothing, prose } from './escape';
import { hatch, redacted } from './index';
import { contentPolicy } from './policy';
import printStyle from './print.css?raw';
import { segmentedBar } from './summary';
import { themeStyle } from './theme';

/** One heading of a printed document that its bookmarks name: the id of its element and its words. */
export interface Bookmark {
  readonly id: string;
  readonly title: string;
  /** 1 for a section, 2 for a part of it. */
  readonly level: 1 | 2;
}

/** A document to be printed: a page, and what its bookmarks are. */
export interface Printable {
  readonly html: string;
  readonly title: string;
  readonly bookmarks: readonly Bookmark[];
}

/** More commands for one row are for the other formats. */
const FIXES = 3;
/** More tools than these nobody mends from paper, and a printer takes minutes for them. */
const FIXED_MOST = 200;
/** Rows on paper: some 400 pages. */
const ROWS_MOST = 5_000;

/** Also read on a screen, in its colours; on paper in those of paper. */
const pageStyle = themeStyle + barStyle + printStyle;

/**
 * A report to be printed: tables whose heads repeat on every page, sections with bookmarks, the commands after the
 * comparison rather than inside it.
 */
export function printReport(report: Report): Printable {
  const { title, summary, audit, generator, generatedAt } = report;
  const groups = report.groups.map((group, index) => ({ group, id: `group-${index + 1}` }));
  const { whole, single } = remediesOf(report);
  const fixable = single.filter((remedy) => remedy.fixes.length > 0);
  const sections: readonly (Section | undefined)[] = [
    report.groups.length === 0
      ? undefined
      : { id: 'comparison', title: 'Comparison', body: comparison(groups), parts: groups.map(partOf) },
    fixable.length === 0 ? undefined : { id: 'fixes', title: 'How to fix', body: fixes(fixable), parts: [] },
    report.findings.length === 0 ? undefined : { id: 'findings', title: 'Findings', body: findings(report), parts: [] },
    report.extras.length === 0
      ? undefined
      : { id: 'extras', title: 'Also on this machine', body: extras(report.extras), parts: [] },
  ];
  const present = sections.filter((section) => section !== undefined);
  const head = html`<p class="subject">${title} / ${nameInHead(audit.shell)} / ${audit.target.system}</p>
<h1 id="top">${grouped(summary.headline)}</h1>
${segmentedBar(summary)}
${
  whole === undefined
    ? nothing
    : html`<div class="fix whole"><h2 id="first">What to do first</h2>${commandList([whole])}</div>
`
}${contents(present)}
<dl class="facts">${report.facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
`;
  return {
    title: `${title}: ${grouped(summary.headline)}`,
    html: printedPage(
      `${title}: ${grouped(summary.headline)}`,
      html`${hatch}${head}${present.map(sectionOf)}
<p class="made">${generator} · ${generatedAt.slice(0, 16).replace('T', ' ')} UTC${redacted(report)}</p>`,
    ),
    bookmarks: present.flatMap(({ id, title: name, parts }) => [{ id, title: name, level: 1 as const }, ...parts]),
  };
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
  readonly parts: readonly Bookmark[];
}

function partOf({ group, id }: { readonly group: ReportGroup; readonly id: string }): Bookmark {
  return { id, title: group.title, level: 2 };
}

function sectionOf({ id, title, body }: Section): Markup {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${body}</section>
`;
}

/** Links to every section: what is linked to becomes a place that bookmarks can name. */
function contents(sections: readonly Section[]): Markup {
  return html`<nav class="contents" aria-label="Contents">${sections.map(
    ({ id, title, parts }) =>
      html`<a href="#${id}">${title}</a>${parts.map((part) => html`<a class="part" href="#${part.id}">${part.title}</a>`)}`,
  )}</nav>`;
}

/** A whole page for printing. */
export function printedPage(title: string, body: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(pageStyle)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ markup: pageStyle }}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.markup;
}

function comparison(groups: readonly { readonly group: ReportGroup; readonly id: string }[]): Markup {
  let room = ROWS_MOST;
  const printed = groups.map(({ group, id }) => {
    const rows = [...group.rows].sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status));
    const fitting = rows.slice(0, room);
    room -= fitting.length;
    return { group, id, rows: fitting };
  });
  const rest = groups.reduce((sum, { group }) => sum + group.rows.length, 0) - (ROWS_MOST - room);
  return html`<table class="comparison">
<thead><tr><th scope="col">Status</th><th scope="col">Tool</th><th scope="col">This machine</th><th scope="col">Flake</th><th scope="col">Why</th></tr></thead>
${printed.map(
  ({ group, id, rows }) => html`<tbody>
<tr class="group"><th scope="rowgroup" colspan="5"><h3 id="${id}">${group.title}</h3> <span>${grouped(`${group.counts.match} of ${group.rows.length} in step`)}</span></th></tr>
${rows.map(rowLine)}</tbody>
`,
)}</table>
${rest > 0 ? html`<p>… and ${rest} more: CSV and JSON have them all.</p>` : nothing}
`;
}

function rowLine({ status, title, actual, expected, badge, reason, place }: ReportRow): Markup {
  const { glyph, word } = statusLooks[status];
  return html`<tr><td class="status ${status}">${glyph} ${word}${badge === '' ? nothing : html` <span>${badge}</span>`}</td><th scope="row">${title}</th><td class="mono">${actual === '' ? '–' : actual}</td><td class="mono">${expected}</td><td>${prose(reason)}${place === '' ? nothing : html` <span class="place">${place}</span>`}</td></tr>
`;
}

function fixes(remedies: readonly Remedy[]): Markup {
  const rest = remedies.length - FIXED_MOST;
  return html`${remedies.slice(0, FIXED_MOST).map(
    ({ row, fixes: all }) => html`<div class="fix"><h3>${row.title}</h3>${commandList(all.slice(0, FIXES))}</div>
`,
  )}${rest > 0 ? html`<p>… and ${rest} more: the web page, and "lockstep fix", have them all.</p>` : nothing}`;
}

/** Commands with what else they change. */
export function commandList(commands: readonly Fix[]): Markup {
  return commands.length === 0
    ? nothing
    : html`<ul class="commands">${commands.map(
        ({ command, title, risk }) =>
          html`<li><p>${title}.${risk === undefined ? '' : ` ${risk}`}</p><pre>${command}</pre></li>`,
      )}</ul>`;
}

function findings({ findings: all }: Report): Markup {
  return html`<ul class="findings">${all.map(
    ({ message, hint, position }) =>
      html`<li>${prose(message)}${position === undefined ? nothing : html` <span class="place">${placeText(position)}</span>`}${hint === undefined ? nothing : html`<br><span class="hint">${prose(hint)}</span>`}</li>`,
  )}</ul>
`;
}

function extras(rows: readonly ReportRow[]): Markup {
  return html`<table>
<thead><tr><th scope="col">Tool</th><th scope="col">Version</th><th scope="col">Path</th><th scope="col">Installed by</th></tr></thead>
<tbody>
${rows.map(({ title, row }) => {
  const copy = row.actual ?? row.copies[0];
  return html`<tr><th scope="row">${title}</th><td class="mono">${copy?.version ?? '?'}</td><td class="mono path">${copy?.path ?? ''}</td><td>${copy?.manager ?? ''}</td></tr>
`;
})}</tbody>
</table>
`;
}
