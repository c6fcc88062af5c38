import { decodeUtf8, encodeUtf8 } from '../bytes';
import type { AttrName, Expr } from '../syntax/ast';
import { quote, showExpr } from '../syntax/show';

/** Characters: what is longer is cut. */
const MOST = 80;
/** Levels of an expression: what lies deeper is not shown. */
const DEEPEST = 12;
const CUT = encodeUtf8('…');

/**
 * How an expression is called where something that it gave is told: as people write it, with `…` in place of what stands
 * between brackets. Other than what `nix-instantiate --parse` prints, it is for reading only.
 */
export function showOrigin(expr: Expr): string {
  const text = written(expr, DEEPEST);
  // Texts are bytes: neither half a character nor one that is no byte.
  return text.length > MOST ? `${encodeUtf8(decodeUtf8(text.slice(0, MOST - 1)).replace(/\uFFFD+$/, ''))}${CUT}` : text;
}

/** Operators of which the parser makes calls, as that of Nix does. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['__sub', '-'],
  ['__mul', '*'],
  ['__div', '/'],
  ['__lessThan', '<'],
]);

function written(expr: Expr, depth: number): string {
  if (depth === 0) {
    return CUT;
  }
  const part = (inner: Expr) => written(inner, depth - 1);
  const whole = (inner: Expr) => operand(inner, depth - 1);
  switch (expr.kind) {
    case 'var':
      return expr.name;
    case 'string':
      return quote(expr.value);
    case 'select':
      return `${whole(expr.target)}.${path(expr.path)}${expr.fallback === undefined ? '' : ` or ${whole(expr.fallback)}`}`;
    case 'has':
      return `${whole(expr.target)} ? ${path(expr.path)}`;
    case 'call': {
      const sign = expr.fn.kind === 'var' ? SIGNS.get(expr.fn.name) : undefined;
      const [left, right] = expr.args;
      if (sign === undefined || left === undefined || right === undefined) {
        return [expr.fn, ...expr.args].map(whole).join(' ');
      }
      const isNegation = sign === '-' && left.kind === 'int' && left.value === 0;
      return isNegation ? `-${whole(right)}` : `${whole(left)} ${sign} ${whole(right)}`;
    }
    case 'concat':
      return expr.forceString ? `"${CUT}"` : expr.parts.map(whole).join(' + ');
    case 'binary':
      return `${whole(expr.left)} ${expr.op} ${whole(expr.right)}`;
    case 'not':
      return `!${whole(expr.operand)}`;
    case 'list':
      return expr.items.length === 0 ? '[ ]' : `[ ${CUT} ]`;
    case 'attrs':
      return `${expr.recursive ? 'rec ' : ''}{ ${CUT} }`;
    case 'lambda':
      return `${expr.formals === undefined ? (expr.argument ?? '_') : `{ ${CUT} }`}: ${CUT}`;
    case 'let':
      return `let ${CUT} in ${part(expr.body)}`;
    case 'with':
      return `with ${part(expr.scope)}; ${part(expr.body)}`;
    case 'if':
      return `if ${part(expr.condition)} then ${part(expr.then)} else ${part(expr.otherwise)}`;
    case 'assert':
      return `assert ${part(expr.condition)}; ${part(expr.body)}`;
    default:
      return showExpr(expr);
  }
}

function path(names: readonly AttrName[]): string {
  return names.map((name) => (typeof name === 'string' ? name : `\${${CUT}}`)).join('.');
}

/** What stands by itself before a dot, and as an argument. */
const UNBROKEN: ReadonlySet<Expr['kind']> = new Set(['var', 'string', 'list', 'path', 'int', 'float', 'curpos']);

function operand(expr: Expr, depth: number): string {
  const text = written(expr, depth);
  const isWhole =
    UNBROKEN.has(expr.kind) ||
    (expr.kind === 'attrs' && !expr.recursive) ||
    (expr.kind === 'select' && expr.fallback === undefined);
  return isWhole ? text : `(${text})`;
}
