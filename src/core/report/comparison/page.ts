import { changes, type Matrix, type MatrixRow } from '../../diff/matrix';
import { grouped } from '../../grouped';
import { html, type Markup, nothing } from '../html/escape';
import { type Printable, printedPage } from '../html/print-report';
import type { ComparisonReport } from './formats';
import { cellText, changeLooks, changeText, sortedRows } from './layout';

/** A comparison as one page, for a reader and for paper: what changed by kind, then what is the same (folded away on a screen). */
export function comparisonPage({ matrix, generator, generatedAt }: ComparisonReport, isFolded = true): Printable {
  const title = `${matrix.columns.map(({ label }) => label).join(' → ')}: ${grouped(matrix.summary.headline)}`;
  const groups = changes
    .map((change) => ({ change, rows: sortedRows(matrix.rows.filter((row) => row.change === change)) }))
    .filter(({ rows }) => rows.length > 0);
  const body = html`<p class="subject">${matrix.columns.map(({ label }) => label).join(' → ')}</p>
<h1 id="top">${grouped(matrix.summary.headline)}</h1>
${matrix.summary.highlights.length === 0 ? nothing : html`<ul class="highlights">${matrix.summary.highlights.map((text) => html`<li>${text}</li>`)}</ul>`}
<nav class="contents" aria-label="Contents">${groups.map(({ change }) => html`<a href="#${change}">${heading(change)}</a>`)}</nav>
<dl class="facts">${matrix.columns.map(({ label, note }) => html`<div><dt>${label}</dt><dd>${note}</dd></div>`)}</dl>
${groups.map(({ change, rows }) => group(change, rows, matrix, isFolded))}${groups.length === 0 ? html`<p>Neither side has anything to compare.</p>` : nothing}
<p class="made">${generator} · ${generatedAt.slice(0, 16).replace('T', ' ')} UTC</p>`;
  return {
    title,
    html: printedPage(title, body),
    bookmarks: groups.map(({ change }) => ({ id: change, title: heading(change), level: 1 })),
  };
}

type Change = MatrixRow['change'];

function heading(change: Change): string {
  const { word } = changeLooks[change];
  return change === 'same' ? 'The same' : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function group(change: Change, rows: readonly MatrixRow[], matrix: Matrix, isFolded: boolean): Markup {
  const table = html`<table class="sides">
<thead><tr><th scope="col">Change</th><th scope="col">Tool</th>${matrix.columns.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (
    row,
  ) => html`<tr><td class="status ${changeLooks[change].style}">${changeText(row)}</td><th scope="row">${row.title}</th>${matrix.columns.map((_, index) => html`<td class="mono">${cellText(row, index)}</td>`)}</tr>
`,
)}</tbody>
</table>`;
  return html`<section aria-labelledby="${change}"><h2 id="${change}">${heading(change)} <span class="who">${grouped(rows.length)}</span></h2>
${change === 'same' && isFolded ? html`<details class="same"><summary>Show ${grouped(rows.length)} that are the same</summary>${table}</details>` : table}
</section>
`;
}
