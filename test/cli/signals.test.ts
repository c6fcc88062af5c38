import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-signals-'));
const outDir = join(folder, 'out', 'cli');
const bin = join(folder, 'bin');
const project = join(folder, 'project');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  await build({
    configFile: fileURLToPath(new URL('../../vite.cli.config.ts', import.meta.url)),
    build: { outDir },
    logLevel: 'silent',
  });
  symlinkSync(fileURLToPath(new URL('../../resources', import.meta.url)), join(folder, 'resources'));
  mkdirSync(bin);
  mkdirSync(project);
  // A Nix that never answers, and starts what does not either.
  writeFileSync(join(bin, 'nix'), `#!/bin/sh\nsleep 600 &\necho "$$ $!" > ${folder}/pids\nsleep 600\n`);
  chmodSync(join(bin, 'nix'), 0o755);
  writeFileSync(
    join(project, 'flake.nix'),
    '{ outputs = _: { devShells.x86_64-linux.default = derivation { name = "s"; system = "x86_64-linux"; builder = "b"; }; }; }',
  );
}, 120_000);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // What has ended and was not waited for yet is no process that runs.
    return !/^\S+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe.runIf(process.platform === 'linux')('a signal that ends the command line', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends what it has started, too',
    async (signal) => {
      const pids = join(folder, 'pids');
      rmSync(pids, { force: true });
      const words = [join(outDir, 'index.cjs'), 'target', project, '--evaluator', 'nix', '--system', 'x86_64-linux'];
      const child = spawn(process.execPath, words, {
        env: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder, LOCKSTEP_DATA: join(folder, 'data') },
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
      await vi.waitFor(() => expect(existsSync(pids) && readFileSync(pids, 'utf8')).toMatch(/^\d+ \d+\n$/), 30_000);
      const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
      expect(started.map(isAlive)).toEqual([true, true]);
      child.kill(signal);
      expect(await ended).toBe(signal);
      await vi.waitFor(() => expect(started.map(isAlive)).toEqual([false, false]), 10_000);
    },
    60_000,
  );
});
