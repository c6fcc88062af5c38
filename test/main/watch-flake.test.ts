import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
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
  const root = mkdtempSync(join(tmpdir(), 'lockstep-watch-'));
  const folder = join(root, 'project');
  const after = join(root, 'after');
  mkdirSync(join(folder, 'nix'), { recursive: true });
  mkdirSync(after);
  let changes: string[] = [];
  const watcher = createFlakeWatcher((changed) => changes.push(changed));
  watcher.follow([{ folder, audit: read }, { folder: after }]);
  /** Changes are told in their order: what was not told before a later one is not told at all. */
  const isTold = async (file: string) => {
    changes = [];
    writeFileSync(join(folder, file), file);
    writeFileSync(join(after, '.nvmrc'), file);
    await vi.waitFor(() => expect(changes).toContain(after), { timeout: 20_000 });
    return changes.includes(folder);
  };
  expect(await isTold('notes.txt')).toBe(false);
  expect(await isTold('flake.nix')).toBe(true);
  expect(await isTold('.nvmrc')).toBe(true);
  expect(await isTold('nix/shell.nix')).toBe(true);
  // Gone and back under its name, it is another folder to the system.
  const isMoved = async (from: string, to: string) => {
    changes = [];
    renameSync(from, to);
    await vi.waitFor(() => expect(changes).toContain(folder), { timeout: 20_000 });
  };
  await isMoved(folder, `${folder}-away`);
  await isMoved(`${folder}-away`, folder);
  expect(await isTold('nix/shell.nix')).toBe(true);
  watcher.follow([{ folder: after }]);
  expect(await isTold('flake.nix')).toBe(false);
  watcher.follow([]);
  rmSync(root, { recursive: true });
});
