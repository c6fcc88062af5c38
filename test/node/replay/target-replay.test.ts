import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localHost } from '../../../src/node/local-host';
import { takeTarget } from '../../../src/node/take-target';

let root = '';
const at = (...names: string[]) => join(root, ...names);

function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

/** Of 15 May 2025; from 15 May 2026 on it is more than a year ago. */
const locked = 1_747_267_200;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-replay-'));
  write(
    'project/flake.nix',
    `{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.11";
  outputs = { self, nixpkgs }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
    devShells.x86_64-linux = builtins.mapAttrs (name: _: pkgs.mkShell {
      packages = [ pkgs.nodejs_20 ] ++ import ./more.nix pkgs
        ++ (if builtins.pathExists ./with-jq then [ pkgs.jq ] else [ ]);
    }) (builtins.readDir ./shells);
  };
}`,
  );
  write('project/more.nix', 'pkgs: [ pkgs.git ]');
  write('project/newer.nix', 'pkgs: [ pkgs.zig ]');
  write('project/shells/default', '');
  write('project/flake.lock', lock('nixos-24.11'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function lock(branch: string): string {
  return JSON.stringify({
    version: 7,
    root: 'root',
    nodes: {
      root: { inputs: { nixpkgs: 'nixpkgs' } },
      nixpkgs: {
        locked: {
          type: 'github',
          owner: 'NixOS',
          repo: 'nixpkgs',
          rev: '91bf6dffa21c7709607c9fdbf9a6acb44e7a0a5d',
          narHash: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
          lastModified: locked,
        },
        original: { type: 'github', owner: 'NixOS', repo: 'nixpkgs', ref: branch },
      },
    },
  });
}

/** The target as text, and whether the flake was read; else it is what it was before. */
async function take(more: object = {}): Promise<{ text: string; wasRead: boolean }> {
  let wasRead = false;
  const target = await takeTarget(
    {
      host: localHost({ HOME: at('home') }),
      folder: at('project'),
      system: 'x86_64-linux',
      now: new Date('2026-01-01'),
      cache: at('cache'),
      onProgress: () => {
        wasRead = true;
      },
      ...more,
    },
    { clock: () => Date.now() + 60_000, build: 'of this test' },
  );
  return { text: JSON.stringify(target, undefined, 1), wasRead };
}

test('a second target is the first one, without reading', async () => {
  const first = await take();
  const second = await take();
  expect([first.wasRead, second.wasRead]).toEqual([true, false]);
  expect(second.text).toBe(first.text);
  expect(second.text).toBe((await take({ cache: false })).text);
  expect(first.text).toContain('nodejs');
});

test.each<[string, () => void]>([
  [
    'flake.nix has other text of the same size and time',
    () => {
      const { atime, mtime, size } = statSync(at('project/more.nix'));
      write('project/more.nix', 'pkgs: [ pkgs.zig ]');
      utimesSync(at('project/more.nix'), atime, mtime);
      expect(statSync(at('project/more.nix'))).toMatchObject({ size, mtime });
    },
  ],
  ['a file that it reads is replaced by another', () => renameSync(at('project/newer.nix'), at('project/more.nix'))],
  [
    'a file that it reads becomes a link',
    () => {
      rmSync(at('project/more.nix'));
      symlinkSync('newer.nix', at('project/more.nix'));
    },
  ],
  ['a file that it looks for is there', () => write('project/with-jq', '')],
  ['a folder that it lists has one more name', () => write('project/shells/other', '')],
  ['the lock is another one', () => write('project/flake.lock', lock('nixos-unstable'))],
  ['the lock goes', () => rmSync(at('project/flake.lock'))],
  ['the folder is in a repository', () => mkdirSync(at('.git'))],
])('is read when %s', async (_what, change) => {
  const first = await take();
  expect((await take()).wasRead).toBe(false);
  change();
  const changed = await take();
  expect(changed.text).not.toBe(first.text);
  expect(changed.text).toBe((await take({ cache: false })).text);
  const again = await take();
  expect([again.text, again.wasRead]).toEqual([changed.text, false]);
});

test('is read when an input comes of age, and not before', async () => {
  await take();
  expect((await take({ now: new Date('2026-05-14') })).wasRead).toBe(false);
  const old = await take({ now: new Date('2026-05-16') });
  expect(old.wasRead).toBe(true);
  expect(old.text).toContain('lock-old');
  expect((await take({ now: new Date('2027-05-16') })).wasRead).toBe(false);
  // Back in time, as SOURCE_DATE_EPOCH has it.
  expect((await take()).text).not.toContain('lock-old');
});

test.each([
  ['another system', { system: 'aarch64-darwin' }],
  ['a package', { outputs: ['packages.x86_64-linux.hello'], keepFailed: true }],
  ['all systems', { allSystems: true }],
])('is read when it is asked for %s', async (_what, more) => {
  await take();
  const other = await take(more).catch(() => ({ wasRead: true }));
  expect(other.wasRead).toBe(true);
  expect((await take()).wasRead).toBe(false);
});

test('keeps no flake that cannot be read', async () => {
  write('project/flake.nix', '{ outputs = ');
  await expect(take()).rejects.toThrow();
  await expect(take()).rejects.toThrow();
});

test('is not read for files that did not count', async () => {
  await take();
  write('project/README.md', 'text');
  write('project/src/main.c', 'int main;');
  expect((await take()).wasRead).toBe(false);
});
