import type { ComparedPins, PinContradiction, PinPlace, ProjectPins } from '../model/pins';
import type { Problem } from '../model/problem';
import { comparePins, type PinComparison } from './compare';
import { whereOf } from './sentence';

/**
 * Compares pins and keeps both together: what an audit holds and `lockstep pins --json` prints.
 *
 * @param comparison the flake's target, its shell, the machine: see {@link comparePins}
 */
export function comparedPins(pins: ProjectPins, comparison: PinComparison = {}): ComparedPins {
  return { ...pins, contradictions: comparePins(pins, comparison) };
}

/** What is wrong with a project's pins, as findings of an audit: contradictions first, then files that are broken. */
export function pinFindings({ contradictions, problems }: ComparedPins): readonly Problem[] {
  return [...contradictions.map(contradictionProblem), ...problems];
}

/** A contradiction as a problem: it stands at the first pin, and its detail lists every place. */
function contradictionProblem(contradiction: PinContradiction): Problem {
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
