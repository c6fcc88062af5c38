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

  test('what a function of it makes is called as the function was told', () => {
    const target = readInMemory({
      inputs: { robots: 'someone/robots' },
      outputs: `{ nixpkgs, robots, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ robots.overlays.default ]; }; in {
        devShells.x86_64-linux.default = pkgs.mkShell { packages = [
          (pkgs.rosPackages.humble.buildRosPackage { pname = "arm"; version = "0.1"; })
          (robots.lib.wrap { name = "leg"; })
          (robots.lib.wrap { program = "foot"; })
        ]; };
      }`,
    });
    expect(packagesOf(target)).toEqual(['self: arm 0.1', 'self: leg ?']);
    expect(target.shells['default']?.unresolved).toHaveLength(1);
    expect(target.shells['default']?.packages[1]?.reason).toBe(
      'The flake makes it with a function of the flake "robots" (lib.wrap).',
    );
  });

  test.each(['devShells', 'packages', 'formatter'])(
    'its systems, by %s, are taken to have the one that is read',
    (output) => {
      const target = readInMemory({
        inputs: { home: 'someone/home' },
        outputs: `{ nixpkgs, home, ... }: { devShells = nixpkgs.lib.genAttrs (builtins.attrNames home.${output}) (system: {
        default = nixpkgs.legacyPackages.${'$'}{system}.mkShell { packages = [ nixpkgs.legacyPackages.${'$'}{system}.jq ]; };
      }); }`,
      });
      expect(packagesOf(target)).toEqual(['jq']);
      expect(target.findings).toContainEqual({
        code: 'systems-unknown',
        message:
          'Which systems the input `home` has is not known here: x86_64-linux is taken to be one of them, and no other is listed.',
        hint: expect.stringContaining('--evaluator nix'),
      });
    },
  );

  test('what it has for a system stays unknown', () => {
    const target = readInMemory({
      inputs: { home: 'someone/home' },
      outputs: `{ nixpkgs, home, ... }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell {
        packages = map (name: home.packages.x86_64-linux.${'$'}{name}) (builtins.attrNames home.packages.x86_64-linux); }; }`,
    });
    expect(packagesOf(target)).toEqual([]);
    expect(target.shells['default']?.unresolved[0]?.reason).toContain('is not known here');
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

test('a hook of which a part is not known is told, and so is what others add to it', () => {
  const target = readInMemory({
    inputs: { x: 'me/mystery' },
    outputs: `{ nixpkgs, x, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      devShells.x86_64-linux.default = pkgs.mkShell {
        inputsFrom = [ (pkgs.mkShell { shellHook = "echo known"; }) ];
        shellHook = "a \${x.lib.hook} b";
      };
    }`,
  });
  expect(target.shells['default']).toMatchObject({
    shellHook: 'echo known',
    unresolved: [
      { what: 'shellHook', reason: expect.stringContaining('"x" (github:me/mystery)'), position: { line: 4 } },
    ],
  });
});

test('what git-hooks.nix sets for a hook by default is not missing', () => {
  const target = readInMemory({
    inputs: { hooks: 'cachix/git-hooks.nix' },
    outputs: `{ self, nixpkgs, hooks, ... }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      c = (hooks.lib.x86_64-linux.run { src = ./.; hooks = {
        prettier.enable = true;
        eslint.settings.extensions = "ts";
        mine = { enable = true; entry = "make lint"; };
      }; }).config.hooks;
    in {
      devShells.x86_64-linux.default = pkgs.mkShell {
        packages = [ c.prettier.package ];
        EXTENSIONS = c.eslint.settings.extensions;
        BINARY = c.eslint.settings.binPath;
        ENTRY = c.prettier.entry;
        OWN = "\${c.mine.entry} \${c.mine.language} \${toString c.mine.types}";
      };
    }`,
  });
  expect(packagesOf(target)).toEqual(['nodePackages.prettier']);
  expect(target.shells['default']).toMatchObject({
    variables: [
      { name: 'EXTENSIONS', value: 'ts' },
      { name: 'OWN', value: 'make lint system file' },
    ],
    unresolved: [
      { what: '$BINARY', reason: expect.stringContaining('hooks.eslint.settings.binPath') },
      { what: '$ENTRY', reason: expect.stringContaining('the hook prettier calls') },
    ],
  });
});
