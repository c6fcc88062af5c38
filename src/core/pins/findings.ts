import type { PinContradiction, PinPlace, ProjectPins } from '../model/pins';
import type { Problem } from '../model/problem';
import type { Snapshot } from '../model/snapshot';
import type { Target } from '../model/target';
import { comparePins } from './compare';
import { whereOf } from './sentence';

/**
 * What is wrong with a project's pins, as findings of an audit: contradictions first, then files that are broken.
 *
 * @param target left out: pins are compared with each other only
 * @param snapshot its active copies, for tools that the flake does not give
 * @param shell a key of `target.shells`; left out: the default shell
 */
export function pinFindings(
  pins: ProjectPins,
  target?: Target,
  snapshot?: Snapshot,
  shell?: string,
): readonly Problem[] {
  return [...comparePins(pins, { target, snapshot, shell }).map(contradictionProblem), ...pins.problems];
}

/** A contradiction as a problem: it stands at the first pin, and its detail lists every place. */
export function contradictionProblem(contradiction: PinContradiction): Problem {
  const { severity, message, places } = contradiction;
  const first = places.find((place) => place.kind === 'pin' && place.position !== undefined);
  return {
    code: severity === 'info' ? 'pins-differ' : 'pins-contradict',
    message,
    hint: hintFor(places),
    ...(first?.position === undefined ? {} : { position: first.position }),
    detail: places.map(placeLine).join('\n'),
  };
}

function hintFor(places: readonly PinPlace[]): string {
  const flake = places.find((place) => place.kind === 'flake');
  return flake === undefined
    ? 'Decide on one version and write it in all of these places.'
    : `Write ${flake.says.replace(/^≈ /, '')} in the other places, or change what the flake gives.`;
}

/** `.nvmrc:1:1  20  (job test)`. */
function placeLine(place: PinPlace): string {
  const column = place.position === undefined ? '' : `:${place.position.column}`;
  const scope = place.scope ?? place.path;
  return `${whereOf(place)}${column}  ${place.says}${scope === undefined ? '' : `  (${scope})`}`;
}
