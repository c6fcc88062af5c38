import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { frameCutter } from '../../src/node/zstd-frames';
import { createPlainZstdDecoder, createZstdDecoder } from '../../src/node/zstd-stream';

const SKIPPED = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);

/** A frame with one raw block and the size of its content (RFC 8878). */
function frame(content: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0xfd2fb528, 0);
  head[4] = 0xa0;
  head.writeUInt32LE(content.length, 5);
  head.writeUIntLE((content.length << 3) | 1, 9, 3);
  return Buffer.concat([head, content]);
}

/** A frame with one block that says how often a byte is repeated. */
function repeated(byte: number, times: number): Buffer {
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, 0, 0, 0, byte]);
  head.writeUInt32LE(times, 5);
  head.writeUIntLE((times << 3) | 3, 9, 3);
  return head;
}

const whole = Buffer.concat([
  frame(Buffer.from('one ')),
  SKIPPED,
  repeated(0x61, 5000),
  frame(Buffer.from(' two')),
  frame(Buffer.alloc(0)),
]);
const expected = `one ${'a'.repeat(5000)} two`;

test.each([
  ['in JavaScript', createPlainZstdDecoder],
  ['whichever there is', createZstdDecoder],
])('frames one after the other, cut anywhere: %s', async (_, create) => {
  for (const size of [1, 7, 4096]) {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
      whole.subarray(index * size, (index + 1) * size),
    );
    expect((await buffer(Readable.from(pieces).pipe(create()))).toString()).toBe(expected);
  }
});

test('pieces end where frames do, however the stream is cut', () => {
  const ends = [16, 26, 39, 55, 67];
  for (const size of [1, 5, 16, 17, 1000]) {
    const { cut, isWhole } = frameCutter();
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += size) {
      pieces.push(...cut(whole.subarray(at, at + size)));
    }
    expect(Buffer.concat(pieces)).toEqual(whole);
    let at = 0;
    const cuts = pieces.map(({ length }) => (at += length));
    expect(cuts).toEqual(expect.arrayContaining(ends));
    expect(pieces.every(({ length }) => length > 0)).toBe(true);
    expect(isWhole()).toBe(true);
  }
});

test.each([
  ['with a checksum and a window', [0x04, 0x58, 0x29, 0x00, 0x00, 1, 2, 3, 4, 5, 0, 0, 0, 0]],
  ['of a dictionary', [0x63, 1, 2, 3, 4, 5, 0, 0x29, 0x00, 0x00, 1, 2, 3, 4, 5]],
])('a frame %s ends where it does', (_, bytes) => {
  const one = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.from(bytes)]);
  expect(
    frameCutter()
      .cut(Buffer.concat([one, one]))
      .map(({ length }) => length),
  ).toEqual([one.length, one.length]);
});

test.each([
  ['cut off, in JavaScript', createPlainZstdDecoder, whole.subarray(0, -1)],
  ['something else, in JavaScript', createPlainZstdDecoder, Buffer.from('hello, this is no zstd')],
  ['cut off, whichever there is', createZstdDecoder, whole.subarray(0, 20)],
  ['something else, whichever there is', createZstdDecoder, Buffer.from('hello, this is no zstd')],
])('what is %s is an error', async (_, create, bytes) => {
  const stream = create();
  const read = buffer(stream);
  stream.end(bytes);
  await expect(read).rejects.toThrow();
});

/** What zstd(1) -19 made of the text below: blocks of entropy codes and matches. */
const COMPRESSED = [
  'KLUv/QRobSUA+nIoDhCwVx7d3Q0MtdxEkt1vBDsx6QDaANkA16vaW4U3JJQZkh/7ke2yWrZKIUW2mTPi/f68kULcNLO5oJKamqwKwVvvelFbbB',
  'cFsXqFEGFjkHhxTBS8oQDImSykLYfB7DElNKYYSKIt5D9H4P4wo9SSwiBV05AhuiAkYeRLflYRELsNsfriYIdRJDNYQRBEbMg9LwQ3GS6JWVkc',
  'hMocktNHIZuBt9yd1HdIFQ+Qscw4HA5CNBU5jYIc6UL8woGcBdK2wtwAyNRdCM4xDJL4KBQK8mPFZWMg5nkIlTICUlUUAABAhszicBBMcxjksA',
  '/pnUEQ+ygGg4FYbyEQCBk6ApKUD5lvYXqSQizTCOfyCMeFZhVy1ZZ8NYeGR3+FpLFvnm3yiKhTFlJZHrTjNbOm21mI6zbC02QWJs2nIWi6a8nL',
  '1AqC2LghlL78ydyxWGfZkNZIEVkSYVkIJM8ccveu8+qodKtBh0zi8ZnpqZdqqwuxMuw0KiuDbgwE7y7kfLxhuLLEaBwGoaGHJFLOiwJtcq0jID',
  'U/pOrS5hSUlzw6CPLLh2DPSFrVKJKZYghh81z31b2YIYaUskYmx4Gn31WGvEa2mpVNdM+8DBk84aGc09GOuCjEqIrGmmj3V9AOCXW+8SHZk7BC',
  'PllnnuFkj6hcFjI1Y/VHzqfJeBZiv+nw2UwboqksDN+uFQchuyFpd69j4GBiYfZzlEEtyTKLgpzqEI9v6eyP6m5jdAhaPulD5aQa1oXQDcuNqQ',
  'XrGgY5+oV0EI0Y9iyhG0dAsvSQWyWS0U2tWRf6IfNL8inSUF7pOIhpMOSySFWvztlhiyFZPl15XssfIWJIXY7H0MhX9ZJliNPIsEa30/f3GYKF',
  'dJTWmasctFMIXVXWeuu5jDcX0rwqfOd46MS0oZAXmalsY5SW9VLInA17PntxOBwOcu97TvfI7BZChc7JPzPxU3fUkLquamhVIlemG3K8849nbL',
  'OiIGXjkCk6TmVi0W/mq0PMPvWy6jSEhokOOcz/bCprlcwuJKk4Y0TX/dr7hZQRzZJqLIf8pIcYK++M6lrVHruHID0zT0c0P203GNJSWdWUFad3',
  'WQz57bsyv1S8rMSQoSHMsUNyX3WWIdYSmS3p/Pmdz5A7Ui+tPDclpKqQHKun1dizG+sLqb7GsEh5N5PHoRCfzK5Mtqc1p0whOGeX5+JfxzQnhV',
  'CnWXSnQsw6tArp24EjqBFEIKmIBKOK2swBgdaMZgfhWPDFkHVhbXJ/lsVYnzLNOuZ76eER7m4B8OYMzqjPRdLuM+KuCbKTDpXMYv6/UyGaB2mg',
  '456xKGKmGQLSJo/76dGmPiecsj1XGQuTmV2Usn3IlOdtKxMugPZ0LDBFSnZegCaNYZKs6DS7Z48cDL6pma+XY+QdEWSTSMzTdypEewVk5Ko/WO',
  'fRPBMUP0EXHN09ZqE4/PhvN9AXn9S/EsxtI7TtN3j1nqakgZO1MVRP3MFB8cA38PE5bfPBOAl35j8YiKNuqDv5+C/fkiZulFQ3p5sVl4MftHf+',
  '6EWJSkC7RmeEh42VTgAcLC2uLS0KnQAMBjO0nAkyOLC+GhHPKPEBigy8bzQLTMsqAFsFySW46Q==',
].join('');
const TEXT = Array.from({ length: 400 }, (_, i) => `${(i * 7919) % 10007} ${'abcdefgh'[i % 8]!.repeat(i % 5)}\n`).join(
  '',
);

test.each([createPlainZstdDecoder, createZstdDecoder])('what zstd(1) compresses, twice', async (create) => {
  const bytes = Buffer.from(COMPRESSED, 'base64');
  const read = await buffer(Readable.from([Buffer.concat([bytes, bytes])]).pipe(create()));
  expect(read.toString()).toBe(TEXT + TEXT);
});

/** A frame with an empty block that wants a window of 2^log bytes. */
function windowed(log: number): Buffer {
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, (log - 10) << 3, 1, 0, 0]);
}

test.each([
  ['the first frame', [windowed(31)]],
  ['the first of its size', [windowed(28)]],
  ['a frame behind others', [whole, SKIPPED, windowed(30)]],
  ['the size of its content', [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0xc0, 1, 0, 0])]],
])('a window that takes too much memory is refused before it is taken: %s', async (_, frames) => {
  const bytes = Buffer.concat(frames);
  for (const size of [1, 5, bytes.length]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    const read = buffer(Readable.from(pieces).compose(createPlainZstdDecoder()));
    await expect(read).rejects.toMatchObject({ code: 'ZSTD_error_frameParameter_windowTooLarge' });
  }
});

test('windows as large as zstd itself allows are taken', async () => {
  const stream = createPlainZstdDecoder();
  const read = buffer(stream);
  stream.end(Buffer.concat([windowed(27), whole]));
  expect((await read).toString()).toBe(expected);
});
