import type { OutputType, TargetOutput, TargetOutputEntry } from '../../model/target';
import { Attrs, decodeUtf8, encodeUtf8, type NixError, Opaque, type Slot } from '../../nix';
import { attempt, memberAttrs, memberText, type Session } from '../session';
import type { Places } from './places';

/** Members that Nix adds to every flake. */
const ADDED: ReadonlySet<string> = new Set([
  '_type',
  'inputs',
  'lastModified',
  'lastModifiedDate',
  'narHash',
  'outPath',
  'outputs',
  'rev',
  'shortRev',
  'sourceInfo',
]);

/** How an output is laid out: a set of things, one thing, either of them for each system, or derivations at any depth. */
type Layout = 'set' | 'one' | 'set-by-system' | 'one-by-system' | 'jobs' | 'unlisted-by-system' | 'unlisted';

/** Outputs that `nix flake show` knows, and some that it does not but people have. Source: the Nix manual, `nix flake`. */
const KNOWN: Readonly<Record<string, readonly [layout: Layout, type: OutputType]>> = {
  packages: ['set-by-system', 'derivation'],
  devShells: ['set-by-system', 'derivation'],
  checks: ['set-by-system', 'derivation'],
  apps: ['set-by-system', 'app'],
  bundlers: ['set-by-system', 'bundler'],
  formatter: ['one-by-system', 'derivation'],
  defaultPackage: ['one-by-system', 'derivation'],
  devShell: ['one-by-system', 'derivation'],
  defaultApp: ['one-by-system', 'app'],
  defaultBundler: ['one-by-system', 'bundler'],
  hydraJobs: ['jobs', 'derivation'],
  legacyPackages: ['unlisted-by-system', 'omitted'],
  overlays: ['set', 'nixpkgs-overlay'],
  overlay: ['one', 'nixpkgs-overlay'],
  nixosModules: ['set', 'nixos-module'],
  nixosModule: ['one', 'nixos-module'],
  nixosConfigurations: ['set', 'nixos-configuration'],
  darwinConfigurations: ['set', 'darwin-configuration'],
  homeConfigurations: ['set', 'home-configuration'],
  darwinModules: ['set', 'darwin-module'],
  homeModules: ['set', 'home-module'],
  homeManagerModules: ['set', 'home-module'],
  templates: ['set', 'template'],
  defaultTemplate: ['one', 'template'],
  lib: ['unlisted', 'unknown'],
};

/** Types whose members are not looked at: a configuration or a module costs nothing until somebody reads it. */
const UNTOUCHED: ReadonlySet<OutputType> = new Set([
  'nixos-configuration',
  'darwin-configuration',
  'home-configuration',
]);

const MAX_MEMBERS = 1_000;
/** Entries that are looked into; the others are named only. */
const MAX_ENTRIES = 500;
const MAX_DEPTH = 6;

export interface ReadOutputsOptions {
  /** Whose members are looked into. */
  readonly system: string;
  /** Looks into the members of every system. */
  readonly allSystems: boolean;
}

/**
 * What a flake offers, as `nix flake show` lists it. Each entry is read by itself: one that fails or is unknown is there
 * with its cause. Entries of other systems are named only, unless all are asked for.
 */
export function readOutputs(
  session: Session,
  flake: Attrs,
  places: Places,
  options: ReadOutputsOptions,
): readonly TargetOutput[] {
  const names = attempt(() => flake.names());
  const reader = new OutputReader(session, places, options);
  return (names.ok ? names.value : []).filter((name) => !ADDED.has(name)).map((name) => reader.output(name, flake));
}

class OutputReader {
  private looked = 0;

  constructor(
    private readonly session: Session,
    private readonly places: Places,
    private readonly options: ReadOutputsOptions,
  ) {}

  output(name: string, flake: Attrs): TargetOutput {
    const output = decodeUtf8(name);
    const [layout, type] = Object.hasOwn(KNOWN, name) ? KNOWN[name]! : (['unlisted', 'unknown'] as const);
    const found = attempt(() => this.session.evaluator.force(flake.get(name)!));
    if (!found.ok) {
      return { name: output, members: [], entries: [this.failed([], found.error)] };
    }
    const { value } = found;
    if (value instanceof Opaque) {
      return { name: output, members: [], entries: [{ path: [], type: 'opaque', reason: value.reason }] };
    }
    if (layout === 'one' || !(value instanceof Attrs)) {
      return { name: output, members: [], entries: [this.leaf([], value, layout === 'one' ? type : 'unknown')] };
    }
    if (layout === 'unlisted') {
      const members = Object.hasOwn(KNOWN, name) ? [] : list(value);
      return { name: output, members, entries: [{ path: [], type }] };
    }
    if (layout === 'set' || layout === 'jobs') {
      return {
        name: output,
        members: list(value),
        entries: [...beyond([], value), ...this.members([], value, type, layout === 'jobs' ? MAX_DEPTH : 0)],
      };
    }
    const systems = attempt(() => value.names());
    if (!systems.ok) {
      return { name: output, members: [], entries: [this.failed([], systems.error)] };
    }
    const system = encodeUtf8(this.options.system);
    const ofSystem = layout === 'set-by-system' ? attempt(() => memberAttrs(this.session, value, system)) : undefined;
    return {
      name: output,
      systems: list(value),
      members: ofSystem?.ok && ofSystem.value !== undefined ? list(ofSystem.value) : [],
      entries: [...beyond([], value), ...list(value).flatMap((name) => this.ofSystem(name, value, layout, type))],
    };
  }

  private ofSystem(system: string, outputs: Attrs, layout: Layout, type: OutputType): readonly TargetOutputEntry[] {
    const path = [system];
    const slot = outputs.get(encodeUtf8(system))!;
    const isRead = this.options.allSystems || system === this.options.system;
    if (layout === 'unlisted-by-system') {
      return [{ path, type, reason: 'It is too large to list.' }];
    }
    if (layout === 'one-by-system') {
      return [isRead ? this.leaf(path, slot, type) : { path, type: 'omitted' }];
    }
    const set = attempt(() => this.session.evaluator.force(slot));
    if (!set.ok) {
      return [this.failed(path, set.error)];
    }
    if (set.value instanceof Opaque) {
      return [{ path, type: 'opaque', reason: set.value.reason }];
    }
    if (!(set.value instanceof Attrs)) {
      return [{ path, type: 'unknown' }];
    }
    return isRead
      ? [...beyond(path, set.value), ...this.members(path, set.value, type, 0)]
      : list(set.value).map((name) => ({ path: [...path, name], type: 'omitted' as const }));
  }

  /** @param depth how deep sets of them may lie in each other */
  private members(path: readonly string[], set: Attrs, type: OutputType, depth: number): readonly TargetOutputEntry[] {
    const names = attempt(() => set.names());
    if (!names.ok) {
      return [this.failed(path, names.error)];
    }
    return names.value.slice(0, MAX_MEMBERS).flatMap((name): readonly TargetOutputEntry[] => {
      const slot = set.get(name)!;
      const below = [...path, decodeUtf8(name)];
      if (depth > 0) {
        const value = attempt(() => this.session.evaluator.force(slot));
        if (value.ok && value.value instanceof Attrs && !value.value.has('type')) {
          return this.members(below, value.value, type, depth - 1);
        }
      }
      return [this.leaf(below, slot, type)];
    });
  }

  private leaf(path: readonly string[], slot: Slot, type: OutputType): TargetOutputEntry {
    this.looked += 1;
    if (UNTOUCHED.has(type)) {
      return { path, type };
    }
    if (this.looked > MAX_ENTRIES) {
      return { path, type: 'omitted' };
    }
    const read = attempt(() => this.describe(path, slot, type));
    return read.ok ? read.value : this.failed(path, read.error);
  }

  /** @throws NixError */
  private describe(path: readonly string[], slot: Slot, type: OutputType): TargetOutputEntry {
    const { session } = this;
    const value = session.evaluator.force(slot);
    if (value instanceof Opaque) {
      return { path, type: 'opaque', reason: value.reason };
    }
    if (type !== 'derivation' && type !== 'app' && type !== 'template') {
      return { path, type };
    }
    const text = (name: string): string | undefined => {
      const found = value instanceof Attrs ? memberText(session, value, name) : undefined;
      return found === undefined ? undefined : decodeUtf8(found);
    };
    const isRight = type === 'template' || (value instanceof Attrs && text('type') === type);
    if (!isRight) {
      return { path, type: 'wrong', reason: `It is no ${type}.` };
    }
    const name = type === 'derivation' ? text('name') : undefined;
    const description = type === 'template' ? text('description') : descriptionOf(session, value as Attrs);
    return {
      path,
      type,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined || description === '' ? {} : { description }),
    };
  }

  private failed(path: readonly string[], error: NixError): TargetOutputEntry {
    const position = this.places.ofError(error);
    return {
      path,
      type: error.kind === 'opaque' ? 'opaque' : 'failed',
      reason: error.message,
      ...(position === undefined ? {} : { position }),
    };
  }
}

/** What says that a set has more than is known. */
function beyond(path: readonly string[], { rest }: Attrs): readonly TargetOutputEntry[] {
  return rest === undefined ? [] : [{ path, type: 'opaque', reason: rest.reason }];
}

function descriptionOf(session: Session, value: Attrs): string | undefined {
  const meta = attempt(() => memberAttrs(session, value, 'meta'));
  const found =
    meta.ok && meta.value !== undefined ? attempt(() => memberText(session, meta.value!, 'description')) : undefined;
  return found?.ok && found.value !== undefined ? decodeUtf8(found.value) : undefined;
}

function list(attrs: Attrs): readonly string[] {
  const names = attempt(() => attrs.names());
  return names.ok ? names.value.slice(0, MAX_MEMBERS).map(decodeUtf8) : [];
}
