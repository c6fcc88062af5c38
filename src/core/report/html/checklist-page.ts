import { checklistOfReport } from '../../checklist/steps';
import { grouped } from '../../grouped';
import type { ChecklistItem } from '../../model/checklist';
import { sectionsOf, stateLooks } from '../checklist-words';
import type { Exporter } from '../exporter';
import type { Report } from '../report';
import { html, type Markup, nameInHead, nothing } from './escape';
import { commandList, type Printable, printedPage } from './print-report';

/** The checklist as a page: to print and work through with a pen, or to send. */
export const checklistPageExporter: Exporter = {
  id: 'checklist-html',
  title: 'Checklist as a page',
  purpose: 'The tasks as one page, to read or to print.',
  extension: 'html',
  mime: 'text/html',
  render: (report) => printChecklist(report).html,
};

/** A checklist to be printed. */
export function printChecklist(report: Report): Printable {
  const checklist = checklistOfReport(report);
  const { done, skipped, total, system, shell, former } = checklist;
  const title = `Set up ${report.title} on ${system}`;
  const sections = sectionsOf(checklist);
  const body = html`<p class="subject">${report.title} / ${nameInHead(shell)} / ${system}</p>
<h1 id="top">${title}</h1>
<p>${grouped(`${done} of ${total}`)} done${skipped === 0 ? '' : `, ${grouped(skipped)} skipped`}. The flake is the truth; "lockstep checklist" ticks off what it can see.</p>
<nav class="contents" aria-label="Contents">${sections.map(({ id, title: name }) => html`<a href="#${id}">${name}</a>`)}</nav>
${sections.map(
  ({ id, title: name, items }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>
${items.map(step)}</section>
`,
)}${
  former.length === 0
    ? nothing
    : html`<section><h2>No longer asked for</h2>${former.map(({ title: name, notes }) => html`<h3>${name}</h3>${noteList(notes)}`)}</section>
`
}<p class="made">${report.generator} · ${report.generatedAt.slice(0, 16).replace('T', ' ')} UTC</p>`;
  return {
    title,
    html: printedPage(title, body),
    bookmarks: sections.map(({ id, title: name }) => ({ id, title: name, level: 1 })),
  };
}

function step(item: ChecklistItem): Markup {
  const { state, title, mark, optional, why, commands, check, notes } = item;
  const isClosed = state === 'done' || state === 'skipped';
  const { glyph, word } = stateLooks[state];
  const remarks = [
    ...(optional === true && !isClosed ? ['optional'] : []),
    ...(mark === undefined ? [] : [`${word}: ${mark.by}, ${mark.at.slice(0, 10)}`]),
    ...(mark?.reason === undefined ? [] : [mark.reason]),
  ];
  const box = html`<span class="box" role="img" aria-label="${word}">${state === 'open' || state === 'unseen' ? '' : glyph}</span>`;
  return html`<div class="step ${state}">${box}<div><h3>${title}</h3>${remarks.length === 0 ? nothing : html` <span class="who">${remarks.join('; ')}</span>`}
${noteList(notes)}${isClosed ? nothing : html`<p>${why}</p>${commandList(commands)}${check === undefined ? nothing : html`<p class="hint">Check: ${check}</p>`}`}</div></div>
`;
}

function noteList(notes: ChecklistItem['notes']): Markup {
  return html`${notes.map(({ text, by, at }) => html`<p class="note">${text} <span class="who">${by}, ${at.slice(0, 10)}</span></p>`)}`;
}
