import { NixError } from '../errors';
import { Pos, type Source } from '../source';
import type { AttrName, AttrsExpr, Expr, LambdaExpr, VarExpr, WithScope } from './ast';
import { Later } from './later';

/** Variables that are not written in the program. */
export interface OuterNames {
  /** Of `builtins` and its kin. */
  readonly global: (name: string) => boolean;
  /** Of `scopedImport`. */
  readonly imported?: (name: string) => boolean;
}

interface Scope {
  readonly up: Scope | undefined;
  /** Variable → index in the scope at run time; of `with` where it is written. */
  readonly names: ReadonlyMap<string, number> | number;
}

/**
 * Finds for every variable where it is defined: so many scopes out, at such an index. Scopes are made by functions,
 * `let`, `rec` and `with`; their layouts are those of {@link lambdaNames} and {@link attrNames}.
 *
 * @throws NixError of kind `undefined-variable` for a name that is nowhere, even in code that never runs
 */
export function bindVariables(expr: Expr, source: Source, outer: OuterNames): void {
  new Binder(source, outer).expr(expr, undefined);
}

/** Indexes of a function's variables: the whole argument first, then the formal ones in order. */
export function lambdaNames(lambda: LambdaExpr): Map<string, number> {
  const names = new Map<string, number>();
  if (lambda.argument !== undefined) {
    names.set(lambda.argument, 1);
  }
  for (const formal of lambda.formals ?? []) {
    names.set(formal.name, names.size + 1);
  }
  return names;
}

/** Indexes of the variables of `rec` and `let`: in the order in which they are written. */
function attrNames(attrs: AttrsExpr): Map<string, number> {
  const names = new Map<string, number>();
  for (const name of attrs.attrs.keys()) {
    names.set(name, names.size + 1);
  }
  return names;
}

class Binder {
  constructor(
    private readonly source: Source,
    private readonly outer: OuterNames,
  ) {}

  expr(expr: Expr, scope: Scope | undefined): void {
    switch (expr.kind) {
      case 'int':
      case 'float':
      case 'string':
      case 'path':
      case 'curpos':
        return;
      case 'var':
        this.variable(expr, scope);
        return;
      case 'concat':
        for (const part of expr.parts) {
          this.expr(part, scope);
        }
        return;
      case 'select':
        this.expr(expr.target, scope);
        if (expr.fallback !== undefined) {
          this.expr(expr.fallback, scope);
        }
        this.path(expr.path, scope);
        return;
      case 'has':
        this.expr(expr.target, scope);
        this.path(expr.path, scope);
        return;
      case 'attrs':
        this.attrs(expr, scope);
        return;
      case 'list':
        for (const item of expr.items) {
          this.expr(item, scope);
        }
        return;
      case 'lambda':
        this.lambda(expr, scope);
        return;
      case 'call':
        this.expr(expr.fn, scope);
        for (const arg of expr.args) {
          this.expr(arg, scope);
        }
        return;
      case 'let': {
        const inner: Scope = { up: scope, names: attrNames(expr.attrs) };
        this.definitions(expr.attrs, inner, scope);
        this.expr(expr.body, inner);
        return;
      }
      case 'with':
        this.expr(expr.scope, scope);
        this.expr(expr.body, { up: scope, names: expr.pos });
        return;
      case 'if':
        this.expr(expr.condition, scope);
        this.expr(expr.then, scope);
        this.expr(expr.otherwise, scope);
        return;
      case 'assert':
        this.expr(expr.condition, scope);
        this.expr(expr.body, scope);
        return;
      case 'not':
        this.expr(expr.operand, scope);
        return;
      case 'binary':
        this.expr(expr.left, scope);
        this.expr(expr.right, scope);
        return;
    }
  }

  private attrs(attrs: AttrsExpr, scope: Scope | undefined): void {
    const inner: Scope | undefined = attrs.recursive ? { up: scope, names: attrNames(attrs) } : scope;
    this.definitions(attrs, inner, scope);
    for (const { name, value } of attrs.dynamic) {
      this.expr(name, inner);
      this.value(value, inner);
    }
  }

  private definitions(attrs: AttrsExpr, inner: Scope | undefined, outer: Scope | undefined): void {
    for (const from of attrs.inheritFrom) {
      this.expr(from, inner);
    }
    for (const def of attrs.attrs.values()) {
      if (def.kind === 'own') {
        this.value(def.value, inner);
      } else if (def.kind === 'inherited') {
        this.value(def.value, outer);
      }
    }
  }

  private value(value: Expr | Later, scope: Scope | undefined): void {
    if (value instanceof Later) {
      value.onceParsed((expr) => this.expr(expr, scope));
    } else {
      this.expr(value, scope);
    }
  }

  private lambda(lambda: LambdaExpr, scope: Scope | undefined): void {
    const inner: Scope = { up: scope, names: lambdaNames(lambda) };
    for (const formal of lambda.formals ?? []) {
      if (formal.fallback !== undefined) {
        this.expr(formal.fallback, inner);
      }
    }
    this.expr(lambda.body, inner);
  }

  private path(path: readonly AttrName[], scope: Scope | undefined): void {
    for (const name of path) {
      if (typeof name !== 'string') {
        this.expr(name, scope);
      }
    }
  }

  private variable(variable: VarExpr, from: Scope | undefined): void {
    const { name } = variable;
    const withs: WithScope[] = [];
    let depth = 0;
    for (let scope = from; scope !== undefined; scope = scope.up) {
      if (typeof scope.names === 'number') {
        withs.push({ depth, pos: scope.names });
      } else {
        const index = scope.names.get(name);
        if (index !== undefined) {
          variable.found = { in: 'scope', depth, index };
          return;
        }
      }
      depth++;
    }
    if (this.outer.imported?.(name) === true) {
      variable.found = { in: 'import-scope' };
    } else if (this.outer.global(name)) {
      variable.found = { in: 'global' };
    } else if (withs.length > 0) {
      variable.found = { in: 'with', scopes: withs };
    } else {
      throw new NixError('undefined-variable', `undefined variable '${name}'`, new Pos(this.source, variable.pos));
    }
  }
}
