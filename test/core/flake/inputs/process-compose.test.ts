/** process-compose-flake, and services-flake for it: with flake-parts and without. */
import { expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

it('services-flake: the packages of enabled services', () => {
  const target = readInMemory({
    inputs: {
      parts: 'hercules-ci/flake-parts',
      pc: 'Platonic-Systems/process-compose-flake',
      services: 'juspay/services-flake',
    },
    outputs: `inputs: inputs.parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.pc.flakeModule ];
      perSystem = { config, pkgs, ... }: {
        process-compose.dev = {
          imports = [ inputs.services.processComposeModules.default ];
          services.postgres.db = { enable = true; package = pkgs.postgresql_15; };
          services.mysql.m = { enable = true; };
          services.redis.cache.enable = true;
          services.redis.off = { };
          services.keycloak.login.enable = true;
          services.authentik.a.enable = true;
          services.mongodb.m.enable = true;
          services.pgadmin.p.enable = true;
        };
        devShells.default = pkgs.mkShell { inputsFrom = [ config.process-compose.dev.services.outputs.devShell ]; };
      };
    }`,
  });
  expect(packagesOf(target)).toEqual(['redis', 'postgresql_15', 'pgadmin4', 'mariadb', 'mongodb-ce', 'keycloak']);
  expect(target.shells['default']?.unresolved.map(({ what }) => what)).toEqual(['service authentik']);
});

it('services-flake: packages with what their options add, and what is known of options that are not set', () => {
  const target = readInMemory({
    inputs: {
      parts: 'hercules-ci/flake-parts',
      pc: 'Platonic-Systems/process-compose-flake',
      services: 'juspay/services-flake',
    },
    files: {
      'greet.nix': `{ config, lib, name, pkgs, ... }: {
        options.package = lib.mkPackageOption pkgs "cowsay" { };
        config.settings.processes.${'$'}{name}.command = lib.getExe config.package;
      }`,
    },
    outputs: `inputs: inputs.parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.pc.flakeModule ];
      perSystem = { config, pkgs, ... }: let dev = config.process-compose.dev.services; in {
        process-compose.dev = { pkgs, name, ... }: {
          imports = [ inputs.services.processComposeModules.default (inputs.services.lib.multiService ./greet.nix) ];
          services.postgres.db = { enable = true; package = pkgs.postgresql_16; extensions = all: [ all.postgis ]; };
          services.chromadb.c.enable = true;
          services.pubsub-emulator.p.enable = true;
          services.greet.g.enable = true;
        };
        devShells.default = pkgs.mkShell {
          inputsFrom = [ dev.outputs.devShell ];
          DATA = dev.postgres.db.dataDir;
          SPACE = dev.greet.g.namespace;
          PGPORT = dev.postgres.db.port;
        };
      };
    }`,
  });
  expect(packagesOf(target)).toEqual([
    'google-cloud-sdk',
    'google-cloud-sdk.components.pubsub-emulator',
    'postgresql_16',
    'postgresql16Packages.postgis',
    'cowsay',
    'python3Packages.chromadb',
  ]);
  const shell = target.shells['default'];
  expect(shell?.variables).toMatchObject([
    { name: 'DATA', value: './data/db' },
    { name: 'SPACE', value: 'greet.g' },
  ]);
  expect(shell?.unresolved.map(({ what }) => what)).toEqual(['$PGPORT']);
});

it('process-compose-flake without flake-parts: the library that its file gives', () => {
  const target = readInMemory({
    inputs: { pc: 'Platonic-Systems/process-compose-flake', services: 'juspay/services-flake' },
    outputs: `{ nixpkgs, pc, services, ... }: let
      pkgs = nixpkgs.legacyPackages.x86_64-linux;
      pcLib = import pc.lib { inherit pkgs; };
      made = pcLib.evalModules { modules = [ services.processComposeModules.default { services.redis.r.enable = true; } ]; };
      up = pcLib.makeProcessCompose { name = "up"; modules = [ { settings.processes.a.command = "true"; } ]; };
    in {
      devShells.x86_64-linux.default = pkgs.mkShell {
        packages = [ up made.config.outputs.package ];
        inputsFrom = [ made.config.services.outputs.devShell ];
      };
    }`,
  });
  expect(packagesOf(target)).toEqual(['self: up ?', 'self: process-compose ?', 'redis']);
  expect(target.shells['default']?.unresolved).toEqual([]);
});
