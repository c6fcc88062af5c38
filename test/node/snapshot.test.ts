import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshotSchema } from '../../src/core/model/schemas';
import type { Snapshot } from '../../src/core/model/snapshot';
import { localHost } from '../../src/node/local-host';
import { openRecording } from '../../src/node/recording-file';
import { takeSnapshot } from '../../src/node/snapshot';

let folder = '';
let taken: Snapshot;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-snapshot-'));
  taken = await takeSnapshot({
    host: localHost(),
    now: new Date(0),
    cache: false,
    deadlines: { each: 20_000, total: 60_000 },
  });
}, 90_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where a shell would find a program. */
function which(program: string): string | undefined {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

describe.skipIf(process.platform === 'win32')('this machine', () => {
  test.each([
    ['node', 'node', ['--version'], /v(\S+)/],
    ['git', 'git', ['--version'], /version (\d[\d.]*\d)/],
    ['python', 'python3', ['--version'], /Python (\S+)/],
    ['npm', 'npm', ['--version'], /(\S+)/],
  ] as const)('%s is where the shell finds it, with the version that it tells', (tool, program, args, pattern) => {
    const path = which(program);
    const active = taken.installations.filter((one) => one.tool === tool && one.active);
    if (path === undefined) {
      expect(active).toEqual([]);
      return;
    }
    const told = pattern.exec(execFileSync(path, [...args], { encoding: 'utf8', cwd: '/' }))?.[1];
    expect(active).toMatchObject([{ path, version: told, onPath: true }]);
    expect(active[0]?.evidence.length).toBeGreaterThan(0);
  });

  test('holds by its own schema, and is sorted', () => {
    expect(v.parse(snapshotSchema, JSON.parse(JSON.stringify(taken)))).toEqual(taken);
    const tools = taken.installations.map(({ tool }) => tool);
    expect(tools).toEqual([...tools].sort());
    expect(taken.pathEntries.map(({ path }) => path)).toEqual((process.env['PATH'] ?? '').split(delimiter));
  });

  test('tells the machine as the system does', () => {
    expect(taken.host).toMatchObject({ source: 'local', os: process.platform, cores: expect.any(Number) });
    expect(taken.host.memoryBytes).toBeGreaterThan(2 ** 28);
    if (process.platform === 'linux') {
      expect(readFileSync('/etc/os-release', 'utf8')).toContain(taken.host.distribution);
    }
  });

  test('no file is counted twice for one tool and folder', () => {
    const keys = taken.installations.map(({ tool, realPath, leadsTo }) => `${tool} ${realPath} ${leadsTo}`);
    expect(keys).toEqual([...new Set(keys)]);
  });

  test('every tool on PATH has one active copy at most; what is hidden says by what', () => {
    for (const tool of new Set(taken.installations.map((one) => one.tool))) {
      const copies = taken.installations.filter((one) => one.tool === tool);
      expect(copies.filter(({ active }) => active).length).toBeLessThanOrEqual(1);
      for (const { active, path, shadowedBy } of copies) {
        if (shadowedBy !== undefined) {
          const folders = (process.env['PATH'] ?? '').split(delimiter);
          expect([active, existsSync(shadowedBy)]).toEqual([false, true]);
          expect(folders.indexOf(dirname(shadowedBy))).toBeLessThan(folders.indexOf(dirname(path)));
        }
      }
    }
  });
});

test('what a program told is kept until its file changes', async () => {
  const bin = join(folder, 'bin');
  execFileSync('mkdir', ['-p', bin]);
  const count = join(folder, 'count');
  const write = (version: string) =>
    writeFileSync(join(bin, 'jq'), `#!/bin/sh\necho x >> ${count}\necho jq-${version}\n`, { mode: 0o755 });
  const jq = async () => {
    const host = localHost({ PATH: bin, HOME: folder });
    const { installations } = await takeSnapshot({ host, now: new Date(0), cache: join(folder, 'cache') });
    return installations.find(({ tool, path }) => tool === 'jq' && path.startsWith(bin))?.version;
  };
  write('1.6');
  expect([await jq(), await jq()]).toEqual(['1.6', '1.6']);
  expect(readFileSync(count, 'utf8')).toBe('x\n');
  write('1.7.1');
  expect(await jq()).toBe('1.7.1');
  writeFileSync(join(folder, 'cache', 'snapshot.json'), '{"format":1,"runs":{"x":5}}');
  expect(await jq()).toBe('1.7.1');
}, 30_000);

test('packages are read manager by manager, which is told, until it is cancelled', async () => {
  const read = async (until?: string) => {
    const abort = new AbortController();
    const told: string[] = [];
    const { packages } = await takeSnapshot({
      host: openRecording('test/fixtures/machines/debian-apt-nvm-pyenv/machine.json'),
      now: new Date(0),
      cache: false,
      run: false,
      packages: true,
      signal: abort.signal,
      onProgress: ({ message }) => {
        told.push(...(message.startsWith('Packages of') ? [message] : []));
        if (message === until) {
          abort.abort();
        }
      },
    });
    return { told, packages };
  };
  const all = await read();
  expect(all.told).toEqual(expect.arrayContaining(['Packages of npm', 'Packages of Python', 'Packages of dpkg']));
  expect(all.packages).toEqual(expect.arrayContaining([expect.objectContaining({ ecosystem: 'npm' })]));
  const some = await read('Packages of Python');
  expect(some).toEqual({ told: all.told.slice(0, all.told.indexOf('Packages of Python') + 1), packages: undefined });
});
