import { Attrs } from '../attrs';
import { decodeUtf8 } from '../bytes';
import { explainDifference } from '../difference';
import { either } from '../doubt';
import { NixError, type TraceFrame } from '../errors';
import type { Evaluator } from '../evaluator';
import { expectAttrs, expectBool, framed } from '../expect';
import { force, forceAt, runThunk } from '../force';
import { Pos, type Source } from '../source';
import type { Symbols } from '../symbols';
import type { Expr, VarExpr, WithScope } from '../syntax/ast';
import type { Later } from '../syntax/later';
import { showExpr } from '../syntax/show';
import {
  AliasThunk,
  type Code,
  type Env,
  NixFloat,
  NixPath,
  Opaque,
  type Origin,
  type Slot,
  Thunk,
  type Value,
} from '../value';
import { compileAttrs, compileLet } from './attrs';
import { compileCall } from './call';
import { compileConcat } from './concat';
import { compileLambda } from './lambda';
import { compileBinary } from './operators';
import { curPos } from './positions';
import { compileHas, compileSelect } from './select';
import { showOrigin } from './show-origin';

/** What the code of one part of an expression takes, about; a few parts are not worth counting. */
const BYTES_A_PART = 256;
const PARTS_UNCHARGED = 64;

/** Makes the slot of an expression without evaluating it. */
export type Delay = (env: Env) => Slot;

/**
 * Turns the syntax tree of one program into closures. Bodies of functions and right-hand sides of bindings are
 * compiled when they are first needed, so that a large file costs what is used of it.
 */
export class Compiler {
  /** Places of negations: those of what is negated, however many times. */
  private readonly negated = new Map<Expr, Pos | undefined>();

  constructor(
    readonly evaluator: Evaluator,
    readonly source: Source,
    /** In which order its names were met. */
    readonly symbols: Symbols,
    /** The variables of `scopedImport`. */
    readonly importScope: Attrs | undefined,
  ) {}

  pos(offset: number): Pos {
    return new Pos(this.source, offset);
  }

  /** Before the code of so many parts of one expression is made. */
  charge(parts: number, offset: number): void {
    if (parts > PARTS_UNCHARGED) {
      this.evaluator.charge(parts * BYTES_A_PART, this.pos(offset));
    }
  }

  compile(expr: Expr): Code {
    switch (expr.kind) {
      case 'int':
      case 'string': {
        const { value } = expr;
        return () => value;
      }
      case 'float': {
        const value = new NixFloat(expr.value);
        return () => value;
      }
      case 'path': {
        const value = new NixPath(expr.value);
        return () => value;
      }
      case 'curpos': {
        const pos = this.pos(expr.pos);
        return () => curPos(pos);
      }
      case 'var':
        return this.variable(expr);
      case 'concat':
        return compileConcat(this, expr);
      case 'select':
        return compileSelect(this, expr);
      case 'has':
        return compileHas(this, expr);
      case 'attrs':
        return compileAttrs(this, expr);
      case 'list':
        this.charge(expr.items.length, expr.pos);
        return this.list(expr.items);
      case 'lambda':
        return compileLambda(this, expr);
      case 'call':
        return compileCall(this, expr);
      case 'let':
        return compileLet(this, expr.attrs, expr.body);
      case 'with': {
        const scope = this.delay(expr.scope);
        const body = this.compile(expr.body);
        return (env) => body([env, scope(env)]);
      }
      case 'if': {
        const decide = this.decision(expr.condition, 'while evaluating a branch condition', this.pos(expr.pos));
        const then = this.compile(expr.then);
        const otherwise = this.compile(expr.otherwise);
        const { evaluator } = this;
        return (env) => {
          const condition = decide(env);
          return condition === true
            ? then(env)
            : condition === false
              ? otherwise(env)
              : either(
                  evaluator,
                  condition,
                  () => then(env),
                  () => otherwise(env),
                );
        };
      }
      case 'assert':
        return this.assertion(expr.condition, expr.body, expr.pos);
      case 'not': {
        const operand = this.condition(expr.operand, 'in the argument of the not operator', this.placeOf(expr.operand));
        return (env) => !operand(env);
      }
      case 'binary':
        return compileBinary(this, expr);
    }
  }

  /** A condition: true or false, or an error that says what is wrong with it and what it is for. */
  condition(expr: Expr, message: string, pos: Pos | undefined): (env: Env) => boolean {
    const code = this.compile(expr);
    return (env) => {
      try {
        const value = code(env);
        return typeof value === 'boolean' ? value : expectBool(value, pos);
      } catch (error) {
        throw framed(error, { message, pos });
      }
    };
  }

  /** A condition; where nobody knows it, why. */
  private decision(expr: Expr, message: string, pos: Pos | undefined): (env: Env) => boolean | NixError {
    const code = this.compile(expr);
    return (env) => {
      try {
        const value = code(env);
        return typeof value === 'boolean' ? value : expectBool(value, pos);
      } catch (error) {
        const told = framed(error, { message, pos });
        if (told instanceof NixError && told.opaque !== undefined) {
          return told;
        }
        throw told;
      }
    };
  }

  /** Code whose failure tells what it was for. */
  framed(expr: Expr, purpose: TraceFrame): Code {
    const code = this.compile(expr);
    return (env) => {
      try {
        return code(env);
      } catch (error) {
        throw framed(error, purpose);
      }
    };
  }

  /** The place that Nix knows for an expression: none for literals (Expr::getPos). */
  placeOf(expr: Expr): Pos | undefined {
    switch (expr.kind) {
      case 'int':
      case 'float':
      case 'string':
      case 'path':
      case 'let':
        return undefined;
      case 'list':
        return expr.items[0] === undefined ? undefined : this.placeOf(expr.items[0]);
      case 'has':
        return this.placeOf(expr.target);
      case 'not':
        if (!this.negated.has(expr)) {
          this.negated.set(expr, this.placeOf(expr.operand));
        }
        return this.negated.get(expr);
      case 'concat':
        // Within the quotes.
        return this.pos(expr.forceString && this.source.text[expr.pos] === '"' ? expr.pos + 1 : expr.pos);
      default:
        return this.pos(expr.pos);
    }
  }

  /**
   * The slot of an expression: constants and variables are taken as they are, everything else waits in a thunk.
   */
  delay(expr: Expr): Delay {
    const constant = this.constant(expr);
    if (constant !== undefined) {
      return () => constant;
    }
    const shared = expr.kind === 'var' ? this.shared(expr) : undefined;
    if (shared !== undefined) {
      return shared;
    }
    const compiled = this.compile(expr);
    // `lib.optional condition pkgs.git`: what is selected keeps its place on its way through a function.
    const code = expr.kind === 'select' ? withOrigin(compiled, this.origin(expr)) : compiled;
    return (env) => new Thunk(code, env);
  }

  /** The slot of a variable that is there already; undefined for one of a `with`, which is looked for when it is needed. */
  shared({ name, found }: VarExpr): Delay | undefined {
    switch (found?.in) {
      case 'scope': {
        const { depth, index } = found;
        switch (depth) {
          case 0:
            return (env) => env[index] as Slot;
          case 1:
            return (env) => (env[0] as Env)[index] as Slot;
          case 2:
            return (env) => ((env[0] as Env)[0] as Env)[index] as Slot;
          default:
            return (env) => outer(env, depth)[index] as Slot;
        }
      }
      case 'global': {
        const slot = this.evaluator.global(name)!;
        return () => slot;
      }
      case 'import-scope': {
        const slot = this.importScope!.get(name)!;
        return () => slot;
      }
      default:
        return undefined;
    }
  }

  /** The value of an expression that needs no evaluation. */
  constant(expr: Expr): Value | undefined {
    switch (expr.kind) {
      case 'int':
      case 'string':
        return expr.value;
      case 'float':
        return new NixFloat(expr.value);
      case 'path':
        return new NixPath(expr.value);
      case 'list':
        return expr.items.length === 0 ? [] : undefined;
      case 'var': {
        const global = expr.found?.in === 'global' ? this.evaluator.global(expr.name) : undefined;
        return global instanceof Thunk ? undefined : global;
      }
      default:
        return undefined;
    }
  }

  /** Code that compiles itself when it first runs; `replace` is told the real one. */
  lazily(expr: Expr, replace: (code: Code) => void, origin?: Origin): Code {
    const stub: Code = (env) => {
      const code = this.compile(expr);
      replace(origin === undefined ? code : withOrigin(code, origin));
      return code(env);
    };
    return origin === undefined ? stub : withOrigin(stub, origin);
  }

  /** As {@link delay}, for what is compiled only when it is needed. Libraries have thousands, and few are. */
  delayCompiling(expr: Expr): Delay {
    const origin = expr.kind === 'select' ? this.origin(expr) : undefined;
    let code: Code = (env) => {
      const compiled = this.compile(expr);
      code = origin === undefined ? compiled : withOrigin(compiled, origin);
      return code(env);
    };
    if (origin !== undefined) {
      withOrigin(code, origin);
    }
    return (env) => new Thunk(code, env);
  }

  /** The same for what is not even parsed yet. */
  delayParsing(later: Later): Delay {
    let code: Code = withOrigin(
      (env) => {
        const { expr } = later;
        const compiled = this.compile(expr);
        code = expr.kind === 'select' ? withOrigin(compiled, this.origin(expr)) : compiled;
        return code(env);
      },
      () => (later.expr.kind === 'select' ? this.origin(later.expr) : undefined),
    );
    return (env) => new Thunk(code, env);
  }

  origin(expr: Expr): Origin {
    const pos = this.pos(expr.pos);
    return {
      pos,
      get text() {
        return showOrigin(expr);
      },
    };
  }

  private variable(expr: VarExpr): Code {
    const { name, found } = expr;
    const pos = this.pos(expr.pos);
    if (found === undefined) {
      throw new NixError('undefined-variable', `undefined variable '${name}'`, pos);
    }
    switch (found.in) {
      case 'scope':
        return scopeVariable(found.depth, found.index, pos);
      case 'global': {
        const slot = this.evaluator.global(name)!;
        return slot instanceof Thunk ? () => force(slot) : () => slot;
      }
      case 'import-scope': {
        const slot = this.importScope!.get(name)!;
        return () => force(slot);
      }
      case 'with':
        return this.withVariable(name, found.scopes, pos);
    }
  }

  private withVariable(name: string, scopes: readonly WithScope[], pos: Pos): Code {
    const depths = scopes.map(({ depth }) => depth);
    const purposes = scopes.map((scope) => ({
      message: 'while evaluating the first subexpression of a with expression',
      pos: this.pos(scope.pos),
    }));
    return (env) => {
      let unknown: Opaque | undefined;
      for (let i = 0; i < depths.length; i++) {
        const scope = outer(env, depths[i]!);
        let value = scope[1] as Slot;
        if (value instanceof Thunk) {
          value = value.value !== undefined ? value.value : runThunk(value, pos);
          scope[1] = value;
        }
        if (value instanceof Opaque) {
          unknown ??= value;
          continue;
        }
        const slot = expectAttrs(value, undefined, purposes[i]).get(name);
        if (slot !== undefined) {
          return forceAt(slot, pos);
        }
      }
      if (unknown !== undefined) {
        return unknown.member(name);
      }
      for (const depth of depths) {
        const value = outer(env, depth)[1];
        const instead = value instanceof Attrs ? value.otherwise(name) : undefined;
        if (instead !== undefined) {
          return force(instead);
        }
      }
      const error = new NixError('undefined-variable', `undefined variable '${name}'`, pos);
      error.suggest = () =>
        this.evaluator.nearNames(
          depths.map((depth) => outer(env, depth)[1] as Slot),
          name,
        );
      throw error;
    };
  }

  private list(items: readonly Expr[]): Code {
    if (items.length === 0) {
      const empty: readonly Slot[] = [];
      return () => empty;
    }
    const makers: (Code | undefined)[] = [];
    const variables = items.map((item) => (item.kind === 'var' ? this.shared(item) : undefined));
    const constants: (Value | undefined)[] = [];
    items.forEach((item, i) => {
      const constant = this.constant(item);
      constants.push(constant);
      if (constant === undefined && variables[i] !== undefined) {
        // A variable gets a thunk of its own as well, which remembers where it was listed.
        makers.push(withOrigin(scopeVariable(0, 0, this.pos(item.pos)), this.origin(item)));
        return;
      }
      makers.push(
        constant !== undefined
          ? undefined
          : this.lazily(
              item,
              (code) => {
                makers[i] = code;
              },
              this.origin(item),
            ),
      );
    });
    const { length } = items;
    return (env) => {
      const list: Slot[] = new Array(length);
      for (let i = 0; i < length; i++) {
        const code = makers[i];
        const shared = variables[i];
        if (code === undefined) {
          list[i] = constants[i]!;
        } else if (shared === undefined) {
          list[i] = new Thunk(code, env);
        } else {
          // Of the scope it needs the one variable: the others may be large, such as the list that this one is added to.
          const slot = shared(env);
          list[i] = new AliasThunk(code, [slot], slot);
        }
      }
      return list;
    };
  }

  private assertion(condition: Expr, body: Expr, offset: number): Code {
    const pos = this.pos(offset);
    const test = this.condition(condition, 'in the condition of the assert statement', pos);
    const then = this.compile(body);
    // An assertion gives its body or fails: of one that nobody can decide, it is the body.
    const holds = (env: Env): boolean => {
      try {
        return test(env);
      } catch (error) {
        if (error instanceof NixError && error.kind === 'opaque') {
          return true;
        }
        throw error;
      }
    };
    return (env) => {
      if (!holds(env)) {
        const text = decodeUtf8(showExpr(condition));
        const difference = this.difference(condition, env, pos);
        throw difference === undefined
          ? new NixError('assert', `assertion '${text}' failed`, pos)
          : difference.within(`while evaluating the condition of the assertion '${text}'`, pos);
      }
      return then(env);
    };
  }

  /** What is unequal when a condition fails for an `==` in it. */
  private difference(condition: Expr, env: Env, pos: Pos): NixError | undefined {
    if (condition.kind !== 'binary') {
      return undefined;
    }
    const { op, left, right } = condition;
    if (op === '&&') {
      return this.difference(expectBool(this.compile(left)(env)) ? right : left, env, pos);
    }
    return op === '=='
      ? explainDifference(this.evaluator, this.compile(left)(env), this.compile(right)(env), pos)
      : undefined;
  }
}

/** The scope so many levels out. */
function outer(env: Env, depth: number): Env {
  let scope = env;
  for (let i = 0; i < depth; i++) {
    scope = scope[0] as Env;
  }
  return scope;
}

function scopeVariable(depth: number, index: number, pos: Pos): Code {
  switch (depth) {
    case 0:
      return (env) => {
        const slot = env[index] as Slot;
        return slot instanceof Thunk ? settle(env, index, slot, pos) : slot;
      };
    case 1:
      return (env) => {
        const scope = env[0] as Env;
        const slot = scope[index] as Slot;
        return slot instanceof Thunk ? settle(scope, index, slot, pos) : slot;
      };
    case 2:
      return (env) => {
        const scope = (env[0] as Env)[0] as Env;
        const slot = scope[index] as Slot;
        return slot instanceof Thunk ? settle(scope, index, slot, pos) : slot;
      };
    default:
      return (env) => {
        const scope = outer(env, depth);
        const slot = scope[index] as Slot;
        return slot instanceof Thunk ? settle(scope, index, slot, pos) : slot;
      };
  }
}

/** Forces a variable and keeps the value in its place, so that the next use finds it without a detour. */
function settle(scope: Env, index: number, thunk: Thunk, pos: Pos): Value {
  const value = thunk.value !== undefined ? thunk.value : runThunk(thunk, pos);
  // What may be compared or printed by the place where it is kept stays there.
  if (typeof value !== 'object' || value === null) {
    scope[index] = value;
  }
  return value;
}

/** Code that knows where its expression stands. */
export function withOrigin(code: Code, origin: NonNullable<Code['origin']>): Code {
  const marked: { origin?: Code['origin'] } & Code = code;
  marked.origin ??= origin;
  return code;
}
