import { addInts, isInt } from '../arithmetic';
import { coerce } from '../coerce';
import { typeName } from '../describe';
import { NixError } from '../errors';
import { canonicalPath } from '../path';
import type { Pos } from '../source';
import type { Expr } from '../syntax/ast';
import { type Code, type Env, NixFloat, NixPath, NixString, Opaque, type Value } from '../value';
import type { Compiler } from './compiler';

/** `"…${e}…"`, `./a/${e}` and `a + b`, which are one expression in Nix: the first part says what comes out. */
export function compileConcat(compiler: Compiler, expr: Extract<Expr, { kind: 'concat' }>): Code {
  compiler.charge(expr.parts.length, expr.pos);
  const parts = expr.parts.map((part) => compiler.compile(part));
  const { positions } = expr;
  const place = (i: number): Pos => compiler.pos(positions[i]!);
  const coercePart = (value: Value, i: number, copy: boolean, context: Set<string>): string | Opaque => {
    const pos = place(i);
    const purpose = { message: 'while evaluating a path segment', pos };
    return coerce(evaluator, value, { more: false, copy }, context, pos, purpose);
  };
  const pos = compiler.pos(expr.pos);
  const { evaluator } = compiler;
  const { forceString } = expr;
  const general = (env: Env, first: Value): Value => {
    if (first instanceof Opaque) {
      return first;
    }
    const isString = forceString || typeof first === 'string' || first instanceof NixString;
    const path = !forceString && first instanceof NixPath ? first : undefined;
    compiler.charge(parts.length, expr.pos);
    const context = new Set<string>();
    let text: string;
    if (path !== undefined) {
      text = path.path;
    } else {
      const coerced = typeof first === 'string' ? first : coercePart(first, 0, isString, context);
      if (coerced instanceof Opaque) {
        return coerced;
      }
      text = coerced;
    }
    for (let i = 1; i < parts.length; i++) {
      const value = parts[i]!(env);
      if (typeof value === 'string') {
        text += value;
        continue;
      }
      const coerced = coercePart(value, i, isString, context);
      if (coerced instanceof Opaque) {
        return coerced;
      }
      text += coerced;
    }
    evaluator.chargeString(text, pos);
    if (path !== undefined) {
      if (context.size > 0) {
        throw new NixError('eval', 'a string that refers to a store path cannot be appended to a path', pos);
      }
      // Unlike a text, a path shares nothing with what it was made of.
      evaluator.charge(text.length, pos);
      return new NixPath(canonicalPath(text, pos));
    }
    return context.size === 0 ? text : new NixString(text, context);
  };
  const [left, right] = parts as [Code, Code?];
  if (!forceString && right !== undefined && parts.length === 2) {
    const rightPos = place(1);
    return (env) => {
      const x = left(env);
      if (typeof x === 'number') {
        const y = right(env);
        if (typeof y === 'number') {
          const sum = x + y;
          if (Number.isSafeInteger(sum)) {
            return sum;
          }
        }
        return sumOf(x, y, rightPos);
      }
      if (typeof x === 'bigint' || x instanceof NixFloat) {
        return sumOf(x, right(env), rightPos);
      }
      return general(env, x);
    };
  }
  return (env) => general(env, left(env));
}

function sumOf(left: Value, right: Value, pos: Pos): Value {
  if (right instanceof Opaque) {
    return right;
  }
  if (isInt(left)) {
    if (isInt(right)) {
      return addInts(left, right, pos);
    }
    if (right instanceof NixFloat) {
      return new NixFloat(Number(left) + right.value);
    }
    throw new NixError('eval', `cannot add ${typeName(right)} to an integer`, pos);
  }
  const float = (left as NixFloat).value;
  if (isInt(right)) {
    return new NixFloat(float + Number(right));
  }
  if (right instanceof NixFloat) {
    return new NixFloat(float + right.value);
  }
  throw new NixError('eval', `cannot add ${typeName(right)} to a float`, pos);
}
