import { branchOffOf, lineOfBranch, UNSTABLE } from './channels';
import type { EstimateSource } from './estimate';
import type { Existence, NixpkgsPin } from './model';
import { bracketAt, type Timeline, versionsBetween } from './timeline';

/** How far around a revision a gap in the records may reach: revisions on either side. */
const GAP = 3;

/**
 * Whether an attribute that some revision has is there at a pin.
 *
 * @param column of the pin's revision, when it is recorded; the attribute has no version in it
 */
export function existenceOf(source: EstimateSource, column: number | undefined, pin: NixpkgsPin): Existence {
  return column === undefined ? around(source, pin) : at(source, column);
}

function at(source: EstimateSource, column: number): Existence {
  const { attribute, versionAt } = source;
  // Of some revisions a few attributes were not recorded: gone before and back after is such a gap.
  const columns = [...source.timelines.values()]
    .map((timeline) => timeline.columns)
    .find((all) => all.includes(column));
  const position = columns?.indexOf(column) ?? 0;
  const near = (from: number, to: number) =>
    columns?.slice(Math.max(0, from), to).some((c) => versionAt(c) !== undefined);
  if (near(position - GAP, position) && near(position + 1, position + 1 + GAP)) {
    return {
      state: 'unknown',
      certainty: 'estimate',
      reason: `The records of this revision lack ${attribute}, but those just before and after have it.`,
    };
  }
  return {
    state: 'absent',
    certainty: 'exact',
    reason: `${attribute} is not in the records of this revision of nixpkgs.`,
  };
}

function around(source: EstimateSource, pin: NixpkgsPin): Existence {
  const { attribute } = source;
  const place = nearestRecords(source.timelines, pin);
  const before = place && bracketAt(place.timeline, place.from).before;
  const after = place && bracketAt(place.timeline, place.to).after;
  if (place === undefined || before === undefined || after === undefined) {
    return {
      state: 'unknown',
      certainty: 'estimate',
      reason: `This nixpkgs is outside of what is recorded; other revisions have ${attribute}.`,
    };
  }
  const versions = versionsBetween(place.timeline, source.versionAt, before.column, after.column);
  if (versions.size === 1 && versions.has(undefined)) {
    return {
      state: 'absent',
      certainty: 'estimate',
      reason: `The recorded revisions before and after this one lack ${attribute}.`,
    };
  }
  const ends = [before.column, after.column].map(source.versionAt);
  return ends.includes(undefined)
    ? { state: 'unknown', certainty: 'estimate', reason: `${attribute} came or went around this revision.` }
    : {
        state: 'exists',
        certainty: 'estimate',
        reason: `The recorded revisions before and after this one have ${attribute}.`,
      };
}

/** The line and times whose records tell most of a pin: its own line, or for a stable line that is not recorded, the
 * unstable one when it was left. */
function nearestRecords(
  timelines: EstimateSource['timelines'],
  { branch, lastModified }: NixpkgsPin,
): { readonly timeline: Timeline; readonly from: number; readonly to: number } | undefined {
  const line = (branch === undefined ? undefined : lineOfBranch(branch)) ?? UNSTABLE;
  const unstable = timelines.get(UNSTABLE);
  if (lastModified === undefined || unstable === undefined) {
    return undefined;
  }
  const branchOff = branchOffOf(line);
  const own = timelines.get(line);
  if (own !== undefined && (branchOff === undefined || lastModified >= branchOff.to)) {
    return { timeline: own, from: lastModified, to: lastModified };
  }
  if (branchOff === undefined) {
    return undefined;
  }
  return lastModified < branchOff.from
    ? { timeline: unstable, from: lastModified, to: lastModified }
    : { timeline: unstable, from: branchOff.from, to: branchOff.to };
}
