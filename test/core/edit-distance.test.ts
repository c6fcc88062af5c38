import { expect, test } from 'vitest';
import { editDistance } from '../../src/core/edit-distance';

/** The definition, without any short cut: optimal string alignment. */
function plainDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  rows[0] = Array.from({ length: b.length + 1 }, (_, j) => j);
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.NaN;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i]![j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(a.length, b.length);
}

/** All words of up to so many letters of `ab`. */
function words(length: number): readonly string[] {
  return length === 0 ? [''] : ['', ...words(length - 1).flatMap((word) => [`a${word}`, `b${word}`])];
}

test('near the diagonal it counts as the definition does, and beyond the limit it says no more than that', () => {
  const all = [...new Set(words(5))];
  for (const limit of [0, 1, 2, 3]) {
    for (const a of all) {
      for (const b of all) {
        const actual = editDistance(a, b, limit);
        if (actual !== Math.min(plainDistance(a, b), limit + 1)) {
          expect([a, b, limit, actual]).toEqual([a, b, limit, plainDistance(a, b)]);
        }
      }
    }
  }
  expect(editDistance('nodejs', 'nodesj', 3)).toBe(1);
  expect(editDistance('postgresql', 'postgres', 3)).toBe(2);
});
