import type { Certainty } from '../model/target';
import { Attrs, type Evaluator, Opaque, type Slot, type Value } from '../nix';
import type { NixpkgsPin } from '../nixpkgs';
import type { Configuration } from './modules/configuration';
import type { Refusal } from './nixpkgs/refusals';

/**
 * Symbolic packages are ordinary attribute sets with one hidden member, {@link MARK}: an opaque value whose tag tells
 * what the set stands for. The mark survives `//`, so whatever the flake does with a package, its origin stays known.
 */
export const MARK = '__lockstep';

/** The nixpkgs that a package comes from. */
export interface NixpkgsSource {
  /** Name of the input. */
  readonly input: string;
  readonly pin: NixpkgsPin;
  /** `owner/repo` of a fork. */
  readonly fork?: string;
  /** Set for a flake around nixpkgs, which may set its `config`. */
  readonly wraps?: true;
  /** The folder that it is in, which can be imported. */
  readonly outPath?: string;
}

/** An attribute of nixpkgs; `path` is below the package set. */
export interface PackageMark {
  readonly kind: 'package';
  readonly path: string;
  readonly source: NixpkgsSource;
  /** Nothing speaks for it but the shape of its name, or that this nixpkgs is newer than the index. */
  readonly guessed?: boolean;
  /** Why Nix refuses to evaluate it in this version, as far as that is known for sure. */
  readonly refusal?: (version: string | undefined) => Refusal | undefined;
}

/** Several packages at once: an interpreter with packages of its set. */
export interface CompositeMark {
  readonly kind: 'composite';
  readonly items: readonly Slot[];
}

/** A derivation that the flake makes itself; `how`: `derivation`, `shell`, `go`, `script`, `join` … */
interface BuiltMark {
  readonly kind: 'built';
  readonly how: string;
}

/** A package of a flake whose contents we know something of: a toolchain of rust-overlay. */
export interface ForeignMark {
  readonly kind: 'foreign';
  readonly input: string;
  readonly attribute: string;
  readonly certainty: Certainty;
  readonly reason?: string;
}

/** A compiler environment: no package by itself. */
interface StdenvMark {
  readonly kind: 'stdenv';
  readonly name: string;
}

/** Something of a flake that we know nothing of but its lock entry. */
export interface UnknownFlakeMark {
  readonly kind: 'unknown-flake';
  readonly input: string;
  readonly url: string;
  readonly revision?: string;
  /** Inputs that it may be of as well. */
  readonly others?: readonly string[];
}

/** Dependencies of a package of nixpkgs, or of another flake: only that itself knows them. */
interface DependenciesMark {
  readonly kind: 'dependencies';
  readonly of: string;
  /** The input that the flake is; left out: nixpkgs. */
  readonly input?: string;
}

/** Something that a model knows to be there and cannot tell more of. */
interface UnresolvedMark {
  readonly kind: 'unresolved';
  readonly what: string;
  readonly reason: string;
}

/** A NixOS, nix-darwin or Home Manager configuration. */
interface ConfigurationMark {
  readonly kind: 'configuration';
  readonly configuration: Configuration;
}

export type Mark =
  | ConfigurationMark
  | PackageMark
  | CompositeMark
  | BuiltMark
  | ForeignMark
  | StdenvMark
  | UnknownFlakeMark
  | DependenciesMark
  | UnresolvedMark;

class Tag {
  constructor(readonly mark: Mark) {}
}

/** The value of the hidden member, or an unknown value that carries a mark. */
export function markValue(mark: Mark, reason = 'an internal mark of Lockstep'): Opaque {
  return new Opaque(reason, undefined, [], new Tag(mark));
}

/** The mark of a value in weak head normal form, if it has one. */
export function markOf(evaluator: Evaluator, value: Value): Mark | undefined {
  if (value instanceof Opaque) {
    return value.tag instanceof Tag ? value.tag.mark : undefined;
  }
  const slot = value instanceof Attrs ? value.get(MARK) : undefined;
  const inner = slot === undefined ? undefined : evaluator.force(slot);
  return inner instanceof Opaque && inner.tag instanceof Tag ? inner.tag.mark : undefined;
}
