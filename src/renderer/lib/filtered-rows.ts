import type { Audit } from '../../core/model/audit';
import type { Filter } from '../state/store';
import { filterRows, indexRows, sortRows } from '../views/compare/grid-model';

/** Formats that have rows and nothing else: they show what the comparison's filter shows. */
const FILTERED: ReadonlySet<string> = new Set(['csv']);

/**
 * The rows of an audit that a filter lets through, in the order in which the comparison shows them, by their place in
 * the audit; `undefined` where nothing is filtered or the format has more than rows.
 */
export function filteredRows(audit: Audit | undefined, filter: Filter, format: string): number[] | undefined {
  if (audit === undefined || !FILTERED.has(format) || (filter.text.trim() === '' && filter.statuses.size === 0)) {
    return undefined;
  }
  const places = new Map(audit.rows.map((row, index) => [row, index]));
  return filterRows(sortRows(indexRows(audit.rows), filter.sort), filter).flatMap(({ row }) => places.get(row) ?? []);
}
