import type { Attrs } from './attrs';
import type { NixError } from './errors';
import type { Pos } from './source';

/**
 * A value in weak head normal form.
 *
 * | Nix | here |
 * | --- | --- |
 * | null, booleans | the same |
 * | integer | `number` when it is safe (±2⁵³), `bigint` beyond; never outside 64 bits |
 * | float | {@link NixFloat}, so that 1.0 stays apart from 1 |
 * | string | `string`: each unit is one byte (see bytes.ts); {@link NixString} when it has a context |
 * | path | {@link NixPath} |
 * | list | array of {@link Slot}s; never changed once it is a value |
 * | attribute set | {@link Attrs} |
 * | function | {@link Lambda}, {@link PrimOp}, {@link PrimOpApp} |
 * | unknown | {@link Opaque} |
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | NixFloat
  | NixString
  | NixPath
  | NixList
  | Attrs
  | Lambda
  | PrimOp
  | PrimOpApp
  | Opaque;

/** A value, or one that is yet to be computed. Force it with {@link force}. */
export type Slot = Value | Thunk;
export type NixList = readonly Slot[];

/** Variables of a scope: index 0 is the scope around it, the others are its values. */
export type Env = (Slot | Env | undefined)[];

/** Compiled expression: gives the value in weak head normal form. `pos` is where it was asked for, if that is known. */
export type Code = ((env: Env, pos?: Pos) => Value) & {
  /** A function where it takes parsing to know it. */
  readonly origin?: Origin | (() => Origin | undefined);
};

/** Where an expression stands and how it is written, for provenance. */
export interface Origin {
  readonly pos: Pos;
  /** The expression as written, shortened, such as `pkgs.nodejs`. */
  readonly text: string;
}

export class NixFloat {
  constructor(readonly value: number) {}
}

/** A NaN that was written, in TOML. Those that x86 computes have their sign bit set and are shown as `-nan`. */
export const WRITTEN_NAN = new NixFloat(Number.NaN);

/** A string with context: the store paths that it stands on, in Nix's encoding (`/nix/store/…`, `!out!….drv`, `=….drv`). */
export class NixString {
  constructor(
    readonly text: string,
    readonly context: ReadonlySet<string>,
  ) {}
}

export class NixPath {
  /** @param path absolute and normalised byte string */
  constructor(readonly path: string) {}
}

/** Formal arguments `{ a, b ? 1, ... }@name`. */
export interface Formals {
  readonly names: readonly string[];
  /** Where in the scope the first one stands; the others follow. */
  readonly first: number;
  readonly index: ReadonlyMap<string, number>;
  /** What an argument is that is not given. */
  readonly defaults: readonly (((scope: Env) => Slot) | undefined)[];
  readonly positions: readonly Pos[];
  readonly ellipsis: boolean;
  /** Arguments that by default are another variable of the scope, which is there before them. */
  readonly aliases: readonly FormalAlias[];
}

export interface FormalAlias {
  /** Which one, and where in the scope the other stands. */
  readonly own: number;
  readonly other: number;
  readonly code: Code;
}

/** What all instances of one function expression share. */
export interface LambdaInfo {
  /** `x` in `x: …` or in `x@{ … }: …`. */
  readonly argument: string | undefined;
  readonly formals: Formals | undefined;
  readonly body: Code;
  readonly pos: Pos;
  /** Name of the attribute or variable that it was bound to. */
  readonly name: string | undefined;
}

export class Lambda {
  constructor(
    readonly info: LambdaInfo,
    readonly env: Env,
  ) {}
}

/** The function behind a {@link PrimOp}: gets unforced arguments, gives a value. */
export type PrimOpFn = (args: readonly Slot[], pos: Pos | undefined) => Value;

export class PrimOp {
  constructor(
    readonly name: string,
    readonly arity: number,
    readonly fn: PrimOpFn,
    /** What `builtins.functionArgs` and documentation need; plain builtins have none. */
    readonly argNames: readonly string[] = [],
  ) {}
}

/** A {@link PrimOp} that has some of its arguments. */
export class PrimOpApp {
  constructor(
    readonly primOp: PrimOp,
    readonly args: readonly Slot[],
  ) {}
}

/**
 * A value that cannot be known, and why. Selecting from it, calling it and interpolating it give an unknown value
 * again; deciding by it (`if`, `&&`) is a NixError of kind `opaque`. An `assert` of it holds.
 */
export class Opaque {
  /** Stands in a path for a call. */
  static readonly CALL = '()';

  constructor(
    /** A sentence for a person: `flake "foo" (github:a/b) is not one that Lockstep knows`. */
    readonly reason: string,
    readonly pos?: Pos | undefined,
    /** How it was reached from where it arose: `packages.x86_64-linux.default`. */
    readonly path: readonly string[] = [],
    /** Anything that whoever made it wants to find again. */
    readonly tag?: unknown,
  ) {}

  /** The unknown value that is reached by selecting `name`. */
  member(name: string): Opaque {
    return this.path.length >= 32 ? this : new Opaque(this.reason, this.pos, [...this.path, name], this.tag);
  }

  /** What calling it gives: unknown in the same way, and no longer the thing itself. */
  called(argument: Slot): Opaque {
    return this.tag === undefined ? this : UnknownResult.of(this, argument);
  }

  /** Another unknown value, which this one decides about: as unknown, for the same reason, but not the same thing. */
  decided(): Opaque {
    return this.tag === undefined ? this : new Opaque(this.reason, this.pos, this.path);
  }
}

/** What a call of something unknown gives. */
export class UnknownResult extends Opaque {
  static of(called: Opaque, argument: Slot): UnknownResult {
    const path = called.path.at(-1) === Opaque.CALL ? called.path : called.member(Opaque.CALL).path;
    return new UnknownResult(called.reason, called.pos, path, called.tag, argument);
  }

  constructor(
    reason: string,
    pos: Pos | undefined,
    path: readonly string[],
    tag: unknown,
    /** What the function was last called with. */
    readonly argument: Slot,
  ) {
    super(reason, pos, path, tag);
  }
}

/** An element that may be in its list or not: how long the list is cannot be told. */
export class Undecided extends Opaque {
  /** One that is there only if `condition`, which is unknown, holds. */
  static by(condition: Opaque): Undecided {
    const told = 'whether it is there is not known: ';
    // What is reached through such an element is unknown for the same reason.
    const reason = condition.reason.startsWith(told) ? condition.reason : `${told}${condition.reason}`;
    return condition instanceof Undecided ? condition : new Undecided(reason, condition.pos);
  }

  /** The members of a set that nobody knows the names of: none, one or many. */
  static rest(cause: Opaque): Undecided {
    return cause instanceof Undecided
      ? cause
      : new Undecided(`what else is in the set is not known: ${cause.reason}`, cause.pos);
  }

  /** What stands for the list that is put in at this place. */
  static list(cause: Opaque): Undecided {
    return cause instanceof Undecided
      ? cause
      : new Undecided(`what stands here is not known: ${cause.reason}`, cause.pos);
  }

  /** The first such among the first `count` elements of a list. */
  static among(list: readonly Slot[], count = list.length): Undecided | undefined {
    for (let i = 0; i < count && i < list.length; i++) {
      const slot = list[i];
      const value = slot instanceof Thunk ? slot.value : slot;
      if (value instanceof Undecided) {
        return value;
      }
    }
    return undefined;
  }
}

/** Thrown by {@link force} when a value needs itself; the evaluator turns it into a NixError with a position. */
export const BLACK_HOLE: Env = [];

/**
 * A delayed value. While it is being computed its scope is the black hole, so that a value which needs itself is found
 * at once; afterwards the value, or the error, replaces the scope. The code stays: it knows where the expression was
 * written.
 */
export class Thunk {
  value: Value | undefined = undefined;

  constructor(
    readonly code: Code,
    public env: Env | NixError | undefined,
  ) {}

  /**
   * What tells a list from an equal one when it is printed: Nix goes by the place where the value is kept.
   */
  get cell(): Slot {
    return this;
  }

  /** Where the expression behind this value is written. */
  get origin(): Origin | undefined {
    const { origin } = this.code;
    return typeof origin === 'function' ? origin() : origin;
  }
}

/** A call of `map` and its like that waits, for the place that asks for it. In its scope the function comes first. */
export class CallThunk extends Thunk {
  /** Where the function is written, when it is known by now. */
  get callee(): Pos | undefined {
    const fn = Array.isArray(this.env) ? this.env[0] : undefined;
    const value = fn instanceof Thunk ? fn.value : fn;
    return value instanceof Lambda ? value.info.pos : undefined;
  }
}

/** Another name for a value: a thunk of its own, which remembers where it was written, but the same value. */
export class AliasThunk extends Thunk {
  constructor(
    code: Code,
    env: Env,
    private readonly original: Slot,
  ) {
    super(code, env);
  }

  override get cell(): Slot {
    return this.original instanceof Thunk ? this.original.cell : this.original;
  }
}
