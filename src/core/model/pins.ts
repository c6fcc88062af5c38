import type { Position, Problem } from './problem';
import type { Unresolved } from './target';

export const PINS_SCHEMA = 'lockstep.pins/1';

/** The rules by which a constraint is written; `channel` is a moving name (`lts/*`, `stable`, `latest`). */
export type PinScheme =
  | 'exact'
  | 'prefix'
  | 'minimum'
  | 'semver'
  | 'pep440'
  | 'poetry'
  | 'conda'
  | 'rubygems'
  | 'composer'
  | 'maven'
  | 'roll-forward'
  | 'channel'
  | 'unknown';

/**
 * What kind of declaration it is. `version-file`: read by a version manager; `manifest`: a package's own statement;
 * `container`: what an image is built from or started with; `dev-container`; `ci`: what a pipeline sets up;
 * `environment`: another environment manager's list (devbox, conda, pixi); `dependency`: what the project's own package
 * manager fetches and runs without PATH (`devDependencies`, a group of `pyproject.toml`, a hook of pre-commit, the compiler
 * of a build plugin); `lock`: what a lock file was written with, to which it holds nobody.
 */
export type PinSource =
  | 'version-file'
  | 'manifest'
  | 'container'
  | 'dev-container'
  | 'ci'
  | 'environment'
  | 'dependency'
  | 'lock';

/** One version that a project declares outside its flake. */
export interface Pin {
  /** Catalog id such as `node`; the declared name where the catalog has none. */
  readonly tool: string;
  /** As written: `^18 || >=20`, `3.11-slim`, `lts/iron`. */
  readonly constraint: string;
  readonly scheme: PinScheme;
  /**
   * The versions that it allows, in one notation for all schemes: comparators (`>=`, `>`, `<`, `<=`, or a bare version)
   * joined by blanks, alternatives by `||`. `<21.0.0-0` leaves out the previews of 21. Absent when it moves or cannot be read.
   */
  readonly range?: string;
  /** The moving name behind it: `lts`, `stable`, `nightly`, `latest`. */
  readonly channel?: string;
  readonly source: PinSource;
  /** The statement that declares it, in the file's words: `engines.node`, `FROM`, `actions/setup-node`. */
  readonly declaredBy: string;
  /** The part of the file that it holds for: `job test`, `stage build`, `service db`. */
  readonly scope?: string;
  /** Pins with the same group are alternatives of one statement, such as the cells of a matrix. */
  readonly group?: string;
  /** Of the value. */
  readonly position: Position;
  /** The declaration as it stands in the file, on one line, shortened. */
  readonly text: string;
}

/** What a project declares outside its flake. Sorted by tool, file and position. */
export interface ProjectPins {
  readonly schema: typeof PINS_SCHEMA;
  /** Files that were read, relative to the project, sorted. */
  readonly files: readonly string[];
  readonly pins: readonly Pin[];
  /** Declarations whose version is decided elsewhere (a variable, an included file), each with its cause. */
  readonly unresolved: readonly Unresolved[];
  /** Files that are broken, refused or misleading. */
  readonly problems: readonly Problem[];
}

/** One side of a contradiction. */
export interface PinPlace {
  readonly kind: 'pin' | 'flake' | 'machine';
  /** The version or constraint in the words of the place. */
  readonly says: string;
  /** Where it is said: absent for the machine. */
  readonly position?: Position;
  /** For the machine: the program that runs. */
  readonly path?: string;
  readonly scope?: string;
}

/**
 * `error`: what developers are told to use cannot all be true; `warning`: a container, a pipeline or a script of the
 * project runs something else than the developers; `info`: only those differ among themselves.
 */
export type ContradictionSeverity = 'error' | 'warning' | 'info';

/** Declarations of one tool that no version satisfies together. */
export interface PinContradiction {
  readonly tool: string;
  readonly title: string;
  readonly severity: ContradictionSeverity;
  /** One sentence that names every place. */
  readonly message: string;
  /** At least two, in the order of the sentence. */
  readonly places: readonly PinPlace[];
}

/** The pins of a project and what came of comparing them. */
export interface ComparedPins extends ProjectPins {
  /** Sorted by severity, then tool; `tool` is the one of a comparison's row. */
  readonly contradictions: readonly PinContradiction[];
}
