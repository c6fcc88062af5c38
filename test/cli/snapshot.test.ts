import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/cli/index';
import type { Snapshot } from '../../src/core/model/snapshot';
import { readDocument } from '../../src/core/report/read-document';

let folder = '';
let recording = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-cli-snapshot-'));
  recording = join(folder, 'machine.json');
  const files = {
    '/home/grace/.nvm/versions/node/v20.1.0/bin/node': { exec: true },
    '/usr/bin/node': { exec: true },
    '/usr/bin/git': { exec: true },
  };
  const env = { PATH: '/home/grace/.nvm/versions/node/v20.1.0/bin:/usr/bin:/none' };
  writeFileSync(
    recording,
    JSON.stringify({ name: 'lab', os: 'linux', arch: 'x86_64', home: '/home/grace', env, files }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: string[]) {
  const written = { out: '', err: '', code: -1 };
  await main(['snapshot', ...argv], {
    cwd: folder,
    env: { PATH: join(folder, 'bin'), HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') },
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    readStdin: async () => '',
    now: () => new Date('2026-01-02T03:04:05Z'),
    setExitCode: (code) => {
      written.code = code;
    },
  });
  return written;
}

test('the JSON has what scripts rely on, redacted', async () => {
  const { out, err, code } = await run('--json', '--host', 'recorded:machine.json');
  const [git, active, hidden] = JSON.parse(out).installations;
  expect(JSON.parse(out)).toMatchObject({
    schema: 'lockstep.snapshot/1',
    takenAt: '2026-01-02T03:04:05.000Z',
    host: { source: 'recorded:lab', os: 'linux', system: 'x86_64-linux' },
  });
  expect(git).toMatchObject({ tool: 'git', active: true, path: '/usr/bin/git' });
  expect(active).toMatchObject({
    tool: 'node',
    version: '20.1.0',
    path: '~/.nvm/versions/node/v20.1.0/bin/node',
    realPath: '~/.nvm/versions/node/v20.1.0/bin/node',
    manager: 'nvm',
    active: true,
    evidence: [{ kind: 'path' }],
  });
  expect(hidden).toMatchObject({ active: false, shadowedBy: '~/.nvm/versions/node/v20.1.0/bin/node' });
  expect(out).not.toContain('grace');
  expect([err, code]).toEqual(['', 0]);
});

test('--no-redact leaves paths as they are', async () => {
  const { out } = await run('--json', '--no-redact', '--host', `recorded:${recording}`);
  expect(out).toContain('/home/grace/.nvm');
});

test('the table leads with the machine and tells what is wrong', async () => {
  const { out, code } = await run('--host', 'recorded:machine.json');
  expect(out).toMatch(/^x86_64-linux\n3 installations of 2 tools\n/);
  expect(out).toMatch(/✓ node\s+20\.1\.0\s+nvm\s+~\/\.nvm/);
  expect(out).toMatch(/↓ node\s+\?\s+manual\s+\/usr\/bin\/node {2}hidden by/);
  expect(out).toContain('/none is not there, but on PATH');
  expect(code).toBe(0);
});

test.each([
  [['--host', 'nonsense'], /There is no host "nonsense"/],
  [['--host', 'recorded:none.json'], /none\.json could not be read/],
  [['--host'], /argument missing/],
  [['--nonsense'], /unknown option/],
])('%j is refused with a reason', async (argv, message) => {
  const { err, out, code } = await run(...argv);
  expect(err).toMatch(message);
  expect([out, code]).toEqual(['', 2]);
});

test('--verify compares files with programs: exit code 1 when they disagree', async () => {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'release'), 'JAVA_VERSION="21.0.2"\n');
  const write = (version: string) =>
    writeFileSync(join(folder, 'bin', 'java'), `#!/bin/sh\necho 'openjdk version "${version}" 2024-01-16' >&2\n`, {
      mode: 0o755,
    });
  const verified = async () => {
    const { out, code } = await run('--verify', '--json', '--no-cache', '--no-redact');
    const { document } = readDocument(out, 'verified.json');
    const { verification: results = [] } = document as Snapshot;
    return [results.find(({ path }) => path.startsWith(folder)), code];
  };
  write('21.0.2');
  expect((await verified())[0]).toMatchObject({ tool: 'java', files: '21.0.2', program: '21.0.2', outcome: 'agrees' });
  write('17.0.1');
  expect(await verified()).toEqual([expect.objectContaining({ program: '17.0.1', outcome: 'disagrees' }), 1]);
  write('');
  expect((await verified())[0]).toMatchObject({
    files: '21.0.2',
    outcome: 'no-answer',
    reason: expect.stringMatching(/printed no version$/u),
  });
}, 60_000);

test('--verify starts nothing that cannot be asked, and does not say that it did', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'dash'), `#!/bin/sh\ntouch ${join(folder, 'started')}\n`, { mode: 0o755 });
  const { out } = await run('--verify', '--json', '--no-cache', '--no-redact');
  const results: { path: string; outcome: string; reason?: string }[] = JSON.parse(out).verification;
  expect(results.find(({ path }) => path === join(bin, 'dash'))).toMatchObject({
    outcome: 'not-asked',
    reason: expect.stringMatching(/not known how to ask/u),
  });
  expect(existsSync(join(folder, 'started'))).toBe(false);
}, 60_000);
