import { grouped } from '../../grouped';
import type { Fix } from '../../model/diff';
import { type Remedy, remediesOf } from '../remedies';
import type { Report } from '../report';
import { statusLooks } from '../status';
import { html, type Markup, nothing } from './escape';

/** More than these nobody does first. */
const FIRST = 3;

/** What to do first: the command that brings all of it, and the differences that hurt most with one command each. */
export function firstSteps(report: Report): Markup {
  const { whole, single } = remediesOf(report);
  const able = single.filter(({ fixes }) => fixes.length > 0);
  if (whole === undefined && able.length === 0) {
    return nothing;
  }
  const rest = single.length - Math.min(FIRST, able.length);
  return html`<section class="first" aria-labelledby="first">
<h2 id="first">What to do first</h2>
${
  whole === undefined
    ? nothing
    : html`<div class="whole"><p><b>${whole.title}.</b>${whole.risk === undefined ? '' : ` ${whole.risk}`}</p>${commandBox(whole)}</div>
`
}${
  able.length === 0
    ? nothing
    : html`<p class="or">${whole === undefined ? 'The most pressing, one by one:' : 'Or one by one, the most pressing first:'}</p>
<ol class="steps">
${able.slice(0, FIRST).map((remedy, index) => step(remedy, able[index - 1]))}</ol>
`
}${
  able.length === 0 || rest <= 0
    ? nothing
    : html`<p class="hint">${grouped(rest)} more below, each with its commands.</p>
`
}</section>
`;
}

/** @param before the step above: a risk that both have is told once */
function step({ row: { status, title, actual, expected }, fixes: [fix] }: Remedy, before: Remedy | undefined): Markup {
  const { glyph, word } = statusLooks[status];
  const change =
    status === 'shadowed'
      ? 'hidden by another copy'
      : `${actual === '' ? word : actual} → ${expected === '' ? 'away' : expected}`;
  return html`<li><p><span class="glyph ${status}" aria-hidden="true">${glyph}</span> <b>${title}</b> <span class="change">${change}</span></p>${fix === undefined ? nothing : html`${commandBox(fix)}${fix.risk === undefined || fix.risk === before?.fixes[0]?.risk ? nothing : html`<p class="risk">${fix.risk}</p>`}`}</li>
`;
}

/** A command to copy: with the script's button, or by selecting it. */
export function commandBox({ command }: Fix): Markup {
  return html`<div class="command"><code>${breakable(command)}</code><button type="button" class="copy quiet" hidden>Copy</button></div>`;
}

/** A line that is too short for a command ends before the name of the package, not within it. */
function breakable(command: string): Markup {
  return html`${command.split(/(?=#)/u).map((part, index) => html`${index === 0 ? nothing : { markup: '<wbr>' }}${part}`)}`;
}
