import { describe, expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

/** A flake-parts flake of one system, with modules that flake-parts brings for those who import them. */
function read(module: string, files: Readonly<Record<string, string>> = {}) {
  return readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts' },
    files,
    outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (${module})`,
  });
}

describe('modules that flake-parts brings', () => {
  it('gives nixpkgs with the overlay as `final`, inside of perSystem', () => {
    const target = read(`{
      systems = [ "x86_64-linux" ];
      imports = [ inputs.flake-parts.flakeModules.easyOverlay ];
      perSystem = { pkgs, final, config, ... }: {
        overlayAttrs = { tool = pkgs.ripgrep; inherit (config.packages) made; };
        packages.made = pkgs.writeShellScriptBin "made" "";
        devShells.default = pkgs.mkShell { packages = [ final.tool final.made final.jq ]; };
      };
    }`);
    expect(packagesOf(target)).toEqual(['ripgrep', 'self: made ?', 'jq']);
  });

  it('leaves out and changes outputs as `touchup` says, level by level', () => {
    const target = read(`{ lib, ... }: {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.flake-parts.flakeModules.touchup ];
      touchup.attr.devShells.any = { attrName, ... }: {
        attr.hidden.enable = false;
        attr.linux.enable = lib.hasSuffix "-linux" attrName;
        attr.darwin.enable = lib.hasSuffix "-darwin" attrName;
        attr.more.finish = shell: shell.overrideAttrs (old: { nativeBuildInputs = old.nativeBuildInputs ++ [ shell.extra ]; });
      };
      perSystem = { pkgs, ... }: {
        devShells = lib.genAttrs [ "default" "hidden" "linux" "darwin" "more" ] (_: pkgs.mkShell { packages = [ pkgs.jq ]; passthru.extra = pkgs.bat; });
      };
    }`);
    expect(Object.keys(target.shells).sort()).toEqual(['default', 'linux', 'more']);
    expect(packagesOf(target, 'more')).toEqual(['jq', 'bat']);
  });

  it('lets modules of other kinds take arguments of perSystem and of their own', () => {
    const target = read(`{ lib, moduleWithSystem, config, ... }: {
      systems = [ "x86_64-linux" ];
      perSystem = { pkgs, ... }: { packages.tool = pkgs.ripgrep; };
      flake.nixosModules.tool = moduleWithSystem (perSystem@{ config }: { pkgs, lib, ... }: {
        options.found = lib.mkOption { default = [ perSystem.config.packages.tool pkgs.jq ]; };
      });
      flake.devShells.x86_64-linux.default = let
        pkgs = inputs.nixpkgs.legacyPackages.x86_64-linux;
        system = lib.evalModules { modules = [ config.flake.nixosModules.tool { _module.args = { inherit pkgs; }; } ]; };
      in pkgs.mkShell { packages = system.config.found; };
    }`);
    expect(packagesOf(target)).toEqual(['ripgrep', 'jq']);
  });

  it('imports a published module once, by whatever ways it comes', () => {
    const target = read(
      `{ lib, config, ... }: {
      systems = [ "x86_64-linux" ];
      imports = with inputs.flake-parts.flakeModules; [ modules flakeModules ];
      flake.flakeModule = { options.unused = lib.mkOption { default = 1; }; };
      flake.modules.flake.tools = ./tools.nix;
      flake.devShells.x86_64-linux.default = let
        pkgs = inputs.nixpkgs.legacyPackages.x86_64-linux;
        read = lib.evalModules { class = "flake"; modules = [ config.flake.modules.flake.tools { imports = [ config.flake.modules.flake.tools ]; } config.flake.flakeModules.default ]; };
      in pkgs.mkShell { packages = map (name: pkgs.\${name}) read.config.tools; };
    }`,
      { 'tools.nix': '{ lib, ... }: { options.tools = lib.mkOption { default = [ "fd" ]; }; }' },
    );
    expect(packagesOf(target)).toEqual(['fd']);
  });

  it('sets a variable by flake-root, whose program is not on PATH', () => {
    const target = readInMemory({
      inputs: { 'flake-parts': 'hercules-ci/flake-parts', 'flake-root': 'srid/flake-root' },
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ inputs.flake-root.flakeModule ];
        perSystem = { pkgs, config, ... }: {
          devShells.default = pkgs.mkShell { packages = [ pkgs.jq ]; inputsFrom = [ config.flake-root.devShell ]; };
        };
      }`,
    });
    expect(packagesOf(target)).toEqual(['jq']);
  });

  it.each([
    [['fourmolu-nix', 'emanote'], 'fourmolu', 'fourmolu-nix'],
    [['one', 'two'], 'fourmolu', '`one`, `two`'],
  ])('of unknown modules of %j, an option %s is told to be of %s', (names, option, named) => {
    const target = readInMemory({
      inputs: {
        'flake-parts': 'hercules-ci/flake-parts',
        ...Object.fromEntries(names.map((name) => [name, `somebody/${name}`])),
      },
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ ${names.map((name) => `inputs.${name}.flakeModule`).join(' ')} ];
        perSystem = { pkgs, config, ... }: {
          devShells.default = pkgs.mkShell { packages = [ pkgs.jq config.${option}.wrapper ]; };
        };
      }`,
    });
    const { packages = [], unresolved = [] } = target.shells['default'] ?? {};
    const said = JSON.stringify([...packages.slice(1), ...unresolved]);
    expect(packages[0]?.attribute).toBe('jq');
    expect(said).toContain(named);
  });
});
