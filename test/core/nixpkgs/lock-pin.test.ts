import { describe, expect, it } from 'vitest';
import { type LockReference, lineOfBranch, pinFromLock } from '../../../src/core/nixpkgs';

const rev = '3030f185ba6a4bf4f18b87f345f104e6a6961f34';
const locked = { type: 'github', owner: 'NixOS', repo: 'nixpkgs', rev, lastModified: 1709961763 };

describe('pinFromLock', () => {
  it.each<[string, LockReference, string | undefined]>([
    ['a branch', { type: 'github', owner: 'NixOS', repo: 'nixpkgs', ref: 'nixos-24.05' }, 'nixos-24.05'],
    ['no branch', { type: 'github', owner: 'nixos', repo: 'nixpkgs' }, 'master'],
    ['the registry', { type: 'indirect', id: 'nixpkgs' }, 'nixpkgs-unstable'],
    ['the registry with a branch', { type: 'indirect', id: 'nixpkgs', ref: 'nixos-23.05' }, 'nixos-23.05'],
    ['a revision only', { type: 'github', owner: 'NixOS', repo: 'nixpkgs', rev }, undefined],
    ['git', { type: 'git', url: 'https://github.com/NixOS/nixpkgs.git', ref: 'nixos-unstable' }, 'nixos-unstable'],
    ['a channel', { type: 'tarball', url: 'https://channels.nixos.org/nixos-23.05/nixexprs.tar.xz' }, 'nixos-23.05'],
    ['the old address', { type: 'tarball', url: 'https://nixos.org/channels/nixpkgs-unstable' }, 'nixpkgs-unstable'],
    [
      'an archive',
      { type: 'tarball', url: 'https://github.com/NixOS/nixpkgs/archive/nixos-22.11.tar.gz' },
      'nixos-22.11',
    ],
    ['FlakeHub', { type: 'tarball', url: 'https://flakehub.com/f/NixOS/nixpkgs/0.1.*.tar.gz' }, 'nixos-unstable'],
    [
      'a release on FlakeHub',
      { type: 'tarball', url: 'https://flakehub.com/f/NixOS/nixpkgs/0.2405.%2A.tar.gz' },
      'nixos-24.05',
    ],
    [
      'a fork that follows',
      { type: 'github', owner: 'cachix', repo: 'devenv-nixpkgs', ref: 'rolling' },
      'nixpkgs-unstable',
    ],
  ])('%s', (_, original, branch) => {
    expect(pinFromLock(original, locked)).toEqual({ revision: rev, branch, lastModified: 1709961763 });
  });

  it('takes the revision out of an address', () => {
    const release = 'https://releases.nixos.org/nixos/24.05/nixos-24.05.1503.752c634c09ce/nixexprs.tar.xz';
    expect(
      pinFromLock(
        { type: 'tarball', url: 'https://channels.nixos.org/nixos-24.05/nixexprs.tar.xz' },
        { type: 'tarball', url: release, lastModified: 5 },
      ),
    ).toEqual({ revision: '752c634c09ce', branch: 'nixos-24.05', lastModified: 5 });
    const archive = { type: 'tarball', url: `https://github.com/NixOS/nixpkgs/archive/${rev}.tar.gz` };
    expect(pinFromLock(archive, undefined)).toEqual({ revision: rev });
  });

  it.each<[string, LockReference]>([
    ['another repository', { type: 'github', owner: 'numtide', repo: 'flake-utils' }],
    ['a fork of someone', { type: 'github', owner: 'someone', repo: 'nixpkgs' }],
    ['a folder', { type: 'path', url: '/nixpkgs' }],
    ['another host', { type: 'tarball', url: 'https://nixos.org.example/channels/nixos-unstable/' }],
    ['nothing', {}],
    ['a key of every object', { type: 'github', owner: '__proto__', repo: 'constructor' }],
  ])('%s is not nixpkgs', (_, original) => {
    expect(pinFromLock(original, undefined)).toBeUndefined();
  });
});

describe('lineOfBranch', () => {
  it.each([
    ['nixos-unstable', 'unstable'],
    ['nixos-unstable-small', 'unstable'],
    ['nixpkgs-unstable', 'unstable'],
    ['refs/heads/master', 'unstable'],
    ['nixos-23.05', 'nixos-23.05'],
    ['nixos-23.05-small', 'nixos-23.05'],
    ['nixpkgs-23.05-darwin', 'nixos-23.05'],
    ['release-23.05', 'nixos-23.05'],
    ['23.05', 'nixos-23.05'],
    ['refs/tags/23.05', 'nixos-23.05'],
    ['staging', undefined],
    ['nixos-23.5', undefined],
  ])('%s is on %s', (branch, line) => {
    expect(lineOfBranch(branch)).toBe(line);
  });
});
