import { describe, expect, test } from 'vitest';
import { packageLines, readShellSource } from '../memory-flake';

/** Functions over lists and sets of which some items are unknown: `?` stands for what is told to be unknown. */
const UNKNOWN: readonly (readonly [packages: string, known: readonly string[], unresolved: readonly string[]])[] = [
  ['lib.unique [ pkgs.jq strange.default pkgs.git pkgs.jq ]', ['jq 1.7.1', 'default ?', 'git 2.49.0'], []],
  [
    'lib.attrValues (lib.filterAttrs (_: lib.isDerivation) { a = pkgs.jq; b = strange.tool; c = "no"; })',
    ['jq 1.7.1'],
    ['Whether it is there'],
  ],
  ['lib.collect lib.isDerivation { a.b = pkgs.jq; c = strange.tool; }', ['jq 1.7.1'], ['Whether it is there']],
  ['lib.flatten [ pkgs.jq [ strange.tool ] [ [ pkgs.git ] ] ]', ['jq 1.7.1', 'tool ?', 'git 2.49.0'], []],
  ['lib.concatMap lib.toList [ pkgs.jq strange.tool ]', ['jq 1.7.1', 'tool ?'], []],
  ['[ (lib.hiPrio strange.tool) (lib.getBin strange.other) pkgs.jq ]', ['tool ?', 'other ?', 'jq 1.7.1'], []],
  // Sets that have more than they list.
  ['lib.attrValues (lib.recursiveUpdate strangeSet { a = pkgs.jq; })', ['jq 1.7.1'], ['What else is in the set']],
  ['lib.attrValues (lib.recursiveUpdate { a = pkgs.jq; } strangeSet)', ['jq 1.7.1'], ['What else is in the set']],
  ['lib.mapAttrsToList (_: p: p) (strangeSet // { a = pkgs.jq; })', ['jq 1.7.1'], ['What else is in the set']],
  ['map (name: pkgs.${name}) (lib.attrNames ({ jq = 1; } // strangeSet))', ['jq 1.7.1'], ['What else is in the set']],
  [
    'lib.attrValues (removeAttrs (lib.mapAttrs (_: p: p) ({ a = pkgs.jq; b = pkgs.git; } // strangeSet)) [ "b" ])',
    ['jq 1.7.1'],
    ['What else is in the set'],
  ],
  ['lib.attrValues { a = pkgs.jq; ${inputs.strange.lib.name} = pkgs.git; }', ['jq 1.7.1'], ['What else is in the set']],
  [
    'lib.attrValues (lib.genAttrs [ "jq" inputs.strange.lib.name "git" ] (name: pkgs.${name}))',
    ['git 2.49.0', 'jq 1.7.1'],
    ['What else is in the set'],
  ],
  [
    'lib.attrValues (lib.listToAttrs (map (p: { name = p.pname; value = p; }) items))',
    ['hello 2.12.1', 'jq 1.7.1'],
    ['What else is in the set'],
  ],
  ['(lib.zipAttrs [ { a = pkgs.jq; } strangeSet { a = pkgs.git; } ]).a', ['jq 1.7.1', 'git 2.49.0'], ['Whether it is']],
  [
    'lib.attrValues (lib.zipAttrsWith (_: lib.head) [ { a = pkgs.jq; } strangeSet { b = pkgs.git; } ])',
    ['jq 1.7.1'],
    ['Whether it is there', 'What else is in the set'],
  ],
  ['lib.catAttrs "a" [ { a = pkgs.jq; } strangeSet { a = pkgs.git; } ]', ['jq 1.7.1', 'git 2.49.0'], ['Whether it is']],
  // Tests that hang on what is unknown.
  ['lib.filter isJq items', ['jq 1.7.1'], ['Whether it is there']],
  ['(lib.partition isJq items).right', ['jq 1.7.1'], ['Whether it is there']],
  ['(lib.partition isJq items).wrong', ['hello 2.12.1'], ['Whether it is there']],
  [
    'lib.concatLists (lib.attrValues (lib.groupBy (p: p.pname) items))',
    ['hello 2.12.1', 'jq 1.7.1'],
    ['Whether it is there', 'What else is in the set'],
  ],
  [
    'lib.concatMap (p: if isJq p then [ p ] else [ pkgs.git ]) items',
    ['git 2.49.0', 'jq 1.7.1'],
    ['Whether it is there', 'Whether it is there'],
  ],
  ['lib.unique (lib.filter isJq items)', ['jq 1.7.1'], ['Whether it is there']],
  ['[ (lib.findFirst isJq null items) pkgs.git ]', ['git 2.49.0'], ['What the flake']],
  ['[ (lib.findFirst isJq null [ pkgs.jq strange.tool ]) ]', ['jq 1.7.1'], []],
  ['lib.optional (lib.any isJq items) pkgs.git ++ [ pkgs.jq ]', ['git 2.49.0', 'jq 1.7.1'], []],
  ['lib.optional (lib.all isJq items) pkgs.git ++ [ pkgs.jq ]', ['jq 1.7.1'], []],
  ['lib.optional (lib.all isJq [ strange.tool pkgs.jq ]) pkgs.git ++ [ pkgs.jq ]', ['jq 1.7.1'], ['Whether it is']],
  ['lib.optional (lib.elem pkgs.jq items) pkgs.git ++ [ pkgs.jq ]', ['git 2.49.0', 'jq 1.7.1'], []],
  ['lib.optional (lib.elem pkgs.git items) pkgs.git ++ [ pkgs.jq ]', ['jq 1.7.1'], ['Whether it is there']],
  ["lib.foldl' (all: p: if isJq p then all ++ [ p ] else all) [ ] items", ['jq 1.7.1'], ['Whether it is there']],
  // Both branches are looked at, and what they have in common is sure.
  ['if isJq strange.tool then [ pkgs.jq pkgs.git ] else [ ]', [], ['Whether it is there', 'Whether it is there']],
  [
    'let base = [ pkgs.jq ]; in (if isJq strange.tool then base ++ [ pkgs.git ] else base) ++ [ pkgs.fd ]',
    ['jq 1.7.1', 'fd 10.2.0'],
    ['Whether it is there'],
  ],
  [
    'lib.attrValues ({ a = pkgs.jq; } // lib.optionalAttrs (isJq strange.tool) { b = pkgs.git; })',
    ['jq 1.7.1'],
    ['Whether it is there'],
  ],
  ['[ (if isJq strange.tool then pkgs.jq else pkgs.git) pkgs.fd ]', ['fd 10.2.0'], ['What the flake']],
  ['if isJq strange.tool then [ pkgs.jq ] else throw "no"', [], ['What the flake']],
  ['let f = n: if isJq strange.tool then [ ] else [ pkgs.jq ] ++ f (n + 1); in f 0', [], ['Whether', 'Whether']],
  ['if isJq strange.tool then throw "a" else if isJq strange.tool then [ ] else [ pkgs.jq ]', [], ['What the flake']],
  // An assertion, a warning: what they say of holds, or there is no shell.
  ['assert strange.version == "2"; [ pkgs.jq ]', ['jq 1.7.1'], []],
  ['assert lib.assertMsg (lib.hasPrefix "2" strange.version) "old"; [ pkgs.jq ]', ['jq 1.7.1'], []],
  ['lib.throwIf (strange.version == "2") "new" [ pkgs.jq ]', ['jq 1.7.1'], []],
  ['lib.warnIfNot (strange.version == "2") "old" [ pkgs.jq ]', ['jq 1.7.1'], []],
  // What is sorted by something unknown is all there, in no known order.
  ['lib.sort (a: b: a.name < b.name) items', ['hello 2.12.1', 'tool ?', 'jq 1.7.1'], []],
  ['lib.sortOn (p: p.name) items', ['hello 2.12.1', 'tool ?', 'jq 1.7.1'], []],
  ['lib.filter (p: p != pkgs.hello) (lib.sortOn (p: p.name) [ pkgs.hello strange.tool ])', [], ['Whether it is there']],
  ['[ (lib.head (lib.sortOn (p: p.name) items)) ]', [], ['The order of the list is not known']],
  ['[ (lib.elemAt (map (p: p) (lib.sortOn (p: p.name) items ++ [ pkgs.git ])) 1) ]', [], ['The order of the list']],
  [
    'lib.optional (lib.sortOn (p: p.name) items == items) pkgs.git ++ [ pkgs.jq ]',
    ['jq 1.7.1'],
    ['he order of the list is not known'],
  ],
];

test('a text of what is in no known order is not known', () => {
  const shell = readShellSource(
    `let strange = inputs.strange.packages.\${system}; in pkgs.mkShell {
      packages = [ pkgs.jq ];
      NAMES = lib.concatMapStringsSep ":" (p: "x") (lib.sortOn (p: p.name) [ pkgs.hello strange.tool ]);
    }`,
    { inputs: { strange: 'someone/strange' } },
  );
  expect(shell.unresolved).toEqual([
    expect.objectContaining({ what: '$NAMES', reason: expect.stringContaining('rder of the list is not known') }),
  ]);
});

describe('what is unknown hides nothing that is known, and nothing is made up for it', () => {
  test.each(UNKNOWN)('%s', (packages, known, unresolved) => {
    const read = readShellSource(
      `let
        strange = inputs.strange.packages.\${system};
        strangeSet = inputs.strange.lib.set;
        isJq = p: p.pname == "jq";
        items = [ pkgs.hello strange.tool pkgs.jq ];
      in pkgs.mkShell { packages = ${packages}; }`,
      { inputs: { strange: 'someone/strange' } },
    );
    expect(packageLines(read)).toEqual(known);
    expect(read.unresolved.map(({ reason }) => reason)).toEqual(
      unresolved.map((reason) => expect.stringContaining(reason)),
    );
  });
});
