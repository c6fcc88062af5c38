import type { Position } from '../model/problem';
import { Attrs, type Evaluator, NixError, NixString, type Opaque, type Pos, type Slot, type Value } from '../nix';
import type { NixpkgsIndex } from '../nixpkgs';
import type { Refusal } from './nixpkgs/refusals';
import type { VirtualStore } from './virtual-store';

/** What everything that takes part in reading one flake shares. */
export interface Session {
  readonly evaluator: Evaluator;
  readonly index: NixpkgsIndex;
  readonly store: VirtualStore;
  /** Nix's word for the system that is read. */
  readonly system: string;
  /** The flake's folder, absolute. */
  readonly folder: string;
  /** Why nixpkgs lacks a name that was asked for, where more is known than that. */
  readonly absences: Map<string, string>;
  /** Whether a name that no nixpkgs had is like one: nixpkgs may be imported often, and each comparison is with all names. */
  readonly likeness: Map<string, boolean>;
  /** The known member that is nearest to one of a set that could not be checked, by what was asked for. */
  readonly nearestMembers: Map<string, string | undefined>;
  /** Modules of flakes that are not known, as they were imported: what they add is missing. */
  readonly unknownModules: Set<Opaque>;
  /** What overlays of flakes that are not known gave, as they were laid over a nixpkgs: what they replace is not seen. */
  readonly unknownOverlays: Set<Opaque>;
  /** Flakes that are not known whose systems were asked for: the one that is read was taken to be among them. */
  readonly guessedSystems: Set<string>;
  /** Arguments that kept their default where one of those may fill them: the names. */
  readonly keptDefaults: Set<string>;
  /** Packages that shells ask for and Nix refuses, by their paths: why, and where each is asked for first. */
  readonly refused: Map<string, { readonly refusal: Refusal; readonly position: Position | undefined }>;
  /** Characters of variables and hooks that may still be told, of all shells together. */
  readonly texts: { left: number };
  /** Gives the next shell time of its own, so that many shells do not share what is meant for one; some times only. */
  readonly renewTime: () => void;
  /** The library of nixpkgs, one for all. */
  readonly lib: () => Value;
}

/** The byte string of a string value, without its context. */
export function textOf(value: Value): string | undefined {
  return typeof value === 'string' ? value : value instanceof NixString ? value.text : undefined;
}

/** Linux passes no longer text to a program (MAX_ARG_STRLEN in execve(2)). */
const LONGEST_TEXT = 131_072;

/** A text that a shell could be given; a longer one is an error at the place where it is written. */
export function bearable<T>(text: T, pos: Pos | undefined): T {
  if (typeof text === 'string' && text.length >= LONGEST_TEXT) {
    throw new NixError('limit', `a text of ${text.length} bytes is too long to be passed to a program`, pos);
  }
  return text;
}

/** What the texts of all shells together may hold: a program can be given 6 MiB of them (execve(2)). */
export const LONGEST_TEXTS = 16 * 1024 * 1024;

/**
 * A text that goes into the document.
 *
 * @throws NixError when shells have more of them than a document can hold
 */
export function listed<T>(session: Session, text: T, pos: Pos | undefined): T {
  if (typeof text === 'string') {
    if (text.length > session.texts.left) {
      throw new NixError('limit', `the shells set more than ${LONGEST_TEXTS >> 20} MiB of text`, pos);
    }
    session.texts.left -= text.length;
  }
  return text;
}

/** The byte string of a member, if it is there and is a string. Errors go through. */
export function memberText(session: Session, attrs: Attrs, name: string): string | undefined {
  const slot = attrs.get(name);
  return slot === undefined ? undefined : bearable(textOf(session.evaluator.force(slot)), attrs.positionOf(name));
}

/** A member as a set; undefined when absent or anything else. */
export function memberAttrs(session: Session, value: Value, name: string): Attrs | undefined {
  const slot = value instanceof Attrs ? value.get(name) : undefined;
  const member = slot === undefined ? undefined : session.evaluator.force(slot);
  return member instanceof Attrs ? member : undefined;
}

/** The slots of a list; a value that is no list is taken as a list of one, and null as the empty list. */
export function listSlots(evaluator: Evaluator, slot: Slot): readonly Slot[] {
  const value = evaluator.force(slot);
  if (value === null) {
    return [];
  }
  return Array.isArray(value) ? (value as readonly Slot[]) : [slot];
}

/** Runs what may fail on the flake's account. */
export function attempt<T>(
  run: () => T,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: NixError } {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    if (isNixError(error)) {
      return { ok: false, error };
    }
    throw error;
  }
}

function isNixError(error: unknown): error is NixError {
  return error instanceof Error && error.name === 'NixError';
}
