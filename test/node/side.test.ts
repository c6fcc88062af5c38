import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSide } from '../../src/node/side';
import { sideKindOf } from '../../src/node/side-kind';
import { installation, snapshot, target, wants } from '../core/report/builders';
import { tar } from './tar-file';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-side-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const read = (word: string) => readSide(word, { cwd: folder, env: {}, now: new Date('2026-11-22T20:00:00Z') });

test('a path is told by its name and its first bytes', () => {
  put('project/flake.nix', '{ outputs = { self }: { }; }');
  put('root/etc/os-release', 'ID=debian');
  put('root/usr/bin/sh', '');
  put('nothing/readme.md', '');
  expect(sideKindOf(join(folder, 'project'))).toBe('flake');
  expect(sideKindOf(join(folder, 'project/flake.nix'))).toBe('flake');
  expect(sideKindOf(join(folder, 'root'))).toBe('rootfs');
  expect(sideKindOf(join(folder, 'nothing'))).toBe('flake');
  expect(sideKindOf(put('a.json', '{}'))).toBe('document');
  expect(sideKindOf(put('a.tar', 'anything'))).toBe('image');
  expect(sideKindOf(put('a.tar.gz', 'anything'))).toBe('image');
  expect(sideKindOf(put('nameless', gzipSync('x')))).toBe('image');
  expect(sideKindOf(put('archive', tar([{ name: 'x' }])))).toBe('image');
  expect(sideKindOf(join(folder, 'gone'))).toBeUndefined();
});

test('a saved snapshot and a saved target are sides, called by their file', async () => {
  put('laptop.json', JSON.stringify(snapshot([installation('node', '18.19.0')])));
  put('wanted.json', JSON.stringify(target([wants('ruff', '0.4.1')])));
  expect(await read('laptop.json')).toMatchObject({ kind: 'snapshot', label: 'laptop' });
  expect(await read('wanted.json')).toMatchObject({ kind: 'target', label: 'wanted' });
});

test('an image is read from its layers', async () => {
  const layer = tar([
    { name: 'etc/os-release', content: 'ID=alpine\nNAME="Alpine Linux"\nVERSION_ID=3.19.1\n' },
    { name: 'lib/apk/db/installed', content: 'P:jq\nV:1.7.1-r0\nF:usr/bin\nR:jq\n\n' },
    { name: 'usr/bin/jq', content: 'x', mode: 0o755 },
  ]);
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Env: ['PATH=/usr/bin'] } });
  const image = tar([
    { name: 'manifest.json', content: JSON.stringify([{ Config: 'c.json', RepoTags: ['a:1'], Layers: ['l.tar'] }]) },
    { name: 'c.json', content: config },
    { name: 'l.tar', content: layer },
  ]);
  put('alpine.tar.gz', gzipSync(image));
  const side = await read('alpine.tar.gz');
  expect(side).toMatchObject({ kind: 'snapshot', label: 'alpine.tar.gz' });
  expect(side.kind === 'snapshot' && side.snapshot.installations.map(({ tool, version }) => [tool, version])).toEqual([
    ['jq', '1.7.1'],
  ]);
});

test('what cannot be a side says why', async () => {
  put('letter.json', '{ "dear": "reader" }');
  put('torn.tar', 'no archive at all');
  await expect(read('letter.json')).rejects.toMatchObject({ problem: { code: 'document-unknown' } });
  await expect(read('torn.tar')).rejects.toMatchObject({ problem: { code: expect.stringMatching(/^image-/u) } });
  await expect(read('gone.json')).rejects.toMatchObject({ problem: { code: 'operand-not-found' } });
});

test.each(['utf-16le', 'utf-16be'])('what PowerShell wrote with ">" is read: %s', async (encoding) => {
  const bytes = Buffer.from(`\uFEFF${JSON.stringify(snapshot([installation('node', '18.19.0')]))}`, 'utf16le');
  put('laptop.json', encoding === 'utf-16be' ? bytes.swap16() : bytes);
  expect(await read('laptop.json')).toMatchObject({ kind: 'snapshot', label: 'laptop' });
});

test('a compressed snapshot is called so, and is no image', async () => {
  put('laptop.json', gzipSync('{}'));
  put('laptop.json.gz', gzipSync('{}'));
  await expect(read('laptop.json')).rejects.toThrow('is compressed with gzip');
  await expect(read('laptop.json.gz')).rejects.toThrow('is compressed with gzip');
});

test('revisions: of a lock, with an @ of their own, and alone', async () => {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false', ...args],
      { cwd: folder, stdio: 'ignore', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } },
    );
  put(
    'flake.nix',
    '{ outputs = { self }: { devShells.x86_64-linux.default = derivation { name = "shell"; system = "x86_64-linux"; builder = "sh"; }; }; }',
  );
  put('flake.lock', '{"nodes":{"root":{}},"root":"root","version":7}');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'One');
  for (const word of [
    'flake.lock@HEAD',
    'flake.nix@HEAD@{0}',
    '@{0}',
    'flake.nix@{0}',
    '@HEAD',
    'HEAD',
    'main',
    '.@main',
  ]) {
    expect(await read(word)).toMatchObject({ kind: 'target', label: word });
  }
  await expect(read('mian')).rejects.toThrow('There is no mian.');
  await expect(read('--output=x')).rejects.toThrow('There is no --output=x.');
});

test.skipIf(process.platform === 'win32')(
  'pipes that nobody writes to and devices without end are no sides',
  async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('/usr/bin/env', ['mkfifo', pipe]);
    for (const [word, code] of [
      [pipe, 'document-truncated'],
      ['/dev/zero', 'document-too-large'],
      [`image:${pipe}`, 'host-not-found'],
      ['image:/dev/zero', 'host-not-found'],
      [`recorded:${pipe}`, 'recording-broken'],
      ['recorded:/dev/zero', 'host-unreadable'],
    ] as const) {
      await expect(read(word), word).rejects.toMatchObject({ problem: { code, hint: expect.any(String) } });
    }
  },
);
