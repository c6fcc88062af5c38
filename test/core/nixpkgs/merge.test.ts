import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { IndexFile, openIndex, withRevision } from '../../../src/core/nixpkgs';
import { at, revisionOf, syntheticIndex } from './synthetic';

vi.setConfig({ testTimeout: 30_000 });

const unstable = { line: 'unstable', days: ['2022-01-01', '2022-02-01', '2022-03-01'] };
const stable = { line: 'nixos-22.05', days: ['2022-06-01', '2022-07-01'] };
const added = { revision: 'f'.repeat(40), dateSource: 'first-seen' as const, channels: ['nixos-unstable'] };

/** Everything an index says: version by name and revision. */
function contents(file: IndexFile): Map<string, string | undefined> {
  const all = new Map<string, string | undefined>();
  for (const name of file.names()) {
    for (let column = 0; column < file.columnCount; column++) {
      all.set(`${name} ${file.column(column).revision}`, file.versionAt(name, column));
    }
  }
  return all;
}

describe('withRevision', () => {
  it('adds one revision and leaves all others as they were', () => {
    const version = fc.option(fc.constantFrom('1', '2', '2.1', '3'), { nil: undefined });
    const name = fc.constantFrom('a', 'b', 'c', 'cc', 'd', 'set.a', 'set.b');
    const rows = fc.dictionary(name, fc.array(version, { minLength: 5, maxLength: 5 }), { noNullPrototype: true });
    const versions = fc.dictionary(name, fc.constantFrom('1', '2', '4'), { noNullPrototype: true });
    const day = fc.constantFrom('2021-01-01', '2022-01-15', '2022-02-20', '2022-06-15', '2023-01-01');
    const line = fc.constantFrom('unstable', 'nixos-22.05', 'nixos-22.11');
    fc.assert(
      fc.property(rows, versions, day, line, (base, fresh, when, where) => {
        const before = new IndexFile(syntheticIndex([unstable, stable], base));
        const bytes = withRevision(before, { ...added, line: where, date: at(when) }, new Map(Object.entries(fresh)));
        const expected = contents(before);
        for (const key of new Set([...Object.keys(base), ...Object.keys(fresh)])) {
          for (let column = 0; column < 5 && !Object.hasOwn(base, key); column++) {
            expected.set(`${key} ${revisionOf(column)}`, undefined);
          }
          expected.set(`${key} ${added.revision}`, fresh[key]);
        }
        expect(contents(new IndexFile(bytes))).toEqual(expected);
        expect(openIndex(bytes).revisionInfo(added.revision)).toMatchObject({
          line: where,
          nested: true,
          attributes: Object.keys(fresh).length,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('puts a revision into its line by its date', () => {
    const base = new IndexFile(syntheticIndex([unstable, stable], { go: ['1', '2', '2', '3', '3'] }));
    const bytes = withRevision(base, { ...added, line: 'unstable', date: at('2022-02-15') }, new Map([['go', '2']]));
    const { history } = openIndex(bytes);
    expect(history('go').map(({ line, version, revisions }) => [line, version, revisions])).toEqual([
      ['unstable', '1', 1],
      ['unstable', '2', 3],
      ['nixos-22.05', '3', 2],
    ]);
  });

  it('replaces a revision that was recorded without nested sets', () => {
    const base = new IndexFile(syntheticIndex([unstable], { go: ['1', '2', '3'], old: ['1', '1', '1'] }));
    const entry = { ...added, revision: revisionOf(1), line: 'unstable', date: at('2022-02-01') };
    const index = openIndex(
      withRevision(
        base,
        entry,
        new Map([
          ['go', '2.1'],
          ['set.x', '7'],
        ]),
      ),
    );
    expect(index.info().revisions).toBe(3);
    const read = (name: string) => [0, 1, 2].map((column) => index.lookup(name, revisionOf(column)));
    const found = (version: string) => ({ state: 'found', version, certainty: 'exact' });
    expect(read('go')).toEqual([found('1'), found('2.1'), found('3')]);
    expect(read('old')).toEqual([found('1'), { state: 'absent' }, found('1')]);
    expect(read('set.x')).toEqual([{ state: 'unknown-revision' }, found('7'), { state: 'unknown-revision' }]);
  });

  it('does not take a nested attribute to be absent where nested sets are not recorded', () => {
    const base = new IndexFile(syntheticIndex([unstable], { go: ['1', '1', '1'] }));
    const entry = { ...added, line: 'unstable', date: at('2022-04-01') };
    const index = openIndex(withRevision(base, entry, new Map([['set.x', '7']])));
    expect(index.existence('set.x', { revision: revisionOf(1) }).state).toBe('unknown');
    expect(index.resolve('set.x', { revision: revisionOf(1) })).toEqual({
      certainty: 'unknown',
      reason: 'Records of unstable begin on 2022-04-01.',
    });
    expect(index.resolve('set.x', { revision: added.revision })).toEqual({ version: '7', certainty: 'exact' });
  });

  it("finds the members of a set under the set's general name", () => {
    const base = new IndexFile(syntheticIndex([unstable], { python3: ['3.11.9', '3.12.1', '3.12.4'] }));
    const first = withRevision(
      base,
      { ...added, line: 'unstable', date: at('2022-04-01') },
      new Map([
        ['python3', '3.12.4'],
        ['python312Packages.numpy', '1.26'],
        ['python313Packages.numpy', '2.0'],
      ]),
    );
    const next = { ...added, revision: 'e'.repeat(40), line: 'unstable', date: at('2022-05-01') };
    const versions = new Map([
      ['python3', '3.13.0'],
      ['python313Packages.numpy', '2.1'],
    ]);
    const index = openIndex(withRevision(new IndexFile(first), next, versions));
    const version = (name: string, revision: string) => index.resolve(name, { revision }).version;
    expect(version('python3Packages.numpy', added.revision)).toBe('1.26');
    expect(version('python3.pkgs.numpy', next.revision)).toBe('2.1');
    expect(version('python312.pkgs.numpy', added.revision)).toBe('1.26');
    expect(index.lookup('python3Packages.numpy', revisionOf(0))).toEqual({ state: 'unknown-revision' });
    expect(index.existence('python3Packages.numpi', { revision: next.revision }).state).toBe('unlisted');
    expect(index.suggest('python313Packages.nunpy')).toEqual(['python313Packages.numpy', 'python312Packages.numpy']);
    expect(index.suggest('pythno3')).toEqual(['python3']);
  });

  it('leaves out what an index cannot hold', () => {
    const base = new IndexFile(syntheticIndex([unstable], {}));
    const versions = new Map([
      ['ok', '1'],
      ['ä', '1'],
      ['long', 'x'.repeat(999)],
      ['bad', '1\n2'],
      ['x'.repeat(300), '1'],
    ]);
    const bytes = withRevision(base, { ...added, line: 'unstable', date: 0 }, versions);
    expect(openIndex(bytes).names()).toEqual(['ok']);
  });
});
