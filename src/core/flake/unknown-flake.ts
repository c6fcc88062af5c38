import {
  type Attrs,
  LazyAttrs,
  mkAttrs,
  mkPrimOp,
  mkString,
  NixError,
  NixString,
  type Opaque,
  type Slot,
} from '../nix';
import { type FlakeRef, formatFlakeRef, refNumber, refRevision, refText } from './flake-ref';
import { markValue, type UnknownFlakeMark } from './mark';
import type { Session } from './session';

/** What the lock tells of any input, for its value as a flake. */
export interface LockedSource {
  readonly input: string;
  readonly original?: FlakeRef | undefined;
  readonly locked?: FlakeRef | undefined;
}

/** Where its files would be: a path in the virtual store. */
export function sourcePath(session: Session, source: LockedSource): string {
  const content = refText(source.locked, 'narHash') ?? refRevision(source.locked) ?? refText(source.locked, 'url');
  return session.store.path(`${source.input}:${content ?? ''}`, 'source');
}

/** `rev`, `lastModified` and the other members that Nix gives every locked source; `outPath` is a store path. */
export function sourceInfo(source: LockedSource, outPath: string): Readonly<Record<string, Slot>> {
  const revision = refRevision(source.locked);
  const lastModified = refNumber(source.locked, 'lastModified') ?? 0;
  const narHash = refText(source.locked, 'narHash');
  return {
    outPath: new NixString(outPath, new Set([outPath])),
    lastModified,
    lastModifiedDate: lastModifiedDate(lastModified),
    ...(narHash === undefined ? {} : { narHash }),
    ...(revision === undefined ? {} : { rev: revision, shortRev: revision.slice(0, 7) }),
  };
}

/** `20240211083758`: seconds since 1970 as Nix's `lastModifiedDate`. */
export function lastModifiedDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  const iso = Number.isNaN(date.getTime()) ? '1970-01-01T00:00:00' : date.toISOString();
  return iso.slice(0, 19).replace(/\D/g, '');
}

/** What stands for anything that a flake may hold. */
export function unknownContents(source: LockedSource): Opaque {
  const ref = source.original ?? source.locked;
  const url = ref === undefined ? source.input : formatFlakeRef(ref);
  const revision = refRevision(source.locked);
  const mark: UnknownFlakeMark = {
    kind: 'unknown-flake',
    input: source.input,
    url,
    ...(revision === undefined ? {} : { revision }),
  };
  return markValue(mark, `what the flake "${source.input}" (${url}) holds is not known here`);
}

/**
 * A flake of which nothing is known but its lock entry. Every output is an unknown value that remembers the way to it,
 * so that `foo.packages.x86_64-linux.default` in a shell is "the default package of foo, version unknown".
 */
export function unknownFlake(session: Session, source: LockedSource, inputs: Slot): Attrs {
  const outPath = sourcePath(session, source);
  const info = sourceInfo(source, outPath);
  const unknown = unknownContents(source);
  session.store.registerPath(outPath, () => unknown.member('import'));
  const known: Readonly<Record<string, Slot>> = {
    ...info,
    inputs,
    sourceInfo: mkAttrs(info),
    outputs: unknown,
    _type: mkString('flake'),
  };
  return new LazyAttrs({
    names: () => Object.keys(known),
    has: (name) => Object.hasOwn(known, name) || !name.startsWith('_'),
    get: (name) => {
      if (Object.hasOwn(known, name)) {
        return known[name];
      }
      if (name === '__functor') {
        // Some flakes are functions as well.
        return mkPrimOp(source.input, 2, () => unknown.member('default'));
      }
      return name.startsWith('_') ? undefined : unknownOutput(session, source.input, unknown, name);
    },
  });
}

/** Outputs that have systems below them, and packages or the like below those. */
const BY_SYSTEM: ReadonlySet<string> = new Set(['packages', 'legacyPackages', 'devShells', 'apps', 'checks']);
/** Outputs that have one thing a system. */
const ONE_A_SYSTEM: ReadonlySet<string> = new Set(['formatter', 'defaultPackage', 'devShell', 'defaultApp']);
const SYSTEM = /^\w+-\w+$/;

/**
 * An output of an unknown flake. Those by system can be asked whether they have a system (yes), and list the one that is
 * read, which is noted; what is in that is unknown, and listing it fails.
 */
export function unknownOutput(session: Session, input: string, unknown: Opaque, output: string): Slot {
  const value = unknown.member(output);
  if (!BY_SYSTEM.has(output) && !ONE_A_SYSTEM.has(output)) {
    return value;
  }
  const names = () => {
    throw new NixError('opaque', unknown.reason);
  };
  return new LazyAttrs({
    names: () => {
      session.guessedSystems.add(input);
      return [session.system];
    },
    has: (system) => SYSTEM.test(system),
    get: (system) => {
      if (!SYSTEM.test(system)) {
        return undefined;
      }
      const inside = value.member(system);
      return ONE_A_SYSTEM.has(output)
        ? inside
        : new LazyAttrs({
            names,
            has: (name) => !name.startsWith('_'),
            get: (name) => (name.startsWith('_') ? undefined : inside.member(name)),
          });
    },
  });
}
