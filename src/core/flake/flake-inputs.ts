import { ProblemError } from '../model/problem';
import {
  Attrs,
  decodeUtf8,
  encodeUtf8,
  fromOctets,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkString,
  Opaque,
  type Slot,
  type Value,
} from '../nix';
import { callFlake } from './call-flake';
import { type DeclaredInput, declaredInputs } from './declared-inputs';
import { type FlakeRef, refText } from './flake-ref';
import { followEdge, type Lock, type LockEdge, type LockNode, parseLock } from './lock';
import type { NixpkgsSource } from './mark';
import { nixpkgsFlake } from './nixpkgs/flake';
import { recogniseNixpkgs } from './nixpkgs/pin';
import type { Session } from './session';
import { type LockedSource, sourceInfo, sourcePath, unknownContents, unknownFlake } from './unknown-flake';

/** What the values of a flake's inputs are made from. */
export interface FlakeInputs {
  readonly session: Session;
  /** The folder of the flake whose inputs these are, if it is here: that of the session unless told otherwise. */
  readonly folder?: string;
  readonly declared: ReadonlyMap<string, DeclaredInput>;
  readonly lock: Lock | undefined;
  /** The system that is read, for an `import nixpkgs` that names none. */
  readonly system: string;
  /** A model of a well-known flake; undefined when there is none. `inputs`: the values of its own inputs. */
  readonly model: (source: LockedSource, inputs: Slot) => Value | undefined;
}

/** The values of the flake's inputs, by name, each made when it is asked for. */
export function inputValues(options: FlakeInputs): Attrs {
  const { declared, lock } = options;
  return lock === undefined
    ? new UnlockedInputs(options, declared).all()
    : new LockedInputs(options, lock, declared).root();
}

/**
 * The inputs of a flake in a folder, where who uses it does not say which: those of its own lock, or as it declares them.
 *
 * @param given inputs that who uses it puts in the place of its own
 */
function localInputs(
  options: FlakeInputs,
  folder: string,
  declared: ReadonlyMap<string, DeclaredInput>,
  given: (name: string) => Slot | undefined,
  depth: number,
): Attrs {
  const own = { ...options, folder };
  const lock = lockAt(options.session, folder);
  return lock !== undefined
    ? new LockedInputs(own, lock, declared, given, depth).root()
    : new UnlockedInputs(own, declared, given, depth).all();
}

/** The lock beside the flake of a folder; undefined where there is none that can be read. */
export function lockAt(session: Session, folder: string): Lock | undefined {
  const file = `${folder}/flake.lock`;
  const read = session.evaluator.options.io.readFile(file);
  try {
    return read.ok ? parseLock(decodeUtf8(fromOctets(read.value)), file) : undefined;
  } catch (error) {
    if (error instanceof ProblemError) {
      return undefined;
    }
    throw error;
  }
}

class LockedInputs {
  private readonly values = new Map<string, Slot>();
  private readonly names: ReadonlyMap<string, string>;

  constructor(
    private readonly options: FlakeInputs,
    private readonly lock: Lock,
    private readonly declared: ReadonlyMap<string, DeclaredInput>,
    private readonly given: (name: string) => Slot | undefined = () => undefined,
    private readonly depth = 0,
  ) {
    this.names = new Map(
      [...(lock.nodes.get(lock.root)?.inputs ?? [])].reverse().flatMap(([name, edge]): [string, string][] => {
        const node = followEdge(lock, edge);
        return node === undefined ? [] : [[node.key, name]];
      }),
    );
  }

  /** Inputs that `flake.nix` declares; those that the lock does not have are taken as declared. */
  root(): Attrs {
    const root = this.lock.nodes.get(this.lock.root);
    const locked = (name: string): Slot | undefined => {
      const edge = root?.inputs.get(name);
      return this.given(name) ?? (edge === undefined ? undefined : this.edge(name, edge));
    };
    return new UnlockedInputs(this.options, this.declared, locked, this.depth).all();
  }

  private edge(name: string, edge: LockEdge): Slot {
    const node = followEdge(this.lock, edge);
    if (node === undefined) {
      const path = typeof edge === 'string' ? edge : edge.join('/');
      return new Opaque(`the input "${name}" follows "${path}", which the lock file does not have`);
    }
    const known = this.values.get(node.key);
    if (known !== undefined) {
      return known;
    }
    const slot = mkLazy(() => this.value(node));
    this.values.set(node.key, slot);
    return slot;
  }

  private value(node: LockNode): Value {
    const base = this.baseOf(node);
    const source = this.sourceOf(node);
    return inputValue(
      this.options,
      source,
      node.isFlake,
      mkLazy(() => this.inputsOf(node, base)),
      base,
    );
  }

  private sourceOf(node: LockNode): LockedSource {
    return { input: this.names.get(node.key) ?? node.key, original: node.original, locked: node.locked };
  }

  /** Inputs of an input; of a flake that is here, those that it has been given since it was locked are as it declares them. */
  private inputsOf(node: LockNode, base: string | undefined): Attrs {
    const isNear = node.isFlake && this.depth < MOST_GUESSES;
    const folder = isNear ? localFolder(this.options.session, base, this.sourceOf(node)) : undefined;
    const declared = folder === undefined ? undefined : declaredAt(this.options.session, folder);
    if (declared === undefined) {
      return mkAttrs(Object.fromEntries([...node.inputs].map(([name, edge]) => [name, this.edge(name, edge)])));
    }
    const locked = (name: string): Slot | undefined => {
      const edge = node.inputs.get(name);
      return edge === undefined ? undefined : this.edge(name, edge);
    };
    return localInputs(this.options, folder!, declared, locked, this.depth + 1);
  }

  /** The folder that a relative path of a node starts from; undefined when it is not here. */
  private baseOf(node: LockNode, depth = 0): string | undefined {
    const { session } = this.options;
    if (node.parent === undefined || node.parent.length === 0) {
      return this.options.folder ?? session.folder;
    }
    const parent = followEdge(this.lock, node.parent);
    return parent === undefined || depth > MOST_GUESSES
      ? undefined
      : localFolder(session, this.baseOf(parent, depth + 1), this.sourceOf(parent));
  }
}

/**
 * Inputs that no lock pins. An input of an input is the one that `flake.nix` has it follow, the flake's own of that name,
 * or what its name says: a `nixpkgs` of whatever revision, a well-known flake, or an unknown one.
 */
class UnlockedInputs {
  private readonly values = new Map<string, Slot>();

  constructor(
    private readonly options: FlakeInputs,
    private readonly declared: ReadonlyMap<string, DeclaredInput>,
    /** Inputs that who uses this flake puts in the place of its own. */
    private readonly overridden: (name: string) => Slot | undefined = () => undefined,
    private readonly depth = 0,
    /** Whether the flake whose inputs these are is here. */
    private readonly isHere = true,
  ) {}

  all(): Attrs {
    return new LazyAttrs({
      names: () => [...this.declared.keys()].map(encodeUtf8),
      get: (name) => this.get(decodeUtf8(name)),
    });
  }

  get(name: string): Slot | undefined {
    const input = this.declared.get(name);
    if (input === undefined) {
      return undefined;
    }
    let slot = this.values.get(name);
    if (slot === undefined) {
      slot = this.overridden(name) ?? mkLazy(() => this.value(input));
      this.values.set(name, slot);
    }
    return slot;
  }

  /** The value of an input that is declared here. */
  value(input: DeclaredInput): Value {
    const { session } = this.options;
    if (input.follows !== undefined && input.follows.length > 0) {
      const slot = this.followed(input.follows);
      return slot === undefined
        ? new Opaque(`the input "${input.name}" follows "${input.follows.join('/')}", which is not declared`)
        : session.evaluator.force(slot);
    }
    const inputs = mkLazy(() => this.inputsOf(input));
    return inputValue(this.options, { input: input.name, original: input.ref }, input.isFlake, inputs, this.folder());
  }

  private folder(): string | undefined {
    return this.isHere ? (this.options.folder ?? this.options.session.folder) : undefined;
  }

  private followed(path: readonly string[]): Slot | undefined {
    const [first = '', ...deeper] = path;
    const slot = this.get(first);
    return slot === undefined || deeper.length === 0
      ? slot
      : this.options.session.evaluator.selectOptional(
          slot,
          deeper.flatMap((name) => ['inputs', encodeUtf8(name)]),
        );
  }

  /** Inputs of an input. */
  private inputsOf(input: DeclaredInput): Attrs {
    const { session } = this.options;
    const overridden = (name: string): Slot | undefined => {
      const path = input.overrides?.get(name);
      return path === undefined || path.length === 0 ? undefined : this.followed(path);
    };
    const source = { input: input.name, original: input.ref };
    const folder = this.depth < MOST_GUESSES ? localFolder(session, this.folder(), source) : undefined;
    const local = folder === undefined ? undefined : declaredAt(session, folder);
    if (local !== undefined) {
      return localInputs(this.options, folder!, local, overridden, this.depth + 1);
    }
    return new LazyAttrs({
      names: () => [],
      has: (name) => !name.startsWith('_'),
      get: (bytes) => {
        const name = decodeUtf8(bytes);
        const guess: DeclaredInput = { name, ref: { type: 'indirect', attributes: { id: name } }, isFlake: true };
        return name.startsWith('_') || this.depth > MOST_GUESSES
          ? undefined
          : (overridden(name) ?? this.ownOf(name) ?? mkLazy(() => this.below().value(guess)));
      },
    });
  }

  /** An input of that name, unless it may be the very one that is asked for. */
  private ownOf(name: string): Slot | undefined {
    return this.declared.get(name)?.follows === undefined ? this.get(name) : undefined;
  }

  private below(): UnlockedInputs {
    return new UnlockedInputs(this.options, new Map(), () => undefined, this.depth + 1, false);
  }
}

/** How far the inputs of inputs are guessed. */
const MOST_GUESSES = 8;

function inputValue(
  options: FlakeInputs,
  source: LockedSource,
  isFlake: boolean,
  inputs: Slot,
  base: string | undefined,
): Value {
  const { session, system } = options;
  const { original, locked } = source;
  const nixpkgs = recogniseNixpkgs(original, locked);
  if (nixpkgs !== undefined) {
    const { pin, fork, wraps } = nixpkgs;
    // A revision is what it is in any copy.
    const isRecorded = pin.revision !== undefined && session.index.revisionInfo(pin.revision) !== undefined;
    const from: NixpkgsSource = {
      input: source.input,
      pin,
      ...(fork === undefined || isRecorded ? {} : { fork }),
      ...(wraps === undefined ? {} : { wraps }),
    };
    return nixpkgsFlake(session, source, from, system);
  }
  const local = localFlake(session, base, source, isFlake, inputs);
  if (local !== undefined) {
    return local;
  }
  // Files of a well-known flake can be imported from an input with `flake = false` too.
  const model = options.model(source, inputs);
  return model ?? (isFlake ? unknownFlake(session, source, inputs) : plainSource(session, source));
}

/** A `path:` input inside the flake's folder: its files are here. */
function localFlake(
  session: Session,
  base: string | undefined,
  source: LockedSource,
  isFlake: boolean,
  inputs: Slot,
): Value | undefined {
  const folder = localFolder(session, base, source);
  if (folder === undefined) {
    return undefined;
  }
  if (!isFlake) {
    return mkAttrs({ ...sourceInfo(source, folder), outPath: mkString(folder) });
  }
  const flake = session.evaluator.evalFile(encodeUtf8(`${folder}/flake.nix`));
  return flake instanceof Attrs ? callFlake(session, flake, folder, inputs) : undefined;
}

/** What the flake in a folder declares; undefined where it is no flake. */
export function declaredAt(session: Session, folder: string): ReadonlyMap<string, DeclaredInput> | undefined {
  const flake = session.evaluator.evalFile(encodeUtf8(`${folder}/flake.nix`));
  return flake instanceof Attrs ? declaredInputs(session.evaluator, flake) : undefined;
}

/** The folder of a `path:` input: below the flake's own, and not outside of it. `base`: where the path starts from. */
export function localFolder(session: Session, base: string | undefined, source: LockedSource): string | undefined {
  const path = relativePath(source.locked) ?? relativePath(source.original);
  return path === undefined || base === undefined
    ? undefined
    : join(session.folder, `${base.slice(session.folder.length)}/${path}`);
}

function relativePath(ref: FlakeRef | undefined): string | undefined {
  const path = ref?.type === 'path' ? refText(ref, 'path') : undefined;
  return path === undefined || path.startsWith('/') ? undefined : path;
}

/** A path below a folder; undefined when it leads out of it. */
function join(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) {
        return undefined;
      }
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return [folder, ...parts].join('/');
}

/** Inputs are given as this file where they are there to be overridden: `devenv-root` of devenv's templates. */
const NOTHING = 'file:///dev/null';

/**
 * An input with `flake = false`: files that are not here. What one of them gives is as unknown as a flake's outputs, but
 * for the one file that is known to be empty.
 */
function plainSource(session: Session, source: LockedSource): Value {
  const isEmpty = source.locked?.type === 'file' && refText(source.locked, 'url') === NOTHING;
  const outPath = isEmpty ? session.evaluator.store.toFile('source', '', [], undefined) : sourcePath(session, source);
  if (!isEmpty) {
    session.store.registerPath(outPath, () => unknownContents(source).member('import'));
  }
  const info = sourceInfo(source, outPath);
  return mkAttrs({ ...info, sourceInfo: mkAttrs(info) });
}
