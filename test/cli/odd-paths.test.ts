import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from './fake-io';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-cli-odd-paths-'));
  writeFileSync(join(folder, 'file'), 'text\n');
  symlinkSync('circle', join(folder, 'circle'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where nothing can be, though looking there is an error of its own to the system. */
describe.each([
  ['through a file', 'file/x'],
  ['in circles', 'circle/x'],
  ['that is too long', 'a'.repeat(5_000)],
])('a path %s', (_, path) => {
  test.each([
    [['target', path]],
    [['audit', path]],
    [['fix', path]],
    [['checklist', path]],
    [['pins', path]],
    [['diff', path, path]],
    [['snapshot', '--host', `rootfs:${path}`]],
    [['snapshot', '--host', `image:${path}`]],
  ])('%j says what to do next', async (argv) => {
    const { stdout, stderr, exitCode } = await runCli(argv, { cwd: folder });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toMatch(/^error: .+\nnext: .+/s);
  });
});
