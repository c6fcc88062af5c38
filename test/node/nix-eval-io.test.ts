import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderIo } from '../../src/node/nix-eval-io';

const MKFIFO = 'mkfifo';
const base = mkdtempSync(join(tmpdir(), 'lockstep-io-'));
const root = join(base, 'root');
mkdirSync(join(root, 'sub'), { recursive: true });
mkdirSync(join(base, 'root-beside'));
writeFileSync(join(root, 'a.nix'), '1');
writeFileSync(join(base, 'secret'), 'secret');
writeFileSync(join(base, 'root-beside', 'b'), 'b');
symlinkSync('../secret', join(root, 'file-out'));
symlinkSync('..', join(root, 'folder-out'));
symlinkSync('a.nix', join(root, 'inside'));
symlinkSync('loop', join(root, 'loop'));
symlinkSync('absent', join(root, 'broken'));
execFileSync(MKFIFO, [join(root, 'fifo')]);
afterAll(() => rmSync(base, { recursive: true }));

describe('the files of a folder', () => {
  const io = folderIo([root]);
  const text = (path: string) => {
    const result = io.readFile(join(root, path));
    return result.ok ? new TextDecoder().decode(result.value) : result.code;
  };

  it.each([
    ['a.nix', '1'],
    ['inside', '1'],
    ['sub/../a.nix', '1'],
    ['sub', 'is-a-directory'],
    ['absent', 'not-found'],
    ['a.nix/b', 'not-a-directory'],
    ['loop', 'loop'],
    ['broken', 'not-found'],
    ['fifo', 'special'],
    ['file-out', 'outside'],
    ['folder-out/secret', 'outside'],
    ['../secret', 'outside'],
    ['../root-beside/b', 'outside'],
    ['/etc/hostname', 'not-found'],
  ])('readFile %s', (path, expected) => {
    expect(text(path)).toBe(expected);
  });

  it('lists what is inside, with kinds, and nothing outside', () => {
    const list = io.readDir(root);
    expect(list.ok && [...list.value].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'a.nix', kind: 'file' },
      { name: 'broken', kind: 'link' },
      { name: 'fifo', kind: 'special' },
      { name: 'file-out', kind: 'link' },
      { name: 'folder-out', kind: 'link' },
      { name: 'inside', kind: 'link' },
      { name: 'loop', kind: 'link' },
      { name: 'sub', kind: 'directory' },
    ]);
    expect(io.readDir(base)).toEqual({ ok: false, code: 'outside' });
    expect(io.readDir(join(root, 'folder-out'))).toEqual({ ok: false, code: 'outside' });
  });

  it('tells of the folders above that they are there, and no more', () => {
    expect(io.lstat(base)).toMatchObject({ ok: true, value: { kind: 'directory' } });
    expect(io.lstat(join(base, 'secret'))).toEqual({ ok: false, code: 'outside' });
    expect(io.lstat(join(root, 'file-out'))).toMatchObject({ ok: true, value: { kind: 'link' } });
    expect(io.readLink(join(root, 'file-out'))).toEqual({ ok: true, value: '../secret' });
    expect(io.readLink(join(base, 'secret'))).toEqual({ ok: false, code: 'outside' });
  });

  it('may be all files', () => {
    expect(folderIo(['/']).readFile(join(base, 'secret'))).toMatchObject({ ok: true });
  });
});
