import { describe, expect, it } from 'vitest';
import { readMemoryFlake } from '../memory-flake';
import { packagesOf, readInMemory } from './read-in-memory';

it('std: shells of cells, harvested', () => {
  const target = readInMemory({
    inputs: { std: 'divnix/std' },
    files: {
      'nix/local/shells.nix': `{ inputs, cell }: let inherit (inputs) nixpkgs std; in { default = std.lib.dev.mkShell {
        packages = [ nixpkgs.jq cell.apps.tool std.packages.std ]; commands = [ { package = nixpkgs.just; } ]; nixago = [ ];
        imports = [ std.std.devshellProfiles.default ];
      }; }`,
      'nix/local/apps.nix': '{ inputs, cell }: { tool = inputs.nixpkgs.ripgrep; }',
    },
    outputs: `{ std, ... }@inputs: std.growOn { inherit inputs; cellsFrom = ./nix; cellBlocks = with std.blockTypes; [ (devshells "shells") (runnables "apps") ]; }
      { devShells = std.harvest inputs.self [ "local" "shells" ]; }`,
  });
  expect(packagesOf(target)).toEqual(['jq', 'ripgrep', 'std: std ?', 'just']);
});

it('std: cells as they were written before blocks had types, and files of nixago before they were data', () => {
  const target = readInMemory({
    inputs: { std: 'divnix/std' },
    files: {
      'cells/local/shells.nix': `{ inputs, cell }: { default = inputs.std.lib.dev.mkShell {
        packages = [ inputs.nixpkgs.jq ];
        nixago = [ (inputs.std.lib.cfg.conform { data = { }; }) (inputs.std.lib.cfg.treefmt { packages = [ inputs.nixpkgs.shfmt ]; }) ];
      }; }`,
    },
    outputs: `{ std, ... }@inputs: std.growOn { inherit inputs; cellsFrom = ./cells; organelles = [ (std.devshells "shells") (std.runnables "apps") ]; }
      { devShells = std.harvest inputs.self [ "local" "shells" ]; }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['conform', 'jq', 'shfmt', 'treefmt']);
  expect(target.shells['default']?.unresolved).toEqual([]);
});

describe('cargo2nix', () => {
  const read = (set: string, shell: string, overlays = '[ cargo2nix.overlays.default ]') =>
    readInMemory({
      inputs: { cargo2nix: 'cargo2nix/cargo2nix', 'rust-overlay': 'oxalica/rust-overlay' },
      outputs: `{ nixpkgs, cargo2nix, rust-overlay, ... }: let
        pkgs = import nixpkgs { system = "x86_64-linux"; overlays = ${overlays}; };
        set = pkgs.rustBuilder.makePackageSet { packageFun = import ./Cargo.nix; ${set} };
      in { devShells.x86_64-linux.default = ${shell}; packages.x86_64-linux.default = (set.workspace.thing { }).bin; }`,
    });

  it.each([
    ['rustVersion = "1.75.0";', 'rust-overlay: rust-bin.stable."1.75.0".minimal 1.75.0'],
    ['rustChannel = "1.61.0";', 'rust-overlay: rust-bin.stable."1.61.0".minimal 1.61.0'],
    ['rustVersion = "1.75.0"; rustProfile = "default";', 'rust-overlay: rust-bin.stable."1.75.0".default 1.75.0'],
    ['rustToolchain = pkgs.rustc;', 'rustc'],
  ])('the shell of a workspace has the toolchain of %s, and what it is given', (set, toolchain) => {
    const target = read(
      set,
      'set.workspaceShell { name = "x"; packages = [ pkgs.jq ]; nativeBuildInputs = [ pkgs.just ]; }',
      '[ (import "${cargo2nix}/overlay") rust-overlay.overlays.default ]',
    );
    expect([...packagesOf(target)].sort()).toEqual(['cacert', 'jq', 'just', toolchain].sort());
    expect(target.shells['default']?.unresolved).toMatchObject([
      {
        what: "dependencies of the workspace's crates",
        reason: 'The overrides of cargo2nix give crates what they are built with.',
      },
    ]);
  });

  it('its overlay brings the toolchains, too, and its program is known', () => {
    const target = read(
      'rustVersion = "1.75.0";',
      'pkgs.mkShell { packages = [ set.rustToolchain cargo2nix.packages.x86_64-linux.default ]; }',
    );
    expect([...packagesOf(target)].sort()).toEqual([
      'cargo2nix: cargo2nix ?',
      'cargo2nix: rust-bin.stable."1.75.0".minimal 1.75.0',
    ]);
  });

  it('a channel and a version that contradict are refused as there', () => {
    const target = read('rustVersion = "1.75.0"; rustChannel = "1.61.0";', 'set.workspaceShell { }');
    expect(JSON.stringify(target.shells['default'])).toContain('rustChannel is a version already');
  });
});

it('rust-flake: a shell with the toolchain of the file and what crates need', () => {
  const target = readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts', 'rust-flake': 'juspay/rust-flake' },
    files: { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.76.0"\n' },
    outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ];
      imports = [ inputs.rust-flake.flakeModules.default inputs.rust-flake.flakeModules.nixpkgs ];
      perSystem = { self', pkgs, ... }: {
        rust-project.crates."x".crane.args.buildInputs = [ pkgs.openssl ];
        devShells.default = pkgs.mkShell { inputsFrom = [ self'.devShells.rust ]; packages = [ pkgs.just ]; };
      }; }`,
  });
  expect([...packagesOf(target)].sort()).toEqual([
    'just',
    'libiconv',
    'makeWrapper',
    'openssl',
    'pkg-config',
    'rust-flake: rust-bin.fromRustupToolchain."1.76.0".default 1.76.0',
  ]);
  // Nobody but the module's author wrote that shell down.
  expect(target.shells['rust']?.packages.every(({ position }) => position?.file === 'flake.nix')).toBe(true);
});

it('rust-flake: the crates of a workspace, and what they are built with', () => {
  const target = readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts', 'rust-flake': 'juspay/rust-flake' },
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["server", "crates/*"]\n',
      'server/Cargo.toml': '[package]\nname = "server"\nversion = "0.2.0"\n',
      'crates/one/Cargo.toml': '[package]\nname = "one"\nversion = "0.1.0"\n',
      'crates/one/crate.nix': '{ pkgs, ... }: { crane.args.buildInputs = [ pkgs.sqlite ]; }',
      'crates/none/README.md': '',
    },
    outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ];
      imports = [ inputs.rust-flake.flakeModules.default inputs.rust-flake.flakeModules.nixpkgs ];
      perSystem = { self', pkgs, ... }: {
        rust-project.crateNixFile = "crate.nix";
        rust-project.crates.server.crane.args.nativeBuildInputs = [ pkgs.protobuf ];
        rust-project.crates.server.autoWire = [ ];
        devShells.default = self'.devShells.rust;
        devShells.built = pkgs.mkShell { inputsFrom = [ self'.packages.one ]; };
      }; }`,
  });
  const toolchain = 'rust-flake: rust-bin.stable.latest.default ≈1.77.0';
  const built = ['makeWrapper', 'pkg-config', 'sqlite'];
  expect([...packagesOf(target)].sort()).toEqual(['libiconv', ...built, 'protobuf', toolchain].sort());
  expect([...packagesOf(target, 'built')].sort()).toEqual([...built, 'rsync', 'zstd', toolchain].sort());
});

it('typelevel-nix: the Scala shell on top of devshell', () => {
  const target = readInMemory({
    inputs: { 'typelevel-nix': 'typelevel/typelevel-nix' },
    outputs: `{ nixpkgs, typelevel-nix, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ typelevel-nix.overlays.default ]; }; in {
      devShell.x86_64-linux = pkgs.devshell.mkShell { imports = [ typelevel-nix.typelevelShell ]; typelevelShell = { nodejs.enable = true; jdk.package = pkgs.jdk17; }; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['jdk17', 'metals', 'nodejs', 'sbt', 'scala-cli', 'yarn']);
});

it('typelevel-nix: the module and its options by the name that they had at first', () => {
  const target = readInMemory({
    inputs: { 'typelevel-nix': 'someone/typelevel-nix' },
    outputs: `{ nixpkgs, typelevel-nix, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ typelevel-nix.overlay ]; }; in {
      devShell.x86_64-linux = pkgs.devshell.mkShell { imports = [ typelevel-nix.typelevel-shell ]; typelevel-shell.jdk.package = pkgs.jdk11; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['jdk11', 'metals', 'sbt', 'scala-cli']);
});

it('nixpkgs-python: exact versions, and packages of the set', () => {
  const target = readInMemory({
    inputs: { 'nixpkgs-python': 'cachix/nixpkgs-python' },
    outputs: `{ nixpkgs, nixpkgs-python, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; python = nixpkgs-python.packages.x86_64-linux; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ python."3.10.1" (python."3.12".withPackages (p: [ p.requests ])) ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual([
    'nixpkgs-python: packages.x86_64-linux."3.10.1" 3.10.1',
    'nixpkgs-python: packages.x86_64-linux."3.12" ?',
    'python3Packages.requests',
  ]);
});

it('android-nixpkgs: an SDK of packages that tell their versions', () => {
  const target = readInMemory({
    inputs: { droid: 'tadfisher/android-nixpkgs/stable' },
    outputs: `{ nixpkgs, droid, ... }: let
      system = "x86_64-linux";
      pkgs = import nixpkgs { inherit system; overlays = [ droid.overlays.default ]; };
      sdk = droid.sdk.\${system} (sdk: with sdk; [ build-tools-35-0-0 cmdline-tools-latest ]);
    in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ sdk pkgs.jq ]; ANDROID_HOME = "\${sdk}/share/android-sdk"; };
      devShells.x86_64-linux.overlay = pkgs.mkShell { packages = [ (pkgs.androidSdk (sdk: [ sdk.platforms-android-35 ])) ]; };
      devShells.x86_64-linux.file = pkgs.mkShell { packages = [ ((import droid { inherit pkgs; }).sdk (sdk: [ sdk.emulator ])) ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual([
    'droid: sdk ?',
    'droid: build-tools-35-0-0 35.0.0',
    'droid: cmdline-tools-latest ?',
    'jq',
  ]);
  expect(packagesOf(target, 'overlay')).toEqual(['droid: sdk ?', 'droid: platforms-android-35 35']);
  expect(packagesOf(target, 'file')).toEqual(['droid: sdk ?', 'droid: emulator ?']);
  expect(target.shells['default']?.unresolved).toEqual([]);
});

it('purescript-overlay: its tools, some of which nixpkgs has as well', () => {
  const target = readInMemory({
    inputs: { overlay: 'thomashoneyman/purescript-overlay' },
    outputs: `{ nixpkgs, overlay, ... }: let
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ overlay.overlays.default ]; };
    in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = with pkgs; [ spago jq purs purs-tidy-bin.purs-tidy-0_10_0]; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['overlay: spago ?', 'jq', 'overlay: purs ?', 'overlay: purs-tidy-0_10_0 0.10.0']);
});

it('the nixpkgs module of NixOS gives perSystem its package set', () => {
  const target = readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts', 'rust-overlay': 'oxalica/rust-overlay' },
    outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; perSystem = { system, pkgs, ... }: {
      imports = [ "\${inputs.nixpkgs}/nixos/modules/misc/nixpkgs.nix" ];
      nixpkgs = { hostPlatform = system; overlays = [ (import inputs.rust-overlay) ]; };
      devShells.default = pkgs.mkShell { packages = [ pkgs.rust-bin.stable.latest.default ]; };
    }; }`,
  });
  expect(packagesOf(target)).toEqual(['rust-overlay: rust-bin.stable.latest.default ≈1.77.0']);
});

it('what an unknown overlay makes stays unknown, the rest is read', () => {
  const target = readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts', foo: 'someone/foo' },
    outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; perSystem = { pkgs, system, ... }: {
      _module.args.pkgs = import inputs.nixpkgs { inherit system; overlays = [ inputs.foo.overlay ]; };
      devShells.default = pkgs.mkShell { nativeBuildInputs = with pkgs; [ (madeByFoo { deep = ./.; }) jq ]; };
    }; }`,
  });
  const shell = target.shells['default']!;
  expect(packagesOf(target)).toContain('jq');
  const told = [...shell.packages.map((item) => item.attribute), ...shell.unresolved.map((item) => item.what)];
  expect(told).toContainEqual(expect.stringContaining('madeByFoo'));
});

it('haumea, nix-filter, gitignore.nix and import-tree work on the files of the project', () => {
  const target = readInMemory({
    inputs: {
      'flake-parts': 'hercules-ci/flake-parts',
      'import-tree': 'vic/import-tree',
      haumea: 'nix-community/haumea',
      'nix-filter': 'numtide/nix-filter',
      gitignore: 'hercules-ci/gitignore.nix',
    },
    files: {
      'modules/a.nix': '{ systems = [ "x86_64-linux" ]; }',
      'modules/deep/b.nix': `{ inputs, ... }: { perSystem = { pkgs, ... }: let
        tree = inputs.haumea.lib.load { src = ../../tools; inputs = { inherit pkgs; }; };
        app = pkgs.stdenv.mkDerivation { name = "app"; src = inputs.nix-filter.lib { root = ../..; include = [ "modules" ]; }; buildInputs = [ pkgs.zlib ]; };
        other = pkgs.stdenv.mkDerivation { name = "other"; src = inputs.gitignore.lib.gitignoreSource ../..; nativeBuildInputs = [ pkgs.cmake ]; };
      in { devShells.default = pkgs.mkShell { inputsFrom = [ app other ]; packages = tree.small.list; }; }; }`,
      'modules/_ignored.nix': 'throw "read although its name begins with _"',
      'tools/small.nix': '{ pkgs, ... }: { list = [ pkgs.jq ]; }',
    },
    outputs: 'inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./modules)',
  });
  expect([...packagesOf(target)].sort()).toEqual(['cmake', 'jq', 'zlib']);
});

it('flakes of one program: named after it, with the version of the tag', () => {
  const target = readInMemory({
    inputs: {
      alejandra: 'kamadorueda/alejandra/3.0.0',
      agenix: 'ryantm/agenix',
      deploy: 'serokell/deploy-rs/v0.1.0',
      foundry: 'shazow/foundry.nix/stable',
    },
    outputs: `{ nixpkgs, alejandra, agenix, deploy, foundry, ... }: let system = "x86_64-linux"; pkgs = import nixpkgs { inherit system; overlays = [ foundry.overlay ]; }; in {
      formatter.\${system} = alejandra.packages.\${system}.default;
      devShells.\${system}.default = pkgs.mkShell { packages = [ alejandra.defaultPackage.\${system} agenix.packages.\${system}.agenix deploy.packages.\${system}.default pkgs.foundry-bin ]; };
    }`,
  });
  expect(
    target.shells['default']?.packages.map(({ name, version, certainty }) => `${name} ${version} ${certainty}`),
  ).toEqual([
    'alejandra 3.0.0 exact',
    'agenix undefined unknown',
    'deploy-rs 0.1.0 exact',
    'foundry-bin undefined unknown',
  ]);
});

it('lib on packages of nixpkgs: platforms, programs, search paths, modules and licenses', () => {
  const target = readInMemory({
    inputs: {},
    outputs: `{ nixpkgs, ... }: let
      lib = nixpkgs.lib.extend (final: prev: { mine = prev.id; });
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ (lib.composeManyExtensions [ (f: p: { a = p.jq; }) (f: p: { b = f.a; }) ]) ]; };
      tools = (lib.evalModules { modules = [
        { options.tools = lib.mkOption { type = lib.types.attrsOf lib.types.package; default = { }; }; config.tools.go = pkgs.go; }
        { tools.jq = lib.mkForce (lib.mine pkgs.b); }
      ]; }).config.tools;
    in { devShells.x86_64-linux.default = pkgs.mkShell {
      packages = lib.attrValues tools ++ lib.optional (lib.meta.availableOn pkgs.stdenv.hostPlatform pkgs.hello) pkgs.hello;
      PROGRAM = lib.getExe pkgs.jq;
      LIBRARIES = lib.makeLibraryPath [ pkgs.zlib pkgs.openssl ];
      meta = { license = lib.licenses.mit; maintainers = with lib.maintainers; [ somebody ]; };
    }; }`,
  });
  expect(packagesOf(target)).toEqual(['go', 'jq', 'hello']);
  expect(target.shells['default']?.variables.map(({ name, value }) => `${name}=${value}`)).toEqual([
    expect.stringMatching(/^LIBRARIES=.*zlib.*\/lib:.*openssl.*\/lib$/),
    expect.stringMatching(/^PROGRAM=.*jq.*\/bin\/jq$/),
  ]);
  expect(target.shells['default']?.unresolved).toEqual([]);
});

it('flake-parts: attributes that are only transposed', () => {
  const target = readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts' },
    outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; transposition.foo.adHoc = true;
      perSystem = { pkgs, ... }: { foo = 7; devShells.default = pkgs.mkShell { packages = [ pkgs.jq ]; FOO = toString inputs.self.foo.x86_64-linux; }; }; }`,
  });
  expect(target.shells['default']?.variables).toEqual([expect.objectContaining({ name: 'FOO', value: '7' })]);
});

it('nix-cargo-integration: what a project has, by its Cargo.toml, and what a flake adds to a shell', () => {
  const target = readInMemory({
    inputs: { parts: 'hercules-ci/flake-parts', nci: '90-008/nix-cargo-integration' },
    files: {
      'Cargo.toml': '[workspace]\nmembers = [ "app", "libs/*" ]\n',
      'app/Cargo.toml': '[package]\nname = "my-app"\n',
      'libs/one/Cargo.toml': '[package]\nname = "one"\n',
    },
    outputs: `inputs@{ parts, nci, ... }: parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; imports = [ nci.flakeModule ];
      perSystem = { pkgs, config, ... }: {
        nci.projects.demo = {
          path = ./.; runtimeLibs = [ pkgs.zlib ];
          drvConfig = { mkDerivation.nativeBuildInputs = [ pkgs.pkg-config ]; env.MODE = "dev"; };
        };
        nci.crates.my-app = { renameTo = "app"; depsDrvConfig.mkDerivation.buildInputs = [ pkgs.openssl ]; };
        nci.crates.one.export = false;
        devShells.default = config.nci.outputs.my-app.devShell.overrideAttrs (old: {
          packages = (old.packages or [ ]) ++ [ pkgs.hello ]; shellHook = "echo hi";
        });
      }; }`,
  });
  expect(Object.keys(target.shells).sort()).toEqual(['app', 'default', 'demo']);
  const shell = target.shells['default'];
  expect(shell?.packages.map(({ attribute }) => attribute)).toEqual([
    'hello',
    expect.stringContaining('rust-bin.stable.latest.default'),
    'pkg-config',
    'openssl',
  ]);
  expect(shell?.shellHook).toBe('echo hi');
  expect(shell?.variables).toEqual([
    expect.objectContaining({ name: 'LD_LIBRARY_PATH', value: expect.stringContaining('zlib') }),
    expect.objectContaining({ name: 'MODE', value: 'dev' }),
  ]);
});

it('nix-cargo-integration: shells of crates', () => {
  const target = readInMemory({
    inputs: { parts: 'hercules-ci/flake-parts', nci: '90-008/nix-cargo-integration' },
    files: { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.76.0"\n' },
    outputs: `inputs@{ parts, nci, ... }: parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; imports = [ nci.flakeModule ];
      perSystem = { pkgs, config, ... }: let crate = config.nci.outputs."my-crate"; in {
        nci.projects."my-project".path = ./.;
        nci.crates."my-crate".drvConfig.mkDerivation.buildInputs = [ pkgs.openssl ];
        devShells.default = crate.devShell.overrideAttrs (old: { packages = (old.packages or [ ]) ++ [ pkgs.just ]; });
        packages.default = crate.packages.release;
      }; }`,
  });
  expect(packagesOf(target)).toEqual(
    expect.arrayContaining(['openssl', 'nci: rust-bin.fromRustupToolchain."1.76.0".default 1.76.0']),
  );
});

it('dream2nix: a package for each folder', () => {
  const target = readInMemory({
    inputs: { dream2nix: 'nix-community/dream2nix' },
    files: {
      'packages/app/default.nix':
        '{ dream2nix, ... }: { imports = [ dream2nix.modules.dream2nix.nodejs-package-lock-v3 ]; version = "1"; }',
    },
    outputs: `{ dream2nix, nixpkgs, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; packages = dream2nix.lib.importPackages { projectRoot = ./.; projectRootFile = "flake.nix"; packagesDir = ./packages; packageSets.nixpkgs = pkgs; }; in {
      packages.x86_64-linux = packages;
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ packages.app pkgs.nodejs_20 ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['nodejs_20']);
  expect(target.shells['default']?.unresolved).toEqual([expect.objectContaining({ what: 'app' })]);
});

it('a flake of one program: names that its overlay may add beside it are of that flake', () => {
  const target = readInMemory({
    inputs: { helix: 'helix-editor/helix' },
    outputs: `{ nixpkgs, helix, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ helix.overlays.default ]; }; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = with pkgs; [ jq helix-nightly pkgs.helix ]; };
    }`,
  });
  expect(target.shells['default']?.packages).toMatchObject([
    { attribute: 'jq', input: 'nixpkgs' },
    { attribute: 'helix-nightly', input: 'helix' },
    { attribute: 'helix', input: 'helix' },
  ]);
});

it('a flake that is not known may be called as a function', () => {
  const target = readInMemory({
    inputs: { 'purs-nix': 'purs-nix/purs-nix' },
    outputs: `{ nixpkgs, purs-nix, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; made = purs-nix { system = "x86_64-linux"; }; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.jq (made.purs { }).command ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['jq']);
  expect(target.shells['default']?.unresolved).toMatchObject([
    { reason: expect.stringContaining('It comes from the flake "purs-nix"') },
  ]);
});

it('simpleFlake: an overlay that is not known hides no shell', () => {
  const target = readInMemory({
    inputs: { 'flake-utils': 'numtide/flake-utils', foo: 'someone/foo' },
    outputs: `{ self, nixpkgs, flake-utils, foo }: flake-utils.lib.simpleFlake {
      inherit self nixpkgs; name = "tool"; overlay = foo.overlays.default;
      shell = { pkgs }: pkgs.mkShell { packages = [ pkgs.jq pkgs.foo ]; };
    }`,
  });
  expect(target.shells['default']?.packages).toMatchObject([
    { attribute: 'jq', input: 'nixpkgs' },
    { attribute: 'foo', input: 'foo' },
  ]);
});

it('a package of a module that does not exist hides no other', () => {
  const target = readInMemory({
    inputs: { devshell: 'numtide/devshell' },
    outputs: `{ nixpkgs, devshell, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ devshell.overlays.default ]; }; in {
      devShells.x86_64-linux.default = pkgs.devshell.mkShell { packages = [ pkgs.jq pkgs.ripgrepp pkgs.fd ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['jq', 'fd']);
  expect(target.shells['default']?.unresolved).toMatchObject([
    { what: 'pkgs.ripgrepp', reason: expect.stringContaining('ripgrep'), position: { file: 'flake.nix' } },
  ]);
});

it('overlays that are composed with one that is not known stay known', () => {
  const target = readInMemory({
    inputs: { foo: 'someone/foo' },
    outputs: `{ nixpkgs, foo, ... }: let
      overlay = nixpkgs.lib.composeManyExtensions [ foo.overlays.default (final: prev: { mine = prev.jq; two = final.mine; }) foo.overlays.other ];
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ overlay ]; };
      set = (nixpkgs.lib.makeExtensible (self: { a = pkgs.fd; })).extend overlay;
    in { devShells.x86_64-linux.default = pkgs.mkShell { packages = with pkgs; [ mine two ripgrep foo-tool set.a ]; }; }`,
  });
  expect(target.shells['default']?.packages).toMatchObject([
    { attribute: 'jq', input: 'nixpkgs' },
    { attribute: 'ripgrep', input: 'nixpkgs' },
    { attribute: 'foo-tool', input: 'foo' },
    { attribute: 'fd', input: 'nixpkgs' },
  ]);
});

describe('without a lock', () => {
  const attributes = (flake: string, files: Record<string, string> = {}) =>
    readMemoryFlake({ 'flake.nix': flake, ...files }).shells['default']!.packages.map(
      ({ attribute, input }) => `${input}: ${attribute}`,
    );

  it('inputs of inputs are what their names say, also where others follow them', () => {
    const found = attributes(`{
      inputs = { ros.url = "github:lopsided98/nix-ros-overlay"; nixpkgs.follows = "ros/nixpkgs"; parts.follows = "ros/flake-parts"; };
      outputs = { self, nixpkgs, ros, parts }: ros.inputs.flake-utils.lib.eachDefaultSystem (system: let
        pkgs = import nixpkgs { inherit system; overlays = [ ros.overlays.default ]; };
      in { devShells.default = pkgs.mkShell { packages = [ pkgs.cmake pkgs.colcon-ros pkgs.rosPackages.humble.ros-core ] ++ (if parts.lib ? mkFlake then [ pkgs.jq ] else [ ]); }; });
    }`);
    expect(found).toEqual(['nixpkgs: cmake', 'ros: colcon-ros', 'ros: rosPackages.humble.ros-core', 'nixpkgs: jq']);
  });

  it('a flake in a folder gets its own inputs, or those that it is made to follow', () => {
    const found = attributes(
      `{
      inputs = {
        nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.05";
        tools = { url = "path:./tools"; inputs.pkgs.follows = "nixpkgs"; };
      };
      outputs = { self, nixpkgs, tools }: {
        devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = tools.all; };
      };
    }`,
      {
        'tools/flake.nix': `{
          inputs = { pkgs.url = "github:NixOS/nixpkgs"; old.url = "github:NixOS/nixpkgs/nixos-22.05"; same.follows = "old"; };
          outputs = { self, pkgs, old, same }: {
            all = map (p: p.legacyPackages.x86_64-linux.jq) [ pkgs old same ];
          };
        }`,
      },
    );
    expect(found).toEqual(['nixpkgs: jq', 'old: jq']);
  });
});

it('home-manager: the program that its source gives for a package set', () => {
  const target = readInMemory({
    inputs: { 'home-manager': 'nix-community/home-manager' },
    outputs: `{ nixpkgs, home-manager, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ (import home-manager { inherit pkgs; }).home-manager ]; };
    }`,
  });
  expect(packagesOf(target)).toEqual(['home-manager: home-manager ?']);
});

it('std: what files of nixago bring with them', () => {
  const target = readInMemory({
    inputs: { std: 'divnix/std', other: 'someone/else' },
    files: {
      'nix/local/shells.nix': `{ inputs, cell }: let inherit (inputs) nixpkgs std; inherit (std.lib.dev) mkNixago; in { default = std.lib.dev.mkShell {
        nixago = [
          (mkNixago std.lib.cfg.conform)
          (mkNixago std.lib.cfg.lefthook { data.a = 1; packages = [ nixpkgs.jq ]; })
          ((mkNixago std.lib.cfg.treefmt) { commands = [ { package = nixpkgs.shfmt; } ]; } { packages = [ nixpkgs.fd ]; })
          # Data alone is left out, as the real one does.
          std.lib.cfg.just
          std.std.nixago.editorconfig
          inputs.other.file
        ];
      }; }`,
    },
    outputs: `{ std, ... }@inputs: std.growOn { inherit inputs; cellsFrom = ./nix; cellBlocks = with std.blockTypes; [ (devshells "shells") ]; }
      { devShells = std.harvest inputs.self [ "local" "shells" ]; }`,
  });
  expect([...packagesOf(target)].sort()).toEqual([
    'conform',
    'editorconfig-checker',
    'fd',
    'jq',
    'lefthook',
    'shfmt',
    'treefmt',
  ]);
  expect(target.shells['default']?.unresolved).toMatchObject([{ what: 'nixago' }]);
});
