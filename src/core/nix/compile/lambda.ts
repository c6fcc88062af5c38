import type { Expr, LambdaExpr } from '../syntax/ast';
import { lambdaNames } from '../syntax/binder';
import { type Code, type FormalAlias, type Formals, Lambda, type LambdaInfo } from '../value';
import { aliasCode, aliasOf } from './alias';
import type { Compiler, Delay } from './compiler';

/** `x: body`, `{ a, b ? 1, ... }@x: body`. */
export function compileLambda(compiler: Compiler, expr: LambdaExpr): Code {
  const info: LambdaInfo & { body: Code; formals: Formals | undefined } = {
    argument: expr.argument,
    formals: formals(compiler, expr),
    body: compiler.lazily(expr.body, (code) => {
      info.body = code;
    }),
    pos: compiler.pos(expr.pos),
    name: expr.name,
  };
  return (env) => new Lambda(info, env);
}

function formals(compiler: Compiler, expr: LambdaExpr): Formals | undefined {
  if (expr.formals === undefined) {
    return undefined;
  }
  const first = expr.argument === undefined ? 1 : 2;
  const index = lambdaNames(expr);
  if (expr.argument !== undefined) {
    index.delete(expr.argument);
  }
  const defaults = expr.formals.map(({ fallback }) => fallback && defaultSlot(compiler, fallback));
  return {
    names: expr.formals.map(({ name }) => name),
    first,
    index,
    defaults,
    positions: expr.formals.map(({ pos }) => compiler.pos(pos)),
    ellipsis: expr.ellipsis,
    aliases: aliases(compiler, expr, first),
  };
}

/** A default is the variable of an outer scope that it names; else it waits, also for being compiled. */
function defaultSlot(compiler: Compiler, expr: Expr): Delay {
  const outer = expr.kind === 'var' && !(expr.found?.in === 'scope' && expr.found.depth === 0);
  return (outer && compiler.shared(expr)) || compiler.delayCompiling(expr);
}

function aliases(compiler: Compiler, { formals = [] }: LambdaExpr, first: number): readonly FormalAlias[] {
  const { symbols } = compiler;
  const found = formals.flatMap(({ name, fallback }, own) => {
    const other = fallback && aliasOf(symbols, name, fallback, (index) => formals[index - first]?.name);
    return other === undefined ? [] : [{ own, other, code: aliasCode(compiler, fallback!, other) }];
  });
  return found.sort((a, b) => symbols.rank(formals[a.own]!.name) - symbols.rank(formals[b.own]!.name));
}
