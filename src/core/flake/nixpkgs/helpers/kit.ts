import { type Evaluator, mkPrimOp, type Slot, type Value } from '../../../nix';
import { textOf } from '../../session';
import type { PackageContext } from '../package';

/** What every helper is made with. */
export interface HelperKit {
  readonly context: PackageContext;
  readonly evaluator: Evaluator;
  /** The text of a value; empty where it is none. */
  readonly text: (slot: Slot) => string;
  readonly call: (fn: Slot, ...args: Slot[]) => Value;
  /** A builtin function of so many arguments. */
  readonly op: (name: string, arity: number, fn: (...args: Slot[]) => Value) => Value;
}

/** Members of the set `lockstep`, by name. */
export type Helpers = Readonly<Record<string, Slot>>;

/** The kit for the packages of one nixpkgs. */
export function helperKit(context: PackageContext): HelperKit {
  const { evaluator } = context.session;
  return {
    context,
    evaluator,
    text: (slot) => textOf(evaluator.force(slot)) ?? '',
    call: (fn, ...args) => evaluator.callFunction(fn, args),
    op: (name, arity, fn) => mkPrimOp(name, arity, (args) => fn(...args)),
  };
}
