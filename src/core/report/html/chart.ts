import { grouped } from '../../grouped';
import type { ReportGroup } from '../report';
import { statusLooks } from '../status';
import { html, type Markup } from './escape';
import { barOrder } from './summary';

const WIDTH = 600;

/** How each category stands: a bar a category in inline SVG, and the same numbers as a table. */
export function categoryChart(groups: readonly ReportGroup[]): Markup {
  const most = Math.max(...groups.map(({ rows }) => rows.length));
  const used = barOrder.filter((status) => groups.some(({ counts }) => counts[status] > 0));
  return html`<section class="chart" aria-labelledby="chart">
<h2 id="chart">By category <span class="unit">in step of all</span></h2>
<ul class="bars" aria-hidden="true">
${groups.map((group) => html`<li><span class="label">${group.title}</span>${bar(group, most)}<span class="figure">${grouped(`${group.counts.match}/${group.rows.length}`)}</span></li>\n`)}</ul>
<details class="data">
<summary>Show as a table</summary>
<table>
<caption class="sr">Rows by category and status</caption>
<thead><tr><th scope="col">Category</th>${used.map((status) => html`<th scope="col">${statusLooks[status].label}</th>`)}<th scope="col">All</th></tr></thead>
<tbody>
${groups.map(({ title, counts, rows }) => html`<tr><th scope="row">${title}</th>${used.map((status) => html`<td>${grouped(counts[status])}</td>`)}<td>${grouped(rows.length)}</td></tr>\n`)}</tbody>
</table>
</details>
</section>`;
}

function bar({ counts }: ReportGroup, most: number): Markup {
  let x = 0;
  const rects = barOrder
    .filter((status) => counts[status] > 0)
    .map((status) => {
      const width = (WIDTH * counts[status]) / most;
      const rect = html`<rect class="fill-${status}" x="${x.toFixed(1)}" y="0" width="${Math.max(2, width - 2).toFixed(1)}" height="8"/>`;
      x += width;
      return rect;
    });
  return html`<svg viewBox="0 0 ${WIDTH} 8" preserveAspectRatio="none">${rects}</svg>`;
}
