import { describe, expect, test } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

describe('what is around a part of a flake that is not known', () => {
  test('an environment that a function of it joins has what the function was given', () => {
    const target = readInMemory({
      inputs: { robots: 'someone/robots' },
      outputs: `{ nixpkgs, robots, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ robots.overlays.default ]; }; in {
        devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.jq (with pkgs.rosPackages.humble; buildEnv { paths = [ ros-core pkgs.git ]; }) ]; };
      }`,
    });
    expect(packagesOf(target)).toEqual(['jq', 'robots: rosPackages.humble.ros-core ?', 'git']);
    expect(target.shells['default']?.unresolved).toEqual([]);
  });

  test('a name like that of a set, which only its overlay can bring, is its package', () => {
    const target = readInMemory({
      lockedAt: 1_790_000_000,
      inputs: { nixpkgs: 'NixOS/nixpkgs/nixos-25.11', lab: 'someone/lab' },
      outputs: `{ nixpkgs, lab, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ lab.overlays.default ]; }; in {
        devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.tofu-w-plugins pkgs.nushellPlugins.net ]; };
      }`,
    });
    expect(packagesOf(target)).toEqual(['lab: tofu-w-plugins ?', 'nushellPlugins.net']);
  });

  test('what is missing in a configuration may come from its module', () => {
    const target = readInMemory({
      inputs: {
        'flake-parts': 'hercules-ci/flake-parts',
        'process-compose-flake': 'Platonic-Systems/process-compose-flake',
        live: 'someone/live',
      },
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ inputs.process-compose-flake.flakeModule inputs.live.flakeModule ];
        perSystem = { config, pkgs, ... }: {
          devShells.default = pkgs.mkShell { packages = [ pkgs.just config.process-compose.live.outputs.package ]; };
        };
      }`,
    });
    expect(packagesOf(target)).toEqual(['just']);
    expect(target.shells['default']?.unresolved).toEqual([
      expect.objectContaining({
        reason:
          "Attribute 'live' missing. The module `flakeModule` of the input `live`, which is not known here, may bring it.",
      }),
    ]);
  });

  test('the shell of git-hooks has the programs of the hooks, and had pre-commit alone at first', () => {
    const read = (lockedAt: number) =>
      packagesOf(
        readInMemory({
          lockedAt,
          inputs: { 'flake-parts': 'hercules-ci/flake-parts', 'git-hooks': 'cachix/git-hooks.nix' },
          outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
            systems = [ "x86_64-linux" ];
            imports = [ inputs.git-hooks.flakeModule ];
            perSystem = { config, ... }: { pre-commit.settings.hooks.deadnix.enable = true; devShells.default = config.pre-commit.devShell; };
          }`,
        }),
      );
    expect([read(1_690_000_000), read(1_750_000_000)]).toEqual([['pre-commit'], ['deadnix']]);
  });
});
