import { expect, test } from 'vitest';
import { highlightLines, highlightNix, withSpot } from '../../src/renderer/lib/nix-highlight';
import { baseName, parentOf, pathInFlake } from '../../src/renderer/lib/paths';
import { ageOf } from '../../src/renderer/lib/time';
import { splitAtDifference } from '../../src/renderer/lib/versions';

test.each([
  ['3.11.7', '3.12.4', '3.', '11.7'],
  ['1.29.0', '1.29.1', '1.29.', '0'],
  ['15.18', '16.3', '', '15.18'],
  ['1.2', '1.2.3', '1.', '2'],
  ['2.0.0', '2.0.0', '2.0.0', ''],
  ['2.0.0', undefined, '2.0.0', ''],
])('%s beside %s', (version, other, same, different) => {
  expect(splitAtDifference(version, other)).toEqual({ same, different });
});

test.each([
  ['/a/b', 'b', '/a'],
  ['C:\\work\\flake', 'flake', 'C:\\work'],
  ['/', '/', ''],
  ['/a/', 'a', ''],
])('parts of %s', (path, base, parent) => {
  expect([baseName(path), parentOf(path)]).toEqual([base, parent]);
});

test.each([
  ['flake.nix', '/a', '/a/flake.nix'],
  ['nix/shell.nix', 'C:\\work', 'C:\\work\\nix/shell.nix'],
  ['/b/flake.nix', '/a', '/b/flake.nix'],
  ['D:\\b\\flake.nix', 'C:\\a', 'D:\\b\\flake.nix'],
])('%s in %s', (file, flake, path) => {
  expect(pathInFlake(file, flake)).toBe(path);
});

test.each([
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:30Z', 'now'],
  ['2026-01-01T00:00:00Z', '2026-01-01T01:59:00Z', '1 hour'],
  ['2026-01-01T00:00:00Z', '2026-02-20T00:00:00Z', '50 days'],
  ['2025-01-01T00:00:00Z', '2026-02-20T00:00:00Z', '13 months'],
  ['2023-01-01T00:00:00Z', '2026-02-20T00:00:00Z', '3 years'],
  ['yesterday', '2026-02-20T00:00:00Z', 'unknown age'],
])('from %s to %s', (then, now, age) => {
  expect(ageOf(then, now)).toBe(age);
});

test('Nix code in colours is the same text', () => {
  const code = `{ pkgs, ... }: # why
  let x = 1.5; in with pkgs; mkShell {
    packages = [ python3 ./src "a \\" b" ];
    shellHook = ''
      echo "''\${HOME}" '''
    '';
  }`;
  const tokens = highlightNix(code);
  expect(tokens.map(({ text }) => text).join('')).toBe(code);
  const kinds = (text: string) => tokens.find((token) => token.text === text)?.kind;
  expect(kinds('let')).toBe('keyword');
  expect(kinds('# why')).toBe('comment');
  expect(kinds('1.5')).toBe('numeral');
  expect(kinds('packages')).toBe('name');
  expect(kinds('./src')).toBe('path');
  expect(kinds('"a \\" b"')).toBe('string');
  expect(highlightLines(code)).toHaveLength(code.split('\n').length);
});

test('code that is cut or broken is still shown', () => {
  for (const code of ["''never closed", '"never closed', '/* never closed', '\u0000 \ud800 {', '']) {
    expect(
      highlightNix(code)
        .map(({ text }) => text)
        .join(''),
    ).toBe(code);
  }
});

test.each([
  ['    packages = with pkgs; [ git python3Packages.numpy ];', 33, 'python3Packages.numpy'],
  ['  a = 1', 3, 'a'],
  ['  };', 3, '}'],
  ['  shellHook = "echo hi";', 15, '"'],
  // Nix counts bytes: two for a Hebrew letter, four for a picture.
  ['  "שלום 🧰" git', 19, 'git'],
  ['  x', 40, undefined],
  ['', 1, undefined],
])('in %j what stands at column %i is marked', (line, column, thing) => {
  const tokens = withSpot(highlightLines(line)[0] ?? [], column);
  expect(tokens.map(({ text }) => text).join('')).toBe(line);
  const spots = tokens.filter(({ spot }) => spot === true).map(({ text }) => text);
  expect(spots.join('')).toBe(thing ?? '');
});
