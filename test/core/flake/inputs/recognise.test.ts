import { expect, it } from 'vitest';
import { modelOf, modelSources } from '../../../../src/core/flake/inputs';

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
