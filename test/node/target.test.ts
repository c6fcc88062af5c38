import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/core/model/problem';
import { loadIndex } from '../../src/node/nixpkgs-index';
import { findFlake, readTarget } from '../../src/node/target';

const examples = resolve(import.meta.dirname, '../../examples');
const scratch = mkdtempSync(join(tmpdir(), 'lockstep-target-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const index = loadIndex();
const read = (folder: string, system = 'x86_64-linux') => readTarget({ folder, system, index });

function folder(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(scratch, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(path, file, '..'), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

async function problemOf(path: string) {
  const error = await read(path).catch((reason: unknown) => reason);
  if (error instanceof ProblemError) {
    return error.problem;
  }
  throw new Error('expected a problem', { cause: error });
}

describe('the examples', () => {
  /** The index's versions at the revisions of their locks. */
  test.each([
    ['python-service', 'default', ['python312 3.12.5', 'uv 0.4.11', 'ruff 0.6.6', 'postgresql_16 16.4']],
    ['python-service', 'ci', ['ruff 0.6.6', 'python312 3.12.5']],
    ['web-product', 'default', ['nodejs_20 20.11.0', 'go_1_21 1.21.6', 'kubectl 1.28.4', 'protobuf 24.4']],
    ['rust-tool', 'default', ['cargo-nextest 0.9.94', 'openssl 3.4.1']],
    ['flake-parts', 'default', ['terraform 1.11.4', 'hugo 0.146.7', 'nodejs_22 22.14.0']],
  ])('%s, shell %s', async (name, shell, some) => {
    const target = await read(join(examples, name));
    const lines = target.shells[shell]!.packages.map(({ attribute, version }) => `${attribute} ${version}`);
    expect(lines).toEqual(expect.arrayContaining(some));
    expect(target.shells[shell]!.unresolved).toEqual([]);
    expect(target.findings).toEqual([]);
  });
  test('have the toolchain that rust-toolchain.toml names', async () => {
    const { shells } = await read(join(examples, 'rust-tool'));
    const toolchain = shells['default']!.packages.filter(({ input }) => input === 'rust-overlay');
    expect(toolchain).toMatchObject([{ version: '1.86.0', certainty: 'exact', position: { file: 'flake.nix' } }]);
  });
  test('have every package at a place in the flake', async () => {
    const target = await read(join(examples, 'web-product'));
    const places = target.shells['default']!.packages.map(({ position }) => position?.file);
    expect(new Set(places)).toEqual(new Set(['flake.nix', 'nix/operations.nix']));
  });
  test('differ by system', async () => {
    const linux = await read(join(examples, 'python-service'));
    const darwin = await read(join(examples, 'python-service'), 'aarch64-darwin');
    const names = (target: typeof linux) => target.shells['default']!.packages.map(({ attribute }) => attribute);
    expect(names(linux).filter((name) => !names(darwin).includes(name))).toEqual(['docker-compose']);
  });
  test('are read to the same bytes twice', async () => {
    const path = join(examples, 'rust-tool');
    expect(JSON.stringify(await read(path))).toBe(JSON.stringify(await read(path)));
  });
});

describe('finding the flake', () => {
  test('from its flake.nix, and from a folder below', () => {
    const path = resolve(examples, 'web-product');
    expect(findFlake(join(path, 'flake.nix'))).toBe(path);
    expect(findFlake(join(path, 'api'))).toBe(path);
  });
  test('goes no further than the repository', async () => {
    folder('outer', { 'flake.nix': '{ outputs = _: { }; }', 'inner/.git/HEAD': '', 'inner/deep/x': '' });
    const problem = await problemOf(join(scratch, 'outer/inner/deep'));
    expect(problem).toMatchObject({ code: 'flake-not-found' });
    expect(problem.message).toContain(`up to ${join(scratch, 'outer/inner')}`);
  });
  test('says when flake.nix is a folder, or a link that leads nowhere', async () => {
    mkdirSync(join(scratch, 'folder-flake', 'flake.nix'), { recursive: true });
    folder('dead-link', { 'README.md': '' });
    symlinkSync('flake.nix', join(scratch, 'dead-link', 'flake.nix'));
    expect(await problemOf(join(scratch, 'folder-flake'))).toMatchObject({
      code: 'flake-not-a-file',
      message: expect.stringContaining('is not a file'),
    });
    expect(await problemOf(join(scratch, 'dead-link'))).toMatchObject({
      code: 'flake-not-a-file',
      message: expect.stringContaining('leads nowhere'),
    });
  });
  test.each([
    ['shell.nix', 'import ./shell.nix'],
    ['devenv.nix', 'devenv.lib.mkShell'],
    ['devbox.json', 'lockstep pins'],
  ])('tells how a flake takes over a %s', async (file, hint) => {
    folder(`with-${file}`, { '.git/HEAD': '', [file]: '{ }', 'deep/x': '' });
    expect(await problemOf(join(scratch, `with-${file}`, 'deep'))).toMatchObject({
      code: 'flake-not-found',
      hint: expect.stringMatching(new RegExp(`with-${file.replace('.', '\\.')}.*${hint}`)),
    });
  });
  test('says when there is no such folder', async () => {
    expect(await problemOf(join(scratch, 'nowhere'))).toMatchObject({ code: 'flake-not-found' });
  });
});

describe('only the folder is read', () => {
  const flake = (shell: string) => `{ outputs = { self }: { devShells.x86_64-linux.default = ${shell}; }; }`;
  test.each([
    ['a file outside', flake('builtins.readFile /etc/hostname')],
    ['the folder above', flake('import ../secret.nix')],
    ['the folder above, listed', flake('builtins.readDir ../.')],
    ['a link out', flake('import ./link.nix')],
    ['a file in a linked folder', flake('import ./folder/secret.nix')],
  ])('%s is refused', async (name, text) => {
    writeFileSync(join(scratch, 'secret.nix'), '"secret"');
    const path = folder(`confined ${name}`, { 'flake.nix': text });
    symlinkSync(join(scratch, 'secret.nix'), join(path, 'link.nix'));
    symlinkSync(scratch, join(path, 'folder'));
    const problem = await problemOf(path);
    expect(problem.code).toBe('nix-io');
    expect(JSON.stringify(problem)).not.toContain('"secret"');
    expect(problem.position).toMatchObject({ file: join(path, 'flake.nix'), line: 1 });
  });
  test('links inside are followed', async () => {
    const path = folder('linked', {
      'flake.nix': flake('import ./link.nix'),
      'real.nix': '{ type = "derivation"; name = "x"; }',
    });
    symlinkSync('real.nix', join(path, 'link.nix'));
    expect((await read(path)).shells['default']).toMatchObject({ packages: [], unresolved: [] });
  });
  test('nothing is fetched', async () => {
    const path = folder('fetching', {
      'flake.nix': flake('import (builtins.fetchTarball "https://example.org/x.tar.gz")'),
    });
    expect(await problemOf(path)).toMatchObject({ code: 'shell-unknown' });
  });
});

test('progress is told, and a signal stops the reading', async () => {
  const messages: string[] = [];
  const path = join(examples, 'python-service');
  await readTarget({
    folder: path,
    system: 'x86_64-linux',
    index,
    onProgress: ({ message }) => messages.push(message),
  });
  expect(messages.slice(0, 4)).toEqual(['flake.nix', 'flake.lock', 'shell ci', 'shell default']);
  const stop = new AbortController();
  const reading = readTarget({ folder: path, system: 'x86_64-linux', index, signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(reading).rejects.toThrow('enough');
});

test('a flake that computes for ever is stopped', async () => {
  const path = folder('endless', {
    'flake.nix':
      "{ outputs = { self }: { devShells.x86_64-linux.default = builtins.foldl' (a: b: a + b) 0 (builtins.genList (x: builtins.length (builtins.genList (y: y) 1000)) 19999999); }; }",
  });
  const error = await readTarget({ folder: path, system: 'x86_64-linux', index, deadline: 50 }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ problem: { code: 'nix-limit' } });
});

test('what else is in memory is not counted against a flake', async () => {
  const held = new Array<number>(45_000_000).fill(0.5);
  const path = folder('long', {
    'flake.nix': `{ outputs = { self, nixpkgs }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      devShells.x86_64-linux.default = pkgs.mkShell {
        SUM = toString (builtins.foldl' (a: b: a + b) 0 (builtins.genList (x: x) 200000));
        packages = [ pkgs.jq ];
      };
    }; }`,
  });
  const { shells } = await read(path);
  expect(shells['default']).toMatchObject({ variables: [{ name: 'SUM', value: '19999900000' }], unresolved: [] });
  expect(held.length).toBe(45_000_000);
});

test('the example with two NixOS machines is read whole, machine by machine', async () => {
  const machines = resolve(import.meta.dirname, '../../examples/machines');
  const target = await readTarget({ folder: machines, system: 'x86_64-linux', index, outputs: ['laptop', 'server'] });
  expect(
    Object.entries(target.shells).map(([name, shell]) => [name, shell.packages.map((each) => each.attribute)]),
  ).toEqual([
    [
      'nixosConfigurations.laptop',
      ['git', 'ripgrep', 'python312', 'uv', 'nodejs_22', 'jq', 'gh', 'fish', 'direnv', 'neovim', 'docker'],
    ],
    ['nixosConfigurations.server', ['git', 'ripgrep', 'go', 'nginx', 'postgresql_16']],
  ]);
  expect(Object.values(target.shells).flatMap(({ unresolved }) => unresolved)).toEqual([]);
});

test('a flake below the top of its repository tells where; at the top it does not', async () => {
  const flake =
    '{ outputs = { self }: { devShells.x86_64-linux.default = derivation { name = "shell"; system = "x86_64-linux"; builder = "sh"; }; }; }';
  const top = folder('repository', {
    '.git/HEAD': 'ref: refs/heads/main',
    'flake.nix': flake,
    'apps/web/flake.nix': flake,
  });
  expect((await read(join(top, 'apps', 'web'))).flake.directory).toBe('apps/web');
  expect((await read(top)).flake).not.toHaveProperty('directory');
});
