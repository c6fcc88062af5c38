import { NixError } from '../errors';
import { Pos, type Source } from '../source';
import type { Expr } from './ast';

/**
 * The right-hand side of a binding in a program that is known to be right: where it ends was seen, the rest waits until
 * somebody looks. Of a library little is used.
 */
export class Later {
  readonly kind = 'later';
  /** What functions in it are called. */
  name: string | undefined;
  private parsed: Expr | undefined;
  private parse: (() => Expr) | undefined;
  private bind: ((expr: Expr) => void) | undefined;

  /** @param parse what the text means; called once at most */
  constructor(
    readonly pos: number,
    parse: () => Expr,
  ) {
    this.parse = parse;
  }

  /** How its variables are found, once it is parsed. */
  onceParsed(bind: (expr: Expr) => void): void {
    if (this.parsed === undefined) {
      this.bind = bind;
    } else {
      bind(this.parsed);
    }
  }

  /** The expression, with its variables found when those around it are. */
  get expr(): Expr {
    if (this.parsed === undefined) {
      const { parse, bind, name } = this;
      const parsed = parse!();
      if (name !== undefined) {
        nameFunctions(parsed, name);
      }
      bind?.(parsed);
      // Where the stack was too small for all of that, the next one who asks begins again.
      this.parsed = parsed;
      this.parse = undefined;
      this.bind = undefined;
    }
    return this.parsed;
  }
}

/** The expression itself, whether or not it waited. */
export function settled(value: Expr | Later): Expr {
  return value instanceof Later ? value.expr : value;
}

/** `f = a: b: …`: all functions of the chain are `f`. */
export function nameFunctions(value: Expr | Later, name: string): void {
  if (value instanceof Later) {
    value.name ??= name;
    return;
  }
  let inner = value;
  while (inner.kind === 'lambda') {
    inner.name ??= name;
    inner = inner.body;
  }
}

/** What may begin or end something, in program text: marks, and the keywords that have a `;` of their own. */
const IN_PROGRAM = /(?<![\w'])''|["#]|\/\*|[()[\]{};]|(?<![\w'\-./])(?:let|in|with|assert)(?![\w'\-/])/g;
const IN_STRING = /\\.|\$[${]|"/gs;
const IN_INDENTED = /''(?:['$]|\\.)|''|\$[${]|'[^'$]/gs;
const LINE_END = /[\n\r]|$/g;
/** A `let` that is not the old `let { … }`. */
const BLANKS_AND_BRACE = /\s*\{/y;

/**
 * Where the `;` stands that ends a right-hand side.
 *
 * @param from where it begins, in a text that is known to be right
 * @throws NixError of kind `parse` when there is no end
 */
export function endOfBinding(source: Source, from: number): number {
  return skim(source, from, false);
}

/** The place of the `;` that ends a binding or, within `${`, of the closing brace. */
function skim(source: Source, from: number, braced: boolean): number {
  const { text } = source;
  let brackets = 0;
  /** How many brackets were open at each `let` whose `in` is still to come. */
  const lets: number[] = [];
  /** The `;` that belong to `with` and `assert`. */
  let semicolons = 0;
  for (let at = from; ; ) {
    IN_PROGRAM.lastIndex = at;
    if (!IN_PROGRAM.test(text)) {
      throw new NixError('parse', 'syntax error, unexpected end of file', new Pos(source, from));
    }
    at = IN_PROGRAM.lastIndex;
    const outside = brackets === 0 && lets.length === 0;
    switch (text[at - 1]) {
      case '"':
        at = endOfText(source, at, IN_STRING, '"');
        break;
      case "'":
        at = endOfText(source, at, IN_INDENTED, "''");
        break;
      case '#':
        LINE_END.lastIndex = at;
        LINE_END.test(text);
        at = LINE_END.lastIndex;
        break;
      case '*':
        at = text.indexOf('*/', at) + 2;
        break;
      case '(':
      case '[':
      case '{':
        brackets++;
        break;
      case ')':
      case ']':
      case '}':
        if (braced && brackets === 0) {
          return at - 1;
        }
        brackets--;
        break;
      case ';':
        if (outside && !braced && semicolons-- === 0) {
          return at - 1;
        }
        break;
      case 'n':
        if (lets.at(-1) === brackets) {
          lets.pop();
        }
        break;
      case 'h':
        semicolons += outside ? 1 : 0;
        break;
      default:
        if (text[at - 2] === 'r') {
          semicolons += outside ? 1 : 0;
        } else {
          BLANKS_AND_BRACE.lastIndex = at;
          if (!BLANKS_AND_BRACE.test(text)) {
            lets.push(brackets);
          }
        }
    }
  }
}

/** Where a string ends that was opened before `from`; `marks` is what means something in it, `end` what closes it. */
function endOfText(source: Source, from: number, marks: RegExp, end: string): number {
  const { text } = source;
  for (let at = from; ; ) {
    marks.lastIndex = at;
    const mark = marks.exec(text)?.[0];
    if (mark === undefined) {
      throw new NixError('parse', 'syntax error, unexpected end of file', new Pos(source, from));
    }
    at = marks.lastIndex;
    if (mark === end) {
      return at;
    }
    if (mark === '${') {
      at = skim(source, at, true) + 1;
    }
  }
}
