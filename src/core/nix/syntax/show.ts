import { decodeUtf8 } from '../bytes';
import { escapeChar } from '../escape-char';
import { Pieces } from '../pieces';
import { shortFloat } from '../show-number';
import type { AttrName, AttrsExpr, Expr, LambdaExpr } from './ast';
import { CLASSES, Class } from './characters';
import { settled } from './later';

const KEYWORDS: ReadonlySet<string> = new Set(['if', 'then', 'else', 'assert', 'with', 'let', 'in', 'rec', 'inherit']);

/** A name as Nix writes it: quoted when it is no identifier. */
export function identifier(name: string): string {
  return isIdentifier(name) && !KEYWORDS.has(name) ? name : quote(name);
}

/** By its bytes: names are shown where the stack ends, and to compile a regular expression there is none left. */
function isIdentifier(name: string): boolean {
  for (let at = 1; at < name.length; at++) {
    if ((CLASSES[name.charCodeAt(at)]! & Class.Id) === 0) {
      return false;
    }
  }
  return name !== '' && (CLASSES[name.charCodeAt(0)]! & Class.IdStart) !== 0;
}

/** The same in a message for people, which is text where names are bytes. */
export function shownName(name: string): string {
  return decodeUtf8(identifier(name));
}

/** Longer texts are escaped part by part: what is replaced is kept apart until the end of each. */
const QUOTED_AT_ONCE = 1 << 16;

/** A string literal as Nix writes it (printLiteralString). */
export function quote(text: string): string {
  if (!/["\\\n\r\t$]/.test(text)) {
    return `"${text}"`;
  }
  if (text.length <= QUOTED_AT_ONCE) {
    return `"${escaped(text)}"`;
  }
  const out = new Pieces();
  for (let at = 0; at < text.length; ) {
    // `${` is looked at as a whole.
    const end = at + QUOTED_AT_ONCE + (text[at + QUOTED_AT_ONCE - 1] === '$' ? 1 : 0);
    out.push(escaped(text.slice(at, end)));
    at = end;
  }
  return `"${out}"`;
}

function escaped(text: string): string {
  return text.replace(/["\\\n\r\t]|\$(?=\{)/g, escapeChar);
}

/** The syntax tree as `nix-instantiate --parse` of 2.3x prints it. */
export function showExpr(expr: Expr): string {
  const out: string[] = [];
  show(expr, out);
  return out.join('');
}

function show(expr: Expr, out: string[]): void {
  switch (expr.kind) {
    case 'int':
      out.push(String(expr.value));
      break;
    case 'float':
      out.push(shortFloat(expr.value));
      break;
    case 'string':
      out.push(quote(expr.value));
      break;
    case 'path':
      out.push(expr.value);
      break;
    case 'curpos':
      out.push('__curPos');
      break;
    case 'var':
      out.push(identifier(expr.name));
      break;
    case 'concat':
      out.push('(');
      expr.parts.forEach((part, i) => {
        if (i > 0) {
          out.push(' + ');
        }
        show(part, out);
      });
      out.push(')');
      break;
    case 'select':
      out.push('(');
      show(expr.target, out);
      out.push(').');
      showPath(expr.path, out);
      if (expr.fallback !== undefined) {
        out.push(' or (');
        show(expr.fallback, out);
        out.push(')');
      }
      break;
    case 'has':
      out.push('((');
      show(expr.target, out);
      out.push(') ? ');
      showPath(expr.path, out);
      out.push(')');
      break;
    case 'attrs':
      showAttrs(expr, out);
      break;
    case 'list':
      out.push('[ ');
      for (const item of expr.items) {
        out.push('(');
        show(item, out);
        out.push(') ');
      }
      out.push(']');
      break;
    case 'lambda':
      showLambda(expr, out);
      break;
    case 'call':
      out.push('(');
      show(expr.fn, out);
      for (const arg of expr.args) {
        out.push(' ');
        show(arg, out);
      }
      out.push(')');
      break;
    case 'let':
      out.push('(let ');
      showBindings(expr.attrs, out);
      out.push('in ');
      show(expr.body, out);
      out.push(')');
      break;
    case 'with':
      out.push('(with ');
      show(expr.scope, out);
      out.push('; ');
      show(expr.body, out);
      out.push(')');
      break;
    case 'if':
      out.push('(if ');
      show(expr.condition, out);
      out.push(' then ');
      show(expr.then, out);
      out.push(' else ');
      show(expr.otherwise, out);
      out.push(')');
      break;
    case 'assert':
      out.push('assert ');
      show(expr.condition, out);
      out.push('; ');
      show(expr.body, out);
      break;
    case 'not':
      out.push('(! ');
      show(expr.operand, out);
      out.push(')');
      break;
    case 'binary':
      out.push('(');
      show(expr.left, out);
      out.push(` ${expr.op} `);
      show(expr.right, out);
      out.push(')');
      break;
  }
}

function showPath(path: readonly AttrName[], out: string[]): void {
  path.forEach((name, i) => {
    if (i > 0) {
      out.push('.');
    }
    if (typeof name === 'string') {
      out.push(identifier(name));
    } else {
      out.push('"${');
      show(name, out);
      out.push('}"');
    }
  });
}

function showAttrs(attrs: AttrsExpr, out: string[]): void {
  out.push(attrs.recursive ? 'rec { ' : '{ ');
  showBindings(attrs, out);
  out.push('}');
}

function showBindings(attrs: AttrsExpr, out: string[]): void {
  const sorted = [...attrs.attrs].sort(([a], [b]) => (a < b ? -1 : 1));
  const inherited = sorted.filter(([, def]) => def.kind === 'inherited');
  if (inherited.length > 0) {
    out.push(`inherit${inherited.map(([name]) => ` ${identifier(name)}`).join('')}; `);
  }
  attrs.inheritFrom.forEach((from, i) => {
    const names = sorted.filter(([, def]) => def.kind === 'from' && def.from === i);
    if (names.length > 0) {
      out.push('inherit (');
      show(from, out);
      out.push(`)${names.map(([name]) => ` ${identifier(name)}`).join('')}; `);
    }
  });
  for (const [name, def] of sorted) {
    if (def.kind === 'own') {
      out.push(`${identifier(name)} = `);
      show(settled(def.value), out);
      out.push('; ');
    }
  }
  for (const { name, value } of attrs.dynamic) {
    out.push('"${');
    show(name, out);
    out.push('}" = ');
    show(settled(value), out);
    out.push('; ');
  }
}

function showLambda(lambda: LambdaExpr, out: string[]): void {
  out.push('(');
  if (lambda.formals !== undefined) {
    out.push('{ ');
    const sorted = [...lambda.formals].sort((a, b) => (a.name < b.name ? -1 : 1));
    sorted.forEach((formal, i) => {
      out.push(i > 0 ? ', ' : '', identifier(formal.name));
      if (formal.fallback !== undefined) {
        out.push(' ? ');
        show(formal.fallback, out);
      }
    });
    if (lambda.ellipsis) {
      out.push(sorted.length > 0 ? ', ...' : '...');
    }
    out.push(lambda.argument === undefined ? ' }' : ' } @ ');
  }
  if (lambda.argument !== undefined) {
    out.push(identifier(lambda.argument));
  }
  out.push(': ');
  show(lambda.body, out);
  out.push(')');
}
