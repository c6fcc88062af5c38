import { expect, it } from 'vitest';
import type { Target } from '../../../src/core/model/target';
import { packageLines, RECORDED, readMemoryFlake } from './memory-flake';

const nixpkgs = {
  locked: { type: 'github', owner: 'NixOS', repo: 'nixpkgs', rev: RECORDED, lastModified: 1746064326, narHash: 'x' },
  original: { type: 'github', owner: 'NixOS', repo: 'nixpkgs', ref: 'nixos-unstable' },
};
const utils = {
  locked: { type: 'github', owner: 'numtide', repo: 'flake-utils', rev: 'a'.repeat(40), narHash: 'x' },
  original: { type: 'github', owner: 'numtide', repo: 'flake-utils' },
};
const folder = (path: string, inputs: object = {}, parent: readonly string[] = []) => ({
  locked: { type: 'path', path },
  original: { type: 'path', path },
  parent,
  inputs,
});
const lockOf = (nodes: object) => JSON.stringify({ version: 7, root: 'root', nodes });

const URLS = 'nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; flake-utils.url = "github:numtide/flake-utils";';
const ROOT = `{
  inputs = { nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; sub.url = "path:./sub"; };
  outputs = { nixpkgs, sub, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
    devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.git sub.packages.x86_64-linux.tool ]; };
  };
}`;
const SUB = `{
  inputs = { ${URLS} };
  outputs = { nixpkgs, flake-utils, ... }: flake-utils.lib.eachDefaultSystem (system: { packages.tool = nixpkgs.legacyPackages.\${system}.jq; });
}`;

function read(nodes: object, files: Readonly<Record<string, string>> = {}): Target {
  const root = { inputs: { nixpkgs: 'nixpkgs', sub: 'sub' } };
  return readMemoryFlake({
    'flake.nix': ROOT,
    'flake.lock': lockOf({ root, nixpkgs, ...nodes }),
    'sub/flake.nix': SUB,
    ...files,
  });
}
const lines = (target: Target) => packageLines(target.shells['default']!);
const stale = (target: Target) =>
  target.findings.filter(({ code }) => code === 'lock-stale').map(({ message }) => message);

it('takes the inputs of a flake in a folder from the lock', () => {
  const target = read({ sub: folder('./sub', { nixpkgs: ['nixpkgs'], 'flake-utils': 'u' }), u: utils });
  expect(lines(target)).toEqual(['git 2.49.0', 'jq 1.7.1']);
  expect(stale(target)).toEqual([]);
});

it('takes those that the lock lacks as they are declared, and says that the lock is stale', () => {
  const target = read({ sub: folder('./sub', { nixpkgs: ['nixpkgs'] }) });
  expect(lines(target)).toEqual(['git 2.49.0', 'jq 1.7.1']);
  expect(stale(target)).toEqual([
    'The lock file does not have the input `flake-utils` of `sub`, which the flake.nix of `sub` declares.',
  ]);
  expect(lines(read({ sub: folder('./sub') }))).toEqual(['git 2.49.0', 'jq ?']);
});

it("takes those that the lock lacks from the folder's own lock", () => {
  const own = lockOf({ root: { inputs: { nixpkgs: 'n', 'flake-utils': 'u' } }, n: nixpkgs, u: utils });
  expect(lines(read({ sub: folder('./sub') }, { 'sub/flake.lock': own }))).toEqual(['git 2.49.0', 'jq 1.7.1']);
  expect(lines(read({ sub: folder('./sub') }, { 'sub/flake.lock': '{' }))).toEqual(['git 2.49.0', 'jq ?']);
});

it('finds folders of folders from where they are named, and none outside', () => {
  const files = {
    'sub/flake.nix':
      '{ inputs.deep.url = "path:./deep"; outputs = { deep, ... }: { packages.x86_64-linux.tool = deep.tool; }; }',
    'sub/deep/flake.nix': `{ inputs = { ${URLS} }; outputs = { nixpkgs, ... }: { tool = nixpkgs.legacyPackages.x86_64-linux.fd; }; }`,
  };
  const deep = folder('./deep', { nixpkgs: ['nixpkgs'], 'flake-utils': 'u' }, ['sub']);
  expect(lines(read({ sub: folder('./sub', { deep: 'deep' }), deep, u: utils }, files))).toEqual([
    'git 2.49.0',
    'fd 10.2.0',
  ]);
  // Without a word in the lock the folder is found as well.
  expect(lines(read({ sub: folder('./sub') }, files))).toEqual(['git 2.49.0', 'fd ?']);
  const outside = {
    ...deep,
    locked: { type: 'path', path: '../../deep' },
    original: { type: 'path', path: '../../deep' },
  };
  const target = read({ sub: folder('./sub', { deep: 'deep' }), deep: outside, u: utils }, files);
  expect(lines(target)).toEqual(['git 2.49.0']);
  expect(target.shells['default']?.unresolved).toMatchObject([{ reason: expect.stringContaining('path:../../deep') }]);
});

it('comes to an end where flakes in folders have each other as inputs', () => {
  const files = {
    'sub/flake.nix':
      '{ inputs.up.url = "path:../up"; outputs = { up, ... }: { packages.x86_64-linux.tool = up.it; it = up.it; }; }',
    'up/flake.nix': '{ inputs.sub.url = "path:../sub"; outputs = { sub, ... }: { it = sub.it; }; }',
  };
  const target = read({ sub: folder('./sub') }, files);
  expect(lines(target)).toEqual(['git 2.49.0']);
  expect(target.shells['default']?.unresolved).toHaveLength(1);
});

it('knows that an input which is /dev/null is an empty file', () => {
  const empty = {
    type: 'file',
    url: 'file:///dev/null',
    narHash: 'sha256-d6xi4mKdjkX2JFicDIv5niSzpyI0m/Hnm8GGAIU04kY=',
  };
  const target = readMemoryFlake({
    'flake.nix': `{
      inputs = { nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable"; root = { url = "file+file:///dev/null"; flake = false; }; };
      outputs = { nixpkgs, root, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
        devShells.x86_64-linux.default = pkgs.mkShell { packages = [ (if builtins.readFile root.outPath == "" then pkgs.git else pkgs.jq) ]; };
      };
    }`,
    'flake.lock': lockOf({
      root: { inputs: { nixpkgs: 'nixpkgs', root: 'empty' } },
      nixpkgs,
      empty: { flake: false, locked: empty, original: empty },
    }),
  });
  expect(lines(target)).toEqual(['git 2.49.0']);
});
