import { expect, test } from 'vitest';
import { runCli } from './fake-io';

const flake = 'examples/python-service';

test('the shape that scripts rely on', async () => {
  const { stdout, stderr, exitCode } = await runCli(['target', flake, '--json', '--system', 'x86_64-linux']);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const target = JSON.parse(stdout);
  expect(target).toMatchObject({
    schema: 'lockstep.target/1',
    system: 'x86_64-linux',
    evaluator: 'lockstep',
    defaultShell: 'default',
  });
  expect(target.flake.path).toMatch(/examples\/python-service$/);
  expect(target.shells.ci.packages[0]).toEqual({
    attribute: 'ruff',
    name: 'ruff',
    version: '0.6.6',
    certainty: 'exact',
    input: 'nixpkgs',
    position: { file: 'flake.nix', line: 25, column: 11 },
  });
  expect(target.shells.default.variables).toContainEqual({
    name: 'UV_PYTHON_DOWNLOADS',
    value: 'never',
    position: { file: 'flake.nix', line: 52, column: 13 },
  });
  expect(target.shells.default.unresolved).toEqual([]);
});

test('a table for people', async () => {
  const { stdout } = await runCli(['target', flake, '--system', 'x86_64-linux', '--no-color']);
  expect(stdout).toContain('Orders: an HTTP service in Python on PostgreSQL');
  expect(stdout).toMatch(/nixpkgs +github:NixOS\/nixpkgs\/nixpkgs-unstable +a1d9266 +2024-09-20/);
  expect(stdout).toMatch(/default +devShells\.x86_64-linux\.default, what `nix develop` opens · 13 of 13 resolved/);
  expect(stdout).toMatch(/python312Packages\.psycopg2 +\? +flake\.nix:45:19/);
  expect(stdout).toMatch(/UV_PYTHON_DOWNLOADS=never/);
});

test('one shell only', async () => {
  const { stdout } = await runCli(['target', flake, '--json', '--system', 'x86_64-linux', '--shell', 'ci']);
  expect(Object.keys(JSON.parse(stdout).shells)).toEqual(['ci']);
});

test("a folder as Nix's path: scheme, with an output", async () => {
  const { stdout } = await runCli(['target', `path:${flake}#ci`, '--json', '--system', 'x86_64-linux']);
  expect(Object.keys(JSON.parse(stdout).shells)).toEqual(['ci']);
});

test.each([
  ['a shell that is not there', ['target', flake, '--shell', 'nope'], 'has no dev shell `nope`'],
  ['a folder without a flake', ['target', '/'], 'There is no flake.nix in /.'],
  [
    'a system without shells',
    ['target', 'examples/flake-parts', '--system', 'x86_64-freebsd'],
    'it has dev shells for aarch64-darwin',
  ],
])('%s is told on standard error with exit code 2', async (_, argv, message) => {
  const { stdout, stderr, exitCode } = await runCli(argv);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).toContain('next: ');
  expect(exitCode).toBe(2);
});
