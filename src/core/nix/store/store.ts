import type { Attrs } from '../attrs';
import { coercePath } from '../builtins/files';
import { anyHash } from '../builtins/hash';
import { baseName } from '../builtins/strings';
import { decodeUtf8 } from '../bytes';
import { NixError } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectBool, expectFunction, expectPlainString } from '../expect';
import type { Pos } from '../source';
import { type NixPath, NixString, type Slot, type Value } from '../value';
import type { KnownDerivation } from './derivation';
import { digest, toHex } from './hashes';
import { narHash } from './nar';
import { fixedPath, isStorePath, STORE_DIR, sha256Hex, textPath, validStorePath } from './paths';

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

  /** The store path of a file or folder, which is also added to the context. */
  copyPath(path: NixPath, context: Set<string>, pos: Pos | undefined): string {
    let copy = this.copies.get(path.path);
    if (copy === undefined) {
      // A link is copied as the link that it is.
      const source = this.evaluator.files.resolveParents(path.path, pos);
      if (isStorePath(source)) {
        copy = source;
      } else {
        copy = this.add(source, baseName(path.path), undefined, pos);
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
      switch (key) {
        case 'path':
          path = coercePath(this.evaluator, slot, pos);
          break;
        case 'name':
          name = expectPlainString(slot, pos);
          break;
        case 'filter':
          filter = expectFunction(slot, pos);
          break;
        case 'recursive':
          recursive = expectBool(slot, pos);
          break;
        case 'sha256':
          expected = toHex(anyHash(expectPlainString(slot, pos), 'sha256', pos).hash);
          break;
        default:
          throw new NixError('eval', `unsupported argument '${key}' to 'builtins.path'`, args.positionOf(key) ?? pos);
      }
    }
    if (path === undefined) {
      throw new NixError(
        'missing-attribute',
        "missing required 'path' attribute in the first argument to 'builtins.path'",
        pos,
      );
    }
    const source = this.evaluator.files.resolveLinks(path, pos);
    return this.addNamed(
      source,
      name === undefined || name === '' ? baseName(path) : name,
      { filter, recursive, expected },
      pos,
    );
  }

  /** `builtins.filterSource`. */
  addFiltered(path: string, name: string, filter: Value, pos: Pos | undefined): Value {
    const source = this.evaluator.files.resolveLinks(path, pos);
    return this.addNamed(source, name, { filter, recursive: true, expected: undefined }, pos);
  }

  /** `builtins.toFile`. */
  toFile(name: string, text: string, references: readonly string[], pos: Pos | undefined): string {
    const path = validStorePath(textPath(name, sha256Hex(text), references), pos);
    this.texts.set(path, text);
    return path;
  }

  private addNamed(
    source: string,
    name: string,
    how: { filter: Value | undefined; recursive: boolean; expected: string | undefined },
    pos: Pos | undefined,
  ): Value {
    const { filter, recursive, expected } = how;
    let path: string;
    if (recursive) {
      path = this.add(source, name, filter, pos, expected);
    } else {
      const hash = toHex(digest('sha256', this.evaluator.files.octets(source, pos)));
      this.checkHash(hash, expected, source, pos);
      path = validStorePath(fixedPath(name, 'sha256', hash, false), pos);
      this.sources.set(path, source);
    }
    return new NixString(path, new Set([path]));
  }

  private add(
    source: string,
    name: string,
    filter: Value | undefined,
    pos: Pos | undefined,
    expected?: string,
  ): string {
    const accepts =
      filter === undefined ? undefined : (entry: string, kind: string) => this.accepts(filter, entry, kind, pos);
    const hash = narHash(this.evaluator, source, accepts, pos);
    this.checkHash(hash, expected, source, pos);
    const path = validStorePath(fixedPath(name, 'sha256', hash, true), pos);
    this.sources.set(path, source);
    return path;
  }

  private accepts(filter: Value, path: string, kind: string, pos: Pos | undefined): boolean {
    const { evaluator } = this;
    const args: readonly Slot[] = [path, kind];
    return expectBool(
      args.reduce<Value>((fn, arg) => evaluator.call(fn, arg, pos), filter),
      pos,
    );
  }

  private checkHash(hash: string, expected: string | undefined, source: string, pos: Pos | undefined): void {
    if (expected !== undefined && expected !== hash) {
      throw new NixError(
        'eval',
        `store path mismatch in (possibly filtered) path added from '${decodeUtf8(source)}'`,
        pos,
      );
    }
  }
}
