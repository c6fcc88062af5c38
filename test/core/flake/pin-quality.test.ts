import { describe, expect, test } from 'vitest';
import { lockedInputs } from '../../../src/core/flake/input-tree';
import { parseLock } from '../../../src/core/flake/lock';
import { pinFindings } from '../../../src/core/flake/pin-quality';

const REVISION = 'a'.repeat(40);
const NOW = 1_800_000_000;
const github = {
  type: 'github',
  owner: 'o',
  repo: 'r',
  rev: REVISION,
  narHash: 'sha256-x',
  lastModified: NOW - 86_400,
};

/** The pin of one input that is locked so. */
function pin(locked: object, original: object = locked) {
  const text = JSON.stringify({
    version: 7,
    root: 'root',
    nodes: { root: { inputs: { a: 'a' } }, a: { locked, original } },
  });
  return lockedInputs(parseLock(text, 'flake.lock'))[0]!.pin!;
}

describe('how well an input is pinned', () => {
  test.each<[string, object, object | undefined, string, RegExp | undefined]>([
    ['a revision with a hash', github, undefined, 'firm', undefined],
    [
      'a tarball with a hash',
      { type: 'tarball', url: 'https://x.org/a.tar.gz', narHash: 'sha256-x' },
      undefined,
      'firm',
      undefined,
    ],
    ['a revision without a hash', { ...github, narHash: undefined }, undefined, 'weak', /no hash/],
    ['a tarball without a hash', { type: 'tarball', url: 'https://x.org/a.tar.gz' }, undefined, 'loose', /no hash/],
    ['a folder of the flake', { type: 'path', path: './sub' }, undefined, 'firm', undefined],
    [
      'a folder beside the flake',
      { type: 'path', path: './sub/../../other', narHash: 'sha256-x' },
      undefined,
      'weak',
      /outside of this flake/,
    ],
    ['a folder of the machine', { type: 'path', path: '/etc/nixos' }, undefined, 'loose', /outside of this flake/],
    [
      'a repository of the machine',
      { type: 'git', url: 'file:///home/x', rev: REVISION, narHash: 'sha256-x' },
      undefined,
      'weak',
      /file of this machine/,
    ],
    [
      'changes that are not committed',
      { type: 'git', url: 'https://x.org/a', dirtyRev: `${REVISION}-dirty`, narHash: 'sha256-x' },
      undefined,
      'loose',
      /not committed/,
    ],
    ['a name of the registry, locked', github, { type: 'indirect', id: 'nixpkgs' }, 'firm', /registry/],
    [
      'a name of the registry, not locked',
      { type: 'indirect', id: 'nixpkgs' },
      undefined,
      'loose',
      /everybody may set/,
    ],
  ])('%s', (_, locked, original, level, note) => {
    const found = pin(locked, original);
    expect(found.level).toBe(level);
    if (note === undefined) {
      expect(found.notes).toEqual([]);
    } else {
      expect(found.notes.join(' ')).toMatch(note);
    }
  });

  test('is told for the lock as a whole, one finding a kind', () => {
    const nixpkgs = { ...github, owner: 'NixOS', repo: 'nixpkgs' };
    const nodes = {
      root: { inputs: { nixpkgs: 'nixpkgs', old: 'old', a: 'a', b: 'b' } },
      nixpkgs: { locked: nixpkgs, original: { type: 'indirect', id: 'nixpkgs' } },
      old: { locked: { ...nixpkgs, rev: 'b'.repeat(40), lastModified: NOW - 500 * 86_400 }, original: nixpkgs },
      a: { locked: { type: 'tarball', url: 'https://x.org/a' } },
      b: { locked: { type: 'path', path: '../b' }, original: { type: 'path', path: '../b' } },
    };
    const lock = parseLock(JSON.stringify({ version: 7, root: 'root', nodes }), 'flake.lock');
    const declared = new Map([
      ['nixpkgs', { name: 'nixpkgs', ref: { type: 'indirect', attributes: { id: 'nixpkgs' } }, isFlake: true }],
    ]);
    expect(pinFindings(declared, lock, 'flake.lock', NOW).map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'input-without-hash: Inputs `a`, `b` have no narHash in the lock: what is fetched for them is not checked.',
      'input-outside: Input `b` is a folder outside of the flake: others have another one there, or none.',
      'input-registry: Input `nixpkgs` is taken from the registry by its name, which may mean another repository on another machine.',
      'nixpkgs-several: The lock has 2 revisions of nixpkgs: aaaaaaa (nixpkgs), bbbbbbb (old).',
      'lock-old: Input `old` is of 2025-09-02, more than a year ago: security fixes since then are missing.',
    ]);
    expect(pinFindings(declared, lock, 'flake.lock', undefined).map(({ code }) => code)).not.toContain('lock-old');
  });

  test('calls inputs of inputs by the path to them, whatever the lock calls their nodes', () => {
    const node = (letter: string, inputs?: object) => ({
      inputs,
      locked: { ...github, owner: 'NixOS', repo: letter === 'd' ? 'devenv' : 'nixpkgs', rev: letter.repeat(40) },
      original: github,
    });
    const nodes = {
      root: { inputs: { devenv: 'devenv', nixpkgs: 'nixpkgs_2' } },
      devenv: node('d', { nixpkgs: 'nixpkgs' }),
      nixpkgs: node('a'),
      nixpkgs_2: node('b'),
    };
    const lock = parseLock(JSON.stringify({ version: 7, root: 'root', nodes }), 'flake.lock');
    expect(pinFindings(new Map(), lock, 'flake.lock', undefined)).toMatchObject([
      { message: 'The lock has 2 revisions of nixpkgs: aaaaaaa (devenv/nixpkgs), bbbbbbb (nixpkgs).' },
    ]);
  });
});
