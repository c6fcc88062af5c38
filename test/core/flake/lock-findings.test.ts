import { describe, expect, test } from 'vitest';
import { readMemoryFlake } from './memory-flake';

const at = (owner: string, repo: string, inputs: Record<string, string | readonly string[]> = {}) => ({
  inputs,
  locked: { type: 'github', owner, repo, rev: 'b'.repeat(40), lastModified: 1_746_000_000, narHash: 'sha256-x' },
  original: { type: 'github', owner, repo },
});

/** What is told of a lock, for a flake with these inputs. */
function told(inputs: string, nodes: Record<string, ReturnType<typeof at>>, root: Record<string, string | string[]>) {
  const target = readMemoryFlake({
    'flake.nix': `{
  inputs = { ${inputs} };
  outputs = { nixpkgs, ... }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { }; };
}`,
    'flake.lock': JSON.stringify({ version: 7, root: 'root', nodes: { ...nodes, root: { inputs: root } } }),
  });
  return target.findings.filter(({ code }) => code.startsWith('lock-'));
}

const NIXPKGS = 'nixpkgs.url = "github:NixOS/nixpkgs";';
const nixpkgs = at('NixOS', 'nixpkgs');

test('an input that the lock does not have is one that is not pinned', () => {
  const target = readMemoryFlake({
    'flake.nix': `{ inputs = { ${NIXPKGS} corp.url = "github:acme/corp"; }; outputs = { nixpkgs, ... }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { }; }; }`,
    'flake.lock': JSON.stringify({
      version: 7,
      root: 'root',
      nodes: { nixpkgs, root: { inputs: { nixpkgs: 'nixpkgs' } } },
    }),
  });
  expect(target.flake.inputs).toMatchObject([
    { name: 'corp', url: 'github:acme/corp', direct: true, pin: { level: 'loose' } },
    { name: 'nixpkgs', direct: true, narHash: 'sha256-x', pin: { level: 'firm' } },
  ]);
});

describe('follows', () => {
  test('that the lock has as they are declared are in order, the empty one and a path among them', () => {
    const declared = `${NIXPKGS} a = { url = "github:o/a"; inputs = { nixpkgs.follows = "nixpkgs"; dev.follows = ""; }; };
      b.follows = "a/x";`;
    const nodes = { nixpkgs, a: at('o', 'a', { nixpkgs: ['nixpkgs'], dev: [], x: 'x' }), x: at('o', 'x') };
    expect(told(declared, nodes, { nixpkgs: 'nixpkgs', a: 'a', b: ['a', 'x'] })).toEqual([]);
  });

  test('that the lock has otherwise are stale', () => {
    const declared = `${NIXPKGS} a = { url = "github:o/a"; inputs.nixpkgs.follows = "nixpkgs"; }; b.follows = "nixpkgs"; c.url = "github:o/c";`;
    const nodes = { nixpkgs, a: at('o', 'a', { nixpkgs: 'old' }), old: nixpkgs, b: at('o', 'b') };
    const root = { nixpkgs: 'nixpkgs', a: 'a', b: 'b', c: ['a', 'nixpkgs'] };
    expect(told(declared, nodes, root)).toMatchObject([
      { code: 'lock-stale', message: expect.stringContaining('`a/nixpkgs` follow `nixpkgs`') },
      {
        code: 'lock-stale',
        message: expect.stringContaining('`b` follow `nixpkgs`, but the lock file has it as an input of its own'),
      },
      {
        code: 'lock-stale',
        message: expect.stringContaining('declares `c` itself, but the lock file has it as following `a/nixpkgs`'),
      },
    ]);
  });

  test('of inputs that an input does not have are told, with their place', () => {
    const declared = `${NIXPKGS} a = { url = "github:o/a"; inputs.utils.follows = "nixpkgs"; };`;
    expect(told(declared, { nixpkgs, a: at('o', 'a') }, { nixpkgs: 'nixpkgs', a: 'a' })).toMatchObject([
      {
        code: 'lock-override',
        message: 'flake.nix overrides the input `utils` of `a`, which has no such input.',
        position: { file: 'flake.nix', line: 2 },
      },
    ]);
  });
});

test('nodes that no input leads to are told', () => {
  expect(told(NIXPKGS, { nixpkgs, lost: at('o', 'lost') }, { nixpkgs: 'nixpkgs' })).toMatchObject([
    { code: 'lock-unused', message: 'The lock file has a node that no input leads to: `lost`.' },
  ]);
});

test('a version pattern of FlakeHub is the same with its star as the lock writes it', () => {
  const url = 'https://flakehub.com/f/numtide/devshell/0.1.%2A.tar.gz';
  const node = { ...at('numtide', 'devshell'), original: { type: 'tarball', url } } as unknown as ReturnType<typeof at>;
  const stale = (asked: string) =>
    told(
      `${NIXPKGS} devshell.url = "https://flakehub.com/f/numtide/devshell/${asked}.tar.gz";`,
      { nixpkgs, devshell: node },
      { nixpkgs: 'nixpkgs', devshell: 'devshell' },
    ).length;
  expect([stale('0.1.*'), stale('0.2.*')]).toEqual([0, 1]);
});
