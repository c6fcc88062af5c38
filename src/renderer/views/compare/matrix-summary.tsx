import { useMemo } from 'react';
import { grouped } from '../../../core/grouped';
import type { RowStatus } from '../../../core/model/diff';
import { statusLooks, statusOrder } from '../../lib/status';
import type { ColumnState } from '../../state/store';
import type { CompareRow } from './matrix-rows';

/** Each column in words: how it stands to the one that all are measured by. */
export function MatrixSummary({
  rows,
  sides,
  reference,
}: {
  readonly rows: readonly CompareRow[];
  readonly sides: readonly ColumnState[];
  readonly reference: string;
}) {
  const measured = sides.find(({ id }) => id === reference);
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
        return [{ id, label: data.label === '' ? label : data.label, words: wordsOf(counts) }];
      }),
    [rows, sides, reference],
  );
  if (measured === undefined || lines.length === 0) {
    return null;
  }
  return (
    <ul className="matrix-summary" aria-label={`Measured by ${measured.data?.label ?? measured.label}`}>
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
