import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { loadLibrary, withLibrary } from '../../../../src/core/flake/lib-mount';
import { Attrs, attrsFrom, EMPTY_ATTRS, Evaluator, encodeUtf8 } from '../../../../src/core/nix';
import { diskIo, plain } from '../nix-files';

const folder = join(import.meta.dirname, 'cases');
const files = ['agreed.nix', 'attrsets.nix', 'lists.nix', 'modules.nix', 'others.nix', 'strings.nix', 'systems.nix'];

it('has a list of all files with cases', () => {
  const found = readdirSync(folder).filter((name) => name.endsWith('.nix') && name !== 'a-module.nix');
  expect(found.sort()).toEqual(files);
});

describe.each(files)('lib: %s', (file) => {
  const evaluator = new Evaluator({ io: withLibrary(diskIo) });
  const lib = loadLibrary(evaluator, EMPTY_ATTRS, () => undefined);
  const cases = evaluator.callFunction(evaluator.evalFile(encodeUtf8(join(folder, file))), [lib]);
  const names = cases instanceof Attrs ? cases.names() : [];

  it('has cases', () => {
    expect(names.length).toBeGreaterThan(10);
  });

  it.each(names)('%s', (name) => {
    const [actual, expected] = evaluator.select(cases, [name]) as [never, never];
    expect(plain(evaluator, actual)).toEqual(plain(evaluator, expected));
  });
});

describe('lib tells what is wrong', () => {
  const evaluator = new Evaluator({ io: withLibrary(diskIo) });
  const lib = loadLibrary(evaluator, EMPTY_ATTRS, () => undefined);
  const scope = attrsFrom([['lib', lib]]);
  const here = (text: string): string => text.replaceAll(folder, '<cases>');

  it.each([
    ['fileset.toList (fileset.union ./line.txt ./no)', 'fileset.union: Second argument (<cases>/no) is a path that'],
    [
      'fileset.toList (fileset.unions [ ./line.txt "x" ])',
      'fileset.unions: Element 1 ("x") is a string-like value, but',
    ],
    [
      'fileset.toList (fileset.difference ./. 1)',
      'fileset.difference: Second argument (negative set) is of type int, but',
    ],
    ['fileset.maybeMissing [ ]', 'fileset.maybeMissing: Argument is of type list, but it should be a path instead.'],
    [
      'fileset.fromSource "x"',
      'fileset.fromSource: The source origin of the argument is a string-like value ("x"), but',
    ],
    [
      'fileset.gitTracked ./line.txt',
      'fileset.gitTracked: Expected the argument (<cases>/line.txt) to be a directory, but',
    ],
    ['fileset.toList (fileset.unions ./line.txt)', 'fileset.unions: Argument is of type path, but it should be a list'],
    ['fileset.toList (fileset.fileFilter 1 ./.)', 'fileset.fileFilter: First argument is of type int, but'],
    [
      'fileset.toList (fileset.fileFilter (f: true) ./no)',
      'fileset.fileFilter: Second argument (<cases>/no) is a path',
    ],
    ['fileset.toSource { root = ./line.txt; fileset = ./line.txt; }', '`root` (<cases>/line.txt) is a file, but'],
    [
      'fileset.toSource { root = ./folder; fileset = ./line.txt; }',
      '`fileset` could contain files in <cases>, which is',
    ],
    [
      '(evalModules { class = "nixos"; modules = [ { _class = "darwin"; _file = "/d.nix"; } ]; }).config',
      'The module `/d.nix` (class: "darwin") cannot be imported into a module evaluation that expects class "nixos".',
    ],
    [
      '(evalModules { modules = [ { options.o = mkOption { type = with types; listOf (nullOr package); }; } { o = [ null "x" ]; } ]; }).config',
      'A definition for option `o."[definition 1-entry 2]"\' is not of type `null or package\'.',
    ],
    [
      '(evalModules { modules = [ { options.n.o = mkOption { }; } { n.typo = 1; another = 2; } ]; }).config',
      "The option `another' does not exist.",
    ],
  ])('%s', (program, message) => {
    expect(() => {
      evaluator.deepForce(evaluator.evalString(`with lib; ${program}`, { basePath: encodeUtf8(folder), scope }));
    }).toThrow(expect.objectContaining({ message: expect.toSatisfy((text: string) => here(text).includes(message)) }));
  });
});

test.each([
  ['zip (name: values: values) [ { a = 1; } ]', ['lib.zip is a deprecated alias of lib.zipAttrsWith.']],
  [
    'cartesianProductOfSets { a = [ 1 ]; }',
    ['lib.cartesianProductOfSets is a deprecated alias of lib.cartesianProduct.'],
  ],
  ['hasPrefix "/a" "/a/b"', []],
  ['normalizePath (builtins.toString ./line.txt)', []],
  ['lists.crossLists (x: x) [ [ 1 ] ]', ['lib.crossLists is deprecated, use lib.mapCartesianProduct instead.']],
  ['lib.nixpkgsVersion', ['lib.nixpkgsVersion is a deprecated alias of lib.version.']],
  ['mkOption { } ? type', []],
])('%s warns as nixpkgs does', (program, warnings) => {
  const seen: string[] = [];
  const evaluator = new Evaluator({
    io: withLibrary(diskIo),
    onTrace: (text, kind) => seen.push(kind === 'warning' ? text : kind),
  });
  const scope = attrsFrom([['lib', loadLibrary(evaluator, EMPTY_ATTRS, () => undefined)]]);
  evaluator.deepForce(evaluator.evalString(`with lib; ${program}`, { basePath: encodeUtf8(folder), scope }));
  expect(seen).toEqual(warnings);
});
