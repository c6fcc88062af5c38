import type { Evaluator } from '../evaluator';
import type { Pos } from '../source';
import type { Slot, Value } from '../value';

/** Arguments arrive unforced, as many as the arity says. */
export type BuiltinFn = (evaluator: Evaluator, args: readonly Slot[], pos: Pos | undefined) => Value;

/** Name → number of arguments and what it does. */
export type BuiltinGroup = Readonly<Record<string, readonly [arity: number, fn: BuiltinFn]>>;
