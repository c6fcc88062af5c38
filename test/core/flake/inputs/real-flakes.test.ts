import { describe, expect, it } from 'vitest';
import type { Target } from '../../../../src/core/model/target';
import { readInMemory } from './read-in-memory';

/** Attributes of a shell; of what is not from nixpkgs, with the input that it is from. */
function attributes(target: Target, shell = 'default'): readonly string[] {
  return (target.shells[shell]?.packages ?? []).map(({ attribute, input }) =>
    input === 'nixpkgs' ? attribute : `${attribute}@${input}`,
  );
}

function shellOf(packages: string, options: Partial<Parameters<typeof readInMemory>[0]> = {}): Target {
  return readInMemory({
    inputs: {},
    ...options,
    outputs: `{ self, nixpkgs, ... }@inputs: let system = "x86_64-linux"; lib = nixpkgs.lib; pkgs = import nixpkgs { inherit system; }; in {
      devShells.x86_64-linux.default = ${packages}; }`,
  });
}

describe('no wrong package', () => {
  it('a compiler for another platform is not the one for this', () => {
    const target = shellOf(
      'pkgs.mkShell { packages = [ pkgs.pkgsCross.riscv64-embedded.buildPackages.gcc pkgs.pkgsCross.riscv64-embedded.buildPackages.cmake ]; }',
    );
    expect(attributes(target)).toEqual(['pkgsCross.riscv64-embedded.buildPackages.gcc', 'cmake']);
  });
  it('callPackage gives tools of this platform to a shell for another', () => {
    const shell = `callPackage ({ mkShell, callPackage, jq, zlib, gcc, stdenv, debug ? false }: mkShell {
      packages = [ jq ]; nativeBuildInputs = [ zlib gcc ] ++ (if debug then [ jq.doc ] else [ ]); buildInputs = [ zlib ];
      inputsFrom = [ (callPackage ({ stdenv, cmake, meson, openssl }: stdenv.mkDerivation { name = "x"; nativeBuildInputs = [ cmake ]; buildInputs = [ meson openssl ]; }) { }) ]; }) { }`;
    const [first, ...others] = ['pkgsCross.aarch64-multiplatform', 'pkgsStatic', 'pkgsMusl'].map((set) =>
      shellOf(`pkgs.${set}.${shell}`),
    );
    expect(attributes(first!)).toEqual([
      'jq',
      'zlib',
      'pkgsCross.aarch64-multiplatform.buildPackages.gcc',
      'cmake',
      ...['zlib', 'meson', 'openssl'].map((name) => `pkgsCross.aarch64-multiplatform.${name}`),
    ]);
    expect(first?.shells['default']?.packages[3]?.position).toMatchObject({ line: 4 });
    expect(others.map((target) => attributes(target).slice(0, 2))).toEqual([
      ['jq', 'zlib'],
      ['pkgsMusl.jq', 'pkgsMusl.zlib'],
    ]);
  });
  it('the compiler of CUDA is one that its nvcc takes', () => {
    const compilers = (nixpkgs: string, set: string) =>
      shellOf(`pkgs.mkShell.override { stdenv = pkgs.${set}.backendStdenv; } { packages = [ pkgs.jq ]; }`, {
        inputs: { nixpkgs },
      }).shells['default']?.implied?.map(({ attribute }) => attribute);
    expect(compilers('NixOS/nixpkgs/nixos-23.11', 'cudaPackages_11_8')).toEqual(['gcc11']);
    expect(compilers('NixOS/nixpkgs/nixos-23.11', 'cudaPackages_12_2')).toEqual(['stdenv.cc']);
  });
  it('callPackage makes a Gradle of its own set', () => {
    const target = shellOf('pkgs.mkShell { packages = [ (pkgs.callPackage pkgs.gradle-packages.gradle_8 { }) ]; }');
    expect(attributes(target)).toEqual(['gradle_8']);
  });
  it('an output of a changed package has the changed version', () => {
    const target = shellOf(
      'let h = pkgs.hello.overrideAttrs { version = "9.9"; }; in pkgs.mkShell { packages = [ h.bin h.dev (pkgs.jq.overrideAttrs { name = "jq-1.0.3"; }) ]; }',
    );
    expect(target.shells['default']?.packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'hello 9.9',
      'jq 1.0.3',
    ]);
  });
  it('an environment that is changed keeps its parts', () => {
    const target = shellOf(
      'pkgs.mkShell { packages = [ ((pkgs.python3.withPackages (p: [ p.numpy ])).override (_: { ignoreCollisions = true; })) ]; }',
    );
    expect(attributes(target)).toEqual(['python3', 'python3Packages.numpy']);
  });
  it('a hook of the project itself brings no package, and an override is what is run', () => {
    const target = shellOf(
      `let hooks = inputs.git-hooks.lib.\${system}.run { src = ./.; hooks = {
        mine = { enable = true; entry = "x"; }; just.enable = true; rustfmt = { enable = true; packageOverrides.rustfmt = pkgs.hello; packageOverrides.cargo = pkgs.cargo; }; }; };
      in pkgs.mkShell { packages = hooks.enabledPackages; inputsFrom = [ hooks ]; }`,
      { inputs: { 'git-hooks': 'cachix/git-hooks.nix' } },
    );
    expect(attributes(target)).toEqual(['cargo', 'hello', 'git']);
  });
  it("crane's shell drops nativeBuildInputs", () => {
    const target = shellOf(
      '(inputs.crane.mkLib pkgs).devShell { nativeBuildInputs = [ pkgs.go ]; packages = [ pkgs.just ]; }',
      { inputs: { crane: 'ipetkov/crane' } },
    );
    expect(attributes(target)).toEqual(['rustc', 'cargo', 'clippy', 'rustfmt', 'just']);
  });
  it('another zig-overlay is not the one that is known', () => {
    const target = shellOf(
      `pkgs.mkShell { packages = [ inputs.zig.packages.\${system}."0_15_2" inputs.zig.packages.\${system}.master.latest ]; }`,
      { inputs: { zig: 'someone/zig-overlay' } },
    );
    expect(attributes(target)).toEqual(['0_15_2@zig', 'master.latest@zig']);
  });
  it('what an unknown overlay adds is its own', () => {
    const target = shellOf(
      '(import nixpkgs { inherit system; overlays = [ inputs.other.overlays.default ]; }).callPackage ({ mkShell, jq, makeWonders }: mkShell { packages = [ jq (makeWonders { }) ]; }) { }',
      { inputs: { other: 'someone/other' } },
    );
    expect(attributes(target)).toEqual(['jq', 'makeWonders@other']);
  });
  it('what an unknown flake is called it makes itself, and arguments keep their defaults', () => {
    const target = shellOf(
      `(import nixpkgs { inherit system; overlays = [ (nixpkgs.lib.composeManyExtensions [ inputs.tool.overlays.default (final: _: {
        shell = final.callPackage ({ mkShell, jq, hello, zlib, debug ? false }: mkShell { packages = [ jq hello ] ++ (if debug then [ zlib ] else [ ]); }) { }; }) ]) ]; }).shell`,
      { inputs: { tool: 'someone/hello/v2' } },
    );
    expect(attributes(target)).toEqual(['jq', 'hello@tool']);
    expect(target.shells['default']?.unresolved).toEqual([]);
  });
  it('what a Haskell package is built with is not nothing', () => {
    const target = shellOf(
      'pkgs.mkShell { packages = [ (pkgs.haskellPackages.ghc.withPackages (_: (pkgs.haskellPackages.callCabal2nix "app" ./. { }).buildInputs)) ]; }',
    );
    expect(attributes(target)).toEqual(['ghc']);
    expect(target.shells['default']?.unresolved.map(({ reason }) => reason)).toEqual([
      'Cabal2nix reads what app is built with from its Cabal file.',
    ]);
  });
  it('what packages of other flakes are built with is not nothing', () => {
    const target = shellOf(
      'pkgs.mkShell { inputsFrom = [ inputs.fenix.packages.${system}.stable.toolchain ]; packages = [ pkgs.jq ]; }',
      { inputs: { fenix: 'nix-community/fenix' } },
    );
    expect(attributes(target)).toEqual(['jq']);
    expect(target.shells['default']?.unresolved.map(({ reason }) => reason)).toEqual([
      'What stable.toolchain of the flake "fenix" is built with is known only to that flake.',
    ]);
  });
  it('a member that may be there or not is neither', () => {
    const target = shellOf(
      'pkgs.mkShell { packages = [ pkgs.jq (pkgs.coq_8_18.passthru.ocamlPackages or pkgs.ocamlPackages).ocaml ]; }',
    );
    expect(attributes(target)).toEqual(['jq']);
    expect(target.shells['default']?.unresolved.map(({ reason }) => reason)).toEqual([
      'Only nixpkgs knows what coq_8_18 carries in passthru.',
    ]);
  });
});

describe('what real flakes do', () => {
  it('a set of Coq packages for a Coq of choice, and what Coq carries', () => {
    const target = shellOf(
      'pkgs.mkShell { packages = [ (pkgs.mkCoqPackages pkgs.coq_8_18).coq-lsp (pkgs.mkCoqPackages pkgs.coq).stdpp pkgs.coq_8_18.passthru.ocamlPackages.findlib ]; }',
    );
    expect(attributes(target)).toEqual([
      'coqPackages_8_18.coq-lsp',
      'coqPackages.stdpp',
      'coq_8_18.ocamlPackages.findlib',
    ]);
  });
  it('a Coq package that is changed', () => {
    const target = shellOf(
      `let change = pkgs.coqPackages.lib.overrideCoqDerivation { version = ./.; propagatedBuildInputs = [ pkgs.zlib ]; }; in pkgs.mkShell {
        packages = [ (change pkgs.coqPackages.stdpp) ];
        inputsFrom = [ (change (pkgs.coqPackages.mkCoqDerivation { pname = "a"; version = "1"; propagatedBuildInputs = [ pkgs.gmp ]; })) ]; }`,
    );
    expect(attributes(target)).toEqual(['coqPackages.stdpp', 'which', 'coqPackages.coq', 'zlib']);
    expect(target.shells['default']?.packages[0]).toMatchObject({ version: 'dev', certainty: 'exact' });
  });
  it("Qt's own builder, and a folder of its modules", () => {
    const target = shellOf(
      `pkgs.mkShell { packages = [ (pkgs.qt6.env "qt" [ pkgs.qt6.qtbase ]) ];
        inputsFrom = [ (pkgs.libsForQt515.callPackage ({ mkDerivation, qtbase, zlib }: mkDerivation { name = "app"; buildInputs = [ qtbase zlib ]; }) { }) ]; }`,
    );
    expect(attributes(target)).toEqual(['qt6.qtbase', 'libsForQt515.wrapQtAppsHook', 'libsForQt515.qtbase', 'zlib']);
  });
  it('packages of Perl, and modules of other make', () => {
    const target = shellOf(
      `pkgs.mkShell { inputsFrom = [ (pkgs.perlPackages.buildPerlPackage { pname = "a"; version = "1"; buildInputs = [ pkgs.perl.pkgs.Moose ]; })
        (pkgs.perl.pkgs.toPerlModule (pkgs.stdenv.mkDerivation { name = "b"; buildInputs = [ pkgs.zlib ]; })) ]; }`,
    );
    expect(attributes(target)).toEqual(['perl', 'perlPackages.Moose', 'zlib']);
  });
  it('scopes with packages for building, whose members call each other', () => {
    const target = shellOf(
      `(import nixpkgs { inherit system; overlays = [ (final: _: { ours = lib.makeScopeWithSplicing' { inherit (final) splicePackages newScope; } {
        otherSplices = final.generateSplicesForMkScope "ours";
        f = self: { tool = self.callPackage ({ stdenv, zlib }: stdenv.mkDerivation { name = "tool"; buildInputs = [ zlib ]; }) { };
          shell = self.callPackage ({ mkShell, tool, jq }: mkShell { packages = [ jq ]; inputsFrom = [ tool ]; }) { }; }; }; }) ]; }).ours.shell`,
    );
    expect(attributes(target)).toEqual(['jq', 'zlib']);
  });
  it('callPackage finds the packages of xorg', () => {
    expect(
      attributes(shellOf('pkgs.callPackage ({ mkShell, libX11 }: mkShell { packages = [ libX11 ]; }) { }')),
    ).toEqual(['xorg.libX11']);
  });
  it("packages of Erlang by callPackages, with nixpkgs' builders", () => {
    const target = shellOf(
      `let beam = pkgs.beam.packagesWith pkgs.beam.interpreters.erlang_27;
        deps = pkgs.callPackages ({ lib, hello }: let build = lib.makeOverridable beam.buildMix; in { jason = build { name = "jason"; version = "1.4.0"; src = beam.fetchHex { pkg = "jason"; version = "1.4.0"; sha256 = ""; }; }; }) { };
      in pkgs.mkShell { packages = [ beam.elixir_1_17 ] ++ builtins.attrValues deps; }`,
    );
    expect(attributes(target)).toEqual(['beamPackages.elixir_1_17', 'jason@self']);
  });
  it("nixpkgs' own poetry2nix: the interpreter, and why the rest is not known", () => {
    const target = shellOf(
      'pkgs.mkShell { packages = [ (pkgs.poetry2nix.mkPoetryEnv { projectDir = ./.; }) pkgs.poetry ]; }',
      { inputs: { nixpkgs: 'NixOS/nixpkgs/nixos-23.05' }, lockedAt: 1_690_000_000 },
    );
    expect(attributes(target)).toEqual(['python3', 'poetry']);
    expect(target.shells['default']?.unresolved.map(({ reason }) => reason)).toEqual([
      'Poetry2nix builds this Python environment from poetry.lock.',
    ]);
  });
  it("nixpkgs' own poetry2nix, after it went", () => {
    const target = shellOf(
      'pkgs.mkShell { packages = [ (pkgs.poetry2nix.mkPoetryEnv { projectDir = ./.; }) pkgs.poetry ]; }',
    );
    expect(attributes(target)).toEqual(['poetry']);
    expect(target.shells['default']?.unresolved[0]?.reason).toContain('now maintained out of nixpkgs');
  });
  it('just-flake and mission-control', () => {
    const target = readInMemory({
      inputs: {
        'flake-parts': 'hercules-ci/flake-parts',
        'just-flake': 'juspay/just-flake',
        'mission-control': 'Platonic-Systems/mission-control',
      },
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; imports = [ inputs.just-flake.flakeModule inputs.mission-control.flakeModule ];
        perSystem = { config, pkgs, ... }: { just-flake.features.treefmt.enable = true; mission-control.scripts.fmt = { exec = "x"; };
          devShells.default = pkgs.mkShell { inputsFrom = [ config.just-flake.outputs.devShell config.mission-control.devShell ]; }; }; }`,
    });
    expect(attributes(target)).toEqual(['just', ',@self']);
  });
});
