import { describe, expect, it } from 'vitest';
import type { Problem, ProblemError } from '../../../../src/core/model/problem';
import { packagesOf, readInMemory } from './read-in-memory';

describe('flake-parts', () => {
  const inputs = { 'flake-parts': 'hercules-ci/flake-parts' };

  it('reads perSystem, imports, and what systems share', () => {
    const target = readInMemory({
      inputs: { ...inputs, systems: 'nix-systems/default' },
      files: {
        'module.nix':
          '{ lib, ... }: { perSystem = { pkgs, ... }: { devShells.other = pkgs.mkShellNoCC { packages = [ pkgs.bun ]; }; }; }',
      },
      outputs: `inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } ({ withSystem, ... }: {
        systems = import inputs.systems;
        imports = [ ./module.nix flake-parts.flakeModules.easyOverlay ];
        perSystem = { config, self', inputs', pkgs, system, lib, ... }: {
          _module.args.pkgs = import inputs.nixpkgs { inherit system; overlays = [ (final: prev: { mine = prev.hello; }) ]; };
          packages.default = pkgs.jq;
          overlayAttrs = { inherit (config.packages) default; };
          devShells.default = pkgs.mkShell {
            packages = [ pkgs.mine inputs'.nixpkgs.legacyPackages.ripgrep self'.packages.default ] ++ lib.optional pkgs.stdenv.isLinux pkgs.strace;
          };
        };
        flake.extra = withSystem "x86_64-linux" ({ config, ... }: config.packages.default);
      })`,
    });
    expect(packagesOf(target)).toEqual(['hello', 'ripgrep', 'jq', 'strace']);
    expect(packagesOf(target, 'other')).toEqual(['bun']);
    expect(target.systems).toEqual(['aarch64-darwin', 'aarch64-linux', 'x86_64-darwin', 'x86_64-linux']);
  });

  it('takes modules of other flakes, and goes on without those that are unknown', () => {
    const target = readInMemory({
      inputs: {
        ...inputs,
        'treefmt-nix': 'numtide/treefmt-nix',
        'git-hooks': 'cachix/git-hooks.nix',
        devshell: 'numtide/devshell',
        mystery: 'someone/mystery',
      },
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ inputs.treefmt-nix.flakeModule inputs.git-hooks.flakeModule inputs.devshell.flakeModule inputs.mystery.flakeModule ];
        perSystem = { config, pkgs, ... }: {
          mystery.enable = true;
          treefmt = { projectRootFile = "flake.nix"; programs.nixpkgs-fmt.enable = true; };
          pre-commit.settings.hooks.deadnix.enable = true;
          devshells.ds = { packages = [ "terraform" pkgs.kubectl ]; commands = [ { package = pkgs.jq; } ]; env = [ { name = "X"; value = "1"; } ]; };
          devShells.default = pkgs.mkShell { packages = [ pkgs.go ]; inputsFrom = [ config.pre-commit.devShell config.treefmt.build.devShell ]; };
        };
      }`,
    });
    expect([...packagesOf(target)].sort()).toEqual(['deadnix', 'go', 'nixpkgs-fmt', 'treefmt']);
    expect(packagesOf(target, 'ds')).toEqual(['terraform', 'kubectl', 'jq']);
    expect(target.shells['ds']?.variables).toEqual([expect.objectContaining({ name: 'X', value: '1' })]);
    expect(target.shells['ds']?.packages[1]?.position).toMatchObject({ file: 'flake.nix' });
  });

  it('knows what may be set in perSystem, and what is no argument of it', () => {
    const target = readInMemory({
      inputs,
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        debug = false;
        perSystem = { pkgs, inputs, ... }: {
          debug = true;
          devShells.default = pkgs.mkShell { packages = [ pkgs.jq ]; };
          devShells.other = pkgs.mkShell { packages = [ pkgs.go inputs.nixpkgs.legacyPackages.x86_64-linux.hello ]; };
        };
      }`,
    });
    expect(packagesOf(target)).toEqual(['jq']);
    expect(packagesOf(target, 'other')).toEqual(['go']);
    expect(target.shells['other']?.unresolved).toMatchObject([
      { reason: expect.stringContaining('not of those in it') },
    ]);
  });

  it('tells which overlays are not known, since what they replace is not seen', () => {
    const target = readInMemory({
      inputs: {
        mystery: 'someone/Mystery',
        'tool-flake': 'someone/tool-flake',
        devshell: 'numtide/devshell',
        'emacs-overlay': 'someone/emacs-overlay',
      },
      files: { 'devshell.toml': '[devshell]\npackages = ["jq", "tool", "emacs", "mystery", "odd-one"]\n' },
      outputs: `{ nixpkgs, mystery, tool-flake, devshell, emacs-overlay, ... }: let
        pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ (final: prev: { tool = prev.hello; }) mystery.overlays.own tool-flake.overlay (import emacs-overlay) devshell.overlays.default ]; };
      in { devShells.x86_64-linux.default = pkgs.devshell.mkShell { imports = [ (pkgs.devshell.importTOML ./devshell.toml) ]; }; }`,
    });
    expect(packagesOf(target)).toEqual([
      'jq',
      'tool-flake: tool ?',
      'emacs',
      'mystery: mystery ?',
      'mystery or tool-flake or emacs-overlay: odd-one ?',
    ]);
    expect(target.findings.filter(({ code }) => code === 'overlay-unknown').map(({ message }) => message)).toEqual([
      'The overlay `import` of the input `emacs-overlay` is not known here: packages that it replaces are shown as nixpkgs has them.',
      'The overlay `overlay` of the input `tool-flake` is not known here: packages that it replaces are shown as nixpkgs has them.',
      'The overlay `own` of the input `mystery` is not known here: packages that it replaces are shown as nixpkgs has them.',
    ]);
  });

  it('tells which arguments keep their default where an overlay that is not known may fill them', () => {
    const target = readInMemory({
      inputs: { mystery: 'someone/mystery' },
      files: {
        'shell.nix':
          '{ mkShell, lib, jq, odd ? null, hello ? null, withIt ? true }: mkShell { packages = [ jq hello ] ++ lib.optional (odd != null) odd; }',
      },
      outputs: `{ nixpkgs, mystery, ... }: let
        pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ mystery.overlays.default ]; };
      in { devShells.x86_64-linux.default = pkgs.callPackage ./shell.nix { }; }`,
    });
    expect(packagesOf(target)).toEqual(['jq', 'hello']);
    expect(target.findings.find(({ code }) => code === 'overlay-unknown')?.message).toBe(
      'The overlay `default` of the input `mystery` is not known here: packages that it replaces are shown as nixpkgs has them, and what it may give files that have a default for it is left out: `odd`, `withIt`.',
    );
  });

  it('tells which modules are not known, since what they bring is missing', () => {
    const flakeOf = (shell: string) =>
      readInMemory({
        inputs: { ...inputs, mystery: 'someone/mystery' },
        outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
          systems = [ "x86_64-linux" ];
          imports = [ inputs.mystery.flakeModules.shells ];
          perSystem = { pkgs, ... }: { mystery.shells.default.packages = [ pkgs.jq ]; ${shell} };
        }`,
      });
    const target = flakeOf('devShells.default = pkgs.mkShell { packages = [ pkgs.go ]; };');
    expect(packagesOf(target)).toEqual(['go']);
    expect(target.findings).toContainEqual(
      expect.objectContaining({
        code: 'module-unknown',
        message: expect.stringContaining('The module `flakeModules.shells` of the input `mystery`'),
      }),
    );
    expect(() => flakeOf('')).toThrow(/cannot be known\. The module `flakeModules\.shells` of the input `mystery`/);
  });

  it('takes what an unknown module may have declared as unknown, and goes on with the rest', () => {
    const target = readInMemory({
      inputs: { ...inputs, mystery: 'someone/mystery', 'make-shell': 'nicknovitski/make-shell' },
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } ({ config, ... }: {
        systems = [ "x86_64-linux" ];
        imports = [ inputs.mystery.flakeModules.hooks inputs.make-shell.flakeModules.default ];
        perSystem = { config, pkgs, ... }: {
          devShells.default = pkgs.mkShell {
            packages = [ pkgs.jq ] ++ config.hooks.tools;
            shellHook = config.hooks.script;
          };
          make-shells.made = { imports = [ inputs.mystery.shellModules.zig ]; packages = [ pkgs.go ]; };
        };
      })`,
    });
    for (const [shell, known] of [
      ['default', 'jq'],
      ['made', 'go'],
    ] as const) {
      expect(packagesOf(target, shell)).toEqual([known]);
      expect(target.shells[shell]?.unresolved).toContainEqual(
        expect.objectContaining({ reason: expect.stringContaining('mystery') }),
      );
    }
  });

  it('reads shells of make-shell, its shared modules among them', () => {
    const target = readInMemory({
      inputs: { ...inputs, 'make-shell': 'nicknovitski/make-shell' },
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ inputs.make-shell.flakeModules.default ];
        perSystem = { pkgs, self', ... }: {
          make-shell.imports = [ ({ pkgs, ... }: { packages = [ pkgs.just ]; }) ];
          make-shells.default = { inputsFrom = [ self'.devShells.deploy ]; packages = [ pkgs.uv ]; env.MODE = "dev"; };
          make-shells.deploy = { packages = [ pkgs.colmena ]; additionalArguments.meta.description = "x"; };
        };
      }`,
    });
    expect(packagesOf(target)).toEqual(['uv', 'just', 'colmena']);
    expect(packagesOf(target, 'deploy')).toEqual(['colmena', 'just']);
    expect(target.shells['default']?.variables).toMatchObject([{ name: 'MODE', value: 'dev' }]);
    expect(target.findings.map(({ code }) => code)).not.toContain('module-unknown');
  });

  it('reads outputs of a partition with inputs of its own flake', () => {
    const target = readInMemory({
      inputs,
      files: {
        'dev/flake.nix': '{ inputs.devshell.url = "github:numtide/devshell"; outputs = _: { }; }',
        'dev/module.nix':
          '{ inputs, ... }: { imports = [ inputs.devshell.flakeModule ]; perSystem = { pkgs, ... }: { devshells.default.packages = [ pkgs.just ]; }; }',
      },
      outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ inputs.flake-parts.flakeModules.partitions ];
        partitionedAttrs.devShells = "dev";
        partitions.dev = { extraInputsFlake = ./dev; module.imports = [ ./dev/module.nix ]; };
      }`,
    });
    expect(packagesOf(target)).toEqual(['just']);
  });

  it('says which option does not exist, with near names', () => {
    expect(() =>
      readInMemory({
        inputs,
        outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; perSystem = { pkgs, ... }: { devShell.default = pkgs.hello; }; }`,
      }),
    ).toThrow(/devShell' does not exist[\s\S]*devShells/);
  });

  it('says so where the definition of the option that does not exist fails', () => {
    expect(() =>
      readInMemory({
        inputs,
        outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; perSystem = { pkgs, ... }: { devShell.default = { }.hello; }; }`,
      }),
    ).toThrow(/devShell' does not exist[\s\S]*devShells/);
  });
});

it('says of which flakes a package may be that one of two unknown overlays adds', () => {
  const target = readInMemory({
    inputs: { one: 'someone/one', two: 'someone/two' },
    outputs: `{ nixpkgs, one, two, ... }: let
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ one.overlays.default two.overlays.default ]; };
    in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.jq pkgs.odd-thing ]; }; }`,
  });
  expect(packagesOf(target)).toEqual(['jq', 'one or two: odd-thing ?']);
  expect(target.shells['default']?.packages[1]?.reason).toContain('or from "two"');
});

it('takes the package that an unknown flake is named after from its overlay, and any other that nixpkgs has from there', () => {
  const target = readInMemory({
    inputs: { bar: 'Alexays/Waybar/0.10' },
    outputs: `{ nixpkgs, bar, ... }: let
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ bar.overlays.default ]; };
    in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.jq pkgs.waybar ]; }; }`,
  });
  expect(packagesOf(target)).toEqual(['jq', 'bar: waybar ?']);
  // What the flake calls an input says nothing of what is in it.
  const renamed = readInMemory({
    inputs: { emacs: 'nix-community/emacs-overlay' },
    outputs: `{ nixpkgs, emacs, ... }: let
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ emacs.overlay ]; };
    in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.emacs ]; }; }`,
  });
  expect(packagesOf(renamed)).toEqual(['emacs']);
});

it('takes what callPackage finds in xorg from there, whatever an unknown overlay may add', () => {
  const target = readInMemory({
    inputs: { one: 'someone/one' },
    outputs: `{ nixpkgs, one, ... }: let
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ one.overlays.default ]; };
    in { devShells.x86_64-linux.default = pkgs.callPackage ({ mkShell, libX11, odd-thing }: mkShell { packages = [ libX11 odd-thing ]; }) { }; }`,
  });
  expect(packagesOf(target)).toEqual(['xorg.libX11', 'one: odd-thing ?']);
});

it('nixpkgs that is no line of its own: a path that is imported again, a clone, a pull request, a fork', () => {
  const read = (place: string, name: string) =>
    readInMemory({
      inputs: { other: place },
      outputs: `{ nixpkgs, other, ... }: let
        pkgs = import nixpkgs.legacyPackages.x86_64-linux.path { system = "x86_64-linux"; };
        more = import other { system = "x86_64-linux"; };
      in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.jq more.\${"${name}"} ]; }; }`,
    });
  expect(packagesOf(read('someone/nixpkgs/mine', 'gitx'))).toEqual(['jq', 'other: gitx ?']);
  expect(packagesOf(read('NixOS/nixpkgs/pull/1/head', 'gitx'))).toEqual(['jq', 'other: gitx ?']);
});

describe('what comes from a flake that is not known', () => {
  const target = readInMemory({
    inputs: {
      'flake-parts': 'hercules-ci/flake-parts',
      'treefmt-nix': 'numtide/treefmt-nix',
      'git-hooks': 'cachix/git-hooks.nix',
      'make-shell': 'nicknovitski/make-shell',
      'haskell-flake': 'srid/haskell-flake',
      devenv: 'cachix/devenv',
      thing: 'someone/thing',
    },
    outputs: `inputs@{ thing, ... }: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.treefmt-nix.flakeModule inputs.git-hooks.flakeModule inputs.make-shell.flakeModules.default inputs.haskell-flake.flakeModule ];
      perSystem = { pkgs, config, ... }: let it = thing.packages.x86_64-linux.it; devenv = module: inputs.devenv.lib.mkShell { inherit inputs pkgs; modules = [ { packages = [ pkgs.jq ]; } module ]; }; in {
        treefmt.programs.black = { enable = true; package = it; };
        pre-commit.settings.hooks.black = { enable = true; package = it; };
        haskellProjects.default.devShell.tools = _: { inherit it; };
        make-shells.variable = { packages = [ pkgs.jq ]; env.A = thing.lib.text; };
        devShells.treefmt = pkgs.mkShell { packages = builtins.attrValues config.treefmt.build.programs; };
        devShells.hooks = pkgs.mkShell { packages = config.pre-commit.settings.enabledPackages; };
        devShells.devenv = devenv { env.A = thing.lib.text; };
        devShells.variables = devenv { env = thing.lib.env; };
        devShells.env = pkgs.mkShell { packages = [ pkgs.jq ]; env = thing.lib.env; };
      };
    }`,
  });

  it.each(['treefmt', 'hooks', 'default'])('is a package of %s', (shell) => {
    expect(packagesOf(target, shell)).toContain('thing: it ?');
    expect(target.shells[shell]?.unresolved).toEqual([]);
  });
  it.each([
    ['variable', '$A'],
    ['devenv', '$A'],
    ['variables', 'env'],
    ['env', 'env'],
  ])('sets a variable of %s, which takes nothing from its packages', (shell, what) => {
    expect(packagesOf(target, shell)).toContain('jq');
    expect(target.shells[shell]?.unresolved).toMatchObject([{ what, position: { file: 'flake.nix' } }]);
  });
});

describe('devshell', () => {
  it('names nothing after a flake that is not known: commands whose name or text come from a flake that is not known', () => {
    const target = readInMemory({
      inputs: { devshell: 'numtide/devshell', thing: 'someone/thing' },
      outputs: `{ nixpkgs, devshell, thing, ... }: let
        pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ devshell.overlays.default ]; };
        it = thing.packages.x86_64-linux.default;
      in {
        devShells.x86_64-linux.default = pkgs.devshell.mkShell {
          packages = [ pkgs.jq (pkgs.writeShellScriptBin it.pname "x") ];
          commands = [
            { name = it.pname; command = "\${it}/bin/it"; }
            { name = "own"; command = "\${it}/bin/it"; }
          ];
        };
      }`,
    });
    expect(packagesOf(target)).toEqual(['jq', 'self: unnamed ?', 'self: unnamed ?', 'self: own ?']);
    expect(target.shells['default']?.packages.map(({ input }) => input)).toEqual(['nixpkgs', 'self', 'self', 'self']);
  });
  it('tells of a variable whose value is not known, and reads the rest', () => {
    const target = readInMemory({
      inputs: { devshell: 'numtide/devshell', thing: 'someone/thing' },
      outputs: `{ nixpkgs, devshell, thing, ... }: let
        pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ devshell.overlays.default ]; };
      in {
        devShells.x86_64-linux.default = pkgs.devshell.mkShell {
          packages = [ pkgs.jq ];
          env = [
            { name = "LIBRARY"; value = "\${pkgs.tk}/lib/\${pkgs.tk.libPrefix}"; }
            { name = "THING"; eval = "\${thing.lib.place}/share"; }
            { name = "KNOWN"; value = "1"; }
            { name = "WRONG"; prefix = "\${throw "gone"}/bin"; }
          ];
        };
      }`,
    });
    expect(packagesOf(target)).toEqual(['jq']);
    const { variables, unresolved } = target.shells['default']!;
    expect(variables.map(({ name, value }) => `${name}=${value}`)).toEqual(['KNOWN=1']);
    expect(unresolved.map(({ what }) => what).sort()).toEqual(['$LIBRARY', '$THING', '$WRONG']);
    expect(unresolved.every(({ position }) => position?.file === 'flake.nix')).toBe(true);
  });
  it('traces what is wrong with a shell through the flake, not through the model', () => {
    let problem: Problem | undefined;
    try {
      readInMemory({
        inputs: { devshell: 'numtide/devshell' },
        outputs: `{ nixpkgs, devshell, ... }: let
          pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ devshell.overlays.default ]; };
        in { devShells.x86_64-linux.default = pkgs.devshell.mkShell { nonsense = 1; }; }`,
      });
    } catch (error) {
      problem = (error as ProblemError).problem;
    }
    expect(problem?.message).toContain("option `nonsense' does not exist");
    expect(problem?.detail).toContain('flake.nix');
    expect(problem?.detail).not.toContain('lockstep');
  });
  const inputs = { devshell: 'numtide/devshell', 'flake-utils': 'numtide/flake-utils' };

  it('reads TOML, modules, commands and variables', () => {
    const target = readInMemory({
      inputs,
      files: {
        'devshell.toml':
          'imports = [ "language.go" ]\n[devshell]\nname = "foo"\npackages = ["nodejs_20", "python3Packages.black"]\n[[commands]]\npackage = "jq"\n[[env]]\nname = "BAR"\nvalue = "2"\n',
      },
      outputs: `{ nixpkgs, devshell, flake-utils, ... }: flake-utils.lib.eachDefaultSystem (system: let pkgs = import nixpkgs { inherit system; overlays = [ devshell.overlays.default ]; }; in {
        devShells.toml = pkgs.devshell.fromTOML ./devshell.toml;
        devShells.default = pkgs.devshell.mkShell ({ config, ... }: {
          imports = [ (pkgs.devshell.importTOML ./devshell.toml) "\${devshell}/extra/git/hooks.nix" ];
          git.hooks.enable = true;
          packages = with pkgs; [ hello ];
          devshell.packagesFrom = [ ];
          commands = [ { name = "greet"; command = "echo"; } { package = pkgs.just; category = "tools"; } ];
          env = [ { name = "EVAL"; eval = "$PRJ_ROOT/x"; } { name = "GONE"; unset = true; } { name = "PATH"; prefix = "bin"; } ];
        });
      })`,
    });
    expect([...packagesOf(target, 'toml')].sort()).toEqual(['go', 'jq', 'nodejs_20', 'python3Packages.black']);
    expect([...packagesOf(target)].sort()).toEqual([
      'go',
      'hello',
      'jq',
      'just',
      'nodejs_20',
      'python3Packages.black',
      'self: greet ?',
    ]);
    expect(target.shells['default']?.variables.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'BAR=2',
      'GO111MODULE=on',
    ]);
    // What bash works out when the shell starts is a part of its hook.
    expect(target.shells['default']?.shellHook).toBe(
      'export EVAL=$PRJ_ROOT/x\nunset GONE\nexport PATH=$(realpath --canonicalize-missing "bin")${PATH+:${PATH}}\nexport GOPATH=$HOME/go',
    );
  });
});

it('devenv: languages, services, scripts, hooks and variables', () => {
  const target = readInMemory({
    inputs: { devenv: 'cachix/devenv', systems: 'nix-systems/default', 'nixpkgs-python': 'cachix/nixpkgs-python' },
    outputs: `{ self, nixpkgs, devenv, systems, ... }@inputs: {
      devShells = nixpkgs.lib.genAttrs (import systems) (system: let pkgs = nixpkgs.legacyPackages.\${system}; in {
        default = devenv.lib.mkShell { inherit inputs pkgs; modules = [ ({ pkgs, config, ... }: {
          packages = [ pkgs.hello ];
          languages.python = { enable = true; version = "3.11"; poetry.enable = true; };
          languages.rust.enable = true;
          languages.javascript = { enable = true; npm.enable = true; npm.install.enable = true; };
          services.postgres = { enable = true; package = pkgs.postgresql_15; initialDatabases = [ { name = "x"; } ]; };
          pre-commit.hooks.shellcheck.enable = true;
          processes.web.exec = "serve";
          env.GREET = "hi";
          enterShell = "hello";
          dotenv.enable = true;
        }) ]; };
      });
    }`,
  });
  expect(packagesOf(target)).toEqual(
    expect.arrayContaining([
      'hello',
      'nixpkgs-python: packages.x86_64-linux."3.11" ?',
      'poetry',
      'process-compose',
      'nodejs',
      'postgresql_15',
      'self: start-postgres ?',
      'rustc',
      'cargo',
      'clippy',
      'pre-commit',
      'shellcheck',
    ]),
  );
  expect(target.shells['default']?.unresolved).toEqual([]);
  expect(target.shells['default']?.variables).toContainEqual(expect.objectContaining({ name: 'GREET', value: 'hi' }));
  expect(target.shells['default']?.shellHook).toContain('hello');
});

it('devenv: programs of hooks are in its shells since 2024', () => {
  const read = (lockedAt: number) =>
    readInMemory({
      lockedAt,
      inputs: { devenv: 'cachix/devenv' },
      outputs: `{ self, nixpkgs, devenv, ... }@inputs: {
        devShells.x86_64-linux.default = devenv.lib.mkShell {
          inherit inputs; pkgs = nixpkgs.legacyPackages.x86_64-linux; modules = [ { pre-commit.hooks.shellcheck.enable = true; } ];
        };
      }`,
    });
  expect(packagesOf(read(1_690_000_000))).toEqual(['pkg-config', 'pre-commit']);
  expect(packagesOf(read(1_715_000_000))).toEqual(['pkg-config', 'pre-commit', 'shellcheck']);
});

it('devenv: a version by number needs the input that has it, and services what starts them', () => {
  const shellOf = (module: string) =>
    readInMemory({
      inputs: { devenv: 'cachix/devenv', 'nixpkgs-ruby': 'bobvanderlinden/nixpkgs-ruby' },
      outputs: `{ self, nixpkgs, devenv, ... }@inputs: {
        devShells.x86_64-linux.default = devenv.lib.mkShell {
          inherit inputs; pkgs = nixpkgs.legacyPackages.x86_64-linux; modules = [ ({ pkgs, ... }: { ${module} }) ];
        };
      }`,
    }).shells['default']!;
  const python = shellOf('languages.python = { enable = true; version = "3.12.8"; uv.enable = true; };');
  expect(python.packages.map(({ attribute }) => attribute)).toEqual(['uv', 'pkg-config']);
  expect(python.unresolved).toMatchObject([
    { what: 'languages.python.version', reason: expect.stringContaining('the input `nixpkgs-python`') },
  ]);
  const ruby = shellOf('languages.ruby = { enable = true; version = "3.2.1"; };');
  expect(ruby.packages).toContainEqual(expect.objectContaining({ attribute: 'ruby-3.2.1', input: 'nixpkgs-ruby' }));
  const names = (module: string) => shellOf(module).packages.map(({ attribute }) => attribute);
  expect(names('services.redis.enable = true;')).toEqual(['redis', 'process-compose', 'pkg-config']);
  expect(names('processes.web.exec = "x"; process.manager.implementation = "overmind";')).toContain('overmind');
  expect(names('')).toEqual(['pkg-config']);
  expect(names('languages.rust = { enable = true; mold.enable = true; };')).toContain('mold-wrapped');
});

it('git-hooks: tools of the enabled hooks', () => {
  const target = readInMemory({
    inputs: { 'pre-commit-hooks': 'cachix/pre-commit-hooks.nix' },
    outputs: `{ self, nixpkgs, pre-commit-hooks }: let system = "x86_64-linux"; pkgs = nixpkgs.legacyPackages.\${system}; in {
      checks.\${system}.pre-commit = pre-commit-hooks.lib.\${system}.run { src = ./.; hooks = {
        nixpkgs-fmt.enable = true; black.enable = false; check-yaml.enable = true;
        own = { enable = true; entry = "x"; package = pkgs.ruff; };
      }; };
      devShells.\${system}.default = pkgs.mkShell { inherit (self.checks.\${system}.pre-commit) shellHook; buildInputs = self.checks.\${system}.pre-commit.enabledPackages; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['nixpkgs-fmt', 'python3Packages.pre-commit-hooks', 'ruff']);
  expect(target.shells['default']?.shellHook).toContain('nixpkgs-fmt');
  expect(target.shells['default']?.implied).toMatchObject([{}, { attribute: 'pre-commit', option: 'shellHook' }]);
});

it('git-hooks: settings that a hook has of its own can be read where none is given', () => {
  const target = readInMemory({
    inputs: { 'git-hooks': 'cachix/git-hooks.nix' },
    outputs: `{ nixpkgs, git-hooks, ... }: let
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        hooks = given: (git-hooks.lib.x86_64-linux.run { src = ./.; hooks.treefmt = { enable = true; } // given; }).config.hooks;
        shell = given: pkgs.mkShell { packages = (hooks given).treefmt.settings.formatters ++ [ pkgs.jq ]; };
      in { devShells.x86_64-linux = { default = shell { }; more = shell { settings.formatters = [ pkgs.shfmt ]; }; }; }`,
  });
  expect(packagesOf(target)).toEqual(['jq']);
  expect(target.shells['default']?.unresolved).toEqual([]);
  expect(packagesOf(target, 'more')).toEqual(['shfmt', 'jq']);
});

it('git-hooks: one hook whose program is missing or not known hides no other', () => {
  const shellFor = (hooks: string) => {
    const target = readInMemory({
      inputs: { 'git-hooks': 'cachix/git-hooks.nix' },
      outputs: `{ nixpkgs, git-hooks, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
        devShells.x86_64-linux.default = pkgs.mkShell {
          packages = (git-hooks.lib.x86_64-linux.run { src = ./.; hooks = { ${hooks} }; }).enabledPackages;
        };
      }`,
    });
    return target.shells['default']!;
  };
  const shell = shellFor(`
    shellcheck.enable = true; no-such-hook.enable = true; own = { enable = true; entry = "x"; };
    gone = { enable = true; package = throw "no such program"; };
    prettier.enable = true; mypy.enable = true;
  `);
  const attributes = shell.packages.map(({ attribute }) => attribute);
  expect(attributes).toContain('shellcheck');
  expect(attributes).toContain('python3Packages.mypy');
  expect(attributes).not.toContain('own');
  expect(shell.unresolved.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
    'hooks.gone: No such program.',
    'hooks.no-such-hook: The program that this hook of git-hooks.nix runs is not known here.',
  ]);
});

it.each([
  ['clippy.enable = true;', ['cargo', 'clippy']],
  ['rustfmt = { enable = true; packageOverrides = { cargo = pkgs.rustup; rustfmt = pkgs.jq; }; };', ['jq', 'rustup']],
  ['treefmt = { enable = true; settings.formatters = [ pkgs.shfmt ]; };', ['shfmt', 'treefmt']],
  [
    'dune-fmt = { enable = true; settings.extraRuntimeInputs = [ pkgs.ocamlformat ]; };',
    ['ocamlformat', 'self: dune-fmt ?'],
  ],
  // Scripts that call the program, which is not on the PATH itself.
  ['terraform-validate.enable = true;', ['self: terraform-validate ?']],
  ['tflint.enable = true; hunspell.enable = true;', ['self: hunspell ?', 'self: tflint ?']],
  ['dune-opam-sync.enable = true;', ['self: dune-build-opam-files ?']],
  [
    'black.enable = true; isort.enable = true; mypy.enable = true; fourmolu.enable = true;',
    ['haskellPackages.fourmolu', 'python3Packages.black', 'python3Packages.isort', 'python3Packages.mypy'],
  ],
  ['juliaformatter.enable = true;', ['julia-bin']],
  ['own = { enable = true; entry = "x"; extraPackages = [ pkgs.fd ]; };', ['fd']],
])('git-hooks: what a hook brings besides its own program: %s', (hooks, packages) => {
  const target = readInMemory({
    inputs: { 'git-hooks': 'cachix/git-hooks.nix' },
    outputs: `{ nixpkgs, git-hooks, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = (git-hooks.lib.x86_64-linux.run { src = ./.; hooks = { ${hooks} }; }).enabledPackages; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(packages);
  expect(target.shells['default']?.unresolved).toEqual([]);
});

it.each([
  ['x86_64-linux', ['git-annex', 'opam']],
  ['aarch64-darwin', []],
])('git-hooks on %s: programs that macOS goes without', (system, packages) => {
  const target = readInMemory({
    inputs: { 'git-hooks': 'cachix/git-hooks.nix' },
    system,
    outputs: `{ nixpkgs, git-hooks, ... }: let pkgs = nixpkgs.legacyPackages.${system}; in {
      devShells.${system}.default = pkgs.mkShell { packages = (git-hooks.lib.${system}.run { src = ./.; hooks = { annex.enable = true; opam-lint.enable = true; }; }).enabledPackages; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(packages);
  expect(target.shells['default']?.unresolved).toEqual([]);
});

it('treefmt-nix: a program that is missing hides no other', () => {
  const target = readInMemory({
    inputs: { 'treefmt-nix': 'numtide/treefmt-nix' },
    outputs: `{ nixpkgs, treefmt-nix, ... }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      build = (treefmt-nix.lib.evalModule pkgs { programs = { dfmt.enable = true; shfmt.enable = true; mdformat.enable = true; }; }).config.build;
    in { devShells.x86_64-linux.default = pkgs.mkShell { packages = builtins.attrValues build.programs; inputsFrom = [ build.devShell ]; }; }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['python3Packages.mdformat', 'shfmt', 'treefmt']);
  const missing = { reason: expect.stringContaining("'dformat' missing") };
  expect(target.shells['default']?.unresolved).toMatchObject([missing, missing]);
});

it('treefmt-nix: the wrapper and the programs', () => {
  const target = readInMemory({
    inputs: { 'treefmt-nix': 'numtide/treefmt-nix' },
    files: {
      'treefmt.nix':
        '{ pkgs, ... }: { projectRootFile = "flake.nix"; programs.nixfmt.enable = true; programs.gofmt.enable = true; programs.black = { enable = true; package = pkgs.ruff; }; }',
    },
    outputs: `{ nixpkgs, treefmt-nix, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; build = (treefmt-nix.lib.evalModule pkgs ./treefmt.nix).config.build; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ build.wrapper ] ++ builtins.attrValues build.programs; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['go', 'nixfmt', 'ruff', 'treefmt']);
});

it('treefmt-nix: programs by the names of their packages, and those that it does not know', () => {
  const target = readInMemory({
    inputs: { 'treefmt-nix': 'numtide/treefmt-nix', nixpkgs: 'NixOS/nixpkgs/nixos-unstable' },
    outputs: `{ nixpkgs, treefmt-nix, ... }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      build = (treefmt-nix.lib.evalModule (removeAttrs pkgs [ "buf" ]) { programs = { xmllint.enable = true; fourmolu.enable = true; dyff-yaml.enable = true; hurlfmt.enable = true; buf.enable = true; php-cs-fixer.enable = true; }; }).config.build;
    in { devShells.x86_64-linux.default = pkgs.mkShell { packages = builtins.attrValues build.programs; }; }`,
  });
  expect([...packagesOf(target)].sort()).toEqual([
    'dyff',
    'haskellPackages.fourmolu',
    'hurl',
    'libxml2',
    'php83Packages.php-cs-fixer',
  ]);
  expect(target.shells['default']?.unresolved).toMatchObject([{ what: 'programs.buf' }]);
});

it.each([
  [1_700_000_000, ['nodePackages.eslint', 'nodePackages.prettier', 'nodePackages.pyright']],
  [1_740_000_000, ['nodePackages.eslint', 'nodePackages.prettier', 'pyright']],
  [1_770_000_000, ['eslint', 'prettier', 'pyright']],
])('git-hooks of %i: programs from the set of Node.js packages as long as it took them there', (lockedAt, programs) => {
  const target = readInMemory({
    inputs: { 'git-hooks': 'cachix/git-hooks.nix', nixpkgs: 'NixOS/nixpkgs/nixos-unstable' },
    lockedAt,
    outputs: `{ nixpkgs, git-hooks, ... }: let hooks = git-hooks.lib.x86_64-linux.run { src = ./.; hooks = { eslint.enable = true; prettier.enable = true; pyright.enable = true; }; }; in {
      devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = hooks.enabledPackages; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(programs);
});

it('blueprint: outputs by where files stand', () => {
  const target = readInMemory({
    inputs: { blueprint: 'numtide/blueprint' },
    files: {
      'nix/devshell.nix':
        '{ pkgs, perSystem, ... }: pkgs.mkShell { packages = [ pkgs.deno perSystem.nixpkgs.jq perSystem.self.formatter perSystem.blueprint.docs ]; env.A = "1"; }',
      'nix/formatter.nix': '{ pkgs, ... }: pkgs.shfmt',
      'nix/devshells/ops.nix': '{ pkgs }: pkgs.mkShell { packages = [ pkgs.kubectl ]; }',
    },
    outputs: 'inputs: inputs.blueprint { inherit inputs; prefix = "nix/"; }',
  });
  expect(packagesOf(target)).toEqual(['deno', 'jq', 'shfmt', 'blueprint: docs ?']);
  expect(packagesOf(target, 'ops')).toEqual(['kubectl']);
});

it('blueprint: a file gets the few arguments that blueprint passes, no package of nixpkgs', () => {
  const shellOf = (file: string) =>
    readInMemory({
      inputs: { blueprint: 'numtide/blueprint' },
      files: { 'devshell.nix': file, 'more.nix': '{ pkgs, extra }: pkgs.${extra}' },
      outputs: 'inputs: inputs.blueprint { inherit inputs; }',
    }).shells['default'];
  expect(
    shellOf(
      '{ pkgs, callPackage, pname, ... }: pkgs.mkShell { name = pname; packages = [ (callPackage ./more.nix { extra = "jq"; }) ]; }',
    ),
  ).toMatchObject({ packages: [{ attribute: 'jq' }], unresolved: [] });
  expect(() => shellOf('{ mkShell, jq }: mkShell { packages = [ jq ]; }')).toThrow('required argument "jq"');
  expect(() => shellOf('args: args.pkgs.mkShell { packages = [ args.pkgs.jq ]; }')).toThrow("attribute 'pkgs' missing");
});

describe('blueprint: machines, their users and modules', () => {
  const files = {
    'modules/home/shared.nix': '{ pkgs, ... }: { home.packages = [ pkgs.ripgrep ]; }',
    'modules/nixos/server.nix': '{ inputs, flake }: { pkgs, ... }: { environment.systemPackages = [ pkgs.htop ]; }',
    'packages/tool.nix': '{ pkgs, pname, ... }: pkgs.writeShellScriptBin pname ""',
    'hosts/pc/configuration.nix':
      '{ flake, perSystem, hostName, pkgs, ... }: { imports = [ flake.modules.nixos.server ]; environment.systemPackages = [ perSystem.self.tool pkgs.vim ]; networking.hostName = hostName; nixpkgs.hostPlatform = "x86_64-linux"; }',
    'hosts/pc/users/max.nix':
      '{ inputs, pkgs, perSystem, ... }: { imports = [ inputs.self.homeModules.shared ]; home.packages = [ pkgs.fd perSystem.self.tool ]; }',
    'hosts/alone/users/eve/home-configuration.nix': '{ pkgs, ... }: { home.packages = [ pkgs.bat ]; }',
    'hosts/mac/darwin-configuration.nix':
      '{ pkgs, ... }: { environment.systemPackages = [ pkgs.jq ]; nixpkgs.hostPlatform = "aarch64-darwin"; }',
    'hosts/custom/default.nix':
      '{ inputs, ... }: { class = "nixos"; value = inputs.nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = [ ({ pkgs, ... }: { environment.systemPackages = [ pkgs.git ]; }) ]; }; }',
  };
  const target = (output: string) =>
    readInMemory({
      inputs: {
        blueprint: 'numtide/blueprint',
        'home-manager': 'nix-community/home-manager',
        'nix-darwin': 'LnL7/nix-darwin',
      },
      files,
      outputs: 'inputs: inputs.blueprint { inherit inputs; }',
      read: [output],
    });

  it.each([
    ['nixosConfigurations.pc', ['fd', 'htop', 'ripgrep', 'self: tool ?', 'vim']],
    ['nixosConfigurations.custom', ['git']],
    ['darwinConfigurations.mac', ['jq']],
    ['legacyPackages.x86_64-linux.homeConfigurations.max@pc', ['fd', 'ripgrep', 'self: tool ?']],
    ['legacyPackages.x86_64-linux.homeConfigurations.eve@alone', ['bat']],
  ])('%s', (output, packages) => {
    const read = target(output);
    expect([...packagesOf(read, output)].sort()).toEqual(packages);
    expect(read.shells[output]?.unresolved).toEqual([]);
  });
});

it.each([
  ['an empty folder', 'hosts/empty/readme.md', 'text', "host 'empty' does not have a configuration"],
  ['a file', 'hosts/lost.nix', '{ }', "host 'lost' does not have a configuration"],
  [
    'another class',
    'hosts/odd/default.nix',
    '_: { class = "phone"; value = 1; }',
    "host 'odd' of class 'phone' not supported",
  ],
])('blueprint: why machines cannot be read is said: %s', (_, path, text, cause) => {
  const read = (output: string) =>
    readInMemory({
      inputs: { blueprint: 'numtide/blueprint' },
      files: {
        'devshell.nix': '{ pkgs }: pkgs.mkShell { packages = [ pkgs.jq ]; }',
        'hosts/pc/configuration.nix': '{ nixpkgs.hostPlatform = "x86_64-linux"; }',
        [path]: text,
      },
      outputs: 'inputs: inputs.blueprint { inherit inputs; }',
      read: [output],
    });
  expect(packagesOf(read('default'))).toEqual(['jq']);
  expect(() => read('nixosConfigurations.pc')).toThrow(`nixosConfigurations of this flake cannot be read: ${cause}`);
  expect(() => read('homeConfigurations.pc')).toThrow('no output that is called so');
});

it('blueprint: packages may be changed, have tests, and are left out where they are for other systems', () => {
  const target = readInMemory({
    inputs: { blueprint: 'numtide/blueprint' },
    files: {
      'devshell.nix':
        '{ pkgs, perSystem, ... }: pkgs.mkShell { packages = [ (perSystem.self.more.override { extra = true; }) perSystem.self.mac ]; }',
      'packages/more.nix': '{ pkgs, extra ? false, ... }: if extra then pkgs.fd else pkgs.jq',
      'packages/mac.nix':
        '{ pkgs, ... }: pkgs.stdenv.mkDerivation { name = "mac"; meta.platforms = [ "aarch64-darwin" ]; }',
      'packages/tool.nix':
        '{ pkgs, ... }: pkgs.stdenv.mkDerivation { name = "tool"; passthru.tests = { run = pkgs.hello; }; }',
      'packages/formatter.nix': '{ pkgs, ... }: pkgs.shfmt',
      'checks/lint.nix': '{ pkgs, pname, newScope, ... }: pkgs.runCommand pname { } ""',
      'lib/default.nix': '{ flake, inputs, ... }: { tests.one = 1; }',
    },
    outputs: 'inputs: inputs.blueprint { inherit inputs; systems = [ "x86_64-linux" ]; }',
  });
  expect([...packagesOf(target)].sort()).toEqual(['fd', 'self: mac ?']);
  expect(Object.fromEntries((target.outputs ?? []).map(({ name, members }) => [name, members]))).toMatchObject({
    packages: ['formatter', 'more', 'tool'],
    checks: ['devshell-default', 'lib-tests', 'lint', 'pkgs-formatter', 'pkgs-more', 'pkgs-tool', 'pkgs-tool-run'],
  });
});

it.each([
  ['packages/none/readme.md', 'text', 'packages', 'none/default.nix'],
  ['checks/strict.nix', '{ pkgs }: pkgs.hello', 'checks', 'unexpected argument'],
])('blueprint: what keeps an output from being read: %s', (path, text, output, cause) => {
  const target = readInMemory({
    inputs: { blueprint: 'numtide/blueprint' },
    files: { 'devshell.nix': '{ pkgs }: pkgs.mkShell { packages = [ pkgs.jq ]; }', [path]: text },
    outputs: 'inputs: inputs.blueprint { inherit inputs; systems = [ "x86_64-linux" ]; }',
  });
  expect(packagesOf(target)).toEqual(['jq']);
  expect(JSON.stringify(target.outputs?.find(({ name }) => name === output)?.entries)).toContain(cause);
});

it('blueprint: `default.nix` is a shell as well, Nix comes before TOML, machines have their folders', () => {
  const target = readInMemory({
    inputs: { blueprint: 'numtide/blueprint', devshell: 'numtide/devshell' },
    files: {
      'devshells/default.nix':
        '{ pkgs, perSystem, pname, ... }: pkgs.mkShell { packages = [ perSystem.self.tool ]; name = pname; }',
      'devshells/both.nix': '{ pkgs }: pkgs.mkShell { packages = [ pkgs.fd ]; }',
      'devshells/both.toml': 'packages = ["bat"]',
      'devshells/ci.toml': 'packages = ["ripgrep"]',
      'devshells/more/default.nix': '{ pkgs, perSystem }: perSystem.devshell.mkShell { packages = [ pkgs.hello ]; }',
      'devshells/not-one/devshell.toml': 'packages = ["jq"]',
      'packages/tool/default.nix': '{ pkgs, ... }: pkgs.just',
      'hosts/box/configuration.nix':
        '{ pkgs, hostName, perSystem, ... }: { nixpkgs.hostPlatform = "x86_64-linux"; environment.systemPackages = [ perSystem.self.tool pkgs.htop ]; }',
    },
    outputs: 'inputs: inputs.blueprint { inherit inputs; }',
  });
  expect(Object.keys(target.shells).sort()).toEqual(['both', 'ci', 'default', 'more']);
  expect(['default', 'both', 'ci', 'more'].map((name) => packagesOf(target, name))).toEqual([
    ['just'],
    ['fd'],
    ['ripgrep'],
    ['hello'],
  ]);
  expect(target.outputs).toContainEqual(expect.objectContaining({ name: 'nixosConfigurations' }));
});

it('takes what the library of a model does not have as unknown, and a slip in flake-utils as a mistake', () => {
  const shellOf = (item: string) =>
    readInMemory({
      inputs: { crane: 'ipetkov/crane', devshell: 'numtide/devshell', 'flake-utils': 'numtide/flake-utils' },
      outputs: `{ nixpkgs, crane, devshell, flake-utils, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
        devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.jq (${item}) ]; };
      }`,
    }).shells['default'];
  expect(shellOf('(crane.mkLib pkgs).buildSomethingNew { src = ./.; }')?.unresolved).toMatchObject([
    { reason: expect.stringContaining('the flake "crane"'), position: { file: 'flake.nix' } },
  ]);
  expect(shellOf('devshell.lib.tool')?.unresolved).toMatchObject([
    { reason: expect.stringContaining('the flake "devshell"') },
  ]);
  expect(shellOf('(crane.mkLib pkgs).buildSomethingNew or pkgs.fd')?.packages[1]).toMatchObject({ attribute: 'fd' });
  expect(shellOf('flake-utils.lib.mkAp { }')?.unresolved).toMatchObject([
    { reason: expect.stringContaining('Did you mean') },
  ]);
});

it('snowfall-lib: shells by folder', () => {
  const target = readInMemory({
    inputs: { snowfall: 'snowfallorg/lib' },
    files: { 'shells/dev/default.nix': '{ mkShell, go, lib, ... }: mkShell { packages = [ go ]; }' },
    outputs: 'inputs: inputs.snowfall.mkFlake { inherit inputs; src = ./.; alias.shells.default = "dev"; }',
  });
  expect(packagesOf(target)).toEqual(['go']);
});

it('snowfall-lib: overlays of the folder see the packages of the namespace', () => {
  const target = readInMemory({
    inputs: { snowfall: 'snowfallorg/lib' },
    files: {
      'nix/shells/default/default.nix':
        '{ pkgs, ... }: pkgs.mkShell { packages = with pkgs; [ tool pkgs.acme.tool uv ]; }',
      'nix/packages/tool/default.nix':
        '{ writeShellScriptBin, jq, ... }: writeShellScriptBin "acme-tool" "${jq}/bin/jq"',
      'nix/overlays/tool/default.nix':
        '{ channels, ... }: final: prev: { tool = final.acme.tool; uv = channels.nixpkgs.ruff; }',
    },
    outputs:
      'inputs: inputs.snowfall.mkFlake { inherit inputs; src = ./.; snowfall = { root = ./nix; namespace = "acme"; }; }',
  });
  expect(packagesOf(target)).toEqual(['self: acme-tool ?', 'ruff']);
});

it('flake-utils-plus: machines from channels, and what the flake says itself beside what it builds', () => {
  const target = readInMemory({
    inputs: { utils: 'gytis-ivaskevicius/flake-utils-plus' },
    read: ['nixosConfigurations.pc.example.org', 'default', 'plain'],
    outputs: `inputs@{ self, utils, nixpkgs, ... }: utils.lib.mkFlake {
      inherit self inputs;
      sharedOverlays = [ (final: prev: { mine = prev.ripgrep; }) ];
      hostDefaults = { modules = [ ({ pkgs, ... }: { environment.systemPackages = [ pkgs.mine ]; }) ]; extraArgs.one = "fd"; };
      hosts."pc.example.org".modules = [ ({ pkgs, one, ... }: { environment.systemPackages = [ pkgs.\${one} ]; }) ];
      nixosConfigurations.own = nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = [ ]; };
      devShells.x86_64-linux.plain = nixpkgs.legacyPackages.x86_64-linux.mkShell { };
      outputsBuilder = channels: {
        devShells.default = channels.nixpkgs.mkShell { NAME = channels.nixpkgs.name; packages = [ channels.nixpkgs.mine ]; };
      };
    }`,
  });
  expect(packagesOf(target)).toEqual(['ripgrep']);
  expect(target.shells['default']?.variables).toMatchObject([{ name: 'NAME', value: 'nixpkgs' }]);
  expect(packagesOf(target, 'plain')).toEqual([]);
  expect([...packagesOf(target, 'nixosConfigurations.pc.example.org')].sort()).toEqual(['fd', 'ripgrep']);
  expect(target.outputs?.find(({ name }) => name === 'nixosConfigurations')?.members).toEqual([
    'own',
    'pc.example.org',
  ]);
});

it('flake-utils-plus: packages of overlays, overlays of packages, and modules by their files', () => {
  const target = readInMemory({
    inputs: { utils: 'gytis-ivaskevicius/flake-utils-plus', tools: 'someone/tools' },
    files: { 'modules/net.nix': '{ ... }: { }' },
    outputs: `inputs@{ self, utils, tools, ... }: utils.lib.mkFlake {
      inherit self inputs;
      supportedSystems = [ "x86_64-linux" ];
      overlays.mine = final: prev: { mine = prev.stdenv.mkDerivation { name = "mine"; buildInputs = [ prev.zlib ]; }; some = { a = 1; }; };
      sharedOverlays = [ self.overlays.mine (utils.lib.genPkgOverlay tools "axe") ];
      nixosModules = utils.lib.exportModules [ ./modules/net.nix { _file = "web.nix"; } ({ ... }: { _file = "db.nix"; }) ];
      outputsBuilder = channels: {
        packages = utils.lib.exportPackages self.overlays channels;
        devShells.default = channels.nixpkgs.mkShell {
          inputsFrom = [ self.packages.x86_64-linux.mine ];
          packages = [ channels.nixpkgs.axe channels.nixpkgs.fup-repl ];
        };
      };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['self: repl ?', 'tools: axe ?', 'zlib']);
  expect(Object.fromEntries((target.outputs ?? []).map(({ name, members }) => [name, members]))).toMatchObject({
    packages: ['mine'],
    nixosModules: ['db', 'net', 'web'],
  });
});

it('flake-utils-plus: channels', () => {
  const target = readInMemory({
    inputs: { utils: 'gytis-ivaskevicius/flake-utils-plus' },
    outputs: `{ self, nixpkgs, utils, ... }@inputs: utils.lib.mkFlake { inherit self inputs; channelsConfig.allowUnfree = true; sharedOverlays = [ (final: prev: { mine = prev.jq; }) ]; outputsBuilder = channels: { devShells.default = channels.nixpkgs.mkShell { packages = [ channels.nixpkgs.elixir channels.nixpkgs.mine ]; }; }; }`,
  });
  expect(packagesOf(target)).toEqual(['elixir', 'jq']);
});

it('haskell-flake: compiler and tools', () => {
  const target = readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts', 'haskell-flake': 'srid/haskell-flake' },
    outputs: `inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ "x86_64-linux" ]; imports = [ inputs.haskell-flake.flakeModule ];
      perSystem = { pkgs, ... }: { haskellProjects.default = { basePackages = pkgs.haskellPackages; devShell.tools = hp: { fourmolu = hp.fourmolu; ghcid = null; }; }; }; }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(
    ['cabal-install', 'fourmolu', 'haskell-language-server', 'hlint', 'hoogle']
      .map((name) => `haskellPackages.${name}`)
      .concat('ghc')
      .sort(),
  );
});

it('opam-nix: a scope is no set of configurations, whatever it has', () => {
  const target = readInMemory({
    inputs: { opam: 'tweag/opam-nix' },
    outputs: `{ nixpkgs, opam, ... }: let scope = opam.lib.x86_64-linux.buildOpamProject { } "thing" ./. { }; in {
      legacyPackages.x86_64-linux = scope; packages.x86_64-linux.default = scope.thing; }`,
  });
  expect(target.environments?.map(({ output }) => output)).toEqual(['packages.x86_64-linux.default']);
});

it('deploy-rs: its overlay has a set of its program and functions', () => {
  const target = readInMemory({
    inputs: { deploy: 'serokell/deploy-rs' },
    outputs: `{ nixpkgs, deploy, ... }: let pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ deploy.overlay ]; }; in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ pkgs.deploy-rs.deploy-rs pkgs.jq ]; }; }`,
  });
  expect([...packagesOf(target)].sort()).toEqual(['deploy: deploy-rs ?', 'jq']);
});

it('opam-nix: what opam once chose has the versions of its file', () => {
  const target = readInMemory({
    inputs: { opam: 'tweag/opam-nix' },
    files: { 'defs.json': '{ "utop": { "version": "2.15.0" }, "ocamlformat": { }, "__kept": "x" }' },
    outputs: `{ nixpkgs, opam, ... }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      scope = opam.lib.x86_64-linux.materializedDefsToScope { sourceMap.thing = ./.; } ./defs.json;
    in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [ scope.utop scope.ocamlformat scope.other ]; }; }`,
  });
  expect(packagesOf(target)).toEqual(['opam: utop 2.15.0', 'opam: ocamlformat ?', 'opam: other ?']);
});

it('opam-nix: a scope has what it is asked for, and what its packages are built with opam reads', () => {
  const target = readInMemory({
    inputs: { opam: 'tweag/opam-nix' },
    files: { 'thing.opam': 'opam-version: "2.0"' },
    outputs: `{ self, nixpkgs, opam }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      on = opam.lib.x86_64-linux;
      local = builtins.mapAttrs (_: pkgs.lib.last) (on.listRepo (on.makeOpamRepo ./.));
      tools = { utop = "*"; ocamlformat = "0.26.2"; };
      scope = (on.buildOpamProject' { } ./. (tools // { ocaml-base-compiler = "5.2.0"; })).overrideScope (
        final: prev: { thing = prev.thing.overrideAttrs (_: { doCheck = false; }); });
      devShells.x86_64-linux.default = pkgs.mkShell {
        inputsFrom = map (name: scope.${'$'}{name}) (builtins.attrNames local);
        packages = builtins.attrValues (pkgs.lib.getAttrs (builtins.attrNames tools) scope) ++ [ pkgs.jq ];
      };
    in { inherit devShells; }`,
  });
  expect(packagesOf(target)).toEqual(['opam: ocamlformat 0.26.2', 'opam: utop ?', 'jq']);
  expect(target.shells['default']?.unresolved.map(({ reason }) => reason)).toEqual([
    'Opam-nix reads what thing is built with from its opam file.',
  ]);
});

describe('a shell that a function of a flake which is not known makes', () => {
  const read = (shell: string) => {
    const target = readInMemory({
      inputs: { thing: 'somebody/thing' },
      outputs: `{ self, nixpkgs, thing, ... }: let
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
      in { devShells.x86_64-linux.default = ${shell}; devShells.x86_64-linux.other = pkgs.mkShell { }; }`,
    });
    const { problem, unresolved } = target.shells['default']!;
    return [packagesOf(target), unresolved.map(({ reason }) => reason), problem?.code];
  };
  const unknown = 'what the flake "thing" (github:somebody/thing) holds is not known here.';

  it('has what it is given', () => {
    expect(
      read(
        'thing.lib.x86_64-linux.mkDevShell { name = "it"; packages = [ pkgs.jq thing.pkgs.own ]; buildInputs = [ pkgs.git ]; }',
      ),
    ).toEqual([
      ['jq', 'thing: own ?', 'git'],
      [`What the function mkDevShell adds to the shell cannot be known: ${unknown}`],
      undefined,
    ]);
    expect(read('thing.pkgs.mkShell.override { } { nativeBuildInputs = [ pkgs.jq ]; }')[0]).toEqual(['jq']);
    expect(read('(thing.lib.mkShells "x86_64-linux") { packages = [ pkgs.jq ]; }')[0]).toEqual(['jq']);
  });

  it.each([
    'thing.lib.make { packages = [ pkgs.jq ]; }',
    'thing.lib.mkShell { shellPackages = [ pkgs.jq ]; }',
    'thing.lib.mkShell { packages = p: [ p.jq ]; }',
    'thing.lib.mkShell [ pkgs.jq ]',
    '(thing.lib.mkShell { packages = [ pkgs.jq ]; }).overrideAttrs (old: { })',
    'thing.devShells.x86_64-linux.default',
  ])('cannot be known otherwise: %s', (shell) => {
    expect(read(shell)).toEqual([[], [`This shell cannot be known: ${unknown}`], 'shell-unknown']);
  });
});

it('flake-utils: keeps packages of flakes that are not known, and of unknown platforms', () => {
  const target = readInMemory({
    inputs: { 'flake-utils': 'numtide/flake-utils', thing: 'somebody/thing' },
    outputs: `{ self, nixpkgs, flake-utils, thing, ... }: flake-utils.lib.eachDefaultSystem (system: let
      pkgs = nixpkgs.legacyPackages.\${system};
    in {
      packages = flake-utils.lib.flattenTree { thing = thing.defaultPackage.\${system}; inherit (pkgs) jq; none = { }; };
      devShells.default = pkgs.mkShell { packages = builtins.attrValues self.packages.\${system}; };
      devShells.filtered = pkgs.mkShell { packages = builtins.attrValues (flake-utils.lib.filterPackages system { inherit (pkgs) tk jq; }); };
    })`,
  });
  expect(packagesOf(target)).toEqual(['jq', 'thing: default ?']);
  expect(packagesOf(target, 'filtered')).toEqual(['jq', 'tk']);
  expect(Object.values(target.shells).flatMap(({ unresolved }) => unresolved)).toEqual([]);
});

it.each([
  ['no Cabal file', {}, '', []],
  ['a Cabal file', { 'thing.cabal': 'name: thing' }, '', ['packages that main needs']],
  ['packages', {}, 'packages.thing.source = "0.1";', ['packages that main needs']],
  ['packages that are switched off', { 'thing.cabal': 'name: thing' }, 'defaults.packages = { };', []],
])('haskell-flake: what the packages of a project with %s need is in their Cabal files', (_, files, options, whats) => {
  const target = readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts', 'haskell-flake': 'srid/haskell-flake' },
    files,
    outputs: `inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.haskell-flake.flakeModule ];
      perSystem = { ... }: { haskellProjects.main = { ${options} }; };
    }`,
  });
  expect(packagesOf(target, 'main')).toContain('ghc');
  expect(target.shells['main']?.unresolved.map(({ what }) => what)).toEqual(whats);
});

it('nix-overlays: nixpkgs, with other versions of what is written in OCaml', () => {
  const target = readInMemory({
    inputs: { overlays: 'nix-ocaml/nix-overlays' },
    outputs: `{ nixpkgs, overlays, ... }: let
      newer = name: final: prev: { ocamlPackages = prev.ocaml-ng.\${name}.overrideScope (self: super: { stdune = super.stdune.overrideAttrs (old: { patches = [ ]; }); }); };
      pkgs = (import overlays { system = "x86_64-linux"; }).appendOverlays [ (newer "ocamlPackages_5_2") ];
      tool = pkgs.ocamlPackages.buildDunePackage { pname = "tool"; version = "1"; src = ./.; buildInputs = [ pkgs.ocamlPackages.stdune ]; };
    in {
      devShells.x86_64-linux.default = pkgs.mkShell { inputsFrom = [ tool ]; packages = [ pkgs.jq pkgs.ocamlPackages.utop ]; };
      devShells.x86_64-linux.plain = overlays.legacyPackages.x86_64-linux.mkShell { packages = [ overlays.legacyPackages.x86_64-linux.ocaml (overlays.legacyPackages.x86_64-linux.callPackage ({ openssl-oc }: openssl-oc.dev) { }) ]; };
      devShells.x86_64-linux.laid = (nixpkgs.legacyPackages.x86_64-linux.extend overlays.overlays.default).mkShell.override { } { packages = [ ]; };
    }`,
  });
  expect([...packagesOf(target)].sort()).toEqual([
    'jq',
    ...['dune_3', 'findlib', 'ocaml', 'stdune', 'utop'].map((name) => `overlays: ocaml-ng.ocamlPackages_5_2.${name} ?`),
  ]);
  expect(packagesOf(target, 'plain')).toEqual(['overlays: ocaml ?', 'overlays: openssl-oc ?']);
  expect(Object.values(target.shells).flatMap(({ unresolved }) => unresolved)).toEqual([]);
});

it('haskell.nix: compiler and tools of a project, and that Cabal plans the rest', () => {
  const flake = (lockedAt: number) =>
    readInMemory({
      inputs: { haskellNix: 'input-output-hk/haskell.nix' },
      lockedAt,
      outputs: `{ nixpkgs, haskellNix, ... }: let
        pkgs = import nixpkgs { system = "x86_64-linux"; inherit (haskellNix) config; overlays = [ haskellNix.overlay (final: prev: {
          own = final.haskell-nix.cabalProject' {
            src = ./.;
            compiler-nix-name = "ghc8107";
            shell = { tools = { cabal = "3.8.1.0"; hlint = { }; }; buildInputs = [ final.just ]; withHoogle = false; };
          };
        }) ]; };
      in {
        devShell.x86_64-linux = pkgs.own.shellFor { tools.ghcid = "latest"; withHoogle = true; };
        devShells.x86_64-linux = { plain = pkgs.own.shell; } // builtins.mapAttrs (_: shell: shell) ((pkgs.own.flake { }).devShells or { });
      }`,
    });
  const target = flake(1_711_022_400);
  const own = ['haskellNix: ghc 8.10.7', 'haskellNix: cabal-install 3.8.1.0', 'haskellNix: hlint ?', 'just'];
  expect(packagesOf(target, 'plain')).toEqual(own);
  expect(packagesOf(target)).toEqual(own);
  expect(target.shells['plain']?.unresolved).toHaveLength(1);
  expect(packagesOf(flake(1_640_000_000))).toEqual([
    'haskellNix: ghc 8.10.7',
    'haskellNix: ghcid ?',
    'haskellNix: hoogle ?',
  ]);
});

it('git-hooks.nix: its tools as packages, under the names of nixpkgs', () => {
  const target = readInMemory({
    inputs: { hooks: 'cachix/pre-commit-hooks.nix' },
    outputs: `{ nixpkgs, hooks, ... }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell {
      packages = (with hooks.packages.x86_64-linux; [ hlint ormolu ]) ++ [ hooks.packages.x86_64-linux.default ];
    }; }`,
  });
  expect(packagesOf(target)).toEqual(['hlint', 'ormolu', 'pre-commit']);
});

it('what a model does not tell of its flake is unknown, not missing', () => {
  const target = readInMemory({
    inputs: { crane: 'ipetkov/crane' },
    outputs: `{ nixpkgs, crane, ... }: { devShells.x86_64-linux.default = nixpkgs.legacyPackages.x86_64-linux.mkShell {
      packages = [ nixpkgs.legacyPackages.x86_64-linux.jq crane.packages.x86_64-linux.tool (crane.helpers.make { }) ];
    }; }`,
  });
  expect(packagesOf(target)).toEqual(['jq', 'crane: tool ?']);
  expect(target.shells['default']?.unresolved[0]?.reason).toContain('and what it holds is not known here');
});

it('files of an input that is no flake give packages of it', () => {
  const target = readInMemory({
    inputs: { easy: 'someone/easy-tools' },
    outputs: `{ nixpkgs, easy, ... }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      tools = import easy { inherit pkgs; };
      more = pkgs.callPackage (easy + "/nix/more.nix") { };
      own = import nixpkgs { system = "x86_64-linux"; overlays = [ (import (easy + "/overlay.nix")) ]; };
    in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = [ tools.purs tools.spago.override more.cli own.jq ]; };
    }`,
    isFlake: { easy: false },
  });
  expect(packagesOf(target)).toEqual(['easy: purs ?', 'easy: spago ?', 'easy: cli ?', 'jq']);
});

it('snowfall-lib: shells and packages at any depth, with the channels, and those of the outputs builder', () => {
  const target = readInMemory({
    inputs: { snowfall: 'snowfallorg/lib', unstable: 'NixOS/nixpkgs/nixos-unstable' },
    files: {
      'shells/main/default.nix':
        '{ mkShell, jq, channels, ... }: mkShell { packages = [ jq channels.unstable.ripgrep ]; }',
      'shells/group/deep/default.nix': '{ pkgs, ... }: pkgs.mkShell { packages = [ pkgs.bat pkgs.internal.mine ]; }',
      'packages/group/mine/default.nix': '{ writeShellScriptBin, ... }: writeShellScriptBin "mine" ""',
    },
    outputs: `inputs: inputs.snowfall.mkFlake {
      inherit inputs;
      src = ./.;
      shells.more = inputs.nixpkgs.legacyPackages.x86_64-linux.mkShell { packages = [ inputs.nixpkgs.legacyPackages.x86_64-linux.fd ]; };
      outputs-builder = channels: { devShells.extra = channels.nixpkgs.mkShell { packages = [ channels.unstable.fd ]; }; };
    }`,
  });
  expect(packagesOf(target, 'main')).toEqual(['jq', expect.stringMatching(/^unstable: ripgrep /)]);
  expect(packagesOf(target, 'deep')).toEqual(['bat', expect.stringContaining('mine')]);
  expect(packagesOf(target, 'extra')).toEqual([expect.stringMatching(/^unstable: fd /)]);
  expect(packagesOf(target, 'more')).toEqual(['fd']);
});

it('blueprint: says which input a TOML shell needs', () => {
  const target = readInMemory({
    inputs: { blueprint: 'numtide/blueprint' },
    files: { 'devshell.toml': '', 'devshells/b.nix': '{ pkgs }: pkgs.mkShell { packages = [ pkgs.jq ]; }' },
    outputs: 'inputs: inputs.blueprint { inherit inputs; systems = [ "x86_64-linux" ]; }',
  });
  expect(packagesOf(target, 'b')).toEqual(['jq']);
  expect(target.shells['default']?.problem?.message).toContain('`inputs.devshell.url = "github:numtide/devshell";`');
});
