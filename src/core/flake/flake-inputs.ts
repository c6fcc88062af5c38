import { Attrs, EMPTY_ATTRS, mkAttrs, mkLazy, mkString, Opaque, type Slot, type Value } from '../nix';
import { callFlake } from './call-flake';
import type { DeclaredInput } from './declared-inputs';
import { type FlakeRef, refText } from './flake-ref';
import { followEdge, type Lock, type LockEdge, type LockNode } from './lock';
import type { NixpkgsSource } from './mark';
import { nixpkgsFlake } from './nixpkgs/flake';
import { recogniseNixpkgs } from './nixpkgs/pin';
import type { Session } from './session';
import { type LockedSource, sourceInfo, sourcePath, unknownFlake } from './unknown-flake';

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
  return lock === undefined ? unlocked(options) : new LockedInputs(options, lock, declared).root();
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
    const members: Record<string, Slot> = {};
    for (const input of this.declared.values()) {
      const edge = root?.inputs.get(input.name);
      members[input.name] =
        edge === undefined
          ? mkLazy(() => declaredValue(this.options, input, (name) => members[name]))
          : this.edge(input.name, edge);
    }
    return mkAttrs(members);
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

function unlocked(options: FlakeInputs): Attrs {
  const members: Record<string, Slot> = {};
  for (const input of options.declared.values()) {
    members[input.name] = mkLazy(() => declaredValue(options, input, (name) => members[name]));
  }
  return mkAttrs(members);
}

/** The value of an input that is not locked. */
function declaredValue(options: FlakeInputs, input: DeclaredInput, other: (name: string) => Slot | undefined): Value {
  const [followed, ...deeper] = input.follows ?? [];
  if (followed !== undefined) {
    const slot = other(followed);
    if (slot === undefined || deeper.length > 0) {
      return new Opaque(`the input "${input.name}" follows "${input.follows?.join('/')}", which is not locked`);
    }
    return options.session.evaluator.force(slot);
  }
  return inputValue(options, { input: input.name, original: input.ref }, input.isFlake, EMPTY_ATTRS, true);
}

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
  const path = relativePath(source.locked) ?? relativePath(source.original);
  if (path === undefined) {
    return undefined;
  }
  const folder = join(session.folder, path);
  if (folder === undefined) {
    return undefined;
  }
  if (!isFlake) {
    return mkAttrs({ ...sourceInfo(source, folder), outPath: mkString(folder) });
  }
  const flake = session.evaluator.evalFile(`${folder}/flake.nix`);
  return flake instanceof Attrs ? callFlake(session, flake, folder, inputs) : undefined;
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

/** An input with `flake = false`: files that are not here. */
function plainSource(session: Session, source: LockedSource): Value {
  const outPath = sourcePath(session, source);
  session.store.registerPath(
    outPath,
    (rest) =>
      new Opaque(
        `the file ${rest === '' ? '' : `${rest.slice(1)} `}of the input "${source.input}" is not on this machine`,
      ),
  );
  const info = sourceInfo(source, outPath);
  return mkAttrs({ ...info, sourceInfo: mkAttrs(info) });
}
