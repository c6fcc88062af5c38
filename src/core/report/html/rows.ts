import { grouped } from '../../grouped';
import type { Actual, Fix, RowStatus } from '../../model/diff';
import type { Evidence } from '../../model/evidence';
import type { ReportGroup, ReportRow } from '../report';
import { statusLooks, statusOrder } from '../status';
import { html, type Markup, nothing, prose } from './escape';
import { commandBox } from './first';

/** Rows from which on a browser need not lay out what is not to be seen. */
const LARGE = 200;

/** A category: what needs doing first, what is in step folded away below. */
export function groupSection(group: ReportGroup, isBrief: boolean): Markup {
  const isLarge = group.rows.length > LARGE;
  const open = group.rows
    .filter(({ status }) => status !== 'match')
    .sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status));
  const matches = group.rows.filter(({ status }) => status === 'match');
  const counts = statusOrder
    .filter((status) => group.counts[status] > 0)
    .map(
      (status) =>
        html`<span class="tally ${status}"><span aria-hidden="true">${statusLooks[status].glyph}</span> ${grouped(group.counts[status])}<span class="sr"> ${statusLooks[status].word}</span></span>`,
    );
  return html`<section class="${isLarge ? 'group large' : 'group'}">
<h3><span>${group.title}</span><span class="tallies">${counts}</span></h3>
${open.map((row) => rowItem(row, isBrief))}${
  matches.length === 0
    ? nothing
    : html`<details class="fold matches">
<summary><span class="glyph match" aria-hidden="true">${statusLooks.match.glyph}</span> ${grouped(matches.length)} in step<span class="names">${matches.map(({ title }) => title).join(', ')}</span></summary>
${matches.map((row) => rowItem(row, isBrief))}</details>
`
}</section>
`;
}

/** What only the machine has: folded away, since nobody asked. */
export function extrasSection(extras: readonly ReportRow[]): Markup {
  const lines = extras.map(
    ({ title, categoryTitle, row }) =>
      html`<tr><th scope="row">${title}</th><td class="mono">${row.actual?.version ?? row.copies[0]?.version ?? '?'}</td><td class="mono path">${row.actual?.path ?? row.copies[0]?.path ?? ''}</td><td>${row.actual?.manager ?? row.copies[0]?.manager ?? ''}</td><td>${categoryTitle}</td></tr>\n`,
  );
  return html`<section class="extras" aria-labelledby="extras">
<h2 id="extras">Also on this machine</h2>
<details class="fold">
<summary>${grouped(extras.length)} ${extras.length === 1 ? 'tool' : 'tools'} that the flake does not ask for</summary>
<section class="scroll" aria-label="Extra tools" tabindex="0"><table>
<thead><tr><th scope="col">Tool</th><th scope="col">Version</th><th scope="col">Path</th><th scope="col">Installed by</th><th scope="col">Category</th></tr></thead>
<tbody>
${lines}</tbody>
</table></section>
</details>
</section>`;
}

/** @param isBrief of thousands of rows nobody opens each: the best command, and no evidence */
function rowItem(reportRow: ReportRow, isBrief: boolean): Markup {
  const { row, status, title, actual, expected, badge, reason } = reportRow;
  const { glyph, word } = statusLooks[status];
  return html`<details class="row" data-status="${status}">
<summary>
<span class="status ${status}"><span class="glyph" aria-hidden="true">${glyph}</span> ${word}${badge === '' ? nothing : html`<span class="size">${badge}</span>`}</span>
<span class="tool">${title}</span>
<span class="version actual ${differs(status)}">${actual === '' ? html`<span class="dash" aria-hidden="true">–</span><span class="sr">not installed</span>` : actual}</span>
<span class="version expected">${expected}</span>
<span class="why">${prose(reason)}</span>
</summary>
<div class="more">
<p class="reason">${prose(reason)}</p>
${fixList(isBrief ? row.fixes.slice(0, 1) : row.fixes)}${asked(reportRow)}${isBrief ? nothing : html`${copyTable(title, row.copies)}${evidenceList(row.actual?.evidence ?? [])}`}</div>
</details>
`;
}

function differs(status: RowStatus): string {
  return status === 'drift' || status === 'shadowed' ? 'off' : '';
}

function asked({ row: { expected }, place }: ReportRow): Markup {
  if (expected === undefined) {
    return nothing;
  }
  const facts: (readonly [string, string])[] = [['Asked for as', expected.attribute]];
  if (place !== '') {
    facts.push(['At', place]);
  }
  if (expected.certainty !== 'exact') {
    facts.push(['Certainty', expected.reason ?? expected.certainty]);
  }
  return html`<dl class="asked">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd class="${label === 'Certainty' ? '' : 'mono'}">${value}</dd></div>`)}</dl>\n`;
}

function fixList(fixes: readonly Fix[]): Markup {
  if (fixes.length === 0) {
    return nothing;
  }
  return html`<h4>How to fix</h4>
<ol class="fixes">
${fixes.map((fix) => {
  const { title, risk, manager } = fix;
  return html`<li><p>${title}<span class="by">${manager}</span></p>${commandBox(fix)}${risk === undefined ? nothing : html`<p class="risk">${risk}</p>`}</li>\n`;
})}</ol>
`;
}

function copyTable(title: string, copies: readonly Actual[]): Markup {
  if (copies.length === 0) {
    return nothing;
  }
  return html`<h4>${copies.length === 1 ? 'The copy on this machine' : `All ${copies.length} copies on this machine`}</h4>
<section class="scroll" aria-label="Copies of ${title}" tabindex="0"><table class="copies">
<thead><tr><th scope="col">Version</th><th scope="col">Path</th><th scope="col">Installed by</th><th scope="col">On PATH</th></tr></thead>
<tbody>
${copies.map(
  (copy) =>
    html`<tr class="${copy.active ? 'wins' : ''}"><td class="mono">${copy.version ?? '?'}</td><td class="mono path">${copy.path}${copy.realPath === copy.path ? nothing : html`<span class="real">${copy.realPath}</span>`}${copy.leadsTo === undefined ? nothing : html`<span class="real">starts ${copy.leadsTo}</span>`}</td><td>${copy.manager}</td><td>${standing(copy)}</td></tr>\n`,
)}</tbody>
</table></section>
`;
}

function standing({ active, onPath, shadowedBy }: Actual): string {
  if (active) {
    return 'wins';
  }
  if (!onPath) {
    return 'no';
  }
  return shadowedBy === undefined ? 'yes' : `hidden by ${shadowedBy}`;
}

function evidenceList(evidence: readonly Evidence[]): Markup {
  if (evidence.length === 0) {
    return nothing;
  }
  return html`<h4>How this is known</h4>
<ul class="evidence">
${evidence.map(({ kind, source, detail }) => html`<li><span class="kind">${kind}</span><span class="mono">${source}</span>${detail === undefined ? nothing : html`<span class="detail">${detail}</span>`}</li>\n`)}</ul>
`;
}
