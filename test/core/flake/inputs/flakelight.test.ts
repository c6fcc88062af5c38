import { describe, expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

const inputs = { flakelight: 'nix-community/flakelight' };

describe('flakelight', () => {
  it('reads the default shell from a set, its values being functions of the packages', () => {
    const target = readInMemory({
      inputs,
      outputs: `{ flakelight, ... }@inputs: flakelight ./. {
        inherit inputs;
        flakelight.builtinFormatters = false;
        withOverlays = [ (final: prev: { mine = prev.ripgrep; }) ];
        package = { stdenv, cmake, zlib }: stdenv.mkDerivation { pname = "tool"; version = "1"; nativeBuildInputs = [ cmake ]; buildInputs = [ zlib ]; };
        devShell = {
          packages = pkgs: with pkgs; [ go mine ];
          env.MODE = "dev";
          stdenv = { clangStdenv, ... }: clangStdenv;
        };
        devShells.docs = { mkShell, mdbook }: mkShell { packages = [ mdbook ]; };
        devShells.more = pkgs: { packages = [ pkgs.jq ]; inputsFrom = [ pkgs.tool ]; };
      }`,
    });
    expect(packagesOf(target)).toEqual(['go', 'ripgrep', 'cmake', 'zlib']);
    expect(target.shells['default']?.implied).toMatchObject([{ attribute: 'clang' }]);
    expect(target.shells['default']?.variables).toMatchObject([{ name: 'MODE', value: 'dev' }]);
    expect(packagesOf(target, 'docs')).toEqual(['mdbook']);
    expect(packagesOf(target, 'more')).toEqual(['jq', 'cmake', 'zlib']);
    expect(target.systems).toEqual(['aarch64-linux', 'x86_64-linux']);
  });

  it.each(['extendFlakelight', 'flakelightModule'])(
    'is extended by a flake that gives modules to others (%s)',
    (module) => {
      const target = readInMemory({
        inputs,
        outputs: `{ flakelight, ... }: flakelight ./. {
        imports = [ flakelight.flakelightModules.${module} ];
        flakelight.builtinFormatters = false;
        flakelightModule = { devShell.packages = pkgs: [ pkgs.hello ]; };
        devShell.packages = pkgs: [ pkgs.go ];
      }`,
      });
      expect(packagesOf(target)).toEqual(['go']);
      expect(target.shells['default']?.unresolved).toEqual([]);
    },
  );

  it('takes files of its folder, the inputs from the lock, and brings formatters', () => {
    const target = readInMemory({
      inputs,
      system: 'aarch64-darwin',
      files: {
        'nix/devShell.nix': 'pkgs: { packages = [ pkgs.just ]; }',
        'nix/devShells/ci.nix': '{ mkShellNoCC, shellcheck }: mkShellNoCC { packages = [ shellcheck ]; }',
        'nix/withOverlays/a.nix': 'final: prev: { just = prev.gnumake; }',
      },
      outputs: '{ flakelight, ... }: flakelight ./. ({ lib, ... }: { systems = lib.systems.flakeExposed; })',
    });
    expect(packagesOf(target)).toEqual(['gnumake', 'nixpkgs-fmt', 'nodePackages.prettier']);
    expect(packagesOf(target, 'ci')).toEqual(['shellcheck']);
  });

  it('has no shell where there is none, and tells modules that it does not know', () => {
    const read = (module: string) =>
      readInMemory({
        inputs: { ...inputs, mystery: 'someone/mystery' },
        outputs: `{ flakelight, ... }@inputs: flakelight ./. { inherit inputs; ${module} }`,
      });
    expect(() => read('flakelight.builtinFormatters = false;')).toThrow(/no dev shell/);
    const target = read(
      'imports = [ inputs.mystery.flakelightModules.default ]; devShell.packages = pkgs: [ pkgs.jq ];',
    );
    expect(packagesOf(target)).toContain('jq');
    expect(target.shells['default']?.unresolved).toMatchObject([{ reason: expect.stringContaining('mystery') }]);
  });

  it('gives a project in Rust its tools and what its crate is built with', () => {
    const read = (outputs: string) =>
      readInMemory({
        inputs: { ...inputs, 'flakelight-rust': 'accelbread/flakelight-rust' },
        files: { 'Cargo.toml': '[package]\nname = "tool"\nversion = "0.1.0"\n' },
        outputs,
      });
    const tools = ['rust-analyzer', 'cargo', 'clippy', 'rustc', 'rustfmt'];
    const whole = read('{ flakelight-rust, ... }: flakelight-rust ./. { devShell.packages = pkgs: [ pkgs.jq ]; }');
    expect(packagesOf(whole)).toEqual(expect.arrayContaining([...tools, 'jq']));
    expect(whole.shells['default']?.unresolved).toEqual([]);
    const module = read(
      '{ flakelight, flakelight-rust, ... }: flakelight ./. { imports = [ flakelight-rust.flakelightModules.default ]; fileset = ./src; }',
    );
    expect(packagesOf(module)).toEqual(expect.arrayContaining(tools));
    expect(module.shells['default']?.unresolved).toEqual([]);
  });
});

it('flakelight-darwin: configurations of macOS, from the flake and from the folder', () => {
  const read = (output: string) =>
    packagesOf(
      readInMemory({
        inputs: { ...inputs, 'nix-darwin': 'nix-darwin/nix-darwin', 'flakelight-darwin': 'cmacrae/flakelight-darwin' },
        files: {
          'nix/darwin/other.nix':
            '{ system = "aarch64-darwin"; modules = [ ({ pkgs, ... }: { environment.systemPackages = [ pkgs.fd ]; }) ]; }',
        },
        system: 'aarch64-darwin',
        read: ['darwinConfigurations.mac', 'darwinConfigurations.other'],
        outputs: `{ flakelight, flakelight-darwin, ... }@inputs: flakelight ./. {
          imports = [ flakelight-darwin.flakelightModules.default ];
          inherit inputs;
          devShell.packages = pkgs: [ pkgs.jq ];
          darwinConfigurations.mac = {
            system = "aarch64-darwin";
            modules = [ ({ pkgs, ... }: { environment.systemPackages = [ pkgs.ripgrep ]; }) ];
          };
        }`,
      }),
      output,
    );
  expect(read('darwinConfigurations.mac')).toEqual(['ripgrep']);
  expect(read('darwinConfigurations.other')).toEqual(['fd']);
});

it.each([
  ['devShell = { pkgs, ... }: { packages = [ pkgs.jq ]; };', ['jq', 'nixpkgs-fmt', 'nodePackages.prettier']],
  ['devShell = { mkShell, jq }: mkShell { packages = [ jq ]; };', ['jq']],
  ['devShell.packages = [ ];', ['nixpkgs-fmt', 'nodePackages.prettier']],
])('flakelight: a function is called for a shell, or with the package set: %s', (option, packages) => {
  const target = readInMemory({
    inputs,
    outputs: `{ flakelight, ... }@inputs: flakelight ./. { inherit inputs; ${option} }`,
  });
  expect(packagesOf(target)).toEqual(packages);
});

it('flakelight: its formatters are no longer in the shell when nixpkgs has no nodePackages any more', () => {
  const read = (lockedAt: number) =>
    packagesOf(
      readInMemory({
        inputs,
        lockedAt,
        outputs:
          '{ flakelight, ... }@inputs: flakelight ./. { inherit inputs; devShell.packages = pkgs: [ pkgs.jq ]; }',
      }),
    );
  expect(read(1_757_000_000)).toEqual(['jq', 'nixpkgs-fmt', 'nodePackages.prettier']);
  expect(read(1_790_000_000)).toEqual(['jq']);
});

it('flakelight: the outputs that its options make', () => {
  const namesOf = (options: string) =>
    readInMemory({
      inputs,
      files: { '.editorconfig': 'root = true' },
      outputs: `{ flakelight, ... }@inputs: flakelight ./. { inherit inputs; systems = [ "x86_64-linux" ]; ${options} }`,
    }).outputs?.map(({ name, members }) => `${name}: ${members.join(' ')}`);
  expect(
    namesOf(`app = pkgs: pkgs.hello; apps.more = "/bin/more"; checks.mine = "true"; checks.whole = { hello, ... }: hello;
      package = { stdenv }: stdenv.mkDerivation { pname = "m"; version = "1"; };
      overlay = final: prev: { }; templates.t = { path = ./.; description = "t"; }; nixosModule = { };
      homeModules = { config, ... }: { home = { }; }; lib.f = x: x;`),
  ).toEqual([
    'apps: default more',
    'checks: editorconfig formatting mine packages-default whole',
    'devShells: default',
    'formatter: ',
    'homeModules: home',
    'lib: ',
    'nixosModules: default',
    'overlays: default',
    'packages: default',
    'templates: t',
  ]);
  expect(
    namesOf('flakelight.builtinFormatters = false; flakelight.editorconfig = false; devShell.packages = pkgs: [ ];'),
  ).toEqual(['devShells: default']);
});

describe('flakelight: what an unknown flake gives', () => {
  const read = (module: string) =>
    readInMemory({
      inputs: { ...inputs, mystery: 'someone/mystery' },
      outputs: `{ flakelight, mystery, ... }@inputs: flakelight ./. {
        inherit inputs;
        flakelight.builtinFormatters = false;
        devShell.packages = pkgs: [ pkgs.go ];
        ${module}
      }`,
    });

  it('is told of the output, and leaves the shell as it is', () => {
    const target = read('nixosConfigurations = mystery.lib.hosts;');
    expect(packagesOf(target)).toEqual(['go']);
    expect((target.outputs ?? []).map(({ name }) => name)).toContain('nixosConfigurations');
    expect(target.outputs?.find(({ name }) => name === 'checks')?.entries).toMatchObject([
      { path: [], type: 'opaque' },
    ]);
    expect(target.outputs?.find(({ name }) => name === 'nixosConfigurations')?.entries).toEqual([
      { path: [], type: 'opaque', reason: expect.stringContaining('the flake "mystery"') },
    ]);
  });

  it('as the package leaves out only what that needs', () => {
    const target = read('package = mystery.lib.package;');
    expect(packagesOf(target)).toEqual(['go']);
    expect(target.shells['default']?.unresolved).toHaveLength(1);
  });
});

it('flakelight: overlays, modules and checks may be files of the folder', () => {
  const target = readInMemory({
    inputs,
    files: {
      'nix/overlays/mine.nix': 'final: prev: { just = prev.gnumake; }',
      'nix/nixosModules/server.nix': '{ ... }: { }',
      'nix/checks.nix': '{ a = pkgs: "true"; }',
    },
    outputs: `{ self, flakelight, ... }: flakelight ./. {
      flakelight.builtinFormatters = false;
      withOverlays = [ self.overlays.mine ];
      devShell.packages = pkgs: [ pkgs.just ];
    }`,
  });
  expect(packagesOf(target)).toEqual(['gnumake']);
  const members = Object.fromEntries((target.outputs ?? []).map((output) => [output.name, output.members]));
  expect(members).toMatchObject({ overlays: ['mine'], nixosModules: ['server'], checks: ['a'] });
});

/** The shell's packages and every output with its members, as `name: a b`. */
function flakelightOf(options: string, files: Record<string, string> = {}) {
  const target = readInMemory({
    inputs: { ...inputs, 'home-manager': 'nix-community/home-manager' },
    files,
    outputs: `{ flakelight, ... }@inputs: flakelight ./. {
      inherit inputs; flakelight.builtinFormatters = false; systems = [ "x86_64-linux" ]; ${options}
    }`,
  });
  return { target, members: Object.fromEntries((target.outputs ?? []).map(({ name, members }) => [name, members])) };
}

describe('flakelight: definitions are merged as the types of its options do', () => {
  it.each([
    [
      'devShell.packages = p: [ p.jq ]; imports = [ ({ lib, ... }: { devShell.packages = p: lib.mkMerge [ [ p.go ] ]; }) ];',
      ['jq', 'go'],
    ],
    ['devShell = null; packages.a = { hello }: hello;', []],
    ['package = null; formatter = null; devShell.packages = p: [ p.jq ];', ['jq']],
    ['devShell = { packages = { jq, ... }: [ jq ]; }; devShells.default.packages = p: [ p.fd ];', ['fd', 'jq']],
  ])('%s', (options, packages) => {
    expect([...packagesOf(flakelightOf(options).target)].sort()).toEqual([...packages].sort());
  });

  it.each([
    ['devShell.packages = [ "x" ];', "of type `package'"],
    ['devShell.env.A = 1;', "of type `string'"],
    ['devShell.packages = p: [ p.jq ]; nope = 1;', "no option `nope'"],
  ])('says what is not of the type: %s', (options, reason) => {
    expect(flakelightOf(options).target.shells['default']?.unresolved).toMatchObject([
      { reason: expect.stringContaining(reason) },
    ]);
  });

  it('says of which shell an option does not exist', () => {
    expect(() => flakelightOf('devShells.ci.nope = 1;')).toThrow("option `devShells.ci.nope' does not exist");
  });

  it('refuses two lists of systems', () => {
    expect(() => flakelightOf('imports = [ { systems = [ "aarch64-linux" ]; } ]; devShell.packages = p: [ ];')).toThrow(
      "The option `systems' is defined multiple times",
    );
  });
});

it.each([
  ['a package of its own name', 'packages.jq = { jq }: jq; devShell.packages = p: [ p.jq ];', ['jq']],
  [
    'the default one by its name',
    'package = { hello }: hello; devShells.default = { mkShell, hello }: mkShell { packages = [ hello ]; };',
    ['hello'],
  ],
  ['a function of all packages', 'packages.fd = pkgs: pkgs.fd; devShell.packages = p: [ p.fd ];', ['fd']],
])('flakelight: packages that ask for what they replace: %s', (_, options, packages) => {
  expect(packagesOf(flakelightOf(options).target)).toEqual(packages);
});

it('flakelight: `mkFlake.extend` takes modules along', () => {
  const target = readInMemory({
    inputs,
    outputs: `{ flakelight, ... }@inputs: (flakelight.lib.mkFlake.extend [ { devShell.packages = p: [ p.git ]; } ]).extend
      [ { flakelight.builtinFormatters = false; } ] ./. { inherit inputs; devShell.packages = p: [ p.jq ]; }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['git', 'jq']);
});

it('flakelight: the folder has aliases, a file of aliases, and machines and homes that are checked', () => {
  const { target, members } = flakelightOf('bundler = x: x;', {
    'nix/nixDirAliases.nix': '{ devShell = [ "sh" ]; }',
    'nix/sh.nix': 'pkgs: { packages = [ pkgs.go ]; }',
    'nix/nixos/web/default.nix': '{ lib, ... }: { system = "x86_64-linux"; modules = [ ]; }',
    'nix/home/me.nix': '{ system = "x86_64-linux"; modules = [ ]; }',
    'nix/license.nix': '"MIT"',
  });
  expect(packagesOf(target)).toEqual(['go']);
  expect(members).toMatchObject({
    bundlers: ['default'],
    checks: ['home-me', 'nixos-web'],
    homeConfigurations: ['me'],
    nixosConfigurations: ['web'],
  });
});

it('flakelight: without a formatter there is none, now that it brings them in no shell', () => {
  const namesOf = (lockedAt: number) =>
    readInMemory({
      inputs,
      lockedAt,
      outputs:
        '{ flakelight, ... }@inputs: flakelight ./. { inherit inputs; formatter = null; devShell.packages = p: [ ]; }',
    }).outputs?.map(({ name }) => name);
  expect(namesOf(1_790_000_000)).toEqual(['devShells']);
  expect(namesOf(1_757_000_000)).toEqual(['checks', 'devShells', 'formatter']);
});

it('flakelight: machines and homes get the overlays, the packages and the arguments of the flake', () => {
  const read = (output: string) =>
    readInMemory({
      inputs: { ...inputs, 'home-manager': 'nix-community/home-manager' },
      read: [output],
      files: {
        'nix/home/me@pc.nix':
          '{ system = "aarch64-darwin"; modules = [ ({ pkgs, ... }: { home.packages = [ pkgs.mine ]; }) ]; }',
      },
      outputs: `{ flakelight, ... }@inputs: flakelight ./. {
        inherit inputs;
        systems = [ "x86_64-linux" ];
        nixpkgs.config.allowUnfree = true;
        withOverlays = [ (final: prev: { mine = prev.ripgrep; }) ];
        packages.tool = { jq }: jq;
        nixosConfigurations.pc = {
          system = "x86_64-linux";
          specialArgs.more = "fd";
          modules = [
            ({ pkgs, more, hostname, inputs, inputs', flake, ... }: {
              environment.systemPackages = [ pkgs.mine pkgs.tool pkgs.\${more} inputs'.nixpkgs.legacyPackages.go flake.outputs'.packages.tool ];
              networking.hostName = hostname;
            })
          ];
        };
        homeConfigurations.you = {
          system = "x86_64-linux";
          modules = [ ({ pkgs, inputs, flake, ... }: { home.packages = [ pkgs.tool flake.inputs'.nixpkgs.legacyPackages.bat ]; }) ];
        };
      }`,
    });
  for (const [output, packages] of [
    ['nixosConfigurations.pc', ['fd', 'go', 'jq', 'ripgrep']],
    ['homeConfigurations.you', ['bat', 'jq']],
    ['homeConfigurations.me@pc', ['ripgrep']],
  ] as const) {
    const target = read(output);
    expect([...packagesOf(target, output)].sort()).toEqual(packages);
    expect(target.shells[output]?.unresolved).toEqual([]);
  }
});
