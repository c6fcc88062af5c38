import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../src/core/model/problem';
import { openIndex } from '../../../src/core/nixpkgs';
import { encodeIndex } from '../../../src/core/nixpkgs/file/encode';
import { IndexFile } from '../../../src/core/nixpkgs/file/index-file';
import { at, revisionOf, syntheticIndex } from './synthetic';

vi.setConfig({ testTimeout: 30_000 });

const days = ['2022-01-01', '2022-01-10', '2022-01-20', '2022-02-01', '2022-02-10'];
const line = { line: 'unstable', days };

describe('an index file', () => {
  it('answers for every name in every column', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9_'+.-]{1,12}$/);
    const versions = fc.array(fc.option(fc.constantFrom('1.0', '1.1', '2.0', '2.0.1'), { nil: undefined }), {
      minLength: days.length,
      maxLength: days.length,
    });
    fc.assert(
      fc.property(fc.dictionary(name, versions, { maxKeys: 70, noNullPrototype: true }), name, (rows, other) => {
        const file = new IndexFile(syntheticIndex([line], rows));
        expect([...file.names()]).toEqual(Object.keys(rows).sort());
        for (const [key, row] of Object.entries(rows)) {
          expect(days.map((_, column) => file.versionAt(key, column))).toEqual(row);
        }
        expect(file.has(other)).toBe(Object.hasOwn(rows, other));
      }),
      { numRuns: 200 },
    );
  });

  it('finds revisions by their beginning, and no others', () => {
    const file = new IndexFile(syntheticIndex([line], { hello: days.map(() => '2.12') }));
    for (let column = 0; column < days.length; column++) {
      expect(file.columnOf(revisionOf(column))).toBe(column);
      expect(file.column(column)).toMatchObject({ revision: revisionOf(column), date: at(days[column] ?? '') });
    }
    expect(file.columnOf(revisionOf(2).slice(0, 39))).toBe(2);
    expect(file.columnOf(revisionOf(2).toUpperCase())).toBe(2);
    for (const other of ['', '0000000', 'zzzzzzz', revisionOf(77), `${revisionOf(1)}0`, revisionOf(1).slice(0, 6)]) {
      expect(file.columnOf(other)).toBeUndefined();
    }
  });

  it('can be empty', () => {
    const index = openIndex(encodeIndex({ revisions: [], rows: [] }));
    expect(index.names()).toEqual([]);
    expect(index.lookup('hello', revisionOf(0))).toEqual({ state: 'unknown-revision' });
    expect(index.estimate('hello', { lastModified: 1 }).certainty).toBe('unknown');
    expect(index.info()).toMatchObject({ attributes: 0, revisions: 0, lines: [] });
  });

  it('refuses names and revisions that it cannot hold', () => {
    const make = (names: readonly string[]) => encodeIndex({ revisions: [], rows: names.map((name) => [name, []]) });
    expect(() => make(['b', 'a'])).toThrow(RangeError);
    expect(() => make(['a', 'a'])).toThrow(RangeError);
    expect(() => make(['ä'])).toThrow(RangeError);
    expect(() => make(['a'.repeat(256)])).toThrow(RangeError);
  });
});

describe('a damaged file', () => {
  const good = syntheticIndex([line, { line: 'nixos-22.05', days: ['2022-06-01'] }], {
    go: ['1.17', '1.17.1', undefined, '1.18', '1.18.1', '1.17'],
    'go-tools': ['2021', '2021.1', '2022', '2022.1', '2022.1.2', '2022'],
    nodejs: ['16.13.1', '16.13.2', '16.14.0', '17.0.0', '18.0.0', '16.15.0'],
    ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`package${i}`, ['1', '2', '3', '4', '5', `${i}`]])),
  });

  /** Everything that can be asked. */
  function askAll(bytes: Uint8Array): void {
    const index = openIndex(bytes);
    const names = index.names();
    for (const name of [...names.slice(0, 50), 'go', 'nodejs', 'absent']) {
      index.lookup(name, revisionOf(3));
      index.resolve(name, { lastModified: at('2022-01-15'), branch: 'nixos-unstable' });
      index.existence(name, { revision: revisionOf(2) });
      index.history(name);
    }
    index.suggest('nodjs');
    index.info();
  }

  it('says so, in its own words, wherever it is damaged', () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.option(fc.nat(good.length), { nil: undefined, freq: 5 }),
        (flips, length) => {
          const bytes = good.slice(0, length ?? good.length);
          for (const [place, value] of flips) {
            if (place < bytes.length) {
              bytes[place] = value;
            }
          }
          try {
            askAll(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(ProblemError);
            expect((error as ProblemError).problem.code).toBe('index-broken');
            refused++;
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(30);
    askAll(good);
  }, 30_000);

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\n'.repeat(9))],
    ['a cut file', good.slice(0, good.length - 1)],
    ['a longer file', new Uint8Array([...good, 0])],
  ])('%s is no index', (_, bytes) => {
    expect(() => openIndex(bytes)).toThrow(ProblemError);
  });
});
