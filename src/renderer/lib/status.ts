import type { DiffRow, DriftSize, RowStatus } from '../../core/model/diff';
import { statusOrder } from '../../core/report/status';

export { statusLooks, statusOrder } from '../../core/report/status';

/** A difference is what a user should look at. */
export function isDifference(row: DiffRow): boolean {
  return row.status !== 'match' && row.status !== 'extra';
}

const rank = new Map<RowStatus, number>(statusOrder.map((status, index) => [status, index]));
const driftRank: Readonly<Record<DriftSize, number>> = { major: 0, minor: 1, other: 2, patch: 3 };

/** Orders rows by urgency: status, then how far apart, then name. */
export function compareUrgency(a: DiffRow, b: DiffRow): number {
  return (
    (rank.get(a.status) ?? 0) - (rank.get(b.status) ?? 0) ||
    (a.drift === undefined ? 4 : driftRank[a.drift]) - (b.drift === undefined ? 4 : driftRank[b.drift]) ||
    compareText(a.title, b.title)
  );
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** For titles and versions as a person sorts them: `1.9` before `1.10`. */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}
