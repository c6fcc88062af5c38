import {
  Attrs,
  decodeUtf8,
  encodeUtf8,
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
import { followEdge, type Lock, type LockEdge, type LockNode } from './lock';
import type { NixpkgsSource } from './mark';
import { nixpkgsFlake } from './nixpkgs/flake';
import { recogniseNixpkgs } from './nixpkgs/pin';
import type { Session } from './session';
import { type LockedSource, sourceInfo, sourcePath, unknownContents, unknownFlake } from './unknown-flake';

/** What the values of a flake's inputs are made from. */
export interface FlakeInputs {
  readonly session: Session;
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

class LockedInputs {
  private readonly values = new Map<string, Slot>();
  private readonly names: ReadonlyMap<string, string>;

  constructor(
    private readonly options: FlakeInputs,
    private readonly lock: Lock,
    private readonly declared: ReadonlyMap<string, DeclaredInput>,
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
      return edge === undefined ? undefined : this.edge(name, edge);
    };
    return new UnlockedInputs(this.options, this.declared, locked).all();
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
    const inputs = mkLazy(() =>
      mkAttrs(Object.fromEntries([...node.inputs].map(([name, edge]) => [name, this.edge(name, edge)]))),
    );
    const source: LockedSource = {
      input: this.names.get(node.key) ?? node.key,
      original: node.original,
      locked: node.locked,
    };
    return inputValue(
      this.options,
      source,
      node.isFlake,
      inputs,
      node.parent === undefined || node.parent.length === 0,
    );
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
    return inputValue(
      this.options,
      { input: input.name, original: input.ref },
      input.isFlake,
      inputs,
      this.depth === 0,
    );
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
    const folder = this.depth === 0 ? localFolder(session, { input: input.name, original: input.ref }) : undefined;
    const local = folder === undefined ? undefined : session.evaluator.evalFile(`${folder}/flake.nix`);
    if (local instanceof Attrs) {
      return new UnlockedInputs(
        this.options,
        declaredInputs(session.evaluator, local),
        overridden,
        this.depth + 1,
      ).all();
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
    return new UnlockedInputs(this.options, new Map(), () => undefined, this.depth + 1);
  }
}

/** How far the inputs of inputs are guessed. */
const MOST_GUESSES = 8;

function inputValue(
  options: FlakeInputs,
  source: LockedSource,
  isFlake: boolean,
  inputs: Slot,
  besideRoot: boolean,
): Value {
  const { session, system } = options;
  const { original, locked } = source;
  const nixpkgs = recogniseNixpkgs(original, locked);
  if (nixpkgs !== undefined) {
    const from: NixpkgsSource = {
      input: source.input,
      pin: nixpkgs.pin,
      ...(nixpkgs.fork === undefined ? {} : { fork: nixpkgs.fork }),
    };
    return nixpkgsFlake(session, source, from, system);
  }
  if (besideRoot) {
    const local = localFlake(session, source, isFlake, inputs);
    if (local !== undefined) {
      return local;
    }
  }
  // Files of a well-known flake can be imported from an input with `flake = false` too.
  const model = options.model(source, inputs);
  return model ?? (isFlake ? unknownFlake(session, source, inputs) : plainSource(session, source));
}

/** A `path:` input inside the flake's folder: its files are here. */
function localFlake(session: Session, source: LockedSource, isFlake: boolean, inputs: Slot): Value | undefined {
  const folder = localFolder(session, source);
  if (folder === undefined) {
    return undefined;
  }
  if (!isFlake) {
    return mkAttrs({ ...sourceInfo(source, folder), outPath: mkString(folder) });
  }
  const flake = session.evaluator.evalFile(`${folder}/flake.nix`);
  return flake instanceof Attrs ? callFlake(session, flake, folder, inputs) : undefined;
}

function localFolder(session: Session, source: LockedSource): string | undefined {
  const path = relativePath(source.locked) ?? relativePath(source.original);
  return path === undefined ? undefined : join(session.folder, path);
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

/** An input with `flake = false`: files that are not here. What one of them gives is as unknown as a flake's outputs. */
function plainSource(session: Session, source: LockedSource): Value {
  const outPath = sourcePath(session, source);
  session.store.registerPath(outPath, () => unknownContents(source).member('import'));
  const info = sourceInfo(source, outPath);
  return mkAttrs({ ...info, sourceInfo: mkAttrs(info) });
}
