import type { DiffRow, DiffSummary, EarlyRow, RowStatus } from '../model/diff';

/** In the headline's order; `match` leads it and `extra` never appears there. */
const WORDS: readonly (readonly [Exclude<RowStatus, 'match' | 'extra'>, string])[] = [
  ['drift', 'drift'],
  ['missing', 'missing'],
  ['shadowed', 'hidden'],
  ['unknown', 'unknown'],
];

/**
 * Counts rows. A machine is in step when nothing drifts, is missing or is hidden: what is unknown is told but accuses
 * nobody.
 */
export function summarize(rows: readonly Pick<DiffRow, 'status' | 'accepted'>[]): DiffSummary {
  const counts: Record<RowStatus, number> = { match: 0, drift: 0, missing: 0, extra: 0, shadowed: 0, unknown: 0 };
  for (const { status } of rows) {
    counts[status] += 1;
  }
  const total = rows.length - counts.extra;
  const accepted = rows.filter((row) => row.accepted !== undefined).length;
  return {
    total,
    match: counts.match,
    drift: counts.drift,
    missing: counts.missing,
    shadowed: counts.shadowed,
    unknown: counts.unknown,
    extra: counts.extra,
    ...(accepted === 0 ? {} : { accepted }),
    headline: headline(total, counts, accepted),
    inStep: counts.drift + counts.missing + counts.shadowed === 0,
  };
}

/** Counts of a comparison that is still being made, or was left half-way. */
export interface SummarySoFar extends DiffSummary {
  /** How many of `total` are not judged. */
  readonly pending: number;
}

/**
 * Counts what is judged so far, and leads with words like the finished summary.
 *
 * @param isOver true: nothing more will come
 * @param hasTarget false: the flake was not read (yet), so that nothing is asked for
 */
export function summarizeSoFar(
  rows: readonly EarlyRow[],
  { isOver, hasTarget }: { readonly isOver: boolean; readonly hasTarget: boolean },
): SummarySoFar {
  const judged = summarize(rows.filter((row) => row.pending === undefined));
  const pending = rows.filter((row) => row.pending === true && row.status !== 'extra').length;
  const total = judged.total + pending;
  const summary = { ...judged, total, pending, inStep: judged.inStep && pending === 0 };
  if (!hasTarget) {
    return { ...summary, headline: isOver ? 'The flake was not read' : 'The flake is still being read' };
  }
  const until = isOver ? '' : ' so far';
  if (total > 0 && pending === total) {
    return { ...summary, headline: `0 of ${total} compared${until}` };
  }
  // While it is made, what is open is no news; when nothing more comes, it is.
  const open = pending === 0 || !isOver ? '' : `${pending} not read`;
  return { ...summary, headline: headline(total, judged, 0, until, open) };
}

function headline(
  total: number,
  counts: Readonly<Record<RowStatus, number>>,
  accepted: number,
  until = '',
  open = '',
): string {
  if (total === 0) {
    return 'The shell asks for no packages';
  }
  const rest = [
    ...WORDS.filter(([status]) => counts[status] > 0).map(([status, word]) => `${counts[status]} ${word}`),
    ...(open === '' ? [] : [open]),
  ];
  const agreed = accepted === 0 ? '' : ` (${accepted} accepted)`;
  const lead = `${counts.match} of ${total} in step${agreed}${until}`;
  return rest.length === 0 ? lead : `${lead}; ${rest.join(', ')}`;
}
