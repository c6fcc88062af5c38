import { Attrs, attrsFrom } from '../attrs';
import { decodeUtf8, encodeUtf8 } from '../bytes';
import { coerce } from '../coerce';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import {
  expectAttrs,
  expectFunction,
  expectList,
  expectPlainString,
  expectString,
  framed,
  missingAttribute,
  opaqueError,
  type Purpose,
} from '../expect';
import { force } from '../force';
import type { Elsewhere } from '../options';
import { canonicalPath } from '../path';
import type { Pos } from '../source';
import { NixPath, NixString, Opaque, type Slot, type Value } from '../value';
import type { BuiltinFn, BuiltinGroup } from './define';
import { AS_IT_IS, baseName, coerceText } from './strings';

/**
 * The absolute path that a path, string or set stands for.
 *
 * @throws NixError of kind `opaque` for the path of something that would have to be built first
 */
export function coercePath(
  evaluator: Evaluator,
  slot: Slot,
  pos: Pos | undefined,
  purpose: Purpose = 'while realising the context of a path',
): string {
  try {
    return pathOf(evaluator, force(slot), pos);
  } catch (error) {
    throw framed(error, purpose);
  }
}

function pathOf(evaluator: Evaluator, value: Value, pos: Pos | undefined): string {
  const context = new Set<string>();
  const text = coerce(evaluator, value, AS_IT_IS, context, pos);
  if (text instanceof Opaque) {
    throw opaqueError(text, pos);
  }
  for (const element of context) {
    if (element.startsWith('!') || element.startsWith('=')) {
      const reason = `'${decodeUtf8(text)}' would have to be built first (import from derivation)`;
      throw opaqueError(new Opaque(reason, pos), pos);
    }
  }
  if (value instanceof NixPath || text.startsWith('<')) {
    return text;
  }
  if (!text.startsWith('/')) {
    throw new NixError('eval', `string '${decodeUtf8(text)}' doesn't represent an absolute path`, pos);
  }
  return evaluator.store.sourceOf(canonicalPath(text));
}

/** The same with its links followed. */
export function resolvedPath(evaluator: Evaluator, slot: Slot, pos: Pos | undefined): string {
  const path = coercePath(evaluator, slot, pos);
  try {
    return evaluator.files.resolveLinks(path, pos);
  } catch (error) {
    throw framed(error, `while realising the context of path '${decodeUtf8(path)}'`);
  }
}

/** `builtins.nixPath`. */
export function searchPathValue(evaluator: Evaluator): Value {
  return (evaluator.options.searchPath ?? []).map(({ prefix, path }) =>
    attrsFrom([
      ['prefix', prefix],
      ['path', path],
    ]),
  );
}

/** A builtin that reads a path; of one that is elsewhere something else is known. */
export function reading(fn: BuiltinFn, known: keyof Elsewhere = 'contents'): readonly [1, BuiltinFn] {
  return [
    1,
    (evaluator, args, pos) => {
      const { elsewhere } = evaluator.options;
      const path = elsewhere && namedPath(evaluator, args[0]!);
      const value = path === undefined || evaluator.store.has(path) ? undefined : elsewhere?.[known](path);
      return value ?? fn(evaluator, args, pos);
    },
  ];
}

/** The path that a value stands for, be it one that has to be built first. */
function namedPath(evaluator: Evaluator, slot: Slot): string | undefined {
  const value = force(slot);
  if (value instanceof Attrs) {
    const outPath = value.get('outPath');
    return outPath === undefined ? undefined : namedPath(evaluator, outPath);
  }
  return value instanceof NixPath
    ? value.path
    : value instanceof NixString
      ? value.text
      : typeof value === 'string'
        ? value
        : undefined;
}

export const fileBuiltins: BuiltinGroup = {
  import: reading(
    (evaluator, [path], pos) => evaluator.files.import(coercePath(evaluator, path!, pos), pos),
    'imported',
  ),
  scopedImport: [
    2,
    (evaluator, [scope, path], pos) => {
      const file = coercePath(evaluator, path!, pos);
      const names = expectAttrs(scope!, pos, 'while evaluating the first argument passed to builtins.scopedImport');
      return evaluator.files.importScoped(file, names, pos);
    },
  ],
  readFile: reading((evaluator, [path], pos) => {
    const file = resolvedPath(evaluator, path!, pos);
    const text = evaluator.files.read(file, pos);
    if (text.includes('\0')) {
      throw new NixError(
        'eval',
        `the contents of the file '${decodeUtf8(file)}' cannot be represented as a Nix string`,
        pos,
      );
    }
    return text;
  }),
  readFileType: reading((evaluator, [path], pos) => {
    const file = coercePath(evaluator, path!, pos);
    const kind = evaluator.files.kind(evaluator.files.resolveParents(file, pos), pos);
    if (kind === undefined) {
      throw new NixError('io', `path '${decodeUtf8(file)}' does not exist`, pos);
    }
    return kind;
  }),
  readDir: reading((evaluator, [path], pos) =>
    attrsFrom(evaluator.files.list(resolvedPath(evaluator, path!, pos), pos)),
  ),
  pathExists: reading((evaluator, [path], pos) => pathExists(evaluator, path!, pos)),
  path: [
    1,
    (evaluator, [arg], pos) =>
      evaluator.store.pathBuiltin(
        expectAttrs(arg!, pos, "while evaluating the argument passed to 'builtins.path'"),
        pos,
      ),
  ],
  filterSource: [
    2,
    (evaluator, [filter, path], pos) => {
      const purpose = "while evaluating the second argument (the path to filter) passed to 'builtins.filterSource'";
      const source = coercePath(evaluator, path!, pos, purpose);
      const accept = expectFunction(
        filter!,
        pos,
        'while evaluating the first argument passed to builtins.filterSource',
      );
      return evaluator.store.addFiltered(source, baseName(source), accept, pos);
    },
  ],
  toPath: [
    1,
    (evaluator, [path], pos) => {
      try {
        return absolutePath(evaluator, path!, pos);
      } catch (error) {
        throw framed(error, 'while evaluating the first argument passed to builtins.toPath');
      }
    },
  ],
  findFile: [2, (evaluator, [path, name], pos) => findFile(evaluator, path!, name!, pos)],
  getEnv: [
    1,
    (evaluator, [arg], pos) => {
      const name = decodeUtf8(
        expectPlainString(arg!, pos, 'while evaluating the first argument passed to builtins.getEnv'),
      );
      return encodeUtf8(evaluator.options.getEnv?.(name) ?? '');
    },
  ],
};

function absolutePath(evaluator: Evaluator, path: Slot, pos: Pos | undefined): Value {
  const context = new Set<string>();
  const text = coerceText(evaluator, path, context, pos, undefined, AS_IT_IS);
  if (!text.startsWith('/')) {
    throw new NixError('eval', `string '${decodeUtf8(text)}' doesn't represent an absolute path`, pos);
  }
  const canonical = canonicalPath(text);
  return context.size === 0 ? canonical : new NixString(canonical, context);
}

function pathExists(evaluator: Evaluator, slot: Slot, pos: Pos | undefined): boolean {
  const value = force(slot);
  // A slash at the end, or `/.`, asks for a folder.
  const text = value instanceof NixString ? value.text : value;
  const folderOnly = typeof text === 'string' && (text.endsWith('/') || text.endsWith('/.'));
  try {
    const path = coercePath(evaluator, value, pos);
    const resolved = folderOnly ? evaluator.files.resolveLinks(path, pos) : evaluator.files.resolveParents(path, pos);
    const kind = evaluator.files.kind(resolved, pos);
    return kind !== undefined && (!folderOnly || kind === 'directory');
  } catch (error) {
    if (error instanceof NixError && error.kind === 'io') {
      return false;
    }
    throw error;
  }
}

function findFile(evaluator: Evaluator, path: Slot, nameSlot: Slot, pos: Pos | undefined): Value {
  const list = expectList(path, pos, 'while evaluating the first argument passed to builtins.findFile');
  const entries = list.map((item) => searchEntry(evaluator, item, pos));
  const name = expectPlainString(nameSlot, pos, 'while evaluating the second argument passed to builtins.findFile');
  const made = `<${name}>`;
  if (evaluator.files.virtual(made) !== undefined) {
    return new NixPath(made);
  }
  for (const { prefix, folder } of entries) {
    const rest = suffixAfter(prefix, name);
    if (rest === undefined) {
      continue;
    }
    if (folder instanceof Opaque) {
      return folder;
    }
    if (/^[a-z][a-z0-9+.-]*:/.test(folder)) {
      return new Opaque(`<${decodeUtf8(name)}> lies at ${decodeUtf8(folder)}, which is not fetched`, pos);
    }
    if (!exists(evaluator, folder, pos)) {
      evaluator.files.warnOfMissing(folder);
      continue;
    }
    const candidate = canonicalPath(`${folder}${rest}`);
    if (exists(evaluator, candidate, pos)) {
      return new NixPath(candidate);
    }
  }
  const shown = decodeUtf8(name);
  throw new NixError(
    'throw',
    evaluator.options.system === undefined
      ? `cannot look up '<${shown}>' in pure evaluation mode (use '--impure' to override)`
      : `file '${shown}' was not found in the Nix search path (add it using $NIX_PATH or -I)`,
    pos,
  );
}

function exists(evaluator: Evaluator, path: string, pos: Pos | undefined): boolean {
  return path.startsWith('/') && evaluator.files.kind(evaluator.files.resolveLinks(path, pos), pos) !== undefined;
}

/** One place of the search path. */
function searchEntry(
  evaluator: Evaluator,
  item: Slot,
  pos: Pos | undefined,
): { readonly prefix: string; readonly folder: string | Opaque } {
  const entry = expectAttrs(item, pos, 'while evaluating an element of the list passed to builtins.findFile');
  const prefix = entry.get('prefix');
  const path = entry.get('path');
  if (path === undefined) {
    throw missingAttribute(entry, 'path', pos).within('in an element of the __nixPath', undefined);
  }
  return {
    prefix:
      prefix === undefined
        ? ''
        : expectString(
            prefix,
            pos,
            'while evaluating the `prefix` attribute of an element of the list passed to builtins.findFile',
          ),
    folder: coerce(
      evaluator,
      force(path),
      AS_IT_IS,
      new Set(),
      pos,
      'while evaluating the `path` attribute of an element of the list passed to builtins.findFile',
    ),
  };
}

/** What of a name is left behind a prefix of the search path, with its slash; undefined when it does not fit. */
function suffixAfter(prefix: string, name: string): string | undefined {
  if (prefix === '') {
    return `/${name}`;
  }
  if (name === prefix) {
    return '';
  }
  return name.startsWith(`${prefix}/`) ? name.slice(prefix.length) : undefined;
}
