import { Attrs, copiedMembers, updateAttrs } from '../attrs';
import { equalCounted } from '../equal';
import { NixError } from '../errors';
import { wrongType } from '../expect';
import type { Pos } from '../source';
import type { Expr } from '../syntax/ast';
import { type Code, type Env, Opaque, type Slot, type Value } from '../value';
import type { Compiler } from './compiler';
import { unknownUpdate } from './unknown';

/** An operator between two expressions; `&&`, `||` and `->` look at the second one only where they must. */
export function compileBinary(compiler: Compiler, expr: Extract<Expr, { kind: 'binary' }>): Code {
  const { op, left, right } = expr;
  const pos = compiler.pos(expr.pos);
  const { evaluator } = compiler;
  switch (op) {
    case '==':
    case '!=': {
      const a = compiler.compile(left);
      const b = compiler.compile(right);
      const wanted = op === '==';
      return (env): Value => {
        const x = a(env);
        const y = b(env);
        if (typeof x === typeof y && (typeof x === 'string' || typeof x === 'number')) {
          return (x === y) === wanted;
        }
        if (x instanceof Opaque) {
          return x;
        }
        return y instanceof Opaque ? y : equalCounted(evaluator, x, y, pos) === wanted;
      };
    }
    case '&&': {
      const a = compiler.condition(left, 'in the left operand of the AND (&&) operator', pos);
      const b = compiler.condition(right, 'in the right operand of the AND (&&) operator', pos);
      return (env) => a(env) && b(env);
    }
    case '||': {
      const a = compiler.condition(left, 'in the left operand of the OR (||) operator', pos);
      const b = compiler.condition(right, 'in the right operand of the OR (||) operator', pos);
      return (env) => a(env) || b(env);
    }
    case '->': {
      const a = compiler.condition(left, 'in the left operand of the IMPL (->) operator', pos);
      const b = compiler.condition(right, 'in the right operand of the IMPL (->) operator', pos);
      return (env) => !a(env) || b(env);
    }
    case '//': {
      const purposes = (['left', 'right'] as const).map((side) => ({
        message: `in the ${side} operand of the update (//) operator`,
        pos: compiler.placeOf(side === 'left' ? left : right),
      }));
      // Of updates within each other only the innermost is told.
      const isUpdate = (operand: Expr) => operand.kind === 'binary' && operand.op === '//';
      const a = isUpdate(left) ? compiler.compile(left) : compiler.framed(left, purposes[0]!);
      const b = isUpdate(right) ? compiler.compile(right) : compiler.framed(right, purposes[1]!);
      return (env): Value => {
        // The right one first, since Nix 2.33.
        const over = b(env);
        if (!(over instanceof Attrs || over instanceof Opaque)) {
          throw wrongType('a set', over, undefined, purposes[1]);
        }
        const under = a(env);
        if (under instanceof Attrs && over instanceof Attrs) {
          const made = updateAttrs(under, over);
          const copied = copiedMembers(made);
          evaluator.steps(copied >> 5, pos);
          evaluator.charge(copied << 3, pos);
          return made;
        }
        if (under instanceof Attrs || under instanceof Opaque) {
          return unknownUpdate(under, over, pos);
        }
        throw wrongType('a set', under, undefined, purposes[0]);
      };
    }
    case '++':
      return compileListConcat(compiler, expr);
  }
}

function compileListConcat(compiler: Compiler, expr: Extract<Expr, { kind: 'binary' }>): Code {
  const pos = compiler.pos(expr.pos);
  const purpose = { message: 'while evaluating one of the elements to concatenate', pos };
  const a = compiler.compile(expr.left);
  const b = compiler.compile(expr.right);
  const places = [compiler.placeOf(expr.left), compiler.placeOf(expr.right)] as const;
  const { evaluator } = compiler;
  return (env): Value => {
    const left = asList(a, env, places[0]);
    const right = asList(b, env, places[1]);
    if (!Array.isArray(left)) {
      throw wrongType('a list', left as Value, undefined, purpose);
    }
    if (!Array.isArray(right)) {
      throw wrongType('a list', right as Value, undefined, purpose);
    }
    if (right.length === 0) {
      return left as readonly Slot[];
    }
    if (left.length === 0) {
      return right as readonly Slot[];
    }
    evaluator.chargeList(left.length + right.length, pos);
    return evaluator.orderedAs((left as readonly Slot[]).concat(right as readonly Slot[]), left, right);
  };
}

/** An unknown list is one unknown element among the known ones, and so is one that hangs on something unknown. */
function asList(code: Code, env: Env, place: Pos | undefined): Value {
  try {
    const value = code(env);
    return value instanceof Opaque ? [value] : value;
  } catch (error) {
    if (error instanceof NixError && error.kind === 'opaque') {
      return [new Opaque(error.opaque?.reason ?? error.message, place ?? error.pos)];
    }
    throw error;
  }
}
