import { NixError } from '../errors';
import { Pos, type Source } from '../source';
import { Lexer } from './lexer';

export interface ParseOptions {
  /** Whether the text is known to be right: then of its bindings only those are parsed that are looked at. */
  readonly knownRight?: boolean;
  /** Folder that relative paths start from, absolute; default `/`. */
  readonly basePath?: string;
  /** What `~` stands for; without it such a path is an error. */
  readonly home?: string;
  /** Told of names in the order in which Nix's parser makes symbols of them. */
  readonly symbols?: { readonly see: (name: string) => void };
  /** Told now and then how many tokens were read since; throws when that is enough. */
  readonly spend?: (tokens: number, pos: Pos) => void;
  /** Told of what Nix warns of always. */
  readonly notice?: (message: string) => void;
  /** Told of questionable literals; throws when that is an error. */
  readonly lint?: (kind: 'urlLiterals' | 'absolutePathLiterals' | 'shortPathLiterals', pos: Pos, text: string) => void;
}

/** Nesting beyond this is refused: a stack of any size has an end, and so has Nix's. */
const MAX_DEPTH = 120_000;

/** The tokens of a text, and what is said about one that is in the wrong place. */
export abstract class TokenReader {
  protected readonly lexer: Lexer;
  /** How deeply the current expression is nested. */
  protected depth = 0;

  constructor(
    protected readonly source: Source,
    protected readonly options: ParseOptions,
  ) {
    const { spend } = options;
    this.lexer = new Lexer(
      source,
      spend === undefined ? undefined : (tokens, offset) => spend(tokens, new Pos(source, offset)),
    );
  }

  protected deepen(pos: number): void {
    if (++this.depth > MAX_DEPTH) {
      throw new NixError('limit', 'the program is nested too deeply', new Pos(this.source, pos));
    }
  }

  protected is(kind: string): boolean {
    return this.lexer.kind === kind;
  }

  protected expect(kind: string): void {
    if (!this.is(kind)) {
      this.unexpected(tokenName(kind));
    }
    this.lexer.next();
  }

  protected unexpected(expected?: string): never {
    const { lexer } = this;
    const found = this.is('end') ? 'end of file' : tokenName(lexer.kind);
    return lexer.fail(`syntax error, unexpected ${found}${expected === undefined ? '' : `, expecting ${expected}`}`);
  }
}

/** Marks and keywords; any other character is none of the language. */
const PUNCTUATION = /^(?:[a-z]+|[(){}[\]@:;.,?+\-*/<>=!"]|[=!<>]=|&&|\|\||->|\/\/|\+\+|<\||\|>|\$\{|\.\.\.)$/;

function tokenName(kind: string): string {
  switch (kind) {
    case 'id':
      return 'identifier';
    case 'int':
      return 'integer';
    case 'float':
      return 'floating-point literal';
    case 'path':
      return 'path';
    case 'home-path':
      return "'~/…' path";
    case 'search-path':
      return "'<…>' path";
    case 'url':
      return 'URI';
    case "''":
      return 'start of an indented string';
    default:
      return PUNCTUATION.test(kind) ? `'${kind}'` : 'invalid token';
  }
}
