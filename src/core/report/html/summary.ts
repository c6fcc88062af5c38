import { grouped } from '../../grouped';
import type { DiffSummary, RowStatus } from '../../model/diff';
import { statusLooks } from '../status';
import { html, type Markup, nothing } from './escape';

/** The order of segments: what is in step first, then what needs doing. */
export const barOrder: readonly Exclude<RowStatus, 'extra'>[] = ['match', 'drift', 'missing', 'shadowed', 'unknown'];

const WIDTH = 1000;
const GAP = 4;
/** So that one row among ten thousand is still to be seen. */
const LEAST = 8;

/** One bar, a segment a status, with gaps between; its text says the same. */
export function segmentedBar(summary: DiffSummary): Markup {
  const parts = barOrder.filter((status) => summary[status] > 0);
  if (parts.length === 0) {
    return nothing;
  }
  const room = WIDTH - GAP * (parts.length - 1) - LEAST * parts.length;
  let x = 0;
  const rects = parts.map((status) => {
    const width = LEAST + (room * summary[status]) / summary.total;
    const rect = html`<rect class="fill-${status}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"/>`;
    x += width + GAP;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" role="img" aria-label="${grouped(summary.headline)}">${rects}</svg>`;
}

/** What the bar's colours mean, with counts. */
export function barLegend(summary: DiffSummary): Markup {
  const parts = barOrder.filter((status) => summary[status] > 0);
  return parts.length === 0
    ? nothing
    : html`<ul class="legend" aria-hidden="true">${parts.map((status) => html`<li><svg width="10" height="10"><rect class="fill-${status}" width="10" height="10" rx="2"/></svg>${statusLooks[status].label} <b>${grouped(summary[status])}</b></li>`)}</ul>`;
}

/** Toggles with their counts, and a search box: shown by the script, since without it they do nothing. */
export function filters(summary: DiffSummary): Markup {
  const chips = barOrder
    .filter((status) => summary[status] > 0)
    .map((status) => {
      const { glyph, label, meaning } = statusLooks[status];
      return html`<button type="button" class="chip" data-filter="${status}" aria-pressed="false" title="${meaning}"><span class="glyph ${status}" aria-hidden="true">${glyph}</span>${label}<span class="count">${grouped(summary[status])}</span></button>\n`;
    });
  return html`<div class="filters" id="filters" hidden>
<div class="chips" role="group" aria-label="Show only">
${chips}</div>
<label class="search"><span class="sr">Search tools, versions and reasons</span><input type="search" id="search" placeholder="Search" autocomplete="off" spellcheck="false"></label>
<p class="sr" id="shown" role="status"></p>
</div>`;
}
