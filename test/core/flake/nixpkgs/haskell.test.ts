import { describe, expect, test } from 'vitest';
import { packageLines, readShellSource } from '../memory-flake';

const CABAL = `cabal-version: 2.4
name: demo
common shared
  build-depends: base >=4 && <5, text
  -- , commented
library
  import: shared
  Build-Depends:
      aeson >= 2
    , lens:{lens, other}, containers
  if flag(x)
    build-depends: unix, vector
  pkgconfig-depends: libsodium
  exposed-modules: A
executable demo
  build-depends: base, demo, optparse-applicative
test-suite t
  build-tool-depends: hspec-discover:hspec-discover >= 2, demo:demo
benchmark b
  build-depends: criterion
`;
const HPACK = `name: demo
dependencies:
- base >= 4.7
- aeson # for the API
library:
  source-dirs: src
  dependencies:
    - name: vector
    - mtl
executables:
  demo: { main: Main.hs }
`;
const files = { 'demo.cabal': CABAL, 'sub/package.yaml': HPACK };

test('what a set adds to one of its packages does not hide what that is built with', () => {
  const shell = readShellSource(
    `(pkgs.haskellPackages.extend (hself: hsuper: {
      demo = hself.generateOptparseApplicativeCompletions [ "demo" ] (hself.callPackage ./demo.nix { });
    })).shellFor { packages = p: [ p.demo ]; nativeBuildInputs = [ pkgs.ghcid ]; }`,
    {
      files: {
        'demo.nix':
          '{ mkDerivation, base, aeson }: mkDerivation { pname = "demo"; version = "1"; src = ./.; libraryHaskellDepends = [ base aeson ]; }',
      },
    },
  );
  expect([shell.packages.map(({ attribute }) => attribute), shell.unresolved]).toEqual([
    ['ghc', 'ghcid', 'haskellPackages.aeson'],
    [],
  ]);
});

describe('a package whose Nix code cabal2nix writes at evaluation', () => {
  const reason = (shell: string, more: Record<string, string> = files) => {
    const { unresolved } = readShellSource(shell, { files: more });
    expect(unresolved).toHaveLength(1);
    expect(unresolved[0]?.position?.file).toBe('flake.nix');
    return unresolved[0]?.reason;
  };
  const asked =
    "Cabal2nix reads what demo is built with from its Cabal file, which asks for libraries beyond GHC's, " +
    '4: aeson, lens, optparse-applicative, vector; and for hspec-discover, libsodium.';

  test.each([
    '(pkgs.haskellPackages.callCabal2nix "demo" ./. { }).env',
    '(pkgs.haskellPackages.callCabal2nix "demo" (lib.cleanSource ./.) { }).env',
    'pkgs.haskellPackages.developPackage { root = ./.; name = "demo"; returnShellEnv = true; }',
    '(pkgs.haskellPackages.extend (f: _: { demo = f.callCabal2nix "demo" ./. { }; })).shellFor { packages = p: [ p.demo ]; }',
  ])('%s tells what its Cabal file asks for', (shell) => {
    expect(reason(shell)).toBe(asked);
  });

  test("so does hpack's file, and where there is none, nothing is made up", () => {
    const hpack = 'pkgs.haskellPackages.developPackage { root = ./sub; name = "demo"; returnShellEnv = true; }';
    expect(reason(hpack)).toMatch(/libraries beyond GHC's, 2: aeson, vector\.$/);
    expect(reason('(pkgs.haskellPackages.callCabal2nix "other" ./. { }).env')).toMatch(/from its Cabal file\.$/);
  });

  test('a file of any bytes is no trouble', () => {
    const odd = { 'demo.cabal': `build-depends${' '.repeat(2000)}:{{,,:\n\tx:${'{'.repeat(500)}\n-\n: : :\n` };
    expect(reason('(pkgs.haskellPackages.callCabal2nix "demo" ./. { }).env', odd)).toContain('Cabal2nix reads');
  });
});

describe('what a flake changes of a Haskell package', () => {
  const made =
    'pkgs.haskellPackages.mkDerivation { pname = "a"; version = "1"; libraryHaskellDepends = [ pkgs.haskellPackages.lens ]; testHaskellDepends = [ pkgs.haskellPackages.hspec ]; }';
  test.each([
    [
      `(with pkgs.haskell.lib; addBuildTools (${made}) [ pkgs.jq ])`,
      ['jq', 'ghc', 'haskellPackages.lens', 'haskellPackages.hspec'],
    ],
    [
      `(pkgs.haskell.lib.compose.addBuildTool pkgs.jq (${made}))`,
      ['jq', 'ghc', 'haskellPackages.lens', 'haskellPackages.hspec'],
    ],
    [`(pkgs.haskell.lib.dontCheck (${made}))`, ['ghc', 'haskellPackages.lens']],
    [
      `(pkgs.haskell.lib.overrideCabal (${made}) (old: { libraryHaskellDepends = old.libraryHaskellDepends ++ [ pkgs.haskellPackages.aeson ]; doCheck = false; }))`,
      ['ghc', 'haskellPackages.lens', 'haskellPackages.aeson'],
    ],
    [
      `(pkgs.haskell.lib.addPkgconfigDepend (pkgs.haskell.lib.dontCheck (${made})) pkgs.zlib)`,
      ['pkg-config', 'ghc', 'zlib', 'haskellPackages.lens'],
    ],
  ])('%s', (drv, packages) => {
    const shell = readShellSource(`${drv}.env`);
    expect([shell.packages.map(({ attribute }) => attribute).sort(), shell.unresolved]).toEqual([
      [...packages].sort(),
      [],
    ]);
  });

  test('a shell has what it is to have besides', () => {
    const shell = readShellSource(`pkgs.haskellPackages.shellFor {
      packages = _: [ (${made}) ];
      extraDependencies = p: { libraryHaskellDepends = [ p.aeson ]; executableToolDepends = [ pkgs.jq ]; };
      nativeBuildInputs = [ pkgs.git (pkgs.haskell.packages.ghc96.ghcWithHoogle (p: [ p.lens ])) ];
      withHoogle = true;
    }`);
    expect(shell.packages.map(({ attribute }) => attribute).sort()).toEqual([
      'ghc',
      'git',
      'haskell.compiler.ghc96',
      'haskell.packages.ghc96.hoogle',
      'haskell.packages.ghc96.lens',
      'haskellPackages.aeson',
      'haskellPackages.hoogle',
      'haskellPackages.hspec',
      'haskellPackages.lens',
      'jq',
    ]);
  });

  test('the modifier of developPackage counts in its shell', () => {
    const shell = readShellSource(`pkgs.haskellPackages.developPackage {
      root = ./.; name = "demo"; returnShellEnv = true;
      modifier = drv: pkgs.haskell.lib.addBuildTools drv [ pkgs.cabal-install ];
    }`);
    expect(packageLines(shell)).toEqual(['ghc 9.6.6', 'cabal-install 3.14.1.0']);
  });

  test('a package of nixpkgs stays as it is', () => {
    const shell = readShellSource(
      'pkgs.mkShell { packages = with pkgs.haskell.lib; [ (generateOptparseApplicationCompletions [ "a" ] (addBuildTools (dontCheck pkgs.haskellPackages.hlint) [ pkgs.jq ])) ]; }',
    );
    expect([shell.packages.map(({ attribute }) => attribute), shell.unresolved]).toEqual([
      ['haskellPackages.hlint'],
      [],
    ]);
  });
});
