import { describe, expect, it } from 'vitest';
import { openIndex } from '../../../src/core/nixpkgs';
import { longestAscending } from '../../../src/core/nixpkgs/timeline';
import { revisionOf, syntheticIndex } from './synthetic';

describe('history', () => {
  it('has the runs of each line, with where they begin and end', () => {
    const index = openIndex(
      syntheticIndex(
        [
          { line: 'nixos-22.05', days: ['2022-06-01', '2022-06-02'] },
          { line: 'unstable', days: ['2022-01-01', '2022-01-02', '2022-01-03', '2022-01-04'] },
          { line: 'nixos-22.11', days: ['2022-12-01'] },
        ],
        { go: ['1.18', '1.18', '1.17', '1.18', undefined, '1.18', '1.19'] },
      ),
    );
    const runs = index
      .history('go')
      .map(({ line, version, first, last, revisions }) => [line, version, first.revision, last.revision, revisions]);
    expect(runs).toEqual([
      ['unstable', '1.17', revisionOf(2), revisionOf(2), 1],
      ['unstable', '1.18', revisionOf(3), revisionOf(3), 1],
      ['unstable', '1.18', revisionOf(5), revisionOf(5), 1],
      ['nixos-22.05', '1.18', revisionOf(0), revisionOf(1), 2],
      ['nixos-22.11', '1.19', revisionOf(6), revisionOf(6), 1],
    ]);
    expect(index.history('nothing')).toEqual([]);
  });
});

describe('longestAscending', () => {
  it('leaves out the dates that do not fit', () => {
    const kept = (dates: readonly number[]) =>
      longestAscending(dates.map((date, column) => ({ column, date }))).map(({ date }) => date);
    expect(kept([1, 2, 9, 3, 4, 4, 0, 5])).toEqual([1, 2, 3, 4, 4, 5]);
    expect(kept([3, 2, 1])).toHaveLength(1);
    expect(kept([])).toEqual([]);
  });
});
