import { forceAt } from '../force';
import type { Symbols } from '../symbols';
import type { Expr } from '../syntax/ast';
import type { Code, Env, Slot } from '../value';
import { type Compiler, withOrigin } from './compiler';

/**
 * A variable that is defined as another one of its own scope stands for the very same value, in Nix, if that one is there
 * by then: it gets its members in the order of their names' symbols.
 *
 * @param nameAt the variable at an index of the scope; undefined for the whole argument, which is there first
 * @returns where in the scope the other one stands
 */
export function aliasOf(
  symbols: Symbols,
  name: string,
  expr: Expr,
  nameAt: (index: number) => string | undefined,
): number | undefined {
  if (expr.kind !== 'var' || expr.found?.in !== 'scope' || expr.found.depth !== 0) {
    return undefined;
  }
  const other = nameAt(expr.found.index);
  return other === undefined || symbols.rank(other) < symbols.rank(name) ? expr.found.index : undefined;
}

/** What an alias is computed by, where it is asked for. */
export function aliasCode(compiler: Compiler, expr: Expr, other: number): Code {
  return withOrigin((scope: Env, pos) => forceAt(scope[other] as Slot, pos), compiler.origin(expr));
}
