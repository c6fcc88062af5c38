import { type Change, changes, type Matrix, type MatrixRow } from '../../diff/matrix';
import { plain } from '../plain';
import type { Line, Style } from '../text-layout';
import { displayWidth, padTo, truncate, wrap } from '../text-width';

export const changeLooks: Readonly<
  Record<Change, { readonly glyph: string; readonly word: string; readonly style: Style }>
> = {
  newer: { glyph: '↑', word: 'newer', style: 'drift' },
  older: { glyph: '↓', word: 'older', style: 'drift' },
  differs: { glyph: '≠', word: 'differs', style: 'drift' },
  added: { glyph: '+', word: 'added', style: 'missing' },
  removed: { glyph: '−', word: 'removed', style: 'missing' },
  unknown: { glyph: '?', word: 'unknown', style: 'unknown' },
  same: { glyph: '✓', word: 'same', style: 'match' },
};

const GAP = '  ';

export interface ComparisonLayout {
  readonly width: number;
  /** List what is the same, too. */
  readonly all: boolean;
}

/** A comparison of anything with anything as lines of text: the headline, then a column for each side. */
export function layoutComparison(matrix: Matrix, { width, all }: ComparisonLayout): readonly Line[] {
  const { columns, summary } = matrix;
  const rows = all ? matrix.rows : matrix.rows.filter(({ change }) => change !== 'same');
  const lines: Line[] = [
    [{ text: truncate(columns.map(({ label }) => plain(label)).join(' → '), width), style: 'strong' }],
    ...columns.map(({ label, note }): Line => [{ text: truncate(plain(`${label}: ${note}`), width), style: 'faint' }]),
    ...wrap(summary.headline, width).map(
      (text): Line => [{ text, style: summary.same === matrix.rows.length ? 'match' : 'drift' }],
    ),
    ...summary.highlights.flatMap((text) =>
      wrap(plain(text), width).map((line): Line => [{ text: line, style: 'none' }]),
    ),
  ];
  if (rows.length === 0) {
    return lines;
  }
  const most = Math.max(10, Math.floor((width - 40) / columns.length));
  const change = Math.max(6, ...rows.map((row) => displayWidth(changeText(row))));
  const title = Math.min(28, Math.max(4, ...rows.map((row) => displayWidth(plain(row.title)))));
  const widths = columns.map(({ label }, index) =>
    Math.min(most, Math.max(displayWidth(plain(label)), ...rows.map((row) => displayWidth(cellText(row, index))))),
  );
  const head = [
    padTo('change', change),
    padTo('tool', title),
    ...columns.map(({ label }, index) => padTo(plain(label), widths[index] ?? most)),
  ];
  lines.push([], [{ text: head.join(GAP), style: 'faint' }]);
  for (const row of rows) {
    lines.push([
      { text: padTo(changeText(row), change), style: changeLooks[row.change].style },
      { text: GAP + padTo(plain(row.title), title), style: row.change === 'same' ? 'none' : 'strong' },
      ...columns.map((_, index) => ({
        text: GAP + padTo(cellText(row, index), widths[index] ?? most),
        style: 'none' as const,
      })),
    ]);
  }
  return lines;
}

const SIZES: readonly MatrixRow['size'][] = ['major', 'minor', 'patch', 'other'];

/** What differs first, and of that what goes furthest. */
export function sortedRows(rows: readonly MatrixRow[]): readonly MatrixRow[] {
  const sizeOf = ({ size = 'other' }: MatrixRow) => SIZES.indexOf(size);
  return [...rows].sort((a, b) => changes.indexOf(a.change) - changes.indexOf(b.change) || sizeOf(a) - sizeOf(b));
}

/** What has changed in a row, as glyph, word and size. */
export function changeText({ change, size }: MatrixRow): string {
  const { glyph, word } = changeLooks[change];
  return size === undefined || size === 'other' ? `${glyph} ${word}` : `${glyph} ${word} ${size}`;
}

/** A row's version in one column; a dash where it has none. */
export function cellText({ cells }: MatrixRow, index: number): string {
  const cell = cells[index] ?? null;
  if (cell === null) {
    return '–';
  }
  const { version, certainty } = cell;
  return plain(version === undefined ? '?' : certainty === 'estimate' ? `≈ ${version}` : version);
}
