import { describe, expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

const SHELL = '{ mkShell, jq, ... }: mkShell { packages = [ jq ]; }';
const TOOL = '{ stdenv, cmake, ... }: stdenv.mkDerivation { name = "tool"; nativeBuildInputs = [ cmake ]; }';

function read(files: Record<string, string>, options = '', outputs?: string) {
  const target = readInMemory({
    inputs: { snowfall: 'snowfallorg/lib', darwin: 'nix-darwin/nix-darwin' },
    files,
    outputs: outputs ?? `inputs: inputs.snowfall.mkFlake { inherit inputs; src = ./.; ${options} }`,
  });
  return { target, members: Object.fromEntries((target.outputs ?? []).map(({ name, members }) => [name, members])) };
}

const valuesOf = ({ target }: ReturnType<typeof read>, shell = 'default') =>
  Object.fromEntries((target.shells[shell]?.variables ?? []).map(({ name, value }) => [name, value]));

describe('snowfall-lib: files make outputs', () => {
  it('that are called like the folder they stand in, of two the last one', () => {
    const { target } = read({
      'shells/default.nix': SHELL,
      'shells/a/twice/default.nix': SHELL,
      'shells/b/twice/default.nix': '{ pkgs, ... }: pkgs.mkShell { packages = [ pkgs.go ]; }',
    });
    expect(Object.keys(target.shells).sort()).toEqual(['shells', 'twice']);
    expect(packagesOf(target, 'twice')).toEqual(['go']);
  });

  it('unless they are no packages, broken or for other systems', () => {
    const { members } = read(
      {
        'shells/default/default.nix': SHELL,
        'packages/set/default.nix': '{ ... }: { a = 1; }',
        'packages/broken/default.nix': '{ stdenv, ... }: stdenv.mkDerivation { name = "b"; meta.broken = true; }',
        'packages/mac/default.nix':
          '{ stdenv, ... }: stdenv.mkDerivation { name = "m"; meta.platforms = [ "aarch64-darwin" ]; }',
        'packages/tool/default.nix': TOOL,
      },
      'shells.none = null; supportedSystems = [ "x86_64-linux" ];',
    );
    expect(members).toMatchObject({ devShells: ['default'], packages: ['tool'] });
  });

  it('templates, modules, overlays and machines, with other names', () => {
    const { members } = read(
      {
        'shells/default/default.nix': SHELL,
        'templates/rust/flake.nix': '{ }',
        'modules/nixos/net/vpn/default.nix': '{ ... }: { }',
        'modules/home/zsh/default.nix': '{ }',
        'overlays/mine/default.nix': '{ channels, ... }: final: prev: { mine = prev.jq; }',
        'overlays/hidden/default.nix': '_: final: prev: { __dontExport = true; }',
        'packages/tool/default.nix': TOOL,
        'checks/fmt/default.nix': '{ runCommand, ... }: runCommand "fmt" { } ""',
        'systems/x86_64-linux/pc/default.nix': '{ }',
        'systems/x86_64-install-iso/stick/default.nix': '{ }',
        'systems/aarch64-darwin/mac/default.nix': '{ }',
      },
      `alias = { templates.default = "rust"; modules.nixos.default = "net/vpn"; checks.default = "fmt"; packages.default = "tool"; };
       extra-exported-overlays.more = final: prev: { }; deploy.nodes = { }; systems.hosts.vm = { };`,
    );
    expect(members).toMatchObject({
      checks: ['default', 'fmt'],
      darwinConfigurations: ['mac'],
      homeModules: ['zsh'],
      nixosConfigurations: ['pc', 'vm'],
      nixosModules: ['default', 'net/vpn'],
      overlays: ['default', 'mine', 'more', 'package/tool'],
      packages: ['default', 'tool'],
      templates: ['default', 'rust'],
    });
    expect(Object.keys(members)).toEqual(expect.arrayContaining(['deploy', 'install-isoConfigurations', 'pkgs']));
  });
});

describe('snowfall-lib: the library that files get', () => {
  it('has what all files below `lib` make, functions or sets, in the namespace', () => {
    const found = read(
      {
        'lib/default.nix': '{ one = 1; }',
        'lib/deep/default.nix':
          '{ lib, namespace, inputs, ... }: { deep.two = lib.${namespace}.one + 1; own = toString (inputs ? self); }',
        'shells/default/default.nix':
          '{ lib, inputs, mkShell, namespace, ... }: mkShell { A = toString lib.acme.deep.two; B = lib.acme.own; C = namespace; D = toString (inputs ? self); }',
      },
      'snowfall.namespace = "acme";',
    );
    expect(valuesOf(found)).toEqual({ A: '2', B: '', C: 'acme', D: '1' });
  });

  it('has the library of every input, and Snowfall’s own', () => {
    const found = read({
      'shells/default/default.nix':
        '{ lib, mkShell, ... }: mkShell { A = lib.snowfall.path.get-file-extension "a.tar.gz"; B = toString (lib ? nixpkgs.optional); C = toString (lib.snowfall.attrs.merge-deep [ { a.b = 1; } { a.c = 2; } ]).a.b; }',
    });
    expect(valuesOf(found)).toEqual({ A: 'gz', B: '1', C: '1' });
  });

  it('is what `mkLib` gives, with the flake’s own at its top', () => {
    const found = read(
      { 'lib/default.nix': '_: { mine = "m"; }' },
      '',
      `inputs: let lib = inputs.snowfall.mkLib { inherit inputs; src = ./.; }; in lib.mkFlake {
        outputs-builder = channels: { devShells.default = channels.nixpkgs.mkShell { A = lib.mine; packages = lib.optional true channels.nixpkgs.fd; }; };
      }`,
    );
    expect(valuesOf(found)).toEqual({ A: 'm' });
    expect(packagesOf(found.target)).toEqual(['fd']);
    expect(found.target.shells['default']?.implied).toMatchObject([{ attribute: 'stdenv.cc', input: 'nixpkgs' }]);
  });
});

it('snowfall-lib: a package may be changed, and packages know each other', () => {
  const { target } = read({
    'packages/more/default.nix': '{ pkgs, extra ? false, ... }: if extra then pkgs.fd else pkgs.jq',
    'packages/tool/default.nix': TOOL,
    'packages/app/default.nix':
      '{ internal, stdenv, ... }: stdenv.mkDerivation { name = "app"; inherit (internal.tool) nativeBuildInputs; }',
    'shells/default/default.nix':
      '{ pkgs, mkShell, ... }: mkShell { packages = [ (pkgs.internal.more.override { extra = true; }) ]; inputsFrom = [ pkgs.internal.app ]; }',
  });
  expect([...packagesOf(target)].sort()).toEqual(['cmake', 'fd']);
});

it('snowfall-lib: options of a channel, and shells beside those of the folder', () => {
  const { target } = read(
    {
      'shells/default/default.nix': '{ mine, shared, mkShell, ... }: mkShell { packages = [ mine shared ]; }',
      'overlays/mine/default.nix': '{ channels, ... }: final: prev: { mine = channels.nixpkgs.ripgrep; }',
    },
    `channels.nixpkgs.config.allowUnfree = true; sharedOverlays = [ (final: prev: { shared = prev.fd; }) ];
     devShells.x86_64-linux.plain = inputs.nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = [ inputs.nixpkgs.legacyPackages.x86_64-linux.go ]; };`,
  );
  expect(packagesOf(target)).toEqual(['ripgrep', 'fd']);
  expect(packagesOf(target, 'plain')).toEqual(['go']);
});

it.each([
  ['default', ['fd', 'jq', 'self: tool ?']],
  ['x', ['fd', 'jq']],
  ['package/tool', ['self: tool ?']],
])('snowfall-lib: the overlay %s is used with another import of nixpkgs', (overlay, packages) => {
  const { target } = read(
    {
      'packages/tool/default.nix': TOOL,
      'overlays/x/default.nix':
        '{ channels, ... }: final: prev: { mine = channels.nixpkgs.fd; internal = (prev.internal or { }) // { more = prev.jq; }; }',
    },
    `devShells.x86_64-linux.default =
       let pkgs = import inputs.nixpkgs { system = "x86_64-linux"; overlays = [ inputs.self.overlays."${overlay}" ]; };
       in pkgs.mkShell { packages = builtins.filter (p: p != null) [ pkgs.mine or null pkgs.internal.more or null ${overlay === 'x' ? '' : 'pkgs.internal.tool'} ]; };`,
  );
  expect([...packagesOf(target)].sort()).toEqual(packages);
});

it('snowfall-lib: homes need Home Manager, as Nix says', () => {
  expect(() => read({ 'shells/default/default.nix': SHELL, 'homes/x86_64-linux/me/default.nix': '{ }' })).toThrow(
    'you must include `home-manager` as a flake input',
  );
});
