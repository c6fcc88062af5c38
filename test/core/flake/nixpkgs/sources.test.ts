import { expect, test } from 'vitest';
import { readShellSource } from '../memory-flake';

test('files of the project are read from its copies in the store, and programs of it are imported', () => {
  const sources = [
    'lib.cleanSource ./.',
    'lib.fileset.toSource { root = ./.; fileset = ./VERSION; }',
    'builtins.path { name = "x"; path = ./.; }',
    'builtins.filterSource (_: _: true) ./.',
    '"${./.}"',
    'lib.cleanSourceWith { src = ./.; filter = _: _: true; }',
    'builtins.path { name = "x"; path = self; }',
  ];
  const shell = readShellSource(
    `pkgs.mkShell {
      ${sources.map((source, i) => `V${i} = lib.fileContents ((${source}) + "/VERSION");`).join('\n')}
      LIST = builtins.attrNames (builtins.readDir (lib.cleanSource ./sub));
      THERE = builtins.pathExists (lib.cleanSource ./. + "/nope");
      TEXT = builtins.readFile (builtins.toFile "t" "said");
      packages = import (lib.cleanSource ./. + "/packages.nix") pkgs;
    }`,
    { files: { VERSION: '1.2.3\n', 'sub/a': '', 'packages.nix': 'pkgs: [ pkgs.jq ]' } },
  );
  const values = Object.fromEntries(shell.variables.map(({ name, value }) => [name, value]));
  expect(values).toEqual({
    ...Object.fromEntries(sources.map((_, i) => [`V${i}`, '1.2.3'])),
    LIST: 'a',
    THERE: '',
    TEXT: 'said',
  });
  expect([shell.packages.map(({ attribute }) => attribute), shell.unresolved]).toEqual([['jq'], []]);
});

test('files of the store that came from elsewhere stay unknown', () => {
  const shell = readShellSource(
    'pkgs.mkShell { A = builtins.readFile (pkgs.jq + "/share/x"); packages = [ pkgs.git ]; }',
  );
  expect(shell.unresolved).toEqual([expect.objectContaining({ what: '$A', reason: expect.stringContaining('jq') })]);
});
