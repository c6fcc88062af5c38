import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/nix/bytes';
import { showOrigin } from '../../../src/core/nix/compile/show-origin';
import { Source } from '../../../src/core/nix/source';
import { parseProgram } from '../../../src/core/nix/syntax/parser';

const shown = (program: string) =>
  decodeUtf8(showOrigin(parseProgram(new Source('/p/x.nix', encodeUtf8(program)), { basePath: '/p' })));

test.each([
  ['map'],
  ['map.a.b'],
  ['map.f { … } [ … ] [ ]', 'map.f { a = 1; } [ 1 ] [ ]'],
  ['map map.f 1 "é" /p/y', 'map map.f 1 "é" ./y'],
  ['(map (map 1)).a'],
  ['(x: …) 1', '(x: x) 1'],
  ['{ … }: …', '{ a, ... }: a'],
  ['map.a or 1'],
  ['(map.a or map).b'],
  ['map ? a.b'],
  ['map.${…}', 'map.${"a" + "b"}'],
  ['if map == null then "x" else !map'],
  ['let … in map', 'let a = 1; in map'],
  ['with map; [ … ]', 'with map; [ a b ]'],
  ['assert !map; rec { … }', 'assert !map; rec { a = 1; }'],
  ['"…"', '"${map}x"'],
  ['1 + map', '1 + map'],
  ['map // { … }', 'map // { a = 1; }'],
  ['-1'],
  ['map - 1'],
  ['(1 * map) / 2', '1 * map / 2'],
  ['1 < map', 'map > 1'],
])('%s', (expected, program = expected) => {
  expect(shown(program)).toBe(expected);
});

test('what is long or deep is cut, between characters', () => {
  expect(shown('map '.repeat(50))).toBe(`${'map '.repeat(19)}map…`);
  expect(encodeUtf8(shown(`map "${'é'.repeat(100)}"`)).length).toBeLessThan(85);
  expect(shown(`map "${'é'.repeat(100)}"`)).toBe(`map "${'é'.repeat(37)}…`);
  expect(shown(`${'map ('.repeat(400)}1${')'.repeat(400)}`)).toBe(`${'map ('.repeat(11)}… (…)${')'.repeat(11)}`);
});
