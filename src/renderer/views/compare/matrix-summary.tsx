import { useMemo } from 'react';
import { grouped } from '../../../core/grouped';
import type { RowStatus } from '../../../core/model/diff';
import { statusLooks, statusOrder } from '../../lib/status';
import type { ColumnState } from '../../state/store';
import type { GridColumn } from './grid-columns';
import type { CompareRow } from './matrix-rows';

/** Each column in words: how it stands to the one that all are measured by. */
export function MatrixSummary({
  rows,
  sides,
  columns,
  reference,
}: {
  readonly rows: readonly CompareRow[];
  readonly sides: readonly ColumnState[];
  /** Those of the grid, by whose titles the sides go. */
  readonly columns: readonly GridColumn[];
  readonly reference: string;
}) {
  const titles = useMemo(() => new Map(columns.map(({ column, title }) => [column?.id, title])), [columns]);
  const measured = sides.some(({ id }) => id === reference) ? titles.get(reference) : undefined;
  const lines = useMemo(
    () =>
      sides.flatMap(({ id, data, label }, index) => {
        if (id === reference || data === undefined) {
          return [];
        }
        const counts = new Map<RowStatus, number>();
        for (const { cells } of rows) {
          const status = cells?.[index]?.standing?.status;
          if (status !== undefined) {
            counts.set(status, (counts.get(status) ?? 0) + 1);
          }
        }
        return [{ id, label: titles.get(id) ?? label, words: wordsOf(counts) }];
      }),
    [rows, sides, titles, reference],
  );
  if (measured === undefined || lines.length === 0) {
    return null;
  }
  return (
    <ul className="matrix-summary" aria-label={`Measured by ${measured}`}>
      {lines.map(({ id, label, words }) => (
        <li key={id}>
          <b title={label}>{label}</b> <span title={words}>{words}</span>
        </li>
      ))}
    </ul>
  );
}

function wordsOf(counts: ReadonlyMap<RowStatus, number>): string {
  const total = [...counts].reduce((sum, [status, count]) => (status === 'extra' ? sum : sum + count), 0);
  const rest = statusOrder
    .filter((status) => status !== 'match' && (counts.get(status) ?? 0) > 0)
    .map((status) => `${counts.get(status)} ${statusLooks[status].word}`);
  return grouped([`${counts.get('match') ?? 0} of ${total} in step`, ...rest].join(' · '));
}
