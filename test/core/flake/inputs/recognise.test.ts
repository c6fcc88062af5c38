import { describe, expect, it } from 'vitest';
import { parseFlakeUrl } from '../../../../src/core/flake/flake-ref';
import { modelOf, modelSources, originalOf } from '../../../../src/core/flake/inputs';
import type { Target } from '../../../../src/core/model/target';
import { readMemoryFlake } from '../memory-flake';
import { readInMemory } from './read-in-memory';

it.each([
  [{ name: 'x', owner: 'numtide', repo: 'flake-utils' }, 'flake-utils'],
  [{ name: 'x', owner: 'Somebody', repo: 'Flake-Utils' }, 'flake-utils'],
  [{ name: 'x', url: 'https://flakehub.com/f/numtide/flake-utils/0.1.102.tar.gz' }, 'flake-utils'],
  [
    { name: 'x', url: 'https://api.flakehub.com/f/pinned/hercules-ci/flake-parts/0.1.0/x/source.tar.gz' },
    'flake-parts',
  ],
  [{ name: 'x', url: 'git+ssh://git@example.org/team/rust-overlay.git?ref=main' }, 'rust-overlay'],
  [{ name: 'x', url: 'https://github.com/cachix/devenv/archive/main.tar.gz' }, 'devenv'],
  [{ name: 'linux', owner: 'nix-systems', repo: 'x86_64-linux' }, 'systems'],
  [{ name: 'snowfall', owner: 'snowfallorg', repo: 'lib' }, 'snowfall-lib'],
  [{ name: 'pre-commit-hooks', owner: 'cachix', repo: 'git-hooks.nix' }, 'git-hooks'],
  [{ name: 'flake-utils' }, 'flake-utils'],
  [{ name: 'systems', url: 'path:./systems.nix' }, 'systems'],
  [{ name: 'flake-utils', owner: 'me', repo: 'other' }, undefined],
  [{ name: 'mystery', url: 'github:me/mystery' }, undefined],
  [{ name: 'x', owner: 'oxalica', repo: 'nil' }, 'tool-flake'],
  [{ name: 'nil' }, undefined],
  [{ name: 'constructor' }, undefined],
])('%j is %s', (query, expected) => {
  expect(modelOf(query)).toBe(expected);
  expect(expected === undefined || Object.hasOwn(modelSources, expected)).toBe(true);
});

it.each([
  [{ name: 'x', owner: 'chvp', repo: 'devshell' }, 'numtide/devshell'],
  [{ name: 'x', owner: 'Numtide', repo: 'DevShell' }, undefined],
  [{ name: 'x', owner: 'LnL7', repo: 'nix-darwin' }, undefined],
  [{ name: 'x', url: 'https://flakehub.com/f/me/flake-utils/0.1.*' }, 'numtide/flake-utils'],
  [{ name: 'x', url: 'git+ssh://git@github.com/me/crane.git' }, 'ipetkov/crane'],
  // Mirrors of the same repository.
  [{ name: 'x', owner: 'me', repo: 'devshell', url: 'gitlab:me/devshell' }, undefined],
  [{ name: 'x', url: 'git+ssh://git@example.org/team/rust-overlay.git' }, undefined],
  [{ name: 'devshell', url: 'path:./devshell' }, undefined],
  // Names that many flakes have, and those that no model is of.
  [{ name: 'x', owner: 'nix-systems', repo: 'default' }, undefined],
  [{ name: 'x', owner: 'me', repo: 'mystery' }, undefined],
  [{ name: 'x', owner: 'me', repo: 'constructor' }, undefined],
])('%j is a fork of %s', (query, expected) => {
  expect(originalOf(query)).toBe(expected);
});

it('tells once for each input that it is a fork', () => {
  const target = readInMemory({
    inputs: { 'flake-utils': 'someone/flake-utils', devshell: 'numtide/devshell', tools: 'someone/crane' },
    outputs: '{ nixpkgs, ... }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { }; }',
  });
  expect(target.findings.filter(({ code }) => code === 'input-fork')).toMatchObject([
    { message: expect.stringContaining('`flake-utils` is a fork of numtide/flake-utils'), position: { line: 1 } },
    { message: expect.stringContaining('`tools` is a fork of ipetkov/crane') },
  ]);
});

describe('somebody’s nixpkgs', () => {
  const read = (rev: string, url = 'github:someone/nixpkgs/mine') => {
    const ref = parseFlakeUrl(url);
    const asked = { type: ref?.type, ...ref?.attributes };
    return readMemoryFlake({
      'flake.nix': `{ inputs.nixpkgs.url = "${url}"; outputs = { nixpkgs, ... }: {
        devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = [ nixpkgs.legacyPackages.x86_64-linux.ripgrep ]; };
      }; }`,
      'flake.lock': JSON.stringify({
        version: 7,
        root: 'root',
        nodes: {
          nixpkgs: {
            original: asked,
            locked: { ...asked, rev, narHash: 'sha256-x', lastModified: 1_757_545_623 },
          },
          root: { inputs: { nixpkgs: 'nixpkgs' } },
        },
      }),
    });
  };
  const forks = (target: Target) => target.findings.filter(({ code }) => code === 'input-fork');

  it('is told, and its versions are estimates', () => {
    const target = read('b'.repeat(40));
    expect(forks(target)).toMatchObject([{ message: expect.stringContaining('`nixpkgs` is a fork of NixOS/nixpkgs') }]);
    expect(target.shells['default']?.packages).toMatchObject([{ attribute: 'ripgrep', certainty: 'estimate' }]);
  });

  it('is nixpkgs at a revision that nixpkgs has, wherever the copy is', () => {
    for (const url of ['github:someone/nixpkgs/mine', 'git+https://git.example.org/mirrors/nixpkgs.git']) {
      const target = read('d7f52a7a640bc54c7bb414cca603835bf8dd4b10', url);
      expect(forks(target)).toEqual([]);
      expect(target.shells['default']?.packages).toMatchObject([{ certainty: 'exact' }]);
    }
  });

  it('may be a mirror on a host of its own', () => {
    expect(forks(read('b'.repeat(40), 'git+https://git.example.org/mirrors/nixpkgs.git'))).toEqual([]);
  });
});
