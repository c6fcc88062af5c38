import type { DiffRow, DiffSummary, RowStatus } from '../model/diff';

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

function headline(total: number, counts: Readonly<Record<RowStatus, number>>, accepted: number): string {
  if (total === 0) {
    return 'The shell asks for no packages';
  }
  const rest = WORDS.filter(([status]) => counts[status] > 0).map(([status, word]) => `${counts[status]} ${word}`);
  const agreed = accepted === 0 ? '' : ` (${accepted} accepted)`;
  const lead = `${counts.match} of ${total} in step${agreed}`;
  return rest.length === 0 ? lead : `${lead}; ${rest.join(', ')}`;
}
