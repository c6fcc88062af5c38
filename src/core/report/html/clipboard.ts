import { grouped } from '../../grouped';
import { remediesOf } from '../remedies';
import { placeText, type Report, type ReportRow } from '../report';
import { statusLooks, statusOrder } from '../status';
import { html, type Markup, nothing } from './escape';

const CELL = 'padding:4px 10px;border:1px solid #d0d7de;text-align:left;vertical-align:top';

/**
 * A report for the clipboard: headings, tables and lists with their style on them, since mail and document editors throw
 * style sheets away; nothing that has to be clicked.
 */
export function renderClipboard(report: Report): string {
  const { title, summary, rows, findings, generator, generatedAt } = report;
  const open = rows
    .filter(({ status }) => status !== 'match')
    .sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status));
  const { whole } = remediesOf(report);
  const matches = rows.filter(({ status }) => status === 'match');
  return html`<h2>${title}: ${grouped(summary.headline)}</h2>
${whole === undefined ? nothing : html`<p>${whole.title}: <code>${whole.command}</code></p>`}
${open.length === 0 ? nothing : table(open)}
${matches.length === 0 ? nothing : html`<p>${statusLooks.match.glyph} In step: ${matches.map(({ title: name, actual }) => (actual === '' ? name : `${name} ${actual}`)).join(', ')}</p>`}
${
  findings.length === 0
    ? nothing
    : html`<ul>${findings.map(({ message, position }) => html`<li>${message}${position === undefined ? '' : ` (${placeText(position)})`}</li>`)}</ul>`
}
<p style="color:#59636e;font-size:12px">${generator}, ${generatedAt}</p>
`.markup;
}

function table(rows: readonly ReportRow[]): Markup {
  return html`<table style="border-collapse:collapse"><thead><tr>${['Status', 'Tool', 'This machine', 'Flake', 'Why'].map((name) => html`<th style="${CELL}">${name}</th>`)}</tr></thead><tbody>
${rows.map(({ status, badge, title, actual, expected, reason }) => {
  const { glyph, word } = statusLooks[status];
  return html`<tr><td style="${CELL};white-space:nowrap">${glyph} ${word}${badge === '' ? '' : `, ${badge}`}</td><td style="${CELL}"><b>${title}</b></td><td style="${CELL}"><code>${actual === '' ? '–' : actual}</code></td><td style="${CELL}"><code>${expected}</code></td><td style="${CELL}">${reason}</td></tr>
`;
})}</tbody></table>`;
}
