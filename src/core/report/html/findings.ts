import { grouped } from '../../grouped';
import type { Problem } from '../../model/problem';
import { placeText } from '../report';
import { html, type Markup, nothing, prose } from './escape';

/** More than this would push the comparison off the screen. */
const SHOWN = 2;

/** What concerns the comparison as a whole: a few are shown, many are folded. */
export function findingsSection(findings: readonly Problem[]): Markup {
  if (findings.length === 0) {
    return nothing;
  }
  const items = html`<ul class="findings">
${findings.map(finding)}</ul>
`;
  return findings.length <= SHOWN
    ? items
    : html`<details class="fold noted">
<summary>${grouped(findings.length)} findings about the flake and the project</summary>
${items}</details>
`;
}

function finding({ message, hint, position }: Problem): Markup {
  const place = placeText(position);
  return html`<li><p>${prose(message)}${place === '' ? nothing : html` <span class="mono">${place}</span>`}</p>${hint === undefined ? nothing : html`<p class="hint">${prose(hint)}</p>`}</li>
`;
}
