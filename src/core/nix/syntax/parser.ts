import { decodeUtf8 } from '../bytes';
import { NixError } from '../errors';
import { Pos, type Source } from '../source';
import type { AttrName, AttrsExpr, Expr, Formal, LambdaExpr } from './ast';
import { AttrDefs, emptyAttrs } from './attr-defs';
import { endOfBinding, Later } from './later';
import { LiteralParser } from './literals';
import { arithmetic, binary, call, NOT_OPERAND, PRECEDENCE } from './operators';
import type { ParseOptions } from './token-reader';

const NAME = "identifier or 'or' or '${' or '\"'";
/** A shorter right-hand side is parsed at once: that is less work than to remember where it stands. */
const WORTH_WAITING = 32;
/** Floats nearer to zero have fewer digits. */
const SMALLEST_NORMAL = 2 ** -1022;
const WORD = /[\w'-]+/y;
/** More than any function has; their table would take longer than a look at the clock should wait. */
const MAX_FORMALS = 100_000;

/**
 * Parses a program by the grammar of Nix 2.3x. Variables are not looked up yet: see the binder.
 *
 * @throws NixError of kind `parse` or `limit`
 */
export function parseProgram(source: Source, options: ParseOptions = {}): Expr {
  return new Parser(source, options).program();
}

class Parser extends LiteralParser {
  private readonly defs: AttrDefs;
  /** The `f or` that was read last, until it is clear what it is part of. */
  private cursed: { readonly call: Expr; readonly written: string; readonly pos: number } | undefined;

  constructor(source: Source, options: ParseOptions) {
    super(source, options);
    this.defs = new AttrDefs(source, options.spend);
  }

  program(): Expr {
    this.lexer.next();
    const expr = this.expr();
    if (!this.is('end')) {
      this.unexpected('end of file');
    }
    return expr;
  }

  /** The right-hand side of a binding, which begins at `start` and whose `;` is at `end`. */
  private rightHandSide(start: number, end: number): Expr {
    const { lexer } = this;
    lexer.at = start;
    lexer.next();
    const expr = this.expr();
    if (!this.is(';') || lexer.start !== end) {
      this.unexpected("';'");
    }
    return expr;
  }

  /** The right-hand side that begins with the current token; its `;` is current then. */
  private value(): Expr | Later {
    const { lexer, source, options } = this;
    const { start } = lexer;
    if (options.knownRight === true) {
      const end = endOfBinding(source, start);
      WORD.lastIndex = start;
      // A name alone stands for what it names, which has its own place.
      if (end - start >= WORTH_WAITING && !(WORD.test(source.text) && WORD.lastIndex === end)) {
        lexer.at = end;
        lexer.next();
        return new Later(start, () => new Parser(source, options).rightHandSide(start, end));
      }
    }
    return this.expr();
  }

  protected override expr(): Expr {
    this.deepen(this.lexer.start);
    const expr = this.exprFunction();
    this.depth--;
    return expr;
  }

  private exprFunction(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    switch (lexer.kind) {
      case 'id': {
        const after = lexer.peek();
        if (after === 58) {
          const argument = lexer.lexeme;
          lexer.next();
          lexer.next();
          return this.lambda(pos, argument, undefined, false);
        }
        if (after === 64) {
          const argument = lexer.lexeme;
          lexer.next();
          lexer.next();
          if (!this.is('{')) {
            this.unexpected("'{'");
          }
          return this.formalsLambda(pos, argument);
        }
        return this.exprIf();
      }
      case '{':
        return this.startsFormals() ? this.formalsLambda(pos, undefined) : this.exprIf();
      case 'assert': {
        lexer.next();
        const condition = this.expr();
        const end = lexer.start;
        this.expect(';');
        return { kind: 'assert', pos, condition, body: this.expr(), end };
      }
      case 'with': {
        lexer.next();
        const scope = this.expr();
        this.expect(';');
        return { kind: 'with', pos, scope, body: this.expr() };
      }
      case 'let': {
        if (lexer.peek() === 123) {
          return this.exprIf();
        }
        lexer.next();
        const attrs = this.bindings(pos, 'in', "'in' or 'inherit'");
        lexer.next();
        const dynamic = attrs.dynamic[0];
        if (dynamic !== undefined) {
          lexer.fail('dynamic attributes not allowed in let', pos);
        }
        return { kind: 'let', pos, attrs, body: this.expr() };
      }
      default:
        return this.exprIf();
    }
  }

  private lambda(
    pos: number,
    argument: string | undefined,
    formals: readonly Formal[] | undefined,
    ellipsis: boolean,
  ): LambdaExpr {
    const body = this.expr();
    if (argument !== undefined) {
      this.options.symbols?.see(argument);
    }
    return { kind: 'lambda', pos, argument, formals, ellipsis, body, name: undefined };
  }

  /** Whether the `{` that is current begins formal arguments rather than an attribute set. */
  private startsFormals(): boolean {
    const { lexer } = this;
    const at = lexer.at;
    const start = lexer.start;
    lexer.next();
    let formals = false;
    if (this.is('}')) {
      const after = lexer.peek();
      formals = after === 58 || after === 64;
    } else if (this.is('...')) {
      formals = true;
    } else if (this.is('id')) {
      const after = lexer.peek();
      formals = after === 44 || after === 63 || after === 125;
    }
    lexer.at = at;
    lexer.start = start;
    lexer.kind = '{';
    return formals;
  }

  private formalsLambda(pos: number, before: string | undefined): Expr {
    const { lexer } = this;
    const formals: Formal[] = [];
    let ellipsis = false;
    lexer.next();
    while (!this.is('}')) {
      if (this.is('...')) {
        ellipsis = true;
        lexer.next();
        break;
      }
      if (!this.is('id')) {
        this.unexpected("identifier or '...' or '}'");
      }
      const name = lexer.lexeme;
      const formalPos = lexer.start;
      lexer.next();
      let fallback: Expr | undefined;
      if (this.is('?')) {
        lexer.next();
        fallback = this.expr();
      }
      this.options.symbols?.see(name);
      formals.push({ name, pos: formalPos, fallback });
      if (formals.length > MAX_FORMALS) {
        throw new NixError(
          'limit',
          `a function has more than ${MAX_FORMALS} arguments`,
          new Pos(this.source, formalPos),
        );
      }
      if (!this.is(',')) {
        break;
      }
      lexer.next();
    }
    if (!this.is('}')) {
      this.unexpected(ellipsis ? "'}'" : "'}' or ','");
    }
    lexer.next();
    let argument = before;
    if (this.is('@') && before === undefined) {
      lexer.next();
      if (!this.is('id')) {
        this.unexpected('identifier');
      }
      argument = lexer.lexeme;
      lexer.next();
    }
    if (!this.is(':')) {
      this.unexpected(argument === undefined ? "':' or '@'" : "':'");
    }
    this.validateFormals(formals, argument, pos);
    lexer.next();
    return this.lambda(pos, argument, formals, ellipsis);
  }

  private validateFormals(formals: readonly Formal[], argument: string | undefined, pos: number): void {
    const seen = new Set<string>();
    for (const formal of formals) {
      if (seen.has(formal.name)) {
        this.lexer.fail(`duplicate formal function argument '${formal.name}'`, formal.pos);
      }
      seen.add(formal.name);
    }
    if (argument !== undefined && seen.has(argument)) {
      this.lexer.fail(`duplicate formal function argument '${argument}'`, pos);
    }
  }

  private exprIf(): Expr {
    const { lexer } = this;
    if (!this.is('if')) {
      return this.exprPipe();
    }
    const pos = lexer.start;
    lexer.next();
    const condition = this.expr();
    this.expect('then');
    const then = this.expr();
    this.expect('else');
    return { kind: 'if', pos, condition, then, otherwise: this.expr() };
  }

  private exprPipe(): Expr {
    const { lexer } = this;
    let left = this.exprOp(1);
    if (this.is('|>')) {
      while (this.is('|>')) {
        const pos = lexer.start;
        lexer.next();
        left = call(this.exprOp(1), [left], pos);
      }
    } else if (this.is('<|')) {
      const chain: { fn: Expr; pos: number }[] = [];
      while (this.is('<|')) {
        chain.push({ fn: left, pos: lexer.start });
        lexer.next();
        left = this.exprOp(1);
      }
      for (const { fn, pos } of chain.reverse()) {
        left = call(fn, [left], pos);
      }
    }
    return left;
  }

  private exprOp(level: number): Expr {
    const { lexer } = this;
    const start = lexer.start;
    let left = this.operand();
    for (;;) {
      const precedence = PRECEDENCE.get(lexer.kind);
      if (precedence === undefined || precedence[0] < level) {
        return left;
      }
      const [strength, associativity] = precedence;
      const op = lexer.kind;
      const pos = lexer.start;
      lexer.next();
      if (op === '?') {
        left = { kind: 'has', pos: left.pos, target: left, path: this.attrPath().path };
        continue;
      }
      this.deepen(pos);
      const rightStart = lexer.start;
      const right = this.exprOp(associativity === 'right' ? strength : strength + 1);
      this.depth--;
      left = binary(op, left, right, pos, [start, rightStart]);
      if (associativity === 'none' && PRECEDENCE.get(lexer.kind)?.[0] === strength) {
        this.unexpected();
      }
    }
  }

  private operand(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    if (this.is('!')) {
      lexer.next();
      this.deepen(pos);
      const operand = this.exprOp(NOT_OPERAND);
      this.depth--;
      return { kind: 'not', pos, operand };
    }
    if (this.is('-')) {
      lexer.next();
      this.deepen(pos);
      const operand = this.operand();
      this.depth--;
      return arithmetic('__sub', { kind: 'int', pos, value: 0 }, operand, pos);
    }
    return this.exprApp();
  }

  private exprApp(): Expr {
    const pos = this.lexer.start;
    const fn = this.exprSelect();
    if (!this.startsSimple()) {
      return fn;
    }
    const args: Expr[] = [];
    while (this.startsSimple()) {
      args.push(this.uncursed(this.exprSelect()));
    }
    return call(fn, args, pos);
  }

  private startsSimple(): boolean {
    switch (this.lexer.kind) {
      case 'id':
      case 'int':
      case 'float':
      case '"':
      case "''":
      case 'path':
      case 'home-path':
      case 'search-path':
      case 'url':
      case '(':
      case 'rec':
      case '{':
      case '[':
        return true;
      case 'let':
        // As an argument only the old `let { … }` can stand; a plain `let` is a syntax error either way.
        return true;
      default:
        return false;
    }
  }

  private exprSelect(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    const target = this.exprSimple();
    if (this.is('.')) {
      lexer.next();
      const { path, positions } = this.attrPath();
      let fallback: Expr | undefined;
      if (this.is('or')) {
        this.deepen(pos);
        lexer.next();
        fallback = this.uncursed(this.exprSelect());
        this.depth--;
      }
      return { kind: 'select', pos, target, path, fallback, positions };
    }
    if (this.is('or')) {
      // An old function of nixpkgs is named `or`: `map or [ … ]`.
      const written = this.source.text.slice(pos, lexer.start).trimEnd();
      const or: Expr = { kind: 'var', pos, name: 'or', found: undefined };
      lexer.next();
      const made = call(target, [or], pos);
      this.cursed = { call: made, written, pos };
      return made;
    }
    return target;
  }

  /**
   * `[ f or ]` means `[ (f or) ]`, which may not stay so: Nix warns of it where `f or` is an operand of its own. In
   * parentheses, or as what is called, it means the same either way.
   */
  private uncursed(expr: Expr): Expr {
    const { cursed } = this;
    this.cursed = undefined;
    if (cursed?.call === expr) {
      const place = new Pos(this.source, cursed.pos);
      this.options.notice?.(
        `at ${place}: This expression uses \`or\` as an identifier in a way that will change in a future Nix release.\nWrap this entire expression in parentheses to preserve its current meaning:\n    (${decodeUtf8(cursed.written)} or)\nGive feedback at https://github.com/NixOS/nix/pull/11121`,
      );
    }
    return expr;
  }

  private attrPath(expected = NAME): { path: AttrName[]; positions: number[] } {
    const { lexer } = this;
    const path: AttrName[] = [];
    const positions: number[] = [];
    for (;;) {
      positions.push(lexer.start);
      path.push(this.attrName(path.length === 0 ? expected : NAME));
      if (!this.is('.')) {
        return { path, positions };
      }
      lexer.next();
    }
  }

  /** @param expected what is said to be missing where there is no name */
  private attrName(expected?: string): AttrName {
    const { lexer } = this;
    switch (lexer.kind) {
      case 'id':
      case 'or': {
        const name = lexer.lexeme;
        lexer.next();
        return this.seen(name);
      }
      case '"':
        return this.seen(this.stringLiteral());
      case '${': {
        lexer.next();
        const expr = this.expr();
        this.expect('}');
        return this.seen(expr);
      }
      default:
        return this.unexpected(expected);
    }
  }

  /** A name that is known when the program is read, as such. */
  private seen(name: AttrName): AttrName {
    const known = typeof name === 'string' || name.kind !== 'string' ? name : name.value;
    if (typeof known === 'string') {
      this.options.symbols?.see(known);
    }
    return known;
  }

  private exprSimple(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    switch (lexer.kind) {
      case 'id': {
        const name = lexer.lexeme;
        lexer.next();
        if (name === '__curPos') {
          return { kind: 'curpos', pos };
        }
        this.options.symbols?.see(name);
        return { kind: 'var', pos, name, found: undefined };
      }
      case 'int': {
        const value = this.integer(lexer.lexeme);
        lexer.next();
        return { kind: 'int', pos, value };
      }
      case 'float': {
        const value = Number(lexer.lexeme);
        // What is too small for all its digits is refused as well.
        if (!Number.isFinite(value) || (value < SMALLEST_NORMAL && /^[0.]*[1-9]/.test(lexer.lexeme))) {
          lexer.fail(`invalid float '${lexer.lexeme}'`);
        }
        lexer.next();
        return { kind: 'float', pos, value };
      }
      case '"':
        return this.stringLiteral();
      case "''":
        return this.indentedString();
      case 'path':
      case 'home-path':
        return this.pathLiteral();
      case 'search-path': {
        const name = lexer.lexeme.slice(1, -1);
        lexer.next();
        const fn: Expr = { kind: 'var', pos, name: '__findFile', found: undefined };
        const path: Expr = { kind: 'var', pos, name: '__nixPath', found: undefined };
        return { kind: 'call', pos, fn, args: [path, { kind: 'string', pos, value: name }] };
      }
      case 'url': {
        const value = lexer.lexeme;
        this.options.lint?.('urlLiterals', new Pos(this.source, pos), value);
        lexer.next();
        return { kind: 'string', pos, value };
      }
      case '(': {
        lexer.next();
        const expr = this.expr();
        this.cursed = undefined;
        this.expect(')');
        return expr;
      }
      case 'let': {
        lexer.next();
        if (!this.is('{')) {
          this.unexpected("'{'");
        }
        const attrs = this.attrSet(pos, true);
        return { kind: 'select', pos, target: attrs, path: ['body'], fallback: undefined, positions: [pos] };
      }
      case 'rec':
        lexer.next();
        if (!this.is('{')) {
          this.unexpected("'{'");
        }
        return this.attrSet(pos, true);
      case '{':
        return this.attrSet(pos, false);
      case '[': {
        this.deepen(pos);
        lexer.next();
        const items: Expr[] = [];
        while (!this.is(']')) {
          if (!this.startsSimple()) {
            this.unexpected();
          }
          items.push(this.uncursed(this.exprSelect()));
        }
        lexer.next();
        this.depth--;
        return { kind: 'list', pos, items };
      }
      default:
        return this.unexpected();
    }
  }

  private attrSet(pos: number, recursive: boolean): AttrsExpr {
    this.deepen(pos);
    this.lexer.next();
    const attrs = this.bindings(pos, '}', recursive ? "'inherit' or '}'" : "'inherit'");
    this.lexer.next();
    this.depth--;
    attrs.recursive = recursive;
    return attrs;
  }

  /**
   * Bindings up to `end`, which stays current.
   *
   * @param expected what is said to be missing where there is no binding
   */
  private bindings(pos: number, end: 'in' | '}', expected: string): AttrsExpr {
    const { lexer } = this;
    const attrs = emptyAttrs(pos);
    while (!this.is(end)) {
      if (this.is('inherit')) {
        this.inherit(attrs);
        continue;
      }
      const start = lexer.start;
      const { path } = this.attrPath(expected);
      if (!this.is('=')) {
        this.unexpected("'.' or '='");
      }
      lexer.next();
      const value = this.value();
      this.expect(';');
      this.defs.add(attrs, path, value, start);
    }
    return attrs;
  }

  private inherit(attrs: AttrsExpr): void {
    const { lexer } = this;
    lexer.next();
    let from = -1;
    if (this.is('(')) {
      lexer.next();
      from = attrs.inheritFrom.push(this.expr()) - 1;
      this.expect(')');
    }
    while (!this.is(';')) {
      const pos = lexer.start;
      const name = this.attrName();
      if (typeof name !== 'string') {
        throw new NixError('parse', 'dynamic attributes not allowed in inherit', new Pos(this.source, pos));
      }
      const value: Expr = { kind: 'var', pos, name, found: undefined };
      this.defs.inherit(attrs, name, { kind: from < 0 ? 'inherited' : 'from', pos, value, from });
    }
    lexer.next();
  }
}
