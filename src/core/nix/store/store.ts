import type { Attrs } from '../attrs';
import { coercePath } from '../builtins/files';
import { hashOrZeros } from '../builtins/hash';
import { baseName } from '../builtins/strings';
import { decodeUtf8 } from '../bytes';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectBool, expectFunction, expectPlainString, framed } from '../expect';
import type { Pos } from '../source';
import { type NixPath, NixString, type Slot, type Value } from '../value';
import type { KnownDerivation } from './derivation';
import { digest, toHex } from './hashes';
import { narHash } from './nar';
import { fixedPath, isStorePath, STORE_DIR, sha256Hex, textPath, validStorePath } from './paths';

/** How a path is added: what of it, as a tree or as one file, and with which hash. */
interface Adding {
  readonly filter: Value | undefined;
  readonly recursive: boolean;
  readonly expected: string | undefined;
}

/**
 * Store paths of one evaluation. Nothing is written anywhere: a path's name follows from its contents, and what was
 * "copied" is read where it came from.
 */
export class Store {
  /** Store path → where its contents are. */
  private readonly sources = new Map<string, string>();
  /** Path → its store path. */
  private readonly copies = new Map<string, string>();
  /** Store path of a text made by `toFile` → the text. */
  readonly texts = new Map<string, string>();
  readonly derivations = new Map<string, KnownDerivation>();
  /** What `builtins.placeholder` gave, to the output's name; kept for the lint of undeclared outputs only. */
  readonly placeholders = new Map<string, string>();

  constructor(readonly evaluator: Evaluator) {}

  /** The file behind a path that may be below a copied one. */
  sourceOf(path: string): string {
    if (!path.startsWith(`${STORE_DIR}/`)) {
      return path;
    }
    const end = path.indexOf('/', STORE_DIR.length + 1);
    const root = end < 0 ? path : path.slice(0, end);
    const source = this.sources.get(root);
    return source === undefined ? path : source + path.slice(root.length);
  }

  /** Whether a path in the store is, or is below, a copy that the program made: of its files, or of a text. */
  has(path: string): boolean {
    return this.sourceOf(path) !== path || this.texts.has(path);
  }

  /** The store path of a file or folder, which is also added to the context. */
  copyPath(path: NixPath, context: Set<string>, pos: Pos | undefined): string {
    let copy = this.copies.get(path.path);
    if (copy === undefined) {
      // A link is copied as the link that it is.
      const source = this.evaluator.files.resolveParents(path.path, pos);
      if (isStorePath(source)) {
        copy = source;
      } else {
        copy = this.keep(source, baseName(path.path), narHash(this.evaluator, source, undefined, pos), true, pos);
      }
      this.copies.set(path.path, copy);
    }
    context.add(copy);
    return copy;
  }

  /** `builtins.path`. */
  pathBuiltin(args: Attrs, pos: Pos | undefined): Value {
    let path: string | undefined;
    let name: string | undefined;
    let filter: Value | undefined;
    let recursive = true;
    let expected: string | undefined;
    for (const key of args.names()) {
      const slot = args.get(key)!;
      const place = args.positionOf(key);
      const purpose = (what: string) => ({
        message: `while evaluating the ${what} passed to builtins.path`,
        pos: place,
      });
      switch (key) {
        case 'path':
          path = coercePath(this.evaluator, slot, pos, {
            message: "while evaluating the 'path' attribute passed to 'builtins.path'",
            pos: place,
          });
          break;
        case 'name':
          name = expectPlainString(slot, place, purpose('`name` attribute'));
          break;
        case 'filter':
          filter = expectFunction(slot, place, purpose('`filter` parameter'));
          break;
        case 'recursive':
          recursive = expectBool(slot, place, purpose('`recursive` attribute'));
          break;
        case 'sha256':
          expected = toHex(
            hashOrZeros(this.evaluator, expectPlainString(slot, place, purpose('`sha256` attribute')), 'sha256', pos),
          );
          break;
        default:
          throw new NixError('eval', `unsupported argument '${key}' to 'builtins.path'`, place ?? pos);
      }
    }
    if (path === undefined) {
      throw new NixError(
        'missing-attribute',
        "missing required 'path' attribute in the first argument to 'builtins.path'",
        pos,
      );
    }
    return this.addNamed(
      path,
      name === undefined || name === '' ? baseName(path) : name,
      { filter, recursive, expected },
      pos,
    );
  }

  /** `builtins.filterSource`. */
  addFiltered(path: string, name: string, filter: Value, pos: Pos | undefined): Value {
    return this.addNamed(path, name, { filter, recursive: true, expected: undefined }, pos);
  }

  /** `builtins.toFile`. */
  toFile(name: string, text: string, references: readonly string[], pos: Pos | undefined): string {
    const path = validStorePath(textPath(name, sha256Hex(text), references), pos);
    this.texts.set(path, text);
    return path;
  }

  private addNamed(from: string, name: string, how: Adding, pos: Pos | undefined): Value {
    try {
      const path = this.addSource(from, name, how, pos);
      return new NixString(path, new Set([path]));
    } catch (error) {
      throw framed(error, `while adding path '${decodeUtf8(from)}'`);
    }
  }

  private addSource(from: string, name: string, how: Adding, pos: Pos | undefined): string {
    const { filter, recursive, expected } = how;
    const source = this.evaluator.files.resolveLinks(from, pos);
    let hash: string;
    if (recursive) {
      const accepts =
        filter === undefined ? undefined : (entry: string, kind: string) => this.accepts(filter, entry, kind, pos);
      hash = narHash(this.evaluator, source, accepts, pos);
    } else {
      hash = toHex(digest('sha256', this.evaluator.files.octets(source, pos)));
    }
    if (expected !== undefined && expected !== hash) {
      throw new NixError(
        'eval',
        `store path mismatch in (possibly filtered) path added from '${decodeUtf8(from)}'`,
        pos,
      );
    }
    return this.keep(source, name, hash, recursive, pos);
  }

  private keep(source: string, name: string, hash: string, recursive: boolean, pos: Pos | undefined): string {
    const path = validStorePath(fixedPath(name, 'sha256', hash, recursive), pos);
    this.sources.set(path, source);
    return path;
  }

  private accepts(filter: Value, path: string, kind: string, pos: Pos | undefined): boolean {
    const { evaluator } = this;
    const args: readonly Slot[] = [path, kind];
    return expectBool(
      args.reduce<Value>((fn, arg) => evaluator.call(fn, arg, undefined), filter),
      pos,
      'while evaluating the return value of the path filter function',
    );
  }
}
