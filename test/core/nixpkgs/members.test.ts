import { describe, expect, it } from 'vitest';
import { IndexFile, openIndex, withRevision } from '../../../src/core/nixpkgs';
import { at, revisionOf, syntheticIndex } from './synthetic';

const base = new IndexFile(
  syntheticIndex([{ line: 'unstable', days: ['2022-01-01', '2022-02-01'] }], { python3: ['3.9.1', '3.9.2'] }),
);
const NESTED = 'f'.repeat(40);
const index = openIndex(
  withRevision(
    base,
    { revision: NESTED, dateSource: 'first-seen', channels: [], line: 'unstable', date: at('2022-03-01') },
    new Map([
      ['python3', '3.10.4'],
      ['python310Packages.numpy', '1.22'],
      ['python310Packages.numba', '0.55'],
      ['python39Packages.numpy', '1.22'],
      ['darwin.cctools', '949'],
    ]),
  ),
);

describe('members of sets', () => {
  it('are told where the revision has nested sets', () => {
    expect(index.hasMember('python310Packages', 'numba', NESTED)).toBe(true);
    expect(index.hasMember('python39Packages', 'numba', NESTED)).toBe(false);
  });

  it('are found under the general name of a set', () => {
    expect(index.hasMember('python3Packages', 'numba', NESTED)).toBe(true);
    expect(index.hasMember('python3.pkgs', 'numppy', NESTED)).toBe(false);
  });

  it('cannot be told of other revisions, of sets that are not recorded, or in part only', () => {
    expect(index.hasMember('python310Packages', 'numpy', revisionOf(1))).toBeUndefined();
    expect(index.hasMember('python310Packages', 'numpy', 'a'.repeat(40))).toBeUndefined();
    expect(index.hasMember('rPackages', 'ggplot2', NESTED)).toBeUndefined();
    expect(index.hasMember('darwin', 'libiconv', NESTED)).toBeUndefined();
  });

  it('are near to misspelt ones, of this set and this revision only', () => {
    expect(index.suggestMembers('python3Packages', 'numppy', NESTED)).toEqual(['numpy']);
    expect(index.suggest('python3Packages.numppy', { revision: NESTED })).toEqual(['python3Packages.numpy']);
    expect(index.suggestMembers('python39Packages', 'numbaa', NESTED)).toEqual([]);
    expect(index.suggestMembers('python3Packages', 'numppy', revisionOf(0))).toEqual([]);
  });
});
