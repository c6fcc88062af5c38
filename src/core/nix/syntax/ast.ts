import type { Shape } from '../attrs';
import type { Later } from './later';

/** The syntax tree. `pos` is an offset into the source. Names and strings are byte strings. */

export interface AttrDef {
  /** `own`: `a = e`; `inherited`: `inherit a`; `from`: `inherit (e) a`, where `from` numbers the source expression. */
  readonly kind: 'own' | 'inherited' | 'from';
  readonly pos: number;
  value: Expr | Later;
  from: number;
}

interface DynamicAttr {
  readonly pos: number;
  readonly name: Expr;
  readonly value: Expr | Later;
}

/** `{ … }`, `rec { … }` and the bindings of `let`. */
export interface AttrsExpr {
  readonly kind: 'attrs';
  readonly pos: number;
  recursive: boolean;
  readonly attrs: Map<string, AttrDef>;
  readonly dynamic: DynamicAttr[];
  readonly inheritFrom: Expr[];
  /** Sorted names, and where the i-th of them stands among the written ones; written by the compiler that first needs it. */
  sorted?: { readonly shape: Shape; readonly order: readonly number[] };
}

export interface Formal {
  readonly name: string;
  readonly pos: number;
  readonly fallback: Expr | undefined;
}

/** A `with` around a variable: so many scopes out, and where it is written. */
export interface WithScope {
  readonly depth: number;
  readonly pos: number;
}

/** Where a variable is found; written by the binder. */
type Resolution =
  | { readonly in: 'scope'; readonly depth: number; readonly index: number }
  | { readonly in: 'global' }
  | { readonly in: 'import-scope' }
  | { readonly in: 'with'; readonly scopes: readonly WithScope[] };

export interface VarExpr {
  readonly kind: 'var';
  readonly pos: number;
  readonly name: string;
  found: Resolution | undefined;
}

/** `a` or `${e}` in an attribute path. */
export type AttrName = string | Expr;

export interface SelectExpr {
  readonly kind: 'select';
  readonly pos: number;
  readonly target: Expr;
  readonly path: readonly AttrName[];
  readonly fallback: Expr | undefined;
  /** Where each name of the path stands. */
  readonly positions: readonly number[];
}

export interface LambdaExpr {
  readonly kind: 'lambda';
  readonly pos: number;
  readonly argument: string | undefined;
  readonly formals: readonly Formal[] | undefined;
  readonly ellipsis: boolean;
  readonly body: Expr;
  name: string | undefined;
}

export interface CallExpr {
  readonly kind: 'call';
  readonly pos: number;
  readonly fn: Expr;
  readonly args: readonly Expr[];
}

export type BinaryOperator = '==' | '!=' | '&&' | '||' | '->' | '//' | '++';

export type Expr =
  | { readonly kind: 'int'; readonly pos: number; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly pos: number; readonly value: number }
  | { readonly kind: 'string'; readonly pos: number; readonly value: string }
  | { readonly kind: 'path'; readonly pos: number; readonly value: string }
  /** Interpolated string (`forceString`), interpolated path, or `a + b`. */
  | {
      readonly kind: 'concat';
      readonly pos: number;
      readonly forceString: boolean;
      readonly parts: readonly Expr[];
      /** Where each part stands, with its `${` or its parenthesis. */
      readonly positions: readonly number[];
    }
  | VarExpr
  | SelectExpr
  | { readonly kind: 'has'; readonly pos: number; readonly target: Expr; readonly path: readonly AttrName[] }
  | AttrsExpr
  | { readonly kind: 'list'; readonly pos: number; readonly items: readonly Expr[] }
  | LambdaExpr
  | CallExpr
  | { readonly kind: 'let'; readonly pos: number; readonly attrs: AttrsExpr; readonly body: Expr }
  | { readonly kind: 'with'; readonly pos: number; readonly scope: Expr; readonly body: Expr }
  | {
      readonly kind: 'if';
      readonly pos: number;
      readonly condition: Expr;
      readonly then: Expr;
      readonly otherwise: Expr;
    }
  | {
      readonly kind: 'assert';
      readonly pos: number;
      readonly condition: Expr;
      readonly body: Expr;
      readonly end: number;
    }
  | { readonly kind: 'not'; readonly pos: number; readonly operand: Expr }
  | {
      readonly kind: 'binary';
      readonly pos: number;
      readonly op: BinaryOperator;
      readonly left: Expr;
      readonly right: Expr;
    }
  | { readonly kind: 'curpos'; readonly pos: number };
