import { expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

const reasons = (target: ReturnType<typeof readInMemory>, shell = 'default') =>
  target.shells[shell]?.unresolved.map(({ what, reason }) => `${what}: ${reason}`);

const NPM = {
  'package.json': '{ "name": "@own/site", "version": "1.2.0" }',
  'package-lock.json': JSON.stringify({
    name: 'site',
    lockfileVersion: 2,
    packages: { '': { name: 'site' }, 'node_modules/chalk': { version: '5.3.0' } },
  }),
};

it.each([
  ['pkgs.callPackage npmlock2nix { }', 'v2.'],
  ['import npmlock2nix { inherit pkgs; }', 'v1.'],
  ['import npmlock2nix { inherit pkgs; }', ''],
])('npmlock2nix: %s has shells with Node.js, and what the lock lists (%s)', (made, version) => {
  const target = readInMemory({
    inputs: { npmlock2nix: 'nix-community/npmlock2nix' },
    isFlake: { npmlock2nix: false },
    files: NPM,
    outputs: `{ nixpkgs, npmlock2nix, ... }: let pkgs = nixpkgs.legacyPackages.x86_64-linux; in {
      devShells.x86_64-linux.default = (${made}).${version}shell {
        src = ./.; nodejs = pkgs.nodejs_20; buildInputs = [ pkgs.chromium ];
        node_modules_mode = "copy"; node_modules_attrs.buildInputs = [ pkgs.vips ];
      }; }`,
  });
  expect(packagesOf(target)).toEqual(['chromium', 'nodejs_20']);
  expect(reasons(target)).toEqual([
    'node_modules: They are what npmlock2nix installs from package-lock.json, which lists 1 package: chalk 5.3.0.',
  ]);
});

it('napalm: packages by package.json, and what they are built with', () => {
  const target = readInMemory({
    inputs: { napalm: 'nix-community/napalm' },
    files: NPM,
    outputs: `{ nixpkgs, napalm, ... }: let
        pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ napalm.overlays.default ]; };
        site = napalm.legacyPackages.x86_64-linux.buildPackage ./. { nodejs = pkgs.nodejs_20; };
        own = pkgs.napalm.buildPackage ./. { pname = "own"; };
      in { devShells.x86_64-linux.default = pkgs.mkShell { packages = [ own site ]; inputsFrom = [ site ]; }; }`,
  });
  const found = target.shells['default']?.packages.map(({ attribute, version }) => `${attribute} ${version ?? ''}`);
  expect(found?.slice(0, 3)).toEqual(['own 1.2.0', 'own-site 1.2.0', 'napalm-registry ']);
  expect(packagesOf(target)).toEqual(expect.arrayContaining(['fswatch', 'jq', 'netcat-gnu', 'nodejs_20']));
  expect(reasons(target)).toEqual([]);
});

it('crate2nix: crates are named by the project, what they are built with is not known', () => {
  const target = readInMemory({
    inputs: { crate2nix: 'nix-community/crate2nix' },
    files: {
      'Cargo.toml': '[package]\nname = "main"\nversion = "0.4.2"\n',
      'Cargo.lock': `version = 3
[[package]]
name = "main"
version = "0.4.2"
[[package]]
name = "helper"
version = "0.1.1"
[[package]]
name = "serde"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
`,
    },
    outputs: `{ nixpkgs, crate2nix, ... }: let
        pkgs = nixpkgs.legacyPackages.x86_64-linux; tools = crate2nix.tools.x86_64-linux; args = { name = "main"; src = ./.; };
        applied = tools.appliedCargoNix args; called = pkgs.callPackage (tools.generatedCargoNix args) { };
      in { devShells.x86_64-linux = {
        default = pkgs.mkShell { packages = [ called.workspaceMembers.helper.build applied.rootCrate.build crate2nix.packages.x86_64-linux.default ]; };
        all = pkgs.mkShell { packages = [ applied.allWorkspaceMembers pkgs.jq ]; };
        from = pkgs.mkShell { inputsFrom = [ applied.rootCrate.build ]; };
      }; }`,
  });
  const lines = (shell: string) =>
    target.shells[shell]?.packages.map(({ attribute, version }) => `${attribute} ${version ?? ''}`.trim());
  expect(lines('default')).toEqual(['rust_helper 0.1.1', 'rust_main 0.4.2', 'crate2nix']);
  expect(lines('all')).toEqual(['rust_helper 0.1.1', 'rust_main 0.4.2', 'jq 1.7']);
  expect(reasons(target, 'from')).toEqual([
    'dependencies of the crate main: A build of crate2nix writes them down (import from derivation).',
  ]);
});
