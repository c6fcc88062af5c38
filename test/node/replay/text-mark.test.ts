import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textMark } from '../../../src/node/replay/text-mark';

test('bytes that differ in one place have different marks, whatever the seed', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.nat(0xffffffff),
      (bytes, place, change, seed) => {
        const at = place % bytes.length;
        const other = bytes.with(at, bytes[at]! ^ change);
        expect(textMark(other, seed)).not.toBe(textMark(bytes, seed));
        expect(textMark(bytes, seed ^ change)).not.toBe(textMark(bytes, seed));
        expect(textMark(bytes.subarray(0, at), seed)).not.toBe(textMark(bytes, seed));
      },
    ),
  );
});

test('a text has the mark of its bytes, wherever they lie', () => {
  const text = '\u00e9, \u202eand more of it';
  for (const before of ['', 'a', 'ab', 'abc']) {
    expect(textMark(Buffer.from(before + text).subarray(before.length), 7)).toBe(textMark(text, 7));
  }
});

test('no two of many like texts have the same mark', () => {
  const marks = new Set<string>();
  for (let index = 0; index < 100_000; index += 1) {
    marks
      .add(textMark(`file/${index}`))
      .add(textMark(`${index}/file`))
      .add(textMark('\0'.repeat(index % 1000) + index));
  }
  expect(marks.size).toBe(300_000);
  expect([...marks].every((mark) => /^[0-9a-z]{8,14}$/.test(mark))).toBe(true);
});
