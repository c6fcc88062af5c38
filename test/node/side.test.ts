import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSide, sideKindOf } from '../../src/node/side';
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
