import type { Attrs } from '../attrs';
import type { Evaluator } from '../evaluator';
import { PrimOp, type Slot, Thunk } from '../value';
import { arithmeticBuiltins } from './arithmetic';
import { attrsBuiltins } from './attrs';
import { contextBuiltins } from './context';
import { controlBuiltins } from './control';
import type { BuiltinGroup } from './define';
import { derivationBuiltins, derivationFunction } from './derivation';
import { fetchBuiltins } from './fetch';
import { fileBuiltins, searchPathValue } from './files';
import { formatBuiltins } from './formats';
import { hashBuiltins } from './hash';
import { listBuiltins } from './lists';
import { regexBuiltins } from './regex';
import { stringBuiltins } from './strings';
import { typeBuiltins } from './types';
import { versionBuiltins } from './versions';

/** The version of Nix whose language this is. */
const NIX_VERSION = '2.34.0';
const LANGUAGE_VERSION = 6;
const STORE_DIR = '/nix/store';

const GROUPS: readonly BuiltinGroup[] = [
  arithmeticBuiltins,
  attrsBuiltins,
  contextBuiltins,
  controlBuiltins,
  derivationBuiltins,
  fetchBuiltins,
  fileBuiltins,
  formatBuiltins,
  hashBuiltins,
  listBuiltins,
  regexBuiltins,
  stringBuiltins,
  typeBuiltins,
  versionBuiltins,
];

/** Builtins that are also global under their own names; the others are `__name`. */
const GLOBAL: ReadonlySet<string> = new Set([
  'abort',
  'baseNameOf',
  'break',
  'builtins',
  'derivation',
  'derivationStrict',
  'dirOf',
  'false',
  'fetchGit',
  'fetchMercurial',
  'fetchTarball',
  'fetchTree',
  'fromTOML',
  'import',
  'isNull',
  'map',
  'null',
  'placeholder',
  'removeAttrs',
  'scopedImport',
  'throw',
  'toString',
  'true',
]);

/** By name, so that whoever sorts them has little to do. */
const BUILTINS = GROUPS.flatMap((group) => Object.entries(group)).sort(([a], [b]) => (a < b ? -1 : 1));

/** Every member of `builtins` but itself, for one evaluator. */
export function builtinTable(evaluator: Evaluator): Map<string, Slot> {
  const table = new Map<string, Slot>();
  for (const [name, [arity, fn]] of BUILTINS) {
    table.set(name, new PrimOp(name, arity, (args, pos) => fn(evaluator, args, pos)));
  }
  const { system, time } = evaluator.options;
  const constants: Readonly<Record<string, Slot | undefined>> = {
    true: true,
    false: false,
    null: null,
    langVersion: LANGUAGE_VERSION,
    nixVersion: NIX_VERSION,
    storeDir: STORE_DIR,
    nixPath: new Thunk(() => searchPathValue(evaluator), []),
    derivation: new Thunk(() => derivationFunction(evaluator), []),
    currentSystem: system,
    currentTime: time,
  };
  for (const [name, slot] of Object.entries(constants)) {
    if (slot !== undefined) {
      table.set(name, slot);
    }
  }
  return table;
}

/** The global variables that go with a `builtins` set. */
export function globalNames(builtins: Attrs): ReadonlyMap<string, Slot> {
  const globals = new Map<string, Slot>();
  for (const name of builtins.names()) {
    globals.set(GLOBAL.has(name) ? name : `__${name}`, builtins.get(name)!);
  }
  return globals;
}
