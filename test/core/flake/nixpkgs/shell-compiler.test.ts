import { describe, expect, test } from 'vitest';
import { readShellSource } from '../memory-flake';

describe('the compiler that a shell brings', () => {
  test.each([
    ['pkgs.clangStdenv', ['clang 19.1.7']],
    ['pkgs.gcc13Stdenv', ['gcc13 13.3.0']],
    ['pkgs.clang18Stdenv', ['clang_18 18.1.8']],
    ['(pkgs.useMoldLinker pkgs.clangStdenv)', ['clang 19.1.7']],
    ['pkgs.stdenvNoCC', []],
    // Of a stdenv that is not known, nor is the compiler: it is not the one of nixpkgs' own.
    ['pkgs.rocmPackages.llvm.rocmClangStdenv', ['rocmPackages.llvm.rocmClangStdenv.cc ?']],
  ])('%s', (stdenv, compilers) => {
    const shell = readShellSource(`(pkgs.mkShell.override { stdenv = ${stdenv}; }) { }`);
    expect(shell.implied?.map(({ attribute, version }) => `${attribute} ${version ?? '?'}`) ?? []).toEqual(compilers);
    expect(shell.unresolved).toEqual([]);
  });

  test('one that is not there is told', () => {
    const shell = readShellSource(
      '(pkgs.mkShell.override { stdenv = pkgs.stdenv.override { cc = pkgs.clang_2; }; }) { }',
    );
    expect(shell.unresolved).toEqual([
      expect.objectContaining({
        what: expect.stringMatching(/stdenv\.cc$/),
        reason: expect.stringContaining('clang_2'),
      }),
    ]);
  });
});
