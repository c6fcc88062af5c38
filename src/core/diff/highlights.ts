import type { Column } from './columns';
import type { MatrixRow } from './matrix';

/** More names than these are for the table. */
const MOST = 5;

/**
 * What a comparison of two sides comes to, in sentences: how far the lock moves, what changes by a major version, what
 * comes and what goes.
 */
export function highlightsOf(columns: readonly Column[], rows: readonly MatrixRow[]): readonly string[] {
  if (columns.length !== 2) {
    return [];
  }
  const versions = ({ title, cells }: MatrixRow) =>
    `${title} ${cells[0]?.version ?? '?'} → ${cells[1]?.version ?? '?'}`;
  const major = (change: MatrixRow['change']) => rows.filter((row) => row.change === change && row.size === 'major');
  const named = (change: MatrixRow['change']) => rows.filter((row) => row.change === change);
  return [
    ...lockMove(columns),
    ...list('A major version newer', major('newer').map(versions)),
    ...list('A major version older', major('older').map(versions)),
    ...list(
      'Added',
      named('added').map(({ title }) => title),
    ),
    ...list(
      'Removed',
      named('removed').map(({ title }) => title),
    ),
  ];
}

function list(head: string, names: readonly string[]): readonly string[] {
  const more = names.length - MOST;
  return names.length === 0
    ? []
    : [`${head}: ${names.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}

const DAY = 86_400_000;

function lockMove(columns: readonly Column[]): readonly string[] {
  const [from, to] = columns.map((column) =>
    column.kind === 'target'
      ? column.target.flake.inputs.find(({ name }) => name === 'nixpkgs')?.lastModified
      : undefined,
  );
  const days =
    from === undefined || to === undefined ? Number.NaN : Math.round((Date.parse(to) - Date.parse(from)) / DAY);
  if (from === undefined || to === undefined || Number.isNaN(days) || days === 0) {
    return [];
  }
  const far = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  return [`Nixpkgs moves ${far} ${days > 0 ? 'forward' : 'back'}, from ${from.slice(0, 10)} to ${to.slice(0, 10)}.`];
}
