import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Audit } from '../../src/core/model/audit';
import { createFlakeWatcher, placesOf } from '../../src/main/watch-flake';
import { snapshot, target, wants } from '../core/report/builders';

const read = {
  snapshot: snapshot([]),
  target: target([wants('ruff', '0.4.0', { position: { file: 'nix/shell.nix', line: 1, column: 1 } })]),
  pins: { files: ['.python-version', '.github/workflows/ci.yml', '../outside'] },
} as unknown as Audit;

test('the folders of what an audit read are watched, and none outside of the project', () => {
  const places = placesOf('/p', read);
  expect([...places].map(([place, names]) => [place, [...names]])).toEqual([
    ['/p', ['.python-version']],
    ['/p/nix', ['shell.nix']],
    ['/p/.github/workflows', ['ci.yml']],
  ]);
});

test('a flake, a pin that is new, and a file that was read are changes; other files are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-watch-'));
  mkdirSync(join(folder, 'nix'));
  const changes: string[] = [];
  const watcher = createFlakeWatcher((changed) => changes.push(changed));
  watcher.follow([{ folder, audit: read }]);
  const settled = async (file: string) => {
    const before = changes.length;
    writeFileSync(join(folder, file), String(before));
    for (let waited = 0; waited < 40 && changes.length === before; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return changes.length > before;
  };
  expect(await settled('notes.txt')).toBe(false);
  expect(await settled('flake.nix')).toBe(true);
  expect(await settled('.nvmrc')).toBe(true);
  expect(await settled('nix/shell.nix')).toBe(true);
  watcher.follow([]);
  expect(await settled('flake.nix')).toBe(false);
  rmSync(folder, { recursive: true });
});
