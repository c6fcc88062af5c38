import { divide, lessThan, multiply, subtract } from '../arithmetic';
import { NixError } from '../errors';
import type { Meter } from '../meter';
import type { Pos } from '../source';
import type { CallExpr, Expr } from '../syntax/ast';
import { type Code, type Env, Lambda, Opaque, PrimOp, type Slot, type Value } from '../value';
import type { Compiler } from './compiler';

type Operation = (left: Value, right: Value, pos: Pos) => Value;

function operationOf(name: string, meter: Meter): Operation | undefined {
  switch (name) {
    case '__sub':
      return subtract;
    case '__mul':
      return multiply;
    case '__div':
      return divide;
    case '__lessThan':
      return (left, right, pos) => lessThan(meter, left, right, pos);
    default:
      return undefined;
  }
}

/** A function with its arguments; calls of the usual number of arguments take a shorter way. */
export function compileCall(compiler: Compiler, expr: CallExpr): Code {
  const { fn, args } = expr;
  const [first, second] = args as readonly [Expr, Expr?];
  const pos = compiler.pos(expr.pos);
  if (fn.kind === 'var' && fn.found?.in === 'global' && args.length === 2) {
    // `a - b` is `__sub a b`: a call only where a program has redefined it.
    const operation = operationOf(fn.name, compiler.evaluator);
    if (operation !== undefined) {
      return compileOperation(compiler, operation, fn.name, first, second!, pos);
    }
  }
  const { evaluator } = compiler;
  const callee = compiler.compile(fn);
  if (args.length === 1) {
    const arg = compiler.delay(first);
    return (env) => {
      const f = callee(env);
      return f instanceof Lambda ? evaluator.callLambda(f, arg(env), pos) : evaluator.call(f, arg(env), pos);
    };
  }
  const delays = args.map((arg) => compiler.delay(arg));
  return (env) => {
    let f = callee(env);
    if (f instanceof PrimOp && f.arity === delays.length) {
      const slots: Slot[] = new Array(delays.length);
      for (let i = 0; i < delays.length; i++) {
        slots[i] = delays[i]!(env);
      }
      return evaluator.runPrimOp(f, slots, pos);
    }
    for (let i = 0; i < delays.length; i++) {
      f = f instanceof Lambda ? evaluator.callLambda(f, delays[i]!(env), pos) : evaluator.call(f, delays[i]!(env), pos);
    }
    return f;
  };
}

function isAtHand({ kind }: Expr): boolean {
  return kind === 'var' || kind === 'int' || kind === 'float' || kind === 'string';
}

function compileOperation(
  compiler: Compiler,
  operation: Operation,
  name: string,
  left: Expr,
  right: Expr,
  pos: Pos,
): Code {
  const a = compiler.compile(left);
  const b = compiler.compile(right);
  const message = `while calling the '${name.slice(2)}' builtin`;
  const { evaluator } = compiler;
  const within = (code: Code): Code => {
    const framed: Code = (env) => {
      try {
        return code(env);
      } catch (error) {
        throw error instanceof NixError ? error.within(message, pos, 'builtin') : error;
      }
    };
    // Operands that are at hand make no calls of their own.
    return isAtHand(left) && isAtHand(right)
      ? framed
      : (env) => {
          evaluator.enter(pos);
          const value = framed(env);
          evaluator.leave();
          return value;
        };
  };
  const general = (env: Env, x: Value): Value => {
    const y = b(env);
    if (x instanceof Opaque) {
      return x;
    }
    return y instanceof Opaque ? y : operation(x, y, pos);
  };
  if (name === '__lessThan') {
    return within((env) => {
      const x = a(env);
      if (typeof x === 'number') {
        const y = b(env);
        return typeof y === 'number' ? x < y : y instanceof Opaque ? y : operation(x, y, pos);
      }
      return general(env, x);
    });
  }
  if (name === '__sub') {
    return within((env) => {
      const x = a(env);
      if (typeof x === 'number') {
        const y = b(env);
        if (typeof y === 'number') {
          const difference = x - y;
          if (Number.isSafeInteger(difference)) {
            return difference;
          }
        }
        return y instanceof Opaque ? y : subtract(x, y, pos);
      }
      return general(env, x);
    });
  }
  return within((env) => general(env, a(env)));
}
