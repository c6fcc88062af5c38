import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localHost } from '../../../src/node/local-host';
import { takeAudit } from '../../../src/node/take-audit';

let root = '';
let env: Record<string, string> = {};
const at = (...names: string[]) => join(root, ...names);

function write(name: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text, { mode });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-replay-'));
  env = { HOME: at('home'), PATH: [at('node/bin'), at('tools')].join(':') };
  write(
    'project/flake.nix',
    `{ outputs = { self, nixpkgs }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      devShells.x86_64-linux.default = pkgs.mkShell {
        packages = [ pkgs.nodejs_20 pkgs.git pkgs.unheard-of pkgs.python3Packages.numpy ];
      };
    }; }`,
  );
  write('node/bin/node', '#!/bin/sh\necho v18.1.0\n', 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The audit as text, and whether anything was read; else it is what it was before. */
async function take(more: object = {}): Promise<{ text: string; wasRead: boolean }> {
  let wasRead = false;
  const audit = await takeAudit(
    {
      host: localHost(env),
      folder: at('project'),
      system: 'x86_64-linux',
      now: new Date('2026-01-01T12:00:00Z'),
      cacheFolder: at('cache'),
      deadlines: { each: 20_000, total: 60_000 },
      ...more,
    },
    async () => {
      wasRead = true;
      return {};
    },
    { clock: () => Date.now() + 60_000, build: 'of this test' },
  );
  return { text: JSON.stringify(audit, undefined, 1), wasRead };
}

describe.skipIf(process.platform === 'win32')('a second audit', () => {
  test('is the first one, without reading', async () => {
    const first = await take();
    const second = await take();
    expect([first.wasRead, second.wasRead]).toEqual([true, false]);
    expect(second.text).toBe(first.text);
    expect(second.text).toBe((await take({ cache: false })).text);
  });

  test('has the time of its own', async () => {
    await take();
    const { text, wasRead } = await take({ now: new Date('2026-01-03T00:00:00Z') });
    expect(wasRead).toBe(false);
    expect(text).toContain('"takenAt": "2026-01-03T00:00:00.000Z"');
  });

  test.each<[string, () => void]>([
    ['the machine has another program', () => write('tools/git', '#!/bin/sh\necho git version 2.0.1\n', 0o755)],
    ['a program goes', () => chmodSync(at('node/bin/node'), 0o644)],
    ['a program that nobody knows is there', () => write('tools/unheard-of', '#!/bin/sh\n', 0o755)],
    [
      'a package of a language is there',
      () =>
        write(
          'project/.venv/lib/python3.12/site-packages/numpy-1.0.0.dist-info/METADATA',
          'Name: numpy\nVersion: 1.0.0\n',
        ),
    ],
    [
      'the flake asks for another',
      () =>
        write(
          'project/flake.nix',
          '{ outputs = { nixpkgs, ... }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = [ ]; }; }; }',
        ),
    ],
    ['another file of the project contradicts', () => write('project/.nvmrc', '16\n')],
    [
      'the project has a policy',
      () => write('project/lockstep.toml', '[tools.git]\nignore = "not yet"\nuntil = 2026-01-01\n'),
    ],
    ['a variable is set', () => void Object.assign(env, { JAVA_HOME: at('home') })],
  ])('is made anew when %s', async (_what, change) => {
    const first = await take();
    expect((await take()).wasRead).toBe(false);
    change();
    const changed = await take();
    expect(changed.text).not.toBe(first.text);
    expect(changed.text).toBe((await take({ cache: false })).text);
  });

  test.each([
    ['another shell', { shell: 'other', anyConfiguration: true }],
    ['another context', { pathContext: 'login' }],
    ['no policy', { policy: false }],
    ['another system', { system: 'aarch64-linux' }],
  ])('is made anew when it is asked for %s', async (_what, more) => {
    await take();
    const other = await take(more).catch(() => ({ wasRead: true }));
    expect(other.wasRead).toBe(true);
    expect((await take()).wasRead).toBe(false);
  });

  test('is made anew the next day where a policy has exceptions with an end', async () => {
    write('project/lockstep.toml', '[tools.git]\nignore = "not yet"\nuntil = 2026-01-01\n');
    const ignored = await take();
    expect((await take({ now: new Date('2026-01-01T23:59:59Z') })).wasRead).toBe(false);
    const expired = await take({ now: new Date('2026-01-02T00:00:00Z') });
    expect(expired.wasRead).toBe(true);
    expect(expired.text).not.toBe(ignored.text);
  });

  test('is always made anew where a policy asks for ports: no file tells who listens', async () => {
    write('project/lockstep.toml', '[ports]\n5432 = "PostgreSQL"\n');
    await take();
    expect((await take()).wasRead).toBe(true);
  });
});
