import { expect, it } from 'vitest';
import { packagesOf, readInMemory } from './read-in-memory';

function read(project: string, more = '', files: Readonly<Record<string, string>> = {}) {
  return readInMemory({
    inputs: { 'flake-parts': 'hercules-ci/flake-parts', 'haskell-flake': 'srid/haskell-flake' },
    files,
    outputs: `inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.haskell-flake.flakeModule ];
      perSystem = { self', pkgs, config, ... }: { haskellProjects.default = { defaults.devShell.tools = _: { }; ${project} }; ${more} };
    }`,
  });
}

it.each([
  ['', ['ghc', 'haskellPackages.hoogle']],
  ['devShell.hoogle = false;', ['ghc']],
  [
    'devShell = { hoogle = false; extraLibraries = hp: { inherit (hp) lens; }; mkShellArgs.extraDependencies = hp: { libraryHaskellDepends = [ hp.aeson ]; }; };',
    ['ghc', 'haskellPackages.aeson', 'haskellPackages.lens'],
  ],
])('brings the search of documentation, and libraries that are asked for: %s', (options, packages) => {
  const target = read(options);
  expect([...packagesOf(target)].sort()).toEqual(packages);
  expect(target.shells['default']?.unresolved).toEqual([]);
});

it.each([
  ['a Cabal file', { 'it.cabal': '' }, 'it'],
  ['package.yaml', { 'package.yaml': 'version: 1\nname: "it"\n' }, 'it'],
  ['cabal.project', { 'cabal.project': 'packages:\n  ./one\n  two/it.cabal\ntests: True\n', 'one/a.cabal': '' }, 'a'],
  ['cabal.project, a file', { 'cabal.project': 'packages: two/it.cabal ../x', 'two/it.cabal': '' }, 'it'],
])("has the project's packages among its outputs: %s", (_, files, name) => {
  const shell = `devShells.x = pkgs.mkShell { packages = [ self'.packages.${name} config.haskellProjects.default.outputs.packages.${name}.package ]; };`;
  const target = read('', shell, files);
  expect(packagesOf(target, 'x')).toEqual([`self: ${name} ?`]);
  expect(target.shells['x']?.unresolved).toEqual([]);
});

it('has no package of the project that its files do not tell', () => {
  const target = read('', "devShells.x = pkgs.mkShell { packages = [ self'.packages.other ]; };", { 'it.cabal': '' });
  expect(target.shells['x']?.unresolved).toMatchObject([{ reason: expect.stringContaining("'other' missing") }]);
});
