import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { ComparedPins } from '../../src/core/model/pins';
import { runCli } from './fake-io';

const folders: string[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-cli-pins-'));
  folders.push(folder);
});
afterAll(() => {
  for (const made of folders) {
    rmSync(made, { recursive: true, force: true });
  }
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

describe('lockstep pins', () => {
  test('exit code 0 and a list when none contradict', async () => {
    write('.nvmrc', '20\n');
    write('package.json', '{"engines": {"node": ">=18"}}');
    const { stdout, stderr, exitCode } = await runCli(['pins', folder]);
    expect(stdout).toMatchInlineSnapshot(`
      "2 pins in 2 files; none contradict.

      Node.js
        .nvmrc:1        20    .nvmrc
        package.json:1  >=18  engines.node
      "
    `);
    expect([stderr, exitCode]).toEqual(['', 0]);
  });

  test('exit code 1 and every place when two contradict', async () => {
    write('.nvmrc', '20\n');
    write('Dockerfile', 'FROM node:18 AS build\n');
    const { stdout, exitCode } = await runCli(['pins', '.'], { cwd: folder });
    expect(stdout).toContain('Dockerfile:1 says 18, .nvmrc:1 says 20.');
    expect(stdout).toContain('    Dockerfile:1  18  (stage build)');
    expect(exitCode).toBe(1);
  });

  test('compares with the flake, unless told not to', async () => {
    cpSync('examples/rust-tool', folder, { recursive: true });
    write('Dockerfile', 'FROM rust:1.70-slim\n');
    write('rust-toolchain.toml', '[toolchain]\nchannel = "1.70"\n');
    const json = JSON.parse((await runCli(['pins', folder, '--json', '--no-flake'])).stdout) as ComparedPins;
    expect(json).toMatchObject({
      schema: 'lockstep.pins/1',
      contradictions: [],
      files: ['Dockerfile', 'rust-toolchain.toml'],
    });
    expect(json.pins.map(({ tool, range }) => [tool, range])).toEqual([
      ['rustc', '>=1.70.0 <1.71.0-0'],
      ['rustc', '>=1.70.0 <1.71.0-0'],
    ]);
  });

  test('the flake takes part with its file and line', async () => {
    cpSync('examples/web-product', folder, { recursive: true });
    write('.nvmrc', '18\n');
    const { stdout, exitCode } = await runCli(['pins', folder, '--json']);
    const { contradictions } = JSON.parse(stdout) as ComparedPins;
    expect(contradictions).toMatchObject([
      {
        tool: 'node',
        severity: 'error',
        places: [
          { kind: 'flake', position: { line: 40 } },
          { kind: 'pin', says: '18' },
        ],
      },
    ]);
    expect(contradictions[0]?.places[0]?.position?.file).toMatch(/flake\.nix$/);
    expect(exitCode).toBe(1);
  });

  test('exit code 2 when something could not be read, and the rest is listed', async () => {
    write('mise.toml', '[tools\n');
    write('.nvmrc', '20\n');
    const { stdout, stderr, exitCode } = await runCli(['pins', folder]);
    expect(stdout).toContain('.nvmrc:1');
    expect(stderr).toMatch(/^error: mise\.toml is broken: TOML error: .*\n +at mise\.toml:1:\d+\nnext: /);
    expect(exitCode).toBe(2);
  });

  test('a flake that cannot be read is said, and the pins are compared all the same', async () => {
    write('flake.nix', '{ outputs = }');
    write('.nvmrc', '20\n');
    const { stdout, stderr, exitCode } = await runCli(['pins', folder]);
    expect(stdout).toContain('1 pin in 1 file; none contradict.');
    expect(stderr).toContain('error: ');
    expect(exitCode).toBe(2);
  });

  test('a folder that is not there', async () => {
    const { stdout, stderr, exitCode } = await runCli(['pins', join(folder, 'nowhere')]);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toContain('There is no folder');
  });

  test('no colour in a pipe, colour on a terminal', async () => {
    write('.nvmrc', '20\n');
    expect((await runCli(['pins', folder])).stdout).not.toContain('\u001b');
    expect((await runCli(['pins', folder], { isTTY: true })).stdout).toContain('\u001b');
  });
});

describe('lockstep audit', () => {
  test('has contradictions of pins among its findings', async () => {
    cpSync('examples/web-product', folder, { recursive: true });
    write('.nvmrc', '18\n');
    const { stdout } = await runCli(['audit', folder, '--json'], { env: { PATH: folder, HOME: folder } });
    const { findings, pins } = JSON.parse(stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'pins-contradict', position: { file: '.nvmrc', line: 1, column: 1 } }),
    );
    expect(pins.contradictions).toHaveLength(1);
  });
});
