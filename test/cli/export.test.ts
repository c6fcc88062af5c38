import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { audit, installation, row, snapshot, target, wants } from '../core/report/builders';
import { runCli } from './fake-io';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

const machine = snapshot([installation('node', '20.11.1')]);
const asked = target([wants('nodejs_20', '20.11.1')]);

describe('a bill of materials of one half alone', () => {
  test('of a snapshot and of a target', async () => {
    const one = await runCli(['export', file('snapshot.json', machine), '-o', 'cyclonedx=-']);
    expect(JSON.parse(one.stdout).components).toMatchObject([{ name: 'node', version: '20.11.1' }]);
    const other = await runCli(['export', file('target.json', asked), '-o', 'cyclonedx-target=-']);
    expect(JSON.parse(other.stdout).components).toMatchObject([{ name: 'nodejs_20', version: '20.11.1' }]);
    expect([one.exitCode, other.exitCode]).toEqual([0, 0]);
  });

  test('nothing else can be said of a half', async () => {
    const { stderr, exitCode } = await runCli(['export', file('snapshot.json', machine), '-o', 'html=-']);
    expect(stderr).toContain('is a snapshot, not an audit');
    expect(exitCode).toBe(2);
  });
});

test('the summary of a step of GitHub Actions is added to, other files are replaced', async () => {
  const path = file('audit.json', audit([row()]));
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, 'from before\n');
  await runCli(['export', path, '-o', `markdown=${summary}`], { env: { GITHUB_STEP_SUMMARY: summary } });
  expect(readFileSync(summary, 'utf8')).toMatch(/^from before\n## /);
  await runCli(['export', path, '-o', `markdown=${summary}`]);
  expect(readFileSync(summary, 'utf8')).toMatch(/^## /);
});
