import { describe, expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

const eachSystem = (shell: string, before = '') => `{ self, nixpkgs, flake-utils, ... }@inputs:
  flake-utils.lib.eachDefaultSystem (system: let
    pkgs = nixpkgs.legacyPackages.\${system};
    ${before}
  in { devShells.default = ${shell}; })`;

describe('rust-overlay', () => {
  const inputs = { 'flake-utils': 'numtide/flake-utils', 'rust-overlay': 'oxalica/rust-overlay' };
  const rust = 'rust = import nixpkgs { inherit system; overlays = [ (import inputs.rust-overlay) ]; };';
  const packages = (list: string, files = {}) =>
    packagesOf(
      readInMemory({ inputs, files, outputs: eachSystem(`rust.mkShell { packages = with rust; ${list}; }`, rust) }),
    );

  it('knows releases exactly, and the newest by the calendar', () => {
    expect(
      packages(`[
        rust-bin.stable."1.75.0".default
        (rust-bin.stable.latest.default.override { extensions = [ "rust-src" ]; targets = [ "wasm32-unknown-unknown" ]; })
        rust-bin.stable.latest.rustfmt
        rust-bin.beta.latest.minimal
        rust-bin.nightly."2024-02-01".default
        (rust-bin.selectLatestNightlyWith (toolchain: toolchain.default))
      ]`),
    ).toEqual([
      'rust-overlay: rust-bin.stable."1.75.0".default 1.75.0',
      'rust-overlay: rust-bin.stable.latest.default ≈1.77.0',
      'rust-overlay: rust-bin.stable.latest.rustfmt ≈1.77.0',
      'rust-overlay: rust-bin.beta.latest.minimal ≈1.78.0-beta',
      'rust-overlay: rust-bin.nightly."2024-02-01".default ≈1.77.0-nightly',
      'rust-overlay: rust-bin.nightly.latest.default ≈1.79.0-nightly',
    ]);
  });

  it('reads toolchain files, TOML and plain', () => {
    const files = {
      'rust-toolchain.toml': '[toolchain]\nchannel = "1.74.1"\ncomponents = [ "clippy" ]\nprofile = "minimal"\n',
      'rust-toolchain': '1.70\n',
    };
    expect(
      packages(
        '[ (rust-bin.fromRustupToolchainFile ./rust-toolchain.toml) (rust-bin.fromRustupToolchainFile ./rust-toolchain) ]',
        files,
      ),
    ).toEqual([
      'rust-overlay: rust-bin.fromRustupToolchain."1.74.1".minimal 1.74.1',
      'rust-overlay: rust-bin.fromRustupToolchain."1.70".default ≈1.70.0',
    ]);
  });

  it('has its toolchains as packages, one of each day as well', () => {
    const all = 'let all = inputs.rust-overlay.packages.${system}; in';
    expect(
      packages(`${all} [ all.rust all.rust.minimal all.rust_1_75_0 all.rust-beta all."rust-nightly_2024-02-01" ]`),
    ).toEqual([
      'rust-overlay: rust-bin.stable.latest.default ≈1.77.0',
      'rust-overlay: rust-bin.stable.latest.minimal ≈1.77.0',
      'rust-overlay: rust-bin.stable."1.75.0".default 1.75.0',
      'rust-overlay: rust-bin.beta.latest.default ≈1.78.0-beta',
      'rust-overlay: rust-bin.nightly."2024-02-01".default ≈1.77.0-nightly',
    ]);
    const target = readInMemory({
      inputs,
      outputs: eachSystem(
        'rust.mkShell { packages = [ inputs.rust-overlay.packages.${system}.rust_9 rust.hello ]; }',
        rust,
      ),
    });
    expect(packagesOf(target)).toEqual(['hello']);
    expect(target.shells['default']?.unresolved[0]?.reason).toContain("'rust_9' missing");
  });

  it('is seen where a hook puts it on PATH', () => {
    const target = readInMemory({
      inputs,
      outputs: eachSystem(
        "rust.mkShell { shellHook = ''export PATH=${rust.rust-bin.stable.latest.minimal}/bin:$PATH''; }",
        rust,
      ),
    });
    expect(target.shells['default']?.implied).toMatchObject([{}, { attribute: 'rust-bin.stable.latest.minimal' }]);
  });

  it('refuses a release that the locked overlay cannot have', () => {
    const target = readInMemory({
      inputs,
      outputs: eachSystem('rust.mkShell { packages = [ rust.rust-bin.stable."1.99.0".default rust.hello ]; }', rust),
    });
    expect(packagesOf(target)).toEqual(['hello']);
    expect(target.shells['default']?.unresolved[0]?.reason).toContain('1.99.0');
  });

  it.each([
    ['rust-bin.nightly."2099-01-01".default', 'Nightly 2099-01-01 is not available in the rust-overlay of 2024-03-21'],
    ['rust-bin.nightly."2024-02-30".default', 'Nightly 2024-02-30 is not available'],
    ['rust-bin.stable."1.75.1".default', 'Stable 1.75.1 is not available'],
    ['(rust-bin.fromRustupToolchain { channel = "1.99"; })', 'Rust 1.99 is not available'],
    ['(rustChannelOf { channel = "nightly"; date = "2099-01-01"; }).rust', 'Rust nightly-2099-01-01 is not available'],
    ['(rust-bin.stable.latest.default.override { extensions = [ "rust-foo" ]; })', 'Unknown component `rust-foo`'],
    ['(rust-bin.stable.latest.default.override { extensions = [ "miri" ]; })', 'built for the nightly channel alone'],
    ['(rust-bin.stable.latest.default.override { targets = [ "wasm32-unknown-unkown" ]; })', 'Unknown target'],
  ])('refuses %s', (asked, reason) => {
    const target = readInMemory({
      inputs,
      outputs: eachSystem(`rust.mkShell { packages = with rust; [ ${asked} ]; }`, rust),
    });
    expect(packagesOf(target)).toEqual([]);
    expect(target.shells['default']?.unresolved[0]?.reason).toContain(reason);
  });

  it('takes rare components and targets, and what may have come after those that are known here', () => {
    const read = (list: string, lockedAt: number) =>
      packagesOf(
        readInMemory({
          inputs,
          lockedAt,
          outputs: eachSystem(`rust.mkShell { packages = with rust; ${list}; }`, rust),
        }),
      ).length;
    const rare = `[ (rust-bin.nightly.latest.default.override {
      extensions = [ "miri" "rustc-codegen-cranelift-preview" "llvm-bitcode-linker-preview" ];
      targets = [ "thumbv7em-none-eabihf" "aarch64-apple-ios-sim" "x86_64-pc-windows-gnullvm" "wasm32-wasip1-threads" ];
    }) ]`;
    expect(read(rare, 1_711_022_400)).toBe(1);
    const later = `[
      rust-bin.stable."1.95.7".default
      (rust-bin.nightly.latest.default.override { extensions = [ "rust-foo" ]; targets = [ "foo-bar-baz" ]; })
    ]`;
    expect(read(later, 1_790_000_000)).toBe(2);
  });

  it('brings the compiler that links, also where the shell has none', () => {
    const implied = (shell: string) =>
      readInMemory({ inputs, outputs: eachSystem(shell, rust) }).shells['default']?.implied?.map(
        (item) => item.attribute,
      );
    const toolchain = '[ rust.rust-bin.stable.latest.default rust.rust-bin.stable.latest.minimal ]';
    expect(implied(`rust.mkShellNoCC { packages = ${toolchain}; }`)).toEqual(['stdenv.cc']);
    expect(implied(`rust.mkShell { packages = ${toolchain}; }`)).toEqual(['stdenv.cc']);
    expect(implied('rust.mkShellNoCC { packages = [ rust.rust-bin.stable.latest.cargo ]; }')).toBeUndefined();
  });

  it('has packages of its own', () => {
    expect(
      packagesOf(
        readInMemory({
          inputs,
          outputs: eachSystem(`pkgs.mkShell { packages = [ inputs.rust-overlay.packages.\${system}.default ]; }`),
        }),
      ),
    ).toEqual(['rust-overlay: rust-bin.stable.latest.default ≈1.77.0']);
  });
});

describe('fenix', () => {
  const inputs = { 'flake-utils': 'numtide/flake-utils', fenix: 'nix-community/fenix' };

  it('combines components and reads toolchain files', () => {
    expect(
      packagesOf(
        readInMemory({
          inputs,
          files: { 'rust-toolchain.toml': '[toolchain]\nchannel = "nightly-2024-01-05"\n' },
          outputs: eachSystem(
            `pkgs.mkShell { nativeBuildInputs = [
              (fenix.combine [ fenix.stable.cargo fenix.stable.rustc fenix.targets.wasm32-unknown-unknown.stable.rust-std ])
              fenix.stable.toolchain
              (fenix.complete.withComponents [ "cargo" "clippy" ])
              (fenix.fromToolchainFile { file = ./rust-toolchain.toml; sha256 = ""; })
              (fenix.toolchainOf { channel = "1.72.0"; sha256 = ""; }).defaultToolchain
              fenix.rust-analyzer
            ]; }`,
            `fenix = inputs.fenix.packages.\${system};`,
          ),
        }),
      ),
    ).toEqual([
      'fenix: combine ≈1.77.0',
      'fenix: stable.toolchain ≈1.77.0',
      'fenix: complete.withComponents ≈1.79.0-nightly',
      'fenix: fromToolchainFile ≈1.77.0-nightly',
      'fenix: toolchainOf.defaultToolchain 1.72.0',
      'fenix: rust-analyzer ?',
    ]);
  });

  it.each([
    ['(fenix.stable.withComponents [ "cargo" "miri" ])', "'miri' missing"],
    ['(fenix.complete.withComponents [ "rust-foo" ])', "'rust-foo' missing"],
    ['fenix.targets.wasm32-unknown-unkown.stable.rust-std', "'wasm32-unknown-unkown' missing"],
  ])('refuses %s', (asked, reason) => {
    const target = readInMemory({
      inputs,
      outputs: eachSystem(`pkgs.mkShell { packages = [ ${asked} ]; }`, `fenix = inputs.fenix.packages.\${system};`),
    });
    expect(packagesOf(target)).toEqual([]);
    expect(target.shells['default']?.unresolved[0]?.reason).toContain(reason);
  });

  it('comes as an overlay too', () => {
    const target = readInMemory({
      inputs,
      outputs: eachSystem(
        'p.mkShell { packages = with p; [ (fenix.stable.withComponents [ "cargo" ]) rust-analyzer-nightly ]; }',
        'p = import nixpkgs { inherit system; overlays = [ inputs.fenix.overlays.default ]; };',
      ),
    });
    expect(packagesOf(target)).toEqual(['fenix: stable.withComponents ≈1.77.0', 'fenix: rust-analyzer ?']);
  });
});

describe('crane by system', () => {
  const read = (lockedAt: number) =>
    readInMemory({
      inputs: { crane: 'ipetkov/crane' },
      lockedAt,
      outputs: `{ nixpkgs, crane, ... }: let craneLib = crane.lib.x86_64-linux; in {
        devShells.x86_64-linux.default = craneLib.devShell { checks.a = craneLib.buildPackage { src = ./.; }; };
      }`,
    });

  it('is there until August of 2024', () => {
    expect([...packagesOf(read(1_700_000_000))].sort()).toEqual([
      'cargo',
      'clippy',
      'rsync',
      'rustc',
      'rustfmt',
      'zstd',
    ]);
    expect(() => read(1_757_000_000)).toThrow("attribute 'lib' missing");
  });
});

describe('crane', () => {
  const inputs = {
    'flake-utils': 'numtide/flake-utils',
    crane: 'ipetkov/crane',
    'rust-overlay': 'oxalica/rust-overlay',
  };

  it('gives its shell the toolchain, the inputs of the checks and the packages', () => {
    const target = readInMemory({
      inputs,
      files: { 'Cargo.toml': '[package]\nname = "mine"\nversion = "0.3.0"\n' },
      outputs: eachSystem(
        'craneLib.devShell { inherit checks; packages = [ pkgs.ripgrep ]; LEVEL = "debug"; }',
        `rust = import nixpkgs { inherit system; overlays = [ (import inputs.rust-overlay) ]; };
         craneLib = (inputs.crane.mkLib rust).overrideToolchain (p: p.rust-bin.stable."1.76.0".default);
         common = { src = craneLib.cleanCargoSource ./.; strictDeps = true; buildInputs = [ rust.openssl ]; nativeBuildInputs = [ rust.pkg-config ]; };
         cargoArtifacts = craneLib.buildDepsOnly common;
         checks = {
           mine = craneLib.buildPackage (common // { inherit cargoArtifacts; });
           clippy = craneLib.cargoClippy (common // { inherit cargoArtifacts; cargoClippyExtraArgs = "--all-targets"; });
           audit = craneLib.cargoAudit { src = ./.; advisory-db = null; };
         };`,
      ),
    });
    const found = packagesOf(target);
    expect(found).toEqual(
      expect.arrayContaining([
        'rust-overlay: rust-bin.stable."1.76.0".default 1.76.0',
        'ripgrep',
        'openssl',
        'pkg-config',
        'cargo-audit',
      ]),
    );
    expect(found).not.toContain('clippy');
    expect(target.shells['default']?.unresolved).toEqual([]);
    expect(target.shells['default']?.variables).toEqual([expect.objectContaining({ name: 'LEVEL', value: 'debug' })]);
  });
});

describe('what crane makes', () => {
  const read = (shell: string, lockedAt = 1_757_000_000) =>
    readInMemory({
      inputs: { crane: 'ipetkov/crane' },
      lockedAt,
      outputs: `{ nixpkgs, crane, ... }: let
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        craneLib = crane.mkLib pkgs;
        crate = { src = ./.; pname = "mine"; version = "1"; };
      in { devShells.x86_64-linux.default = ${shell}; }`,
    });

  it('takes its tools from a scope that overlays change', () => {
    const overlay =
      '(final: prev: { rustc = pkgs.rustc-wasm32; clippy = pkgs.bacon; wasm-bindgen-cli = pkgs.binaryen; })';
    expect(packagesOf(read(`(craneLib.overrideScope ${overlay}).devShell { }`))).toEqual([
      'rustc-wasm32',
      'cargo',
      'bacon',
      'rustfmt',
    ]);
    const checks = `{ a = lib.cargoClippy (crate // { cargoArtifacts = null; }); }`;
    expect(
      packagesOf(
        read(
          `let lib = craneLib.overrideScope ${overlay}; in pkgs.mkShell { inputsFrom = builtins.attrValues ${checks}; }`,
        ),
      ),
    ).toEqual(['bacon', 'cargo', 'rsync', 'rustc-wasm32', 'zstd']);
    expect(
      packagesOf(
        read(`pkgs.mkShell { inputsFrom = [ ((craneLib.overrideScope ${overlay}).buildTrunkPackage crate) ]; }`),
      ),
    ).toEqual(['binaryen', 'dart-sass', 'trunk', 'cargo', 'rsync', 'rustc-wasm32', 'zstd']);
  });

  it('has a shell that can be made with another function, and with other tools', () => {
    expect(
      packagesOf(
        read(
          '(craneLib.devShell.override { mkShell = pkgs.mkShellNoCC; clippy = pkgs.bacon; }) { packages = [ pkgs.jq ]; }',
        ),
      ),
    ).toEqual(['rustc', 'cargo', 'bacon', 'rustfmt', 'jq']);
  });

  it('builds what a crate depends on first, or has to be told what was built', () => {
    expect(packagesOf(read('pkgs.mkShell { packages = [ (craneLib.buildPackage crate).cargoArtifacts ]; }'))).toEqual([
      'self: mine-deps 1',
    ]);
    const clippy = 'pkgs.mkShell { inputsFrom = [ (craneLib.cargoClippy crate) ]; }';
    expect(read(clippy).shells['default']?.unresolved).toMatchObject([
      { reason: expect.stringContaining("called without required argument 'cargoArtifacts'") },
    ]);
    // Of the years in which some did without, nothing is said.
    expect(packagesOf(read(clippy, 1_660_000_000))).toEqual(['clippy', 'cargo', 'rsync', 'rustc', 'zstd']);
  });

  it('runs tests in parts as derivations of their own', () => {
    const nextest = (parts: number) =>
      packagesOf(
        read(
          `pkgs.mkShell { inputsFrom = [ (craneLib.cargoNextest (crate // { cargoArtifacts = null; partitions = ${parts}; })) ]; }`,
        ),
      );
    expect(nextest(1)).toEqual(['cargo-nextest', 'cargo', 'rsync', 'rustc', 'zstd']);
    expect(nextest(2)).toEqual(['self: mine-nextest-p1 1', 'self: mine-nextest-p2 1']);
  });
});

it('naersk takes the toolchain of nixpkgs or the one it is given', () => {
  const target = readInMemory({
    inputs: { 'flake-utils': 'numtide/flake-utils', naersk: 'nix-community/naersk' },
    files: { 'Cargo.toml': '[package]\nname = "mine"\nversion = "0.3.0"\n' },
    outputs: eachSystem(
      'pkgs.mkShell { inputsFrom = [ (naersk.buildPackage { src = ./.; buildInputs = [ pkgs.openssl ]; }) ]; packages = [ pkgs.just ]; }',
      'naersk = pkgs.callPackage inputs.naersk { };',
    ),
  });
  // What naersk builds with; rustc comes in a variable.
  expect([...packagesOf(target)].sort()).toEqual(['cargo', 'jq', 'just', 'openssl', 'rsync']);
});

it('naersk lets its builds be changed', () => {
  const target = readInMemory({
    inputs: { 'flake-utils': 'numtide/flake-utils', naersk: 'nix-community/naersk' },
    outputs: eachSystem(
      `pkgs.mkShell { inputsFrom = [ (naersk.buildPackage {
        src = ./.;
        override = old: { nativeBuildInputs = old.nativeBuildInputs ++ [ pkgs.cmake ]; };
        overrideMain = old: { buildInputs = old.buildInputs ++ [ pkgs.zlib ]; };
      }) ]; }`,
      'naersk = pkgs.callPackage inputs.naersk { };',
    ),
  });
  expect(packagesOf(target)).toEqual(['cargo', 'jq', 'rsync', 'cmake', 'zlib']);
});

describe('naersk over the years', () => {
  const read = (system: string, lockedAt: number, more = '') =>
    [
      ...packagesOf(
        readInMemory({
          inputs: { 'flake-utils': 'numtide/flake-utils', naersk: 'nix-community/naersk' },
          files: {
            'Cargo.toml': '[package]\nname = "mine"\nversion = "0.3.0"\n',
            'Cargo.lock':
              '[[package]]\nname = "mine"\n[[package]]\nname = "openssl-sys"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n',
          },
          system,
          lockedAt,
          outputs: eachSystem(
            `pkgs.mkShell { inputsFrom = [ (naersk.buildPackage { src = ./.; ${more} }) ]; }`,
            'naersk = pkgs.callPackage inputs.naersk { };',
          ),
        }),
      ),
    ].sort();

  it('a crate of the lock brings what it needs, today', () => {
    expect(read('x86_64-linux', 1_750_000_000)).toEqual(['cargo', 'jq', 'openssl', 'pkg-config', 'rsync']);
    expect(read('x86_64-linux', 1_750_000_000, 'autoCrateSpecificOverrides = false; mode = "clippy";')).toEqual([
      'cargo',
      'clippy',
      'jq',
      'rsync',
    ]);
  });

  it('macOS had its frameworks until 2024', () => {
    expect(read('aarch64-darwin', 1_690_000_000)).toEqual([
      'cargo',
      'darwin.apple_sdk.frameworks.CoreServices',
      'darwin.apple_sdk.frameworks.Security',
      'darwin.libiconv',
      'jq',
      'rsync',
    ]);
    expect(read('aarch64-darwin', 1_750_000_000, 'autoCrateSpecificOverrides = false;')).toEqual([
      'cargo',
      'jq',
      'rsync',
    ]);
  });
});

it('a set with every name lists none and hides nothing that Nix asks of sets', () => {
  const target = readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts', zig: 'mitchellh/zig-overlay' },
    outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      perSystem = { inputs', pkgs, ... }: { devShells.default = pkgs.mkShell { packages = [ inputs'.zig.packages.master ]; }; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['zig: master ?']);
});

it('zig-overlay knows releases by their names', () => {
  const target = readInMemory({
    inputs: { 'flake-utils': 'numtide/flake-utils', zig: 'mitchellh/zig-overlay' },
    outputs: eachSystem(
      `pkgs.mkShell { packages = [ inputs.zig.packages.\${system}."0.12.0" inputs.zig.packages.\${system}.master ]; }`,
    ),
  });
  expect(packagesOf(target)).toEqual(['zig: 0.12.0 0.12.0', 'zig: master ?']);
});
