import { ShellSyntaxError } from '../shell/syntax';

/** An expression of xonsh: the part of Python that configuration files use, with `$NAME` and `$(…)`. */
export type Expression =
  | { readonly kind: 'text'; readonly text: string; readonly isFormat: boolean; readonly isPath: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name' | 'variable'; readonly name: string }
  | { readonly kind: 'named-variable'; readonly of: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'star' | 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'call'; readonly of: Expression; readonly args: readonly Argument[] }
  | {
      readonly kind: 'each';
      readonly item: Expression;
      readonly name: string;
      readonly of: Expression;
      readonly test: Expression | undefined;
    }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'unknown' };

interface Argument {
  readonly name?: string;
  readonly value: Expression;
}

const MAX_DEPTH = 60;
/** Of one expression; what is evaluated nests no deeper. */
const MAX_TOKENS = 1_000;
const TOKEN =
  /[ \t\r\n]+|\\\r?\n|#[^\n]*|((?:[fFrRpPbBuU]{0,3})(?:'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"))|(\$\w+)|(\$\{\.\.\.\})|([!$][([])|(\d+(?:\.\d+)?)|(\w+)|(==|!=|<=|>=|\*\*|\/\/|[-+*/%.,:()[\]{}<>=|&@$!~^;])/y;

interface Token {
  readonly kind: 'text' | 'variable' | 'environment' | 'capture' | 'number' | 'word' | 'sign';
  readonly text: string;
}

/**
 * Reads one expression.
 *
 * @throws ShellSyntaxError for what is no such expression
 */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  const expression = parser.whole();
  return expression;
}

class Parser {
  readonly #tokens: Token[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    for (let at = 0; at < text.length; ) {
      if (this.#tokens.length > MAX_TOKENS) {
        throw new ShellSyntaxError('an expression is too long');
      }
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(text);
      if (match === null) {
        throw new ShellSyntaxError('it is no Python that is known here');
      }
      at = TOKEN.lastIndex;
      const [, string, variable, environment, capture, number, word, sign] = match;
      if (capture !== undefined) {
        const end = closing(text, at - 1);
        this.#tokens.push({ kind: 'capture', text: text.slice(at, end) });
        at = end + 1;
      } else {
        const kinds = { text: string, variable, environment, number, word, sign };
        for (const [kind, found] of Object.entries(kinds)) {
          if (found !== undefined) {
            this.#tokens.push({ kind: kind as Token['kind'], text: found });
          }
        }
      }
    }
  }

  whole(): Expression {
    const first = this.#choice();
    const items = [first];
    while (this.#take(',')) {
      if (this.#at < this.#tokens.length) {
        items.push(this.#choice());
      }
    }
    if (this.#at < this.#tokens.length) {
      throw new ShellSyntaxError('it is no Python that is known here');
    }
    return items.length === 1 ? first : { kind: 'list', items };
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #take(text: string): boolean {
    const token = this.#peek();
    const isIt = token?.text === text && (token.kind === 'sign' || token.kind === 'word');
    this.#at += isIt ? 1 : 0;
    return isIt;
  }

  #expect(text: string): void {
    if (!this.#take(text)) {
      throw new ShellSyntaxError(`${text} is missing`);
    }
  }

  #choice(): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw new ShellSyntaxError('it is nested too deeply');
    }
    if (this.#take('*')) {
      const of = this.#or();
      this.#depth -= 1;
      return { kind: 'star', of };
    }
    const then = this.#or();
    let made: Expression = then;
    if (this.#take('if')) {
      const test = this.#or();
      this.#expect('else');
      made = { kind: 'choice', test, then, otherwise: this.#choice() };
    }
    this.#depth -= 1;
    return made;
  }

  #binary(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((one) => this.#take(one));
      if (operator === undefined) {
        return left;
      }
      left = { kind: 'binary', operator, left, right: operand() };
    }
  }

  #or(): Expression {
    return this.#binary(['or'], () => this.#binary(['and'], () => this.#not()));
  }

  #not(): Expression {
    return this.#take('not') ? { kind: 'not', of: this.#not() } : this.#comparison();
  }

  #comparison(): Expression {
    const left = this.#sum();
    if (this.#take('not')) {
      this.#expect('in');
      return { kind: 'not', of: { kind: 'binary', operator: 'in', left, right: this.#sum() } };
    }
    if (this.#take('is')) {
      const isNot = this.#take('not');
      const made: Expression = { kind: 'binary', operator: '==', left, right: this.#sum() };
      return isNot ? { kind: 'not', of: made } : made;
    }
    const operator = ['in', '==', '!=', '<=', '>=', '<', '>'].find((one) => this.#take(one));
    return operator === undefined ? left : { kind: 'binary', operator, left, right: this.#sum() };
  }

  #sum(): Expression {
    return this.#binary(['+', '-'], () => this.#binary(['/', '*', '%', '//'], () => this.#postfix()));
  }

  #postfix(): Expression {
    let made = this.#atom();
    for (;;) {
      if (this.#take('.')) {
        made = { kind: 'attribute', of: made, name: this.#tokens[this.#at++]?.text ?? '' };
      } else if (this.#take('(')) {
        made = { kind: 'call', of: made, args: this.#arguments() };
      } else if (this.#take('[')) {
        const at: Expression = this.#peek()?.text === ':' ? { kind: 'unknown' } : this.#choice();
        if (this.#take(':')) {
          this.#until(']');
          made = { kind: 'unknown' };
        } else {
          this.#expect(']');
          made = { kind: 'index', of: made, at };
        }
      } else {
        return made;
      }
    }
  }

  #arguments(): readonly Argument[] {
    const args: Argument[] = [];
    while (!this.#take(')')) {
      const [word, equals] = [this.#peek(), this.#tokens[this.#at + 1]];
      if (word?.kind === 'word' && equals?.text === '=') {
        this.#at += 2;
        args.push({ name: word.text, value: this.#choice() });
      } else {
        args.push({ value: this.#comprehension(this.#choice()) });
      }
      if (!this.#take(',') && this.#peek()?.text !== ')') {
        throw new ShellSyntaxError(') is missing');
      }
    }
    return args;
  }

  #comprehension(item: Expression): Expression {
    if (!this.#take('for')) {
      return item;
    }
    const name = this.#tokens[this.#at++]?.text ?? '';
    this.#expect('in');
    const of = this.#or();
    const test = this.#take('if') ? this.#or() : undefined;
    return { kind: 'each', item, name, of, test };
  }

  #until(end: string): void {
    while (this.#at < this.#tokens.length && !this.#take(end)) {
      this.#at += 1;
    }
  }

  #atom(): Expression {
    const token = this.#tokens[this.#at++];
    switch (token?.kind) {
      case 'text': {
        const made = textOf(token.text);
        const next = this.#peek()?.kind === 'text' ? this.#atom() : undefined;
        return next === undefined ? made : { kind: 'binary', operator: '+', left: made, right: next };
      }
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'variable':
        return { kind: 'variable', name: token.text.slice(1) };
      case 'environment':
        return { kind: 'attribute', of: { kind: 'name', name: '__xonsh__' }, name: 'env' };
      case 'capture':
        return { kind: 'command', text: token.text };
      case 'word':
        return { kind: 'name', name: token.text };
    }
    if (token?.text === '-') {
      const of = this.#postfix();
      return of.kind === 'number' ? { kind: 'number', value: -of.value } : { kind: 'unknown' };
    }
    if (token?.text === '$' && this.#take('{')) {
      const of = this.#choice();
      this.#expect('}');
      return { kind: 'named-variable', of };
    }
    if (token?.text === '(' || token?.text === '[') {
      const end = token.text === '(' ? ')' : ']';
      const items: Expression[] = [];
      let isList = token.text === '[';
      while (!this.#take(end)) {
        items.push(this.#comprehension(this.#choice()));
        if (this.#take(',')) {
          isList = true;
        } else if (this.#peek()?.text !== end) {
          throw new ShellSyntaxError(`${end} is missing`);
        }
      }
      const [only] = items;
      return only !== undefined && (only.kind === 'each' || !isList) ? only : { kind: 'list', items };
    }
    if (token?.text === '{') {
      this.#until('}');
      return { kind: 'unknown' };
    }
    throw new ShellSyntaxError('it is no Python that is known here');
  }
}

/** Where the bracket at a place is closed. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    depth += /[([]/.test(text[at]!) ? 1 : /[)\]]/.test(text[at]!) ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  throw new ShellSyntaxError('a bracket is never closed');
}

function textOf(token: string): Expression {
  const [, prefix = '', quoted = ''] = /^([A-Za-z]*)([\s\S]*)$/.exec(token) ?? [];
  const width = /^(?:'''|""")/.test(quoted) ? 3 : 1;
  const inner = quoted.slice(width, -width);
  const text = /r/i.test(prefix)
    ? inner
    : inner.replace(/\\(\r?\n|.)/gs, (whole, one: string) =>
        one === 'n' ? '\n' : one === 't' ? '\t' : /^\r?\n$/.test(one) ? '' : /[\\'"$]/.test(one) ? one : whole,
      );
  return { kind: 'text', text, isFormat: /f/i.test(prefix), isPath: /p/i.test(prefix) };
}
