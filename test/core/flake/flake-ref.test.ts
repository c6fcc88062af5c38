import { describe, expect, test } from 'vitest';
import { formatFlakeRef, parseFlakeUrl, refBranch, refRevision } from '../../../src/core/flake/flake-ref';

const REVISION = '91bf6dffa21c7709607c9fdbf9a6acb44e7a0a5d';

describe('flake URLs', () => {
  test.each([
    ['github:NixOS/nixpkgs', 'github', { owner: 'NixOS', repo: 'nixpkgs' }],
    ['github:NixOS/nixpkgs/nixos-24.05', 'github', { owner: 'NixOS', repo: 'nixpkgs', ref: 'nixos-24.05' }],
    [`github:NixOS/nixpkgs/${REVISION}`, 'github', { owner: 'NixOS', repo: 'nixpkgs', rev: REVISION }],
    ['github:a/b?ref=feature/x&dir=sub', 'github', { owner: 'a', repo: 'b', ref: 'feature/x', dir: 'sub' }],
    ['gitlab:group%2Fsub/project', 'gitlab', { owner: 'group/sub', repo: 'project' }],
    ['sourcehut:~user/repo', 'sourcehut', { owner: '~user', repo: 'repo' }],
    ['git+https://example.org/x.git?ref=main', 'git', { url: 'https://example.org/x.git', ref: 'main' }],
    ['git+ssh://git@example.org/x', 'git', { url: 'ssh://git@example.org/x' }],
    ['https://example.org/x.tar.gz', 'tarball', { url: 'https://example.org/x.tar.gz' }],
    [
      'https://flakehub.com/f/NixOS/nixpkgs/0.1.*.tar.gz',
      'tarball',
      { url: 'https://flakehub.com/f/NixOS/nixpkgs/0.1.*.tar.gz' },
    ],
    ['nixpkgs', 'indirect', { id: 'nixpkgs' }],
    ['nixpkgs/nixos-unstable', 'indirect', { id: 'nixpkgs', ref: 'nixos-unstable' }],
    ['flake:nixpkgs', 'indirect', { id: 'nixpkgs' }],
    ['path:./sub', 'path', { path: './sub' }],
    ['./sub', 'path', { path: './sub' }],
  ])('%s', (url, type, attributes) => {
    expect(parseFlakeUrl(url)).toEqual({ type, attributes });
  });
  test('that are none', () => {
    expect(parseFlakeUrl('github:onlyowner')).toBeUndefined();
  });
  test.each([
    'github:NixOS/nixpkgs/nixos-24.05',
    'git+https://example.org/x?ref=main',
    'path:./sub',
    'https://example.org/x.tar.gz',
  ])('%s is written as it was', (url) => {
    expect(formatFlakeRef(parseFlakeUrl(url)!)).toBe(url);
  });
});

describe('what a reference names', () => {
  test('a branch', () => {
    expect(refBranch(parseFlakeUrl('git+https://example.org/x?ref=refs/heads/main'))).toBe('main');
  });
  test('a revision inside an archive', () => {
    expect(refRevision(parseFlakeUrl(`https://github.com/NixOS/nixpkgs/archive/${REVISION}.tar.gz`))).toBe(REVISION);
  });
});
