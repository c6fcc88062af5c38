import type { Certainty } from '../model/target';

/** A locked (or not locked) nixpkgs, as far as a lock file tells. Every key may be missing. */
export interface NixpkgsPin {
  /** 40 hex digits, or the first 7 and more. */
  readonly revision?: string | undefined;
  /** The `ref` that was asked for: `nixos-24.05`, `nixpkgs-unstable`, `release-23.05`, `master`. */
  readonly branch?: string | undefined;
  /** The lock's `lastModified`: seconds since 1970, UTC. */
  readonly lastModified?: number | undefined;
}

/** Which version an attribute has at a pin. */
export interface Resolution {
  /** `exact` and `estimate`: a version; `range`: `1.2 – 1.4`; `unknown`: absent, `reason` says why. */
  readonly version?: string;
  readonly certainty: Certainty;
  /** A sentence; absent only when `certainty` is `exact`. */
  readonly reason?: string;
}

/** An {@link Resolution} that was made without knowing the revision. */
export interface Estimate extends Resolution {
  readonly certainty: Exclude<Certainty, 'exact'>;
  readonly reason: string;
}

/**
 * Answer of an exact question. `absent`: the index has the revision, and the attribute was not there (or had no
 * version); `unknown-revision`: the index does not have the revision (for a nested attribute: not with nested sets).
 */
type Lookup =
  | { readonly state: 'found'; readonly version: string; readonly certainty: 'exact' }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown-revision' };

/**
 * Whether nixpkgs has an attribute.
 *
 * - `exists`: recorded at this revision, or at its recorded neighbours on both sides;
 * - `absent`: recorded at other revisions, not at this one (not at either neighbour): not there yet, removed, or left
 *   out of the records because it was marked broken or insecure then;
 * - `unlisted`: no recorded revision has it with a version: a typo, a set (`python3Packages`), a function (`mkShell`),
 *   a package without a version, an alias, or newer than the index. The caller knows which names are sets or functions;
 * - `unknown`: cannot be told (neighbours disagree, or the pin is outside what was recorded).
 */
export interface Existence {
  readonly state: 'exists' | 'absent' | 'unlisted' | 'unknown';
  readonly certainty: 'exact' | 'estimate';
  readonly reason: string;
}

/** One recorded revision of nixpkgs. */
export interface RevisionInfo {
  /** 40 hex digits. */
  readonly revision: string;
  /** Seconds since 1970, UTC: when the channel advanced to it (`channel-history`) or when it was first recorded, at
   * most a few days later (`first-seen`). */
  readonly date: number;
  readonly dateSource: 'channel-history' | 'first-seen';
  /** Line of development: `unstable`, `nixos-23.05`. */
  readonly line: string;
  /** Channels that pointed to it. */
  readonly channels: readonly string[];
  /** How many attributes were recorded there. */
  readonly attributes: number;
  /** Whether nested sets (`python312Packages.numpy`) were recorded, too; else the top level only. */
  readonly nested: boolean;
}

/** A stretch of a line, from one recorded revision to another, in which an attribute had one version. */
export interface VersionRun {
  readonly line: string;
  readonly version: string;
  readonly first: RevisionInfo;
  readonly last: RevisionInfo;
  /** How many recorded revisions it covers. */
  readonly revisions: number;
}

/** What an index holds. */
interface IndexInfo {
  readonly attributes: number;
  readonly revisions: number;
  readonly bytes: number;
  readonly lines: readonly {
    readonly name: string;
    readonly revisions: number;
    readonly first: RevisionInfo;
    readonly last: RevisionInfo;
  }[];
}

/** Which version each top-level attribute of nixpkgs had, and when. Immutable; every method is pure. */
export interface NixpkgsIndex {
  /** The version at a recorded revision. Never guesses. */
  lookup(attribute: string, revision: string): Lookup;
  /** The likely version at a revision that is not recorded, from the recorded ones around it. */
  estimate(attribute: string, pin: NixpkgsPin): Estimate;
  /** Whatever is right for a pin: exact when its revision is recorded, else an estimate. What lock nodes are asked. */
  resolve(attribute: string, pin: NixpkgsPin): Resolution;
  /** Whether the attribute is there at a pin. */
  existence(attribute: string, pin: NixpkgsPin): Existence;
  /**
   * Whether a set that is recorded at a revision has a member. Records have no aliases, no functions, and nothing
   * without a version.
   *
   * @returns undefined where the members of this set are not recorded at this revision
   */
  hasMember(set: string, member: string, revision: string): boolean | undefined;
  /** Near names among the members that a set has at a recorded revision, best first, at most `limit` (5). */
  suggestMembers(set: string, member: string, revision: string, limit?: number): readonly string[];
  /** Near names, best first, at most `limit` (5): small edits, common renames, other spelling of a version suffix.
   * With a pin only names that exist there. */
  suggest(name: string, pin?: NixpkgsPin, limit?: number): readonly string[];
  /** The facts of a recorded revision; `undefined` for another one. Takes 40 hex digits, or the
   * first 7 and more where no other revision begins with them. */
  revisionInfo(revision: string): RevisionInfo | undefined;
  /** Every top-level attribute that some revision has, sorted by UTF-16 code unit. */
  names(): readonly string[];
  /** Every run of an attribute, by line, then by time; empty for one that no revision has. */
  history(attribute: string): readonly VersionRun[];
  info(): IndexInfo;
}
