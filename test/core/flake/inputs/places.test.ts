import { describe, expect, it } from 'vitest';
import type { Target } from '../../../../src/core/model/target';
import { readInMemory } from './read-in-memory';

/** What stands on the line of `flake.nix` that each package is asked for at, from its column on. */
function textAtPlaces(outputs: string, target: Target, shell = 'default'): Record<string, string | undefined> {
  const lines = `\n${outputs}`.split('\n');
  const first = lines.findIndex((line) => line.includes('<1>'));
  const packages = target.shells[shell]?.packages ?? [];
  const anchor = packages.find(({ attribute }) => attribute === 'hello')?.position?.line ?? 0;
  return Object.fromEntries(
    packages.map(({ attribute, position }) => [
      attribute,
      position && lines[position.line - anchor + first]?.slice(position.column - 1).split(/[\s;]/)[0],
    ]),
  );
}

describe('packages that an option brings stand where the option is set', () => {
  it('of devenv: languages, services, scripts, hooks; what it always brings, at the shell', () => {
    const outputs = `{ self, nixpkgs, devenv, ... }@inputs: {
      devShells.x86_64-linux.default = devenv.lib.mkShell {
        inherit inputs;
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        modules = [
          ({ pkgs, ... }: {
            packages = [
pkgs.hello # <1>
            ];
            languages.deno.enable = true;
            languages.lua = {
              enable = true;
            };
            services.redis.enable = true;
            scripts.greet.exec = "hello";
            git-hooks.hooks.shellcheck.enable = true;
          })
        ];
      };
    }`;
    const target = readInMemory({ inputs: { devenv: 'cachix/devenv' }, outputs });
    const at = textAtPlaces(outputs, target);
    expect(at).toMatchObject({
      hello: 'pkgs.hello',
      deno: 'languages.deno.enable',
      lua: 'enable',
      redis: 'services.redis.enable',
      greet: 'scripts.greet.exec',
      shellcheck: 'git-hooks.hooks.shellcheck.enable',
      'pkg-config': 'devShells.x86_64-linux.default',
    });
    expect(Object.values(at)).not.toContain(undefined);
  });

  it('of devshell: commands, by the package or the script that they name', () => {
    const outputs = `{ self, nixpkgs, devshell, ... }: let
      pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ devshell.overlays.default ]; };
    in {
      devShells.x86_64-linux.default = pkgs.devshell.mkShell {
        devshell.packages = [
pkgs.hello # <1>
        ];
        commands = [
          { package = pkgs.just; }
          { name = "check"; command = "just check"; }
        ];
        serviceGroups = {
          web.services.server.command = "serve";
          db = { name = "data"; services.postgres.command = "postgres"; };
        };
      };
    }`;
    const at = textAtPlaces(outputs, readInMemory({ inputs: { devshell: 'numtide/devshell' }, outputs }));
    expect(at).toEqual({
      hello: 'pkgs.hello',
      just: 'package',
      check: 'command',
      'data:start': 'db',
      'data:stop': 'db',
      'web:start': 'web.services.server.command',
      'web:stop': 'web.services.server.command',
    });
  });
});

describe('packages that come with a shell stand where the shell does', () => {
  it('a compiler of Haskell, below the helper of flake-utils', () => {
    const outputs = `{ self, nixpkgs, flake-utils }: flake-utils.lib.eachDefaultSystem (system: let
      pkgs = nixpkgs.legacyPackages.\${system};
    in rec {
      devShell = pkgs.haskellPackages.shellFor { packages = p: [ ]; buildInputs = [
pkgs.hello # <1>
      ]; };
    })`;
    const at = textAtPlaces(outputs, readInMemory({ inputs: { 'flake-utils': 'numtide/flake-utils' }, outputs }));
    expect(at).toMatchObject({ hello: 'pkgs.hello' });
    expect(Object.values(at)).not.toContain(undefined);
  });

  it('a toolchain of crane, in systems that a function makes', () => {
    const outputs = `{ self, nixpkgs, crane }: {
      devShell = nixpkgs.lib.genAttrs [ "x86_64-linux" ] (system: let
        pkgs = nixpkgs.legacyPackages.\${system};
      in (crane.mkLib pkgs).devShell { packages = [
pkgs.hello # <1>
      ]; });
    }`;
    const at = textAtPlaces(outputs, readInMemory({ inputs: { crane: 'ipetkov/crane' }, outputs }));
    expect(at).toMatchObject({ hello: 'pkgs.hello', cargo: 'devShell', rustc: 'devShell' });
  });

  it('and so does what is said of a shell that cannot be read', () => {
    const target = readInMemory({
      inputs: { mystery: 'someone/mystery' },
      outputs: `{ nixpkgs, mystery, ... }: { devShells.x86_64-linux = {
        default = nixpkgs.legacyPackages.x86_64-linux.mkShell { };
        other = mystery.lib.makeShell { };
        text = "none";
      }; }`,
    });
    expect(target.shells['other']?.unresolved).toMatchObject([{ position: { line: 3, column: 9 } }]);
    expect(target.shells['other']?.problem?.position).toMatchObject({ line: 3 });
  });
});

it('what a builder adds stands where its package is listed for inputsFrom', () => {
  const outputs = `{ self, nixpkgs }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      packages.x86_64-linux.default = pkgs.buildGoModule {
        pname = "x";
        version = "1";
        buildInputs = [ pkgs.zlib ];
      };
      devShells.x86_64-linux.default = pkgs.mkShell {
        packages = [
pkgs.hello # <1>
        ];
        inputsFrom = [
          self.packages.x86_64-linux.default
        ];
      };
    }`;
  const target = readInMemory({ inputs: {}, outputs });
  expect(textAtPlaces(outputs, target)).toEqual({
    hello: 'pkgs.hello',
    go: 'self.packages.x86_64-linux.default',
    zlib: 'pkgs.zlib',
  });
});

it('packages of a list in which some elements are none stand where they are listed', () => {
  const outputs = `{ self, nixpkgs, ... }: let
      inherit (nixpkgs) lib;
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      inherit ((lib.evalModules { modules = [
        { options.tools = lib.mkOption { type = with lib.types; listOf (nullOr package); default = [ ]; }; }
        { tools = [
pkgs.hello # <1>
            null
            pkgs.jq
          ]; }
      ]; }).config) tools;
    in {
      devShells.x86_64-linux.default = pkgs.mkShell { packages = lib.filter (tool: tool != null) tools; };
    }`;
  expect(textAtPlaces(outputs, readInMemory({ inputs: {}, outputs }))).toEqual({
    hello: 'pkgs.hello',
    jq: 'pkgs.jq',
  });
});
