import { Attrs } from '../attrs';
import { DERIVATION_FILE } from '../derivation-file';
import { NixError } from '../errors';
import { expectPlainString, framed } from '../expect';
import { runThunk } from '../force';
import type { Pos } from '../source';
import type { AttrName, Expr, SelectExpr } from '../syntax/ast';
import { showExpr, shownName } from '../syntax/show';
import { type Code, type Env, Opaque, type Slot, Thunk, type Value } from '../value';
import type { Compiler } from './compiler';

type NameOf = (env: Env) => string | Opaque;

/** A selection, for what is told of its failure. */
interface Selection {
  readonly expr: SelectExpr;
  readonly names: readonly NameOf[];
  readonly pos: Pos;
  /** The set that the i-th name is selected from. */
  readonly owners: Code[];
}

/** `target.a.b`, and `target.a.b or fallback`. */
export function compileSelect(compiler: Compiler, expr: SelectExpr): Code {
  if (expr.fallback !== undefined) {
    return compileSelectOr(compiler, expr, expr.fallback);
  }
  const selection: Selection = { expr, names: names(compiler, expr.path), pos: compiler.pos(expr.pos), owners: [] };
  let code = compiler.compile(expr.target);
  expr.path.forEach((name, i) => {
    selection.owners.push(code);
    code =
      typeof name === 'string'
        ? staticMember(compiler, code, name, i, selection)
        : dynamicMember(compiler, code, i, selection);
  });
  return code;
}

/** One `.name`, remembering the names of the set that it met last and where among them its own was. */
function staticMember(compiler: Compiler, target: Code, name: string, i: number, selection: Selection): Code {
  const { evaluator } = compiler;
  const { pos } = selection;
  // Not its shape, which knows places and with them much else: this code may stay for long.
  let lastNames: readonly string[] | undefined;
  let lastIndex = -1;
  return (env) => {
    const value = target(env);
    if (value instanceof Attrs) {
      const { shape } = value;
      let slot: Slot | undefined;
      if (shape.names === lastNames) {
        slot = value.values[lastIndex];
      } else {
        const index = shape.indexOf(name);
        if (index >= 0) {
          lastNames = shape.names;
          lastIndex = index;
          slot = value.values[index];
        } else {
          slot = value.get(name);
        }
      }
      if (slot instanceof Thunk) {
        return slot.value !== undefined ? slot.value : selectedThunk(slot, name, value, env, selection);
      }
      if (slot !== undefined) {
        return slot;
      }
    } else if (value instanceof Opaque) {
      return value.member(name);
    }
    try {
      return evaluator.missing(value, name, pos);
    } catch (error) {
      throw withinPath(error, env, i, selection);
    }
  };
}

function selectedThunk(thunk: Thunk, name: string, attrs: Attrs, env: Env, selection: Selection): Value {
  try {
    return runThunk(thunk, placeOf(attrs, name) ?? selection.pos);
  } catch (error) {
    throw pathFrame(error, attrs.positionOf(name), env, selection);
  }
}

/** Where a member is written; undefined for one that a builtin has made. */
function placeOf(attrs: Attrs, name: string): Pos | undefined {
  const pos = attrs.positionOf(name);
  return pos?.derived === true ? undefined : pos;
}

/** Forces a member; a failure tells which member it was, if it has a place. */
export function memberThunk(thunk: Thunk, name: string, attrs: Attrs, pos: Pos | undefined): Value {
  const place = placeOf(attrs, name);
  try {
    return runThunk(thunk, place ?? pos);
  } catch (error) {
    throw place === undefined
      ? error
      : framed(error, { message: `while evaluating the attribute '${shownName(name)}'`, pos: place });
  }
}

function dynamicMember(compiler: Compiler, target: Code, i: number, selection: Selection): Code {
  const nameOf = selection.names[i]!;
  return (env) => {
    const value = target(env);
    let name: string | Opaque;
    let slot: Slot | undefined;
    try {
      name = nameOf(env);
      if (name instanceof Opaque) {
        return name.decided();
      }
      if (value instanceof Opaque) {
        return value.member(name);
      }
      slot = value instanceof Attrs ? value.get(name) : undefined;
      if (slot === undefined) {
        return compiler.evaluator.missing(value, name, selection.pos);
      }
    } catch (error) {
      throw withinPath(error, env, i, selection);
    }
    if (slot instanceof Thunk) {
      return slot.value !== undefined ? slot.value : selectedThunk(slot, name, value as Attrs, env, selection);
    }
    return slot;
  };
}

/** The frame of a selection that fails at its i-th name: Nix tells it when a member was found before. */
function withinPath(error: unknown, env: Env, i: number, selection: Selection): unknown {
  if (i === 0 || !(error instanceof NixError)) {
    return error;
  }
  // What comes before has been evaluated: this only finds it again.
  const owner = selection.owners[i - 1]!(env);
  const name = selection.names[i - 1]!(env);
  const pos = owner instanceof Attrs && typeof name === 'string' ? owner.positionOf(name) : undefined;
  return pathFrame(error, pos, env, selection);
}

function pathFrame(error: unknown, pos: Pos | undefined, env: Env, selection: Selection): unknown {
  // Nix is silent of members without a place; what `derivation` selects from itself is no part of the program.
  return error instanceof NixError && pos !== undefined && !pos.derived && pos.file !== DERIVATION_FILE
    ? error.within(`while evaluating the attribute '${pathText(env, selection)}'`, pos)
    : error;
}

/** `a."b.c".d` with the names that it has; one that cannot be evaluated as it is written. */
function pathText(env: Env, { expr, names }: Selection): string {
  return expr.path
    .map((name, i) => {
      try {
        const text = names[i]!(env);
        return shownName(typeof text === 'string' ? text : '');
      } catch {
        return typeof name === 'string' ? name : `"\${${showExpr(name)}}"`;
      }
    })
    .join('.');
}

function nameCode(compiler: Compiler, expr: Expr): NameOf {
  const code = compiler.compile(expr);
  const purpose = { message: 'while evaluating an attribute name', pos: compiler.placeOf(expr) };
  return (env) => {
    const value = code(env);
    return value instanceof Opaque ? value : expectPlainString(value, purpose.pos, purpose);
  };
}

function names(compiler: Compiler, path: readonly AttrName[]): readonly NameOf[] {
  return path.map((name) => (typeof name === 'string' ? () => name : nameCode(compiler, name)));
}

function compileSelectOr(compiler: Compiler, expr: SelectExpr, fallback: Expr): Code {
  const target = compiler.compile(expr.target);
  const otherwise = compiler.compile(fallback);
  const selection: Selection = { expr, names: names(compiler, expr.path), pos: compiler.pos(expr.pos), owners: [] };
  const path = selection.names;
  return (env) => {
    let value = target(env);
    let owner: Attrs | undefined;
    let last = '';
    for (const nameOf of path) {
      const name: string | Opaque = owner === undefined ? nameOf(env) : after(owner, last, nameOf, env, selection);
      if (value instanceof Opaque || name instanceof Opaque) {
        // It may be the member or the fallback.
        return (value instanceof Opaque ? value : (name as Opaque)).decided();
      }
      const slot: Slot | undefined = value instanceof Attrs ? value.get(name) : undefined;
      if (slot === undefined) {
        return owner === undefined ? otherwise(env) : after(owner, last, otherwise, env, selection);
      }
      owner = value as Attrs;
      last = name;
      value =
        slot instanceof Thunk
          ? slot.value !== undefined
            ? slot.value
            : selectedThunk(slot, name, value as Attrs, env, selection)
          : slot;
    }
    return value;
  };
}

/** What is done once a member was found; a failure tells which one. */
function after<T>(owner: Attrs, name: string, work: (env: Env) => T, env: Env, selection: Selection): T {
  try {
    return work(env);
  } catch (error) {
    throw pathFrame(error, owner.positionOf(name), env, selection);
  }
}

/** `target ? a.b`. */
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
      // As in Nix, the name is asked for where there is no set, too.
      const name = path[i]!(env);
      if (name instanceof Opaque) {
        return name;
      }
      if (!(value instanceof Attrs)) {
        return false;
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
