import type { FileStat, FsErrorCode, FsResult } from '../host/host';
import type { Attrs } from './attrs';
import fetchurlSource from './builtins/fetchurl.nix?raw';
import { decodeUtf8, encodeUtf8, fromOctets, toOctets } from './bytes';
import { NixError } from './errors';
import type { Evaluator } from './evaluator';
import { framed } from './expect';
import { force } from './force';
import { canonicalPath, parentPath } from './path';
import type { Pos } from './source';
import { STORE_DIR } from './store/paths';
import type { Program } from './syntax/parse';
import { BLACK_HOLE, Thunk, type Value } from './value';

const MAX_LINKS = 40;
/** As many as a file to import may be a link one after the other. */
const MAX_PROGRAM_LINKS = 1023;
/** What it takes to remember what lies at a path. */
const BYTES_A_LOOK = 200;

const REASONS: Readonly<Record<FsErrorCode, string>> = {
  'not-found': 'No such file or directory',
  'not-a-directory': 'Not a directory',
  'is-a-directory': 'Is a directory',
  denied: 'Permission denied',
  outside: 'it lies outside of what may be read',
  loop: 'Too many levels of symbolic links',
  'too-large': 'the file is too large',
  special: 'it is not a regular file',
  io: 'it could not be read',
};

/** What Nix itself keeps below `<nix/…>`. */
const CORE_FILES: ReadonlyMap<string, string> = new Map([['<nix/fetchurl.nix>', fetchurlSource]]);

/** Made-up names such as `<lockstep/lib>`. */
function isVirtual(path: string): boolean {
  return path.startsWith('<');
}

/** The files of a program: reads them through the injected {@link EvalIo}, imports each one once. */
export class Files {
  private readonly imported = new Map<string, Thunk>();
  private readonly looked = new Map<string, FsResult<FileStat>>();
  private readonly missing = new Set<string>();

  constructor(private readonly evaluator: Evaluator) {}

  /** The value of a file, evaluated at most once, also when it fails. A folder means its `default.nix`. */
  import(path: string, pos: Pos | undefined): Value {
    return this.once(this.resolveProgram(path, pos), (file) => this.run(file, pos));
  }

  /** The same for the program itself: of its failure no trace tells that it is a file. */
  importProgram(path: string): Value {
    return this.once(this.resolveProgram(path, undefined), (file) => this.program(file, undefined, undefined)());
  }

  private once(file: string, evaluate: (file: string) => Value): Value {
    let thunk = this.imported.get(file);
    if (thunk === undefined) {
      thunk = new Thunk(() => evaluate(file), []);
      this.imported.set(file, thunk);
    }
    if (thunk.env === BLACK_HOLE) {
      throw new NixError('infinite-recursion', `infinite recursion encountered: '${decodeUtf8(file)}' imports itself`);
    }
    return force(thunk);
  }

  private run(file: string, pos: Pos | undefined): Value {
    const program = this.program(file, undefined, pos);
    try {
      return program();
    } catch (error) {
      throw isVirtual(file) ? error : framed(error, `while evaluating the file '${decodeUtf8(file)}':`);
    }
  }

  /** `scopedImport`: evaluated anew, with more variables. */
  importScoped(path: string, scope: Attrs, pos: Pos | undefined): Value {
    return this.program(this.resolveProgram(path, pos), scope, pos)();
  }

  /** The bytes of a file. */
  read(path: string, pos: Pos | undefined): string {
    if (isVirtual(path)) {
      const text = this.virtual(path);
      if (text !== undefined) {
        return encodeUtf8(text);
      }
    }
    return this.evaluator.store.texts.get(path) ?? fromOctets(this.octets(path, pos));
  }

  /** The text under a made-up name. */
  virtual(name: string): string | undefined {
    return this.evaluator.options.virtualFiles?.(name) ?? CORE_FILES.get(name);
  }

  isExecutable(path: string): boolean {
    const stat = this.look(path, undefined);
    return stat.ok && (stat.value.mode & 0o100) !== 0;
  }

  /** What lies at a path, following no link. Asked once: Nix remembers it, too. */
  private look(path: string, pos: Pos | undefined): FsResult<FileStat> {
    const known = this.looked.get(path);
    if (known !== undefined) {
      return known;
    }
    this.evaluator.charge(path.length + BYTES_A_LOOK, pos);
    const stat = this.evaluator.options.io.lstat(placeOf(path));
    this.looked.set(path, stat);
    return stat;
  }

  octets(path: string, pos: Pos | undefined): Uint8Array {
    const made = this.evaluator.store.texts.get(path);
    if (made !== undefined) {
      return toOctets(made);
    }
    const result = this.evaluator.options.io.readFile(placeOf(path));
    if (!result.ok) {
      this.fail(path, result.code, pos);
    }
    this.evaluator.charge(result.value.length, pos);
    return result.value;
  }

  /**
   * What a path is, following no link; undefined when nothing is there. The store's folder is always there, as with
   * Nix's stores that have no folder.
   */
  kind(path: string, pos: Pos | undefined): 'regular' | 'directory' | 'symlink' | 'unknown' | undefined {
    if (isVirtual(path)) {
      return this.virtual(path) === undefined ? undefined : 'regular';
    }
    if (this.evaluator.store.texts.has(path)) {
      return 'regular';
    }
    const result = this.look(path, pos);
    if (!result.ok) {
      if (result.code === 'not-found' || result.code === 'not-a-directory') {
        return path === STORE_DIR ? 'directory' : undefined;
      }
      this.fail(path, result.code, pos);
    }
    return nixKind(result.value.kind);
  }

  /** The entries of a folder with their kinds, sorted by name. */
  list(path: string, pos: Pos | undefined): readonly (readonly [string, string])[] {
    const result = this.evaluator.options.io.readDir(placeOf(path));
    if (!result.ok) {
      const kind = this.kind(path, pos);
      if (kind !== undefined && kind !== 'directory') {
        const reason = REASONS['not-a-directory'];
        throw new NixError('io', `cannot read directory "${decodeUtf8(path)}": ${reason}`, pos);
      }
      this.fail(path, result.code, pos);
    }
    return result.value
      .map(({ name, kind }) => [encodeUtf8(name), nixKind(kind)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  readLink(path: string, pos: Pos | undefined): string {
    const result = this.evaluator.options.io.readLink(placeOf(path));
    if (!result.ok) {
      this.fail(path, result.code, pos);
    }
    return encodeUtf8(result.value);
  }

  /** The path with all links resolved, as far as it exists. */
  resolveLinks(path: string, pos: Pos | undefined): string {
    if (isVirtual(path)) {
      return path;
    }
    let links = 0;
    let done = '';
    let rest = canonicalPath(path).split('/').filter(Boolean);
    while (rest.length > 0) {
      const next = `${done}/${rest[0]}`;
      const stat = this.look(next, pos);
      rest = rest.slice(1);
      if (stat.ok && stat.value.kind === 'link') {
        if (++links > MAX_LINKS) {
          this.fail(path, 'loop', pos);
        }
        const target = this.readLink(next, pos);
        const full = canonicalPath(target.startsWith('/') ? target : `${done}/${target}`);
        rest = [...full.split('/').filter(Boolean), ...rest];
        done = '';
      } else {
        done = next;
      }
    }
    return done === '' ? '/' : done;
  }

  /** The path with the links of its folder resolved, but not its own. */
  resolveParents(path: string, pos: Pos | undefined): string {
    const slash = path.lastIndexOf('/');
    if (slash <= 0) {
      return path;
    }
    const parent = this.resolveLinks(path.slice(0, slash), pos);
    return `${parent === '/' ? '' : parent}${path.slice(slash)}`;
  }

  /** The syntax tree of a file. */
  parse(path: string): Program {
    const file = this.resolveProgram(path, undefined);
    return this.evaluator.parse(this.octets(file, undefined), decodeUtf8(file), parentPath(file));
  }

  /**
   * The file that an import means. A link is followed when it is the file itself, not when it is a folder on the way:
   * relative paths in the file start from where it was asked for (resolveExprPath).
   */
  private resolveProgram(path: string, pos: Pos | undefined): string {
    if (isVirtual(path)) {
      return path;
    }
    let file = path;
    for (let links = 0; ; links++) {
      const slash = file.lastIndexOf('/');
      const parent = this.resolveLinks(slash <= 0 ? '/' : file.slice(0, slash), pos);
      const place = canonicalPath(`${parent}/${file.slice(slash + 1)}`);
      if (place === '/' || this.kind(place, pos) !== 'symlink') {
        break;
      }
      if (links >= MAX_PROGRAM_LINKS) {
        const shown = decodeUtf8(file);
        throw new NixError('io', `too many symbolic links encountered while traversing the path '${shown}'`, pos);
      }
      const target = this.readLink(place, pos);
      file = canonicalPath(target.startsWith('/') ? target : `${parentPath(file)}/${target}`);
    }
    const kind = this.kind(this.resolveLinks(file, pos), pos);
    if (kind === undefined) {
      throw new NixError('io', `path '${decodeUtf8(file)}' does not exist`, pos);
    }
    return kind === 'directory' ? canonicalPath(`${file}/default.nix`) : file;
  }

  private program(file: string, scope: Attrs | undefined, pos: Pos | undefined): () => Value {
    const { evaluator } = this;
    return evaluator.load(decodeUtf8(file), isVirtual(file) ? '/' : parentPath(file), scope, () => {
      const stored = evaluator.store.texts.get(file);
      const virtual = stored === undefined ? this.virtual(decodeUtf8(file)) : decodeUtf8(stored);
      if (virtual === undefined && isVirtual(file)) {
        throw new NixError('io', `path '${file}' does not exist`, pos);
      }
      return virtual ?? this.octets(file, pos);
    });
  }

  /** Tells, once, that a place of the search path is not there. */
  warnOfMissing(entry: string): void {
    if (!this.missing.has(entry)) {
      this.missing.add(entry);
      const shown = decodeUtf8(entry);
      this.evaluator.options.onTrace?.(`Nix search path entry '${shown}' does not exist, ignoring`, 'notice');
    }
  }

  private fail(path: string, code: FsErrorCode, pos: Pos | undefined): never {
    const shown = decodeUtf8(path);
    throw new NixError('io', problemOf(shown, code), pos);
  }
}

/** A path as {@link EvalIo} takes it: one below the home folder is as it was written. */
function placeOf(path: string): string {
  return decodeUtf8(canonicalPath(path));
}

function problemOf(path: string, code: FsErrorCode): string {
  switch (code) {
    case 'not-found':
    // What is below a file.
    case 'not-a-directory':
      return `path '${path}' does not exist`;
    case 'loop':
      return `infinite symlink recursion in path '${path}'`;
    default:
      return `reading '${path}': ${REASONS[code]}`;
  }
}

function nixKind(kind: 'file' | 'directory' | 'link' | 'special'): 'regular' | 'directory' | 'symlink' | 'unknown' {
  switch (kind) {
    case 'file':
      return 'regular';
    case 'link':
      return 'symlink';
    case 'directory':
      return 'directory';
    case 'special':
      return 'unknown';
  }
}
