import { Attrs, type Shape } from '../attrs';
import { NixError } from '../errors';
import { expectPlainString } from '../expect';
import { runThunk } from '../force';
import type { Pos } from '../source';
import type { AttrName, Expr, SelectExpr } from '../syntax/ast';
import { identifier } from '../syntax/show';
import { type Code, type Env, Opaque, type Slot, Thunk, type Value } from '../value';
import type { Compiler } from './compiler';

type NameOf = (env: Env) => string | Opaque;

export function compileSelect(compiler: Compiler, expr: SelectExpr): Code {
  if (expr.fallback !== undefined) {
    return compileSelectOr(compiler, expr, expr.fallback);
  }
  const target = compiler.compile(expr.target);
  const pos = compiler.pos(expr.pos);
  let code = target;
  expr.path.forEach((name, i) => {
    const namePos = compiler.pos(expr.positions[i]!);
    code =
      typeof name === 'string'
        ? staticMember(compiler, code, name, namePos, pos)
        : dynamicMember(compiler, code, nameCode(compiler, name), namePos, pos);
  });
  return code;
}

/** One `.name`, remembering the shape that it met last and where in it the name was. */
function staticMember(compiler: Compiler, target: Code, name: string, namePos: Pos, pos: Pos): Code {
  const { evaluator } = compiler;
  let lastShape: Shape | undefined;
  let lastIndex = -1;
  return (env) => {
    const value = target(env);
    if (value instanceof Attrs) {
      const { shape } = value;
      let slot: Slot | undefined;
      if (shape === lastShape) {
        slot = value.values[lastIndex];
      } else {
        const index = shape.indexOf(name);
        if (index >= 0) {
          lastShape = shape;
          lastIndex = index;
          slot = value.values[index];
        } else {
          slot = value.get(name);
        }
      }
      if (slot instanceof Thunk) {
        return slot.value !== undefined ? slot.value : memberThunk(slot, name, value, namePos);
      }
      if (slot !== undefined) {
        return slot;
      }
    } else if (value instanceof Opaque) {
      return value.member(name);
    }
    return evaluator.missing(value, name, namePos, pos);
  };
}

/** Forces a member; a failure tells which member it was. */
export function memberThunk(thunk: Thunk, name: string, attrs: Attrs, pos: Pos | undefined): Value {
  try {
    return runThunk(thunk, pos);
  } catch (error) {
    if (error instanceof NixError) {
      throw error.within(`while evaluating the attribute '${identifier(name)}'`, attrs.positionOf(name) ?? pos);
    }
    throw error;
  }
}

function dynamicMember(compiler: Compiler, target: Code, nameOf: NameOf, namePos: Pos, pos: Pos): Code {
  const { evaluator } = compiler;
  return (env) => {
    const value = target(env);
    const name = nameOf(env);
    if (name instanceof Opaque) {
      return name;
    }
    return evaluator.member(value, name, namePos, pos);
  };
}

function nameCode(compiler: Compiler, expr: Expr): NameOf {
  const code = compiler.compile(expr);
  const pos = compiler.pos(expr.pos);
  return (env) => {
    const value = code(env);
    return value instanceof Opaque ? value : expectPlainString(value, pos);
  };
}

function names(compiler: Compiler, path: readonly AttrName[]): readonly NameOf[] {
  return path.map((name) => (typeof name === 'string' ? () => name : nameCode(compiler, name)));
}

function compileSelectOr(compiler: Compiler, expr: SelectExpr, fallback: Expr): Code {
  const target = compiler.compile(expr.target);
  const otherwise = compiler.compile(fallback);
  const path = names(compiler, expr.path);
  const pos = compiler.pos(expr.pos);
  return (env) => {
    let value = target(env);
    for (const nameOf of path) {
      const name = nameOf(env);
      if (value instanceof Opaque || name instanceof Opaque) {
        return value instanceof Opaque ? value : (name as Opaque);
      }
      const slot: Slot | undefined = value instanceof Attrs ? value.get(name) : undefined;
      if (slot === undefined) {
        return otherwise(env);
      }
      value =
        slot instanceof Thunk
          ? slot.value !== undefined
            ? slot.value
            : memberThunk(slot, name, value as Attrs, pos)
          : slot;
    }
    return value;
  };
}

export function compileHas(compiler: Compiler, expr: Extract<Expr, { kind: 'has' }>): Code {
  const target = compiler.compile(expr.target);
  const path = names(compiler, expr.path);
  const last = path.length - 1;
  return (env) => {
    let value = target(env);
    for (let i = 0; i <= last; i++) {
      if (value instanceof Opaque) {
        return value;
      }
      if (!(value instanceof Attrs)) {
        return false;
      }
      const name = path[i]!(env);
      if (name instanceof Opaque) {
        return name;
      }
      if (i === last) {
        return value.has(name);
      }
      const slot = value.get(name);
      if (slot === undefined) {
        return false;
      }
      value = slot instanceof Thunk ? (slot.value !== undefined ? slot.value : runThunk(slot, undefined)) : slot;
    }
    return true;
  };
}
