import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ByteReader, ByteWriter } from '../../../src/core/nixpkgs/file/bytes';
import { type Change, readRow, writeRow } from '../../../src/core/nixpkgs/file/row';
import { changesOf } from './synthetic';

vi.setConfig({ testTimeout: 30_000 });

function roundTrip(changes: readonly Change[]): { readonly read: readonly Change[]; readonly bytes: number } {
  const out = new ByteWriter(1);
  writeRow(out, changes);
  const bytes = out.finish();
  const read: Change[] = [];
  readRow(new ByteReader(bytes), Number.POSITIVE_INFINITY, read);
  return { read, bytes: bytes.length };
}

describe('a row', () => {
  it('gives back what was written', () => {
    const version = fc.oneof(
      fc.constantFrom(
        '1.0',
        '1.1',
        '1.2.9',
        '1.3.0',
        '2.0.0',
        '1.3',
        '1.2',
        '1.2.1',
        '9',
        '1.9.9',
        '999999999',
        '1.0-rc1',
      ),
      fc.stringMatching(/^[\x21-\x7e]{1,30}$/),
      fc.tuple(fc.nat(30), fc.nat(30), fc.nat(300)).map((numbers) => numbers.join('.')),
    );
    const columns = fc.array(fc.option(version, { nil: undefined }), { maxLength: 300 });
    fc.assert(
      fc.property(columns, (versions) => {
        const changes = changesOf(versions);
        expect(roundTrip(changes).read).toEqual(changes);
      }),
      { numRuns: 300 },
    );
  });

  it('costs two bytes a usual step', () => {
    const steps = ['1.2.3', '1.2.4', '1.3.0', '2.0.0', '2.0.0.1', '2.0.0.9', '2.0.0.1', undefined, '2.0.0.1'];
    const changes = changesOf(steps);
    const { read, bytes } = roundTrip(changes);
    expect(read).toEqual(changes);
    expect(bytes).toBe(2 + '1.2.3'.length + 2 * 8);
  });

  it('stops at the column that is asked for', () => {
    const out = new ByteWriter();
    writeRow(out, changesOf(['1', '1', '2', undefined, '3']));
    const at = (column: number) => readRow(new ByteReader(out.finish()), column);
    expect([0, 1, 2, 3, 4, 99].map(at)).toEqual(['1', '1', '2', undefined, '3', '3']);
  });
});
