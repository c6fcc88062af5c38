import type { BinaryOperator, Expr } from './ast';

/** Binding strength of binary operators (parser.y); `!` binds as 7, `-` as 12. */
export const PRECEDENCE: ReadonlyMap<string, readonly [level: number, associativity: 'left' | 'right' | 'none']> =
  new Map([
    ['->', [1, 'right']],
    ['||', [2, 'left']],
    ['&&', [3, 'left']],
    ['==', [4, 'none']],
    ['!=', [4, 'none']],
    ['<', [5, 'none']],
    ['>', [5, 'none']],
    ['<=', [5, 'none']],
    ['>=', [5, 'none']],
    ['//', [6, 'right']],
    ['+', [8, 'left']],
    ['-', [8, 'left']],
    ['*', [9, 'left']],
    ['/', [9, 'left']],
    ['++', [10, 'right']],
    ['?', [11, 'left']],
  ]);
/** What `!` takes as its operand: everything that binds more strongly than itself. */
export const NOT_OPERAND = 8;

/** A call. What is called with more arguments is the same call with more of them (parser.y's makeCall). */
export function call(fn: Expr, args: readonly Expr[], pos: number): Expr {
  return fn.kind === 'call'
    ? { kind: 'call', pos: fn.pos, fn: fn.fn, args: [...fn.args, ...args] }
    : { kind: 'call', pos, fn, args };
}

/** A call of a global function in disguise; it can be shadowed like it. */
export function arithmetic(name: string, left: Expr, right: Expr, pos: number): Expr {
  return { kind: 'call', pos, fn: { kind: 'var', pos, name, found: undefined }, args: [left, right] };
}

/**
 * The expression of a binary operator other than `?`.
 *
 * @param starts where the operands begin, with their parentheses
 */
export function binary(op: string, left: Expr, right: Expr, pos: number, starts: readonly [number, number]): Expr {
  switch (op) {
    case '+':
      return { kind: 'concat', pos, forceString: false, parts: [left, right], positions: starts };
    case '-':
      return arithmetic('__sub', left, right, pos);
    case '*':
      return arithmetic('__mul', left, right, pos);
    case '/':
      return arithmetic('__div', left, right, pos);
    case '<':
      return arithmetic('__lessThan', left, right, pos);
    case '>':
      return arithmetic('__lessThan', right, left, pos);
    case '<=':
      return { kind: 'not', pos, operand: arithmetic('__lessThan', right, left, pos) };
    case '>=':
      return { kind: 'not', pos, operand: arithmetic('__lessThan', left, right, pos) };
    default:
      return { kind: 'binary', pos, op: op as BinaryOperator, left, right };
  }
}
