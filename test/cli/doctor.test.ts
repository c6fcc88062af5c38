import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/cli/index';
import type { Check } from '../../src/node/doctor';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-doctor-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function doctor(env: Readonly<Record<string, string>>, ...argv: string[]) {
  const written = { out: '', code: -1 };
  await main(['doctor', ...argv], {
    cwd: folder,
    env: { PATH: '/usr/bin:/does/not/exist', HOME: folder, ...env },
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: () => undefined },
    readStdin: async () => '',
    now: () => new Date(0),
    setExitCode: (code) => {
      written.code = code;
    },
  });
  return written;
}

test('tells what is there, and what to do about the rest', async () => {
  const { out, code } = await doctor({ DISPLAY: ':7' }, '--json');
  const checks: readonly Check[] = JSON.parse(out).checks;
  const of = (id: string) => checks.find((check) => check.id === id);
  expect(of('node')).toMatchObject({ status: 'ok', text: expect.stringContaining(process.versions.node) });
  expect(of('index')?.text).toMatch(/^\d+ attributes at \d+ revisions of nixpkgs/);
  expect(of('path')).toMatchObject({ status: 'note', text: expect.stringContaining('/does/not/exist (missing)') });
  expect(of('cache')?.text).toContain(join('~', '.cache', 'lockstep'));
  expect(checks.filter(({ status, hint }) => status === 'note' && hint === undefined)).toEqual([]);
  expect(code).toBe(checks.some(({ status }) => status === 'problem') ? 2 : 0);
  if (process.platform === 'linux') {
    expect(of('display')).toMatchObject({ status: 'ok', text: 'display :7' });
  }
}, 30_000);

test('for a person: a line a check, its mark first', async () => {
  const { out } = await doctor({});
  expect(out).toMatch(/^✓ Node\.js\s+\d+\./);
  expect(out).toMatch(/^! PATH\s+\d+ folders?;/m);
}, 30_000);
