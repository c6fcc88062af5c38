import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import {
  decodeLatin1,
  decodeName,
  decodeUtf8,
  detached,
  encodeName,
  encodeUtf8,
  isRawName,
} from '../../../src/core/host/text';

test.each([
  `${'plain '.repeat(3000)}größe 雪 😀${' end'.repeat(3000)}`,
  'ASCII',
  'é',
  '€',
  '😀',
  'a\ufeffb',
  'é'.repeat(300_000),
  `${'x'.repeat(70_000)}é`,
  '😀'.repeat(100_000),
])('UTF-8 there and back (%#)', (text) => {
  expect(decodeUtf8(encodeUtf8(text)) === text).toBe(true);
  expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
});

test.each([
  ['a lone continuation', [0x80]],
  ['a form that is too long', [0xc0, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ['the end in the middle', [0xe2, 0x82]],
  ['Latin 1', [0x63, 0x61, 0x66, 0xe9]],
])('%s stays, byte by byte, in a name', (_, bytes) => {
  const octets = Uint8Array.from(bytes);
  const name = decodeName(octets);
  expect(isRawName(name)).toBe(true);
  expect(encodeName(name)).toEqual(octets);
  expect(decodeUtf8(octets)).toContain('\ufffd');
});

test('a name in UTF-8 is as it is, with letters beyond the first plane too', () => {
  expect(decodeName(encodeUtf8('café 😀'))).toBe('café 😀');
  expect(isRawName('café 😀')).toBe(false);
});

test('megabytes without a character of ASCII are decoded', () => {
  const bytes = new Uint8Array(2_000_000).fill(0xe9);
  expect(decodeLatin1(bytes).length).toBe(bytes.length);
  expect(decodeUtf8(bytes).length).toBe(bytes.length);
});

test('a piece of a text is apart from it: one byte a character where it needs no more', () => {
  const whole = `${'x'.repeat(50)} 雪`;
  // The first byte of a text that V8 serializes tells how it is kept.
  const isWide = (text: string) => serialize(text).subarray(2).includes('c'.charCodeAt(0));
  expect(isWide(whole.slice(0, 40))).toBe(true);
  expect(isWide(detached(whole.slice(0, 40)))).toBe(false);
  expect([whole, '', '😀\udc80'].map(detached)).toEqual([whole, '', '😀\udc80']);
});
