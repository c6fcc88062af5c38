import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Audit } from '../../src/core/model/audit';
import { exporters } from '../../src/core/report';
import { readDocument } from '../../src/core/report/read-document';
import { runCli } from './fake-io';

// The first audit loads everything, maybe on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** A machine of our own making: what is on PATH is what this test puts there. */
let folder: string;
let env: Record<string, string>;
const flake = 'examples/python-service';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-audit-'));
  // Laid out as pyenv does, so that files tell the version and nothing is run.
  const bin = join(folder, '.pyenv', 'versions', '3.10.1', 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'python3'), '#!/bin/sh\nexit 1\n');
  chmodSync(join(bin, 'python3'), 0o755);
  env = { PATH: bin, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), USER: 'adalovelace' };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lockstep audit', () => {
  test('a table for people, exit code 1 on drift', async () => {
    const { stdout, stderr, exitCode } = await runCli(['audit', flake], { env });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^python-service · default · /);
    expect(stdout).toMatch(/\d+ of \d+ in step; 1 drift/);
    expect(stdout).toMatch(/≠ drift minor +Python +3\.10\.1 +3\.\d+/);
    expect(stdout).not.toContain('\u001b');
    expect(exitCode).toBe(1);
  });

  test('colour and progress on a terminal, width respected', async () => {
    const { stdout, stderr } = await runCli(['audit', flake], { env, isTTY: true, columns: 72 });
    expect(stdout).toContain('\u001b[38;5;208m≠ drift');
    const visible = stdout.replace(/\u001b\[[\d;]*m/g, '').split('\n');
    expect(Math.max(...visible.map((line) => line.length))).toBeLessThanOrEqual(72);
    expect(stderr).toContain('\r\u001b[K');
  });

  test.each([
    ['--no-color', {}, ['--no-color']],
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['TERM=dumb', { TERM: 'dumb' }, []],
  ])('no colour with %s', async (_, more, flags) => {
    const { stdout } = await runCli(['audit', flake, ...flags], { env: { ...env, ...more }, isTTY: true });
    expect(stdout).not.toContain('\u001b');
  });

  test('--json is the audit and nothing else', async () => {
    const { stdout, stderr } = await runCli(['audit', flake, '--json'], { env });
    const { kind, document } = readDocument(stdout, 'stdout');
    expect(kind).toBe('audit');
    const { rows, summary } = document as Audit;
    expect(rows.find(({ tool }) => tool === 'python')).toMatchObject({
      status: 'drift',
      actual: { version: '3.10.1', active: true },
    });
    expect(summary.total).toBe(rows.filter(({ status }) => status !== 'extra').length);
    expect(stderr).toBe('');
  });

  test('several outputs in one run, whole or not at all', async () => {
    const reports = mkdtempSync(join(folder, 'reports-'));
    const { stdout, stderr, exitCode } = await runCli(
      [
        'audit',
        flake,
        '-o',
        `html=${reports}/a.html`,
        '-o',
        `md=${reports}/a.md`,
        '-o',
        'csv=-',
        '-o',
        `${reports}/a.json`,
      ],
      { env },
    );
    expect(readdirSync(reports).sort()).toEqual(['a.html', 'a.json', 'a.md']);
    expect(readFileSync(join(reports, 'a.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(stdout).toMatch(/^status,tool,title/);
    expect(stderr).toContain('wrote ');
    expect(exitCode).toBe(1);
  });

  test('what is written is redacted, unless that is refused', async () => {
    const named = { ...env, PATH: `/home/adalovelace/bin:${env['PATH']}` };
    const redacted = await runCli(['audit', flake, '--json'], { env: named });
    expect(redacted.stdout).not.toContain('adalovelace');
    expect(redacted.stdout).not.toContain(folder);
    const open = await runCli(['audit', flake, '--json', '--no-redact'], { env: named });
    expect(open.stdout).toContain('adalovelace');
    const preview = await runCli(['audit', flake, '--json', '--show-redacted'], { env: named });
    expect(preview.stdout).toBe(redacted.stdout);
    expect(preview.stderr).toMatch(/^redacted home path: \/home\/adalovelace becomes ~, /m);
  });

  test.each(['-1', '1.5', 'abc', '253402300800', '99999999999999999999'])(
    'SOURCE_DATE_EPOCH=%s is no time, and nothing is written',
    async (epoch) => {
      const argv = ['audit', flake, '-o', 'json=-'];
      const { stdout, stderr, exitCode } = await runCli(argv, { env: { ...env, SOURCE_DATE_EPOCH: epoch } });
      expect(stderr).toContain(`SOURCE_DATE_EPOCH is "${epoch}", which is no time.`);
      expect(stdout).toBe('');
      expect(exitCode).toBe(2);
    },
  );

  test('SOURCE_DATE_EPOCH sets the time of reports', async () => {
    const { stdout } = await runCli(['audit', flake, '-o', 'text=-'], {
      env: { ...env, SOURCE_DATE_EPOCH: '1700000000' },
    });
    expect(stdout).toContain('2023-11-14T22:13:20Z');
  });

  test('the same facts give the same bytes in every format', async () => {
    const fixed = { ...env, SOURCE_DATE_EPOCH: '1700000000' };
    const formats = exporters.map(({ id }) => id);
    const run = async (hour: string) => {
      const reports = mkdtempSync(join(folder, 'same-'));
      await runCli(['audit', flake, ...formats.flatMap((id) => ['-o', `${id}=${reports}/${id}`])], {
        env: fixed,
        now: () => new Date(`2026-11-22T${hour}:00:00Z`),
      });
      return formats.map((id) => readFileSync(join(reports, id), 'utf8'));
    };
    expect(await run('11')).toEqual(await run('12'));
  });

  test('--fail-on chooses what is trouble', async () => {
    const code = async (failOn: string) =>
      (await runCli(['audit', flake, '--fail-on', failOn, '-o', 'json=/dev/null'], { env })).exitCode;
    expect(await code('never')).toBe(0);
    expect(await code('major')).toBe(0);
    expect(await code('minor')).toBe(1);
    expect(await code('drift,extra')).toBe(1);
  });
});

describe('mistakes get a sentence and exit code 2', () => {
  test.each([
    ['an unknown format', ['audit', '-o', 'htlm=x.html'], 'There is no format "htlm".', 'html'],
    ['a path without a format', ['audit', '-o', 'report'], 'There is no format "report".', 'html'],
    ['no path', ['audit', '-o', 'html='], '--output html= names no file.', 'html=report.html'],
    ['a format alone', ['audit', '-o', 'html'], '--output html names no file.', 'html=report.html'],
    ['a PDF alone', ['audit', '-o', 'pdf'], '--output pdf names no file.', 'pdf=report.pdf.\n'],
    ['standard output twice', ['audit', '--json', '-o', 'csv=-'], 'Standard output can take one report only.', 'files'],
    [
      'one file twice',
      ['audit', '-o', 'html=a.html', '-o', 'json=./a.html'],
      'can take one report only',
      'file of its own',
    ],
    [
      'one file twice, of a comparison',
      ['diff', 'x', 'y', '-o', 'html=a', '-o', 'csv=a'],
      'can take one report only',
      'own',
    ],
    ['an unknown condition', ['audit', '--fail-on', 'drfit'], 'fail-on does not know "drfit".', 'Did you mean drift?'],
    ['no such folder', ['audit', '/nonexistent/folder'], '/nonexistent/folder', 'next: '],
    ['a flake elsewhere', ['audit', 'github:owner/name'], 'github:owner/name is not on this machine', 'Clone it'],
    ['a name that is not UTF-8', ['audit', 'caf\ufffd'], 'is not UTF-8', 'Rename the folder.'],
    ['an unknown option', ['audit', '--bogus'], "unknown option '--bogus'", 'next: See lockstep audit --help.'],
    ['an unknown command', ['adit'], "unknown command 'adit'", 'next: See lockstep --help.'],
    ['no such shell', ['audit', flake, '--shell', 'nope'], 'no dev shell `nope`', 'default'],
    [
      'a folder that cannot be written',
      ['audit', flake, '-o', 'html=/nonexistent/x.html'],
      'could not be written',
      'no such file',
    ],
    ['no file to export', ['export', '/nonexistent.json', '-o', 'html=-'], 'could not be read', 'no such file'],
    ['one side', ['diff', 'x.json'], 'There is nothing to compare x.json with.', 'here'],
    ['a side that is not there', ['diff', 'x.json', 'y.json'], 'There is no x.json.', 'HEAD~1'],
    ['a git option for a revision', ['diff', `${flake}@--help`, flake], 'no revision', 'commit'],
  ])('%s', async (_, argv, message, hint) => {
    const { stdout, stderr, exitCode } = await runCli(argv, { env });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });
});

test.each(['constructor', '__proto__', 'toString'])('%s is no command, format or word', async (word) => {
  expect((await runCli([word], { env })).stderr).toContain(`unknown command '${word}'`);
  expect((await runCli(['audit', flake, '-o', `${word}=x`], { env })).stderr).toContain('There is no format');
  expect((await runCli(['diff', 'x', 'y', '-o', `${word}=x`], { env })).stderr).toContain('There is no format');
  expect((await runCli(['audit', flake, '--fail-on', word], { env })).stderr).toContain('fail-on does not know');
});

describe('lockstep export and diff', () => {
  test('a saved audit becomes any report; two are compared', async () => {
    const { stdout: json } = await runCli(['audit', flake, '--json'], { env });
    const saved = join(folder, 'audit.json');
    writeFileSync(saved, json);
    const markdown = await runCli(['export', saved, '-o', 'markdown=-'], { env });
    expect(markdown.stdout).toMatch(/^## python-service: /);
    const piped = await runCli(['export', '-', '-o', 'markdown=-'], { env, readStdin: async () => json });
    expect(piped.stdout).toBe(markdown.stdout);

    expect((await runCli(['diff', saved, saved], { env })).exitCode).toBe(0);
    const other = join(folder, 'other.json');
    writeFileSync(other, json.replaceAll('3.10.1', '3.12.1'));
    const compared = await runCli(['diff', saved, other], { env });
    expect(compared.stdout).toMatch(/↑ newer minor +Python +3\.10\.1 +3\.12\.1/);
    expect(compared.exitCode).toBe(1);
  });

  test('standard input is a side, once', async () => {
    const { stdout: json } = await runCli(['audit', flake, '--json'], { env });
    const readStdinOctets = async () => Buffer.from(`\uFEFF${json}`, 'utf16le');
    const { stdout, exitCode } = await runCli(['diff', '-', flake, '--json'], { env, readStdinOctets });
    expect(JSON.parse(stdout).columns[0]).toMatchObject({ label: 'standard input', kind: 'snapshot' });
    expect(exitCode).toBe(1);
    expect((await runCli(['diff', '-', '-'], { env, readStdinOctets })).stderr).toContain('can be one side only');
    const empty = await runCli(['diff', '-', flake], { env, readStdin: async () => '' });
    expect(empty).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('standard input is empty') });
  });

  test('files of one name are told apart', async () => {
    const { stdout: json } = await runCli(['audit', flake, '--json'], { env });
    for (const name of ['one', 'two']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'audit.json'), json);
    }
    const argv = ['diff', 'one/audit.json', 'two/audit.json', 'two/audit.json', '--json'];
    const { columns } = JSON.parse((await runCli(argv, { env, cwd: folder })).stdout);
    expect(columns.map(({ label }: { label: string }) => label)).toEqual([
      'one/audit.json',
      'two/audit.json',
      'two/audit.json (2)',
    ]);
  });

  test('a flake and itself', async () => {
    const { stdout, exitCode } = await runCli(['diff', flake, flake, '--json'], { env });
    const { rows, summary } = JSON.parse(stdout);
    expect(summary.same).toBe(rows.length);
    expect(exitCode).toBe(0);
  });
});

describe('--evaluator', () => {
  const targetOf = async (evaluator: string, path: string): Promise<Audit['target']> => {
    const words = ['audit', flake, '--evaluator', evaluator, '--system', 'x86_64-linux', '--json', '--no-cache'];
    const { stdout } = await runCli(words, { env: { ...env, PATH: path } });
    return JSON.parse(stdout).target;
  };

  test('the Nix that is there is asked, too, when it is asked for', async () => {
    const bin = join(folder, 'with-nix');
    mkdirSync(bin, { recursive: true });
    const shell = { packages: [{ name: 'uv-0.9', pname: 'uv', version: '0.9' }], variables: {}, shellHook: '' };
    writeFileSync(join(bin, 'nix'), `#!/bin/sh\necho '${JSON.stringify({ default: shell, ci: shell })}'\n`);
    chmodSync(join(bin, 'nix'), 0o755);
    for (const [evaluator, expected] of [
      ['nix', '0.9'],
      ['auto', '0.9'],
      ['lockstep', '0.4.11'],
    ] as const) {
      const target = await targetOf(evaluator, bin);
      expect(target.shells['default']?.packages.find(({ attribute }) => attribute === 'uv')?.version).toBe(expected);
      expect(target.evaluator).toBe(evaluator === 'lockstep' ? 'lockstep' : 'nix');
    }
  });

  test('without one a finding says so, unless it was left open', async () => {
    const nowhere = join(folder, 'nowhere');
    expect((await targetOf('nix', nowhere)).findings.map(({ code }) => code)).toContain('nix-not-found');
    expect((await targetOf('auto', nowhere)).findings.map(({ code }) => code)).not.toContain('nix-not-found');
  });

  test('Nix is not asked for another host', async () => {
    const words = ['audit', flake, '--host', 'rootfs:/', '--evaluator', 'nix'];
    const { stderr, exitCode } = await runCli(words, { env });
    expect(stderr).toContain('Nix is only asked on this machine, not for rootfs:/.');
    expect(exitCode).toBe(2);
  });
});

test('lockstep fix prints a script and runs nothing', async () => {
  const { stdout, exitCode } = await runCli(['fix', flake], { env });
  expect(stdout).toMatch(/^#!\/bin\/sh\n# python-service: /);
  expect(stdout).toContain('# ≠ Drift: Python. 3.10.1 is installed');
  expect(exitCode).toBe(1);
  const preferred = await runCli(['fix', flake, '--prefer', 'bogus'], { env });
  expect(preferred.stdout).toBe(stdout);
  expect(preferred.stderr).toMatch(/^note: no command here is of bogus; they are of .*\bnix\b/);
});

test('lockstep fix for another host has its commands', async () => {
  const of = (machine: string) => ['--host', `recorded:test/fixtures/machines/${machine}/machine.json`];
  const { stdout: windows } = await runCli(['fix', flake, ...of('windows-scoop')], { env });
  expect(windows).toContain("\nscoop install 'just@");
  const { stdout: mac } = await runCli(['fix', flake, ...of('macos-arm64-homebrew')], { env });
  expect(mac).toContain('\nbrew install just\n');
});

test('lockstep fix says nothing secret, and its commands still work', async () => {
  const project = join(folder, 'adalovelace', 'project');
  mkdirSync(project, { recursive: true });
  for (const name of ['flake.nix', 'flake.lock']) {
    writeFileSync(join(project, name), readFileSync(join(flake, name)));
  }
  const token = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
  writeFileSync(
    join(project, 'lockstep.toml'),
    `[tools.python]\nforbidden = "see ${token}"\n[variables]\nKEY = "${token}"\n`,
  );
  const { stdout } = await runCli(['fix', project], { env });
  expect(stdout).toContain('see <token>');
  expect(stdout).not.toContain(token);
  expect(stdout).toContain(`# nix develop ${project}`);
});

test('a problem is told without secrets, unless a person reads it', async () => {
  const token = `glpat-${'xYz12345'.repeat(3).slice(0, 20)}`;
  const words = ['target', `/does/not/exist/${token}`];
  expect((await runCli(words, { env })).stderr).toContain('/does/not/exist/<token>');
  expect((await runCli(words, { env, isTTY: true })).stderr).toContain(token);
});
