import type { Attrs } from './attrs';
import { DEFAULT_LIMITS, type EvaluatorOptions, type Limits } from './options';
import type { Pos } from './source';
import type { Slot, Value } from './value';

export interface EvalStringOptions {
  /** Name shown in positions; default `«string»`. */
  readonly file?: string;
  /** Folder that relative paths start from; default `/`. */
  readonly basePath?: string;
  /** More global variables, over the builtins. */
  readonly scope?: Attrs;
}

/**
 * Evaluates Nix programs. One evaluator keeps its imports; it is used by one caller at a time.
 *
 * All methods throw {@link NixError} and nothing else.
 */
export class Evaluator {
  readonly limits: Limits;

  constructor(readonly options: EvaluatorOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  /** The value of a program text, in weak head normal form. */
  declare evalString: (text: string, options?: EvalStringOptions) => Value;

  /** The value of a file; a folder means its `default.nix`. As `import`: each file is evaluated once. */
  declare evalFile: (path: string) => Value;

  /** Weak head normal form. */
  declare force: (slot: Slot) => Value;

  /** Forces everything inside. */
  declare deepForce: (slot: Slot) => Value;

  /** Calls a function (lambda, builtin, `__functor` set) with arguments one after the other. */
  declare callFunction: (fn: Slot, args: readonly Slot[], pos?: Pos) => Value;

  /** `value.a.b`; errors as the expression would. */
  declare select: (value: Slot, path: readonly string[], pos?: Pos) => Value;

  /** As {@link select}; undefined when an attribute is absent or something on the way is no set. */
  declare selectOptional: (value: Slot, path: readonly string[]) => Value | undefined;

  /** Text (Unicode) of a string, path, derivation, … as interpolation would give it; undefined for {@link Opaque}. */
  declare toText: (slot: Slot) => string | undefined;

  /** The `builtins` set. */
  declare readonly builtins: Attrs;

  /** Starts counting time and fuel anew. */
  declare restartClock: () => void;
}
