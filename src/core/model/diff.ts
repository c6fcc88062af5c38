import type { Evidence } from './evidence';
import type { Position } from './problem';
import type { Certainty } from './target';

/** `shadowed`: a matching copy is installed, but another copy wins on PATH. */
export type RowStatus = 'match' | 'drift' | 'missing' | 'extra' | 'shadowed' | 'unknown';

/** How far two versions are apart. */
export type DriftSize = 'patch' | 'minor' | 'major' | 'other';

/** What the target asks for. */
export interface Expected {
  readonly attribute: string;
  readonly name: string;
  readonly version?: string;
  readonly certainty: Certainty;
  readonly position?: Position;
  readonly reason?: string;
}

/** One copy on the machine, as far as a comparison shows it. */
export interface Actual {
  readonly version?: string;
  readonly path: string;
  readonly realPath: string;
  readonly manager: string;
  readonly active: boolean;
  readonly onPath: boolean;
  readonly shadowedBy?: string;
  readonly leadsTo?: string;
  readonly evidence: readonly Evidence[];
}

/** A command that would bring the machine in step. Shown, never run. */
export interface Fix {
  /** `nix`, `apt`, `brew`, `rustup` … */
  readonly manager: string;
  /** One line to paste into a shell. */
  readonly command: string;
  /** What the user gets. */
  readonly title: string;
  /** What else it would change. */
  readonly risk?: string;
}

/** A difference that the project has agreed to: then the row's status is `match`. */
interface Acceptance {
  /** `policy`: lockstep.toml; `baseline`: a file of differences that were there already. */
  readonly by: 'policy' | 'baseline';
  /** What the status would be without. */
  readonly was: RowStatus;
  readonly reason: string;
  /** ISO 8601 day on which it ends. */
  readonly until?: string;
}

/** One line of the comparison. */
export interface DiffRow {
  /** Catalog id, or the nixpkgs attribute where the catalog has none. */
  readonly tool: string;
  /** For a person: `PostgreSQL`. */
  readonly title: string;
  /** Catalog category id. */
  readonly category: string;
  readonly status: RowStatus;
  readonly drift?: DriftSize;
  readonly expected?: Expected;
  /** The copy that wins. */
  readonly actual?: Actual;
  /** Every copy, in PATH order, the winner first. */
  readonly copies: readonly Actual[];
  /** Why the status is what it is, one sentence. */
  readonly reason: string;
  readonly fixes: readonly Fix[];
  readonly accepted?: Acceptance;
}

/** A line of a comparison that is still being made. */
export interface EarlyRow extends DiffRow {
  /** Not judged yet: what it has of either side is what is known so far, and its status says nothing. */
  readonly pending?: true;
}

/** Counts over the rows that the target asks for (`total`), and over what is only on the machine (`extra`). */
export interface DiffSummary {
  readonly total: number;
  readonly match: number;
  readonly drift: number;
  readonly missing: number;
  readonly shadowed: number;
  readonly unknown: number;
  readonly extra: number;
  /** How many of `match` are differences that were agreed to; absent when none are. */
  readonly accepted?: number;
  /** `31 of 40 in step; 4 drift, 3 missing, 2 hidden`. */
  readonly headline: string;
  readonly inStep: boolean;
}
