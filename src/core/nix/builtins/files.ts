import { attrsFrom } from '../attrs';
import { decodeUtf8, encodeUtf8 } from '../bytes';
import { coerce } from '../coerce';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectAttrs, expectFunction, expectList, expectPlainString, expectString, opaqueError } from '../expect';
import { force } from '../force';
import { canonicalPath } from '../path';
import type { Pos } from '../source';
import { NixPath, NixString, Opaque, type Slot, type Value } from '../value';
import type { BuiltinGroup } from './define';
import { baseName, coerceText } from './strings';

/**
 * The absolute path that a path, string or set stands for.
 *
 * @throws NixError of kind `opaque` for the path of something that would have to be built first
 */
export function coercePath(evaluator: Evaluator, slot: Slot, pos: Pos | undefined): string {
  const value = force(slot);
  const context = new Set<string>();
  const text = coerce(evaluator, value, { more: false, copy: false }, context, pos);
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

/** `builtins.nixPath`. */
export function searchPathValue(evaluator: Evaluator): Value {
  return (evaluator.options.searchPath ?? []).map(({ prefix, path }) =>
    attrsFrom([
      ['prefix', prefix],
      ['path', path],
    ]),
  );
}

export const fileBuiltins: BuiltinGroup = {
  import: [1, (evaluator, [path], pos) => evaluator.files.import(coercePath(evaluator, path!, pos), pos)],
  scopedImport: [
    2,
    (evaluator, [scope, path], pos) => {
      const names = expectAttrs(scope!, pos);
      return evaluator.files.importScoped(coercePath(evaluator, path!, pos), names, pos);
    },
  ],
  readFile: [
    1,
    (evaluator, [path], pos) => {
      const file = evaluator.files.resolveLinks(coercePath(evaluator, path!, pos), pos);
      const text = evaluator.files.read(file, pos);
      if (text.includes('\0')) {
        throw new NixError(
          'eval',
          `the contents of the file '${decodeUtf8(file)}' cannot be represented as a Nix string`,
          pos,
        );
      }
      return text;
    },
  ],
  readFileType: [
    1,
    (evaluator, [path], pos) => {
      const file = coercePath(evaluator, path!, pos);
      const kind = evaluator.files.kind(parentResolved(evaluator, file, pos), pos);
      if (kind === undefined) {
        throw new NixError('io', `path '${decodeUtf8(file)}' does not exist`, pos);
      }
      return kind;
    },
  ],
  readDir: [
    1,
    (evaluator, [path], pos) => {
      const folder = evaluator.files.resolveLinks(coercePath(evaluator, path!, pos), pos);
      return attrsFrom(evaluator.files.list(folder, pos));
    },
  ],
  pathExists: [1, (evaluator, [path], pos) => pathExists(evaluator, path!, pos)],
  path: [1, (evaluator, [arg], pos) => evaluator.store.pathBuiltin(expectAttrs(arg!, pos), pos)],
  filterSource: [
    2,
    (evaluator, [filter, path], pos) => {
      const source = coercePath(evaluator, path!, pos);
      return evaluator.store.addFiltered(source, baseName(source), expectFunction(filter!, pos), pos);
    },
  ],
  toPath: [
    1,
    (evaluator, [path], pos) => {
      const context = new Set<string>();
      const text = coerceText(evaluator, path!, context, pos, { more: false, copy: false });
      if (!text.startsWith('/')) {
        throw new NixError('eval', `string '${decodeUtf8(text)}' doesn't represent an absolute path`, pos);
      }
      const canonical = canonicalPath(text);
      return context.size === 0 ? canonical : new NixString(canonical, context);
    },
  ],
  findFile: [2, (evaluator, [path, name], pos) => findFile(evaluator, path!, expectPlainString(name!, pos), pos)],
  getEnv: [
    1,
    (evaluator, [arg], pos) => {
      const name = decodeUtf8(expectPlainString(arg!, pos));
      return encodeUtf8(evaluator.options.getEnv?.(name) ?? '');
    },
  ],
};

/** The path with the links of its folder resolved, but not its own. */
function parentResolved(evaluator: Evaluator, path: string, pos: Pos | undefined): string {
  const slash = path.lastIndexOf('/');
  if (slash <= 0) {
    return path;
  }
  const parent = evaluator.files.resolveLinks(path.slice(0, slash), pos);
  return `${parent === '/' ? '' : parent}${path.slice(slash)}`;
}

function pathExists(evaluator: Evaluator, slot: Slot, pos: Pos | undefined): boolean {
  const value = force(slot);
  // A slash at the end, or `/.`, asks for a folder.
  const text = value instanceof NixString ? value.text : value;
  const folderOnly = typeof text === 'string' && (text.endsWith('/') || text.endsWith('/.'));
  try {
    const path = coercePath(evaluator, value, pos);
    const resolved = folderOnly ? evaluator.files.resolveLinks(path, pos) : parentResolved(evaluator, path, pos);
    const kind = evaluator.files.kind(resolved, pos);
    return kind !== undefined && (!folderOnly || kind === 'directory');
  } catch (error) {
    if (error instanceof NixError && error.kind === 'io') {
      return false;
    }
    throw error;
  }
}

function findFile(evaluator: Evaluator, path: Slot, name: string, pos: Pos | undefined): Value {
  const made = `<${name}>`;
  if (evaluator.files.virtual(made) !== undefined) {
    return new NixPath(made);
  }
  for (const item of expectList(path, pos)) {
    const entry = expectAttrs(item, pos);
    const prefixSlot = entry.get('prefix');
    const prefix = prefixSlot === undefined ? '' : expectString(prefixSlot, pos);
    const pathSlot = entry.get('path');
    if (pathSlot === undefined) {
      throw new NixError('missing-attribute', "attribute 'path' missing", pos);
    }
    const base = force(pathSlot);
    const rest = suffixAfter(prefix, name);
    if (rest === undefined) {
      continue;
    }
    if (base instanceof Opaque) {
      return base;
    }
    const folder = coerceText(evaluator, base, new Set(), pos, { more: false, copy: false });
    const candidate = canonicalPath(`${folder}${rest}`);
    if (
      candidate.startsWith('/') &&
      evaluator.files.kind(evaluator.files.resolveLinks(candidate, pos), pos) !== undefined
    ) {
      return new NixPath(candidate);
    }
  }
  throw new NixError(
    'throw',
    `file '${name}' was not found in the Nix search path (add it using $NIX_PATH or -I)`,
    pos,
  );
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
