import { NixError } from '../errors';
import { canonicalPath } from '../path';
import { Pos, type Source } from '../source';
import type { AttrName, AttrsExpr, BinaryOperator, CallExpr, Expr, Formal, LambdaExpr } from './ast';
import { AttrDefs, emptyAttrs } from './attr-defs';
import { type Piece, stripIndentation } from './indent';
import { Lexer } from './lexer';

export interface ParseOptions {
  /** Folder that relative paths start from, absolute; default `/`. */
  readonly basePath?: string;
  /** What `~` stands for; without it such a path is an error. */
  readonly home?: string;
  /** Told now and then how many tokens were read since; throws when that is enough. */
  readonly spend?: (tokens: number, pos: Pos) => void;
  /** Told of questionable literals; throws when that is an error. */
  readonly lint?: (kind: 'urlLiterals' | 'absolutePathLiterals' | 'shortPathLiterals', pos: Pos, text: string) => void;
}

/** Nesting beyond this is refused, as Nix's own parser does at about the same depth. */
const MAX_DEPTH = 9000;
const MAX_INT = 2n ** 63n - 1n;

/** Binding strength of binary operators (parser.y); `!` binds as 7, `-` as 12. */
const PRECEDENCE: ReadonlyMap<string, readonly [level: number, associativity: 'left' | 'right' | 'none']> = new Map([
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
const NOT_OPERAND = 8;

/**
 * Parses a program by the grammar of Nix 2.3x. Variables are not looked up yet: see the binder.
 *
 * @throws NixError of kind `parse` or `limit`
 */
export function parseProgram(source: Source, options: ParseOptions = {}): Expr {
  return new Parser(source, options).program();
}

class Parser {
  private readonly lexer: Lexer;
  private readonly defs: AttrDefs;
  private depth = 0;

  constructor(
    private readonly source: Source,
    private readonly options: ParseOptions,
  ) {
    const { spend } = options;
    this.lexer = new Lexer(
      source,
      spend === undefined ? undefined : (tokens, offset) => spend(tokens, new Pos(source, offset)),
    );
    this.defs = new AttrDefs(source);
  }

  program(): Expr {
    this.lexer.next();
    const expr = this.expr();
    if (!this.is('end')) {
      this.unexpected('end of file');
    }
    return expr;
  }

  private expr(): Expr {
    if (++this.depth > MAX_DEPTH) {
      throw new NixError('limit', 'the program is nested too deeply', new Pos(this.source, this.lexer.start));
    }
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
        const attrs = this.bindings(pos, 'in');
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
    return { kind: 'lambda', pos, argument, formals, ellipsis, body: this.expr(), name: undefined };
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
        this.unexpected("ID or ELLIPSIS or '}'");
      }
      const name = lexer.lexeme;
      const formalPos = lexer.start;
      lexer.next();
      let fallback: Expr | undefined;
      if (this.is('?')) {
        lexer.next();
        fallback = this.expr();
      }
      formals.push({ name, pos: formalPos, fallback });
      if (!this.is(',')) {
        break;
      }
      lexer.next();
    }
    this.expect('}');
    let argument = before;
    if (this.is('@') && before === undefined) {
      lexer.next();
      if (!this.is('id')) {
        this.unexpected('ID');
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
        left = { kind: 'call', pos, fn: this.exprOp(1), args: [left] };
      }
    } else if (this.is('<|')) {
      const chain: { fn: Expr; pos: number }[] = [];
      while (this.is('<|')) {
        chain.push({ fn: left, pos: lexer.start });
        lexer.next();
        left = this.exprOp(1);
      }
      for (const { fn, pos } of chain.reverse()) {
        left = { kind: 'call', pos, fn, args: [left] };
      }
    }
    return left;
  }

  private exprOp(level: number): Expr {
    const { lexer } = this;
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
      if (++this.depth > MAX_DEPTH) {
        lexer.fail('the program is nested too deeply', pos);
      }
      const right = this.exprOp(associativity === 'right' ? strength : strength + 1);
      this.depth--;
      left = binary(op, left, right, pos);
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

  private deepen(pos: number): void {
    if (++this.depth > MAX_DEPTH) {
      this.lexer.fail('the program is nested too deeply', pos);
    }
  }

  private exprApp(): Expr {
    const pos = this.lexer.start;
    const fn = this.exprSelect();
    if (!this.startsSimple()) {
      return fn;
    }
    const args: Expr[] = [];
    while (this.startsSimple()) {
      args.push(this.exprSelect());
    }
    return { kind: 'call', pos, fn, args };
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
        fallback = this.exprSelect();
        this.depth--;
      }
      return { kind: 'select', pos, target, path, fallback, positions };
    }
    if (this.is('or')) {
      // An old function of nixpkgs is named `or`: `map or [ … ]`.
      const or: Expr = { kind: 'var', pos: lexer.start, name: 'or', found: undefined };
      lexer.next();
      return { kind: 'call', pos, fn: target, args: [or] } satisfies CallExpr;
    }
    return target;
  }

  private attrPath(): { path: AttrName[]; positions: number[] } {
    const { lexer } = this;
    const path: AttrName[] = [];
    const positions: number[] = [];
    for (;;) {
      positions.push(lexer.start);
      path.push(this.attrName());
      if (!this.is('.')) {
        return { path, positions };
      }
      lexer.next();
    }
  }

  private attrName(): AttrName {
    const { lexer } = this;
    switch (lexer.kind) {
      case 'id':
      case 'or': {
        const name = lexer.lexeme;
        lexer.next();
        return name;
      }
      case '"': {
        const expr = this.stringLiteral();
        return expr.kind === 'string' ? expr.value : expr;
      }
      case '${': {
        lexer.next();
        const expr = this.expr();
        this.expect('}');
        return expr.kind === 'string' ? expr.value : expr;
      }
      default:
        return this.unexpected("ID or OR_KW or DOLLAR_CURLY or '\"'");
    }
  }

  private exprSimple(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    switch (lexer.kind) {
      case 'id': {
        const name = lexer.lexeme;
        lexer.next();
        return name === '__curPos' ? { kind: 'curpos', pos } : { kind: 'var', pos, name, found: undefined };
      }
      case 'int': {
        const value = this.integer(lexer.lexeme);
        lexer.next();
        return { kind: 'int', pos, value };
      }
      case 'float': {
        const value = Number(lexer.lexeme);
        if (!Number.isFinite(value)) {
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
          items.push(this.exprSelect());
        }
        lexer.next();
        this.depth--;
        return { kind: 'list', pos, items };
      }
      default:
        return this.unexpected();
    }
  }

  private integer(digits: string): number | bigint {
    const value = Number(digits);
    if (Number.isSafeInteger(value)) {
      return value;
    }
    const exact = BigInt(digits);
    if (exact > MAX_INT) {
      this.lexer.fail(`invalid integer '${digits}'`);
    }
    return exact;
  }

  private attrSet(pos: number, recursive: boolean): AttrsExpr {
    this.deepen(pos);
    this.lexer.next();
    const attrs = this.bindings(pos, '}');
    this.lexer.next();
    this.depth--;
    attrs.recursive = recursive;
    return attrs;
  }

  /** Bindings up to `end`, which stays current. */
  private bindings(pos: number, end: 'in' | '}'): AttrsExpr {
    const { lexer } = this;
    const attrs = emptyAttrs(pos);
    while (!this.is(end)) {
      if (this.is('inherit')) {
        this.inherit(attrs);
        continue;
      }
      const start = lexer.start;
      const { path } = this.attrPath();
      if (!this.is('=')) {
        this.unexpected("'.' or '='");
      }
      lexer.next();
      const value = this.expr();
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

  private stringLiteral(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    const parts: Expr[] = [];
    let interpolated = false;
    for (;;) {
      const offset = lexer.at;
      const text = lexer.scanString();
      if (text !== '') {
        parts.push({ kind: 'string', pos: offset, value: text });
      }
      if (this.is('"')) {
        lexer.next();
        break;
      }
      interpolated = true;
      parts.push(this.interpolation());
    }
    if (interpolated) {
      return { kind: 'concat', pos, forceString: true, parts };
    }
    return parts[0] ?? { kind: 'string', pos, value: '' };
  }

  /** The expression in `${ … }`; the closing brace stays current, since the text goes on right behind it. */
  private interpolation(): Expr {
    this.lexer.next();
    const expr = this.expr();
    if (!this.is('}')) {
      this.unexpected("'}'");
    }
    return expr;
  }

  private indentedString(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    const pieces: Piece[] = [];
    lexer.openIndented();
    for (;;) {
      lexer.scanIndented((text, offset) => pieces.push({ text, offset }));
      if (this.is("''")) {
        lexer.next();
        return stripIndentation(pieces, pos);
      }
      const offset = lexer.start;
      pieces.push({ expr: this.interpolation(), offset });
    }
  }

  private pathLiteral(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    const first: Expr = { kind: 'path', pos, value: this.absolute(lexer.lexeme, this.is('home-path')) };
    let slash = lexer.lexeme.endsWith('/');
    const parts: Expr[] = [first];
    let interpolated = false;
    for (;;) {
      const offset = lexer.at;
      if (lexer.scanInterpolation()) {
        interpolated = true;
        slash = false;
        parts.push(this.interpolation());
        continue;
      }
      const text = lexer.scanPathText();
      if (text === undefined) {
        break;
      }
      parts.push({ kind: 'string', pos: offset, value: text });
      slash = text.endsWith('/');
    }
    if (slash) {
      lexer.fail('path has a trailing slash', lexer.at);
    }
    if (parts.length > 1 && !interpolated) {
      lexer.fail('syntax error, unexpected PATH_END, expecting DOLLAR_CURLY', pos);
    }
    lexer.next();
    return interpolated ? { kind: 'concat', pos, forceString: false, parts } : first;
  }

  private absolute(text: string, home: boolean): string {
    if (home || text.startsWith('/')) {
      this.options.lint?.('absolutePathLiterals', new Pos(this.source, this.lexer.start), text);
    } else if (!text.startsWith('.')) {
      this.options.lint?.('shortPathLiterals', new Pos(this.source, this.lexer.start), text);
    }
    let path: string;
    if (home) {
      if (this.options.home === undefined) {
        this.lexer.fail(`the path '${text}' can not be resolved in pure mode`);
      }
      path = canonicalPath(`${this.options.home}/${text.slice(1)}`);
    } else {
      path = canonicalPath(text.startsWith('/') ? text : `${this.options.basePath ?? '/'}/${text}`);
    }
    return text.endsWith('/') && path.length > 1 ? `${path}/` : path;
  }

  private is(kind: string): boolean {
    return this.lexer.kind === kind;
  }

  private expect(kind: string): void {
    if (!this.is(kind)) {
      this.unexpected(tokenName(kind));
    }
    this.lexer.next();
  }

  private unexpected(expected?: string): never {
    const { lexer } = this;
    const found = this.is('end') ? 'end of file' : tokenName(lexer.kind);
    return lexer.fail(`syntax error, unexpected ${found}${expected === undefined ? '' : `, expecting ${expected}`}`);
  }
}

function tokenName(kind: string): string {
  switch (kind) {
    case 'id':
      return 'ID';
    case 'int':
      return 'INT';
    case 'float':
      return 'FLOAT';
    case 'path':
    case 'home-path':
    case 'search-path':
    case 'url':
      return kind.toUpperCase();
    default:
      return `'${kind}'`;
  }
}

function arithmetic(name: string, left: Expr, right: Expr, pos: number): Expr {
  return { kind: 'call', pos, fn: { kind: 'var', pos, name, found: undefined }, args: [left, right] };
}

function binary(op: string, left: Expr, right: Expr, pos: number): Expr {
  switch (op) {
    case '+':
      return { kind: 'concat', pos, forceString: false, parts: [left, right] };
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
