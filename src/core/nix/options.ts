import type { EvalIo } from './io';
import type { Slot, Value } from './value';

/** What an evaluation may use up. Each running out is a {@link NixError} of kind `limit` with a position. */
export interface Limits {
  /** Function calls in all. */
  readonly fuel: number;
  /** Function calls within each other; Nix's max-call-depth. */
  readonly depth: number;
  /** Elements of one list, bytes of one string. */
  readonly listLength: number;
  readonly stringLength: number;
  /** Bytes of heap, by {@link EvaluatorOptions.memory}. */
  readonly memory: number;
  /** Milliseconds from the evaluator's start (or {@link Evaluator.restartClock}), by {@link EvaluatorOptions.clock}. */
  readonly time: number;
}

export const DEFAULT_LIMITS: Limits = {
  fuel: 1e9,
  depth: 10_000,
  listLength: 20_000_000,
  stringLength: 128 * 1024 * 1024,
  memory: 340 * 1024 * 1024,
  time: Number.POSITIVE_INFINITY,
};

/** What is done about a questionable way of writing. */
export type LintLevel = 'ignore' | 'warn' | 'fatal';

/** Nix's `lint-*` settings; all are ignored unless set. */
export interface Lints {
  /** `https://…` without quotes. */
  readonly urlLiterals?: LintLevel;
  /** `/…` and `~/…`. */
  readonly absolutePathLiterals?: LintLevel;
  /** `a/b` without `./`. */
  readonly shortPathLiterals?: LintLevel;
  /** `==` of functions. */
  readonly functionComparison?: LintLevel;
  /** `placeholder "dev"` in a derivation without an output `dev`. */
  readonly undeclaredPlaceholderOutputs?: LintLevel;
}

/** Paths that are not on this machine. Each function gives undefined for one that is. */
export interface Elsewhere {
  /** What importing it gives. */
  readonly imported: (path: string) => Value | undefined;
  /** What stands for what it holds. */
  readonly contents: (path: string) => Value | undefined;
}

export interface EvaluatorOptions {
  readonly io: EvalIo;
  /**
   * Whether the text under this name is known to be right, and always the same: what nobody looks at is not even parsed,
   * and what was compiled once serves all evaluations of an evaluator.
   */
  readonly knownRight?: (file: string) => boolean;
  readonly limits?: Partial<Limits>;
  /** Milliseconds, monotonic; without it time is not limited. */
  readonly clock?: () => number;
  /**
   * Bytes of heap in use; without it memory is limited by lengths only. Told how many are allowed, so that what nobody
   * needs any more can be collected first where it looks like more.
   */
  readonly memory?: (allowed: number) => number;
  /** `builtins.currentSystem`; absent in pure evaluation. */
  readonly system?: string;
  /** `builtins.currentTime`, seconds; absent in pure evaluation. */
  readonly time?: number;
  /** `builtins.getEnv`; without it every variable is the empty string, as in pure evaluation. */
  readonly getEnv?: (name: string) => string | undefined;
  /** What `~/` stands for; without it such a path is an error. */
  readonly home?: string;
  /** `builtins.nixPath`, where `<name>` is looked up. */
  readonly searchPath?: readonly { readonly prefix: string; readonly path: string }[];
  /**
   * Texts that can be imported under made-up names: `<lockstep/lib>` → Nix source. Parsed when first imported.
   * In a program `import <lockstep/lib>` finds them before any search path.
   */
  readonly virtualFiles?: (name: string) => string | undefined;
  readonly elsewhere?: Elsewhere;
  readonly lints?: Lints;
  /** Nix's experimental features that are on, of those that change values: `parse-toml-timestamps`, `blake3-hashes`. */
  readonly features?: readonly string[];
  /** Whether `builtins.traceVerbose` is `builtins.trace`; otherwise it says nothing. */
  readonly traceVerbose?: boolean;
  /** Whether `builtins.warn` is an error: Nix's setting `abort-on-warn`. */
  readonly abortOnWarn?: boolean;
  /** Told that the host's stack has ended: with a deeper one the evaluation may get further. */
  readonly onOverflow?: () => void;
  /** What `builtins.trace` and `builtins.warn` say, and notices of questionable writing; `text` is Unicode. */
  readonly onTrace?: (text: string, kind: 'trace' | 'warning' | 'notice') => void;
  /** A URL or flake was asked for: gives the value to use; without it, or for undefined, it is opaque. */
  readonly fetch?: (builtin: string, argument: Slot) => Slot | undefined;
}
