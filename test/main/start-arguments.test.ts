import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { baseNameOf, flakeFolderOf } from '../../src/main/flake-folder';
import { folderFromArguments } from '../../src/main/start-arguments';

test('takes the folder after the application and passes over switches', () => {
  expect(folderFromArguments(['electron', '--inspect=0', '/app', '--no-sandbox', '/flake'], false)).toBe('/flake');
  expect(folderFromArguments(['electron', '/app'], false)).toBeUndefined();
  expect(folderFromArguments(['/opt/lockstep', '/flake'], true)).toBe('/flake');
});

test('a flake file means its folder, a folder of that name does not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-flake-'));
  writeFileSync(join(folder, 'flake.nix'), '{}');
  expect(flakeFolderOf('flake.nix', folder)).toBe(folder);
  expect(flakeFolderOf(folder, '/')).toBe(folder);
  expect(flakeFolderOf('/nowhere/flake.nix', '/')).toBe('/nowhere/flake.nix');
});

test.each([
  ['/home/me/My Project!', 'My-Project-'],
  ['/', 'flake'],
  ['/a/..', 'flake'],
])('names files after %s', (folder, name) => {
  expect(baseNameOf(folder)).toBe(name);
});
