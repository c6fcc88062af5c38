import { smallBigInt } from '../arithmetic';
import { canonicalPath } from '../path';
import { Pos } from '../source';
import type { Expr } from './ast';
import { type Piece, stripIndentation } from './indent';
import { TokenReader } from './token-reader';

const MAX_INT = 2n ** 63n - 1n;
/** An indented string counts as a token for so many of its bytes (a power of two): each is looked at several times. */
const BYTES_A_TOKEN_BITS = 5;
/** A piece of an indented string counts as so many tokens. */
const TOKENS_A_PIECE = 4;
/** A power of two. */
const PIECES_A_LOOK = 8192;

/** Numbers, strings and paths, with the expressions that stand in them. */
export abstract class LiteralParser extends TokenReader {
  protected abstract expr(): Expr;

  protected integer(digits: string): number | bigint {
    const value = Number(digits);
    if (Number.isSafeInteger(value)) {
      return value;
    }
    const exact = smallBigInt(digits);
    if (exact === undefined || exact > MAX_INT) {
      this.lexer.fail(`invalid integer '${digits}'`);
    }
    return exact;
  }

  protected stringLiteral(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    const parts: Expr[] = [];
    const positions: number[] = [];
    let interpolated = false;
    for (;;) {
      const offset = lexer.at;
      const text = lexer.scanString();
      if (text !== '') {
        parts.push({ kind: 'string', pos: offset, value: text });
        positions.push(offset);
      }
      if (this.is('"')) {
        lexer.next();
        break;
      }
      interpolated = true;
      positions.push(lexer.start);
      parts.push(this.interpolation());
    }
    if (interpolated) {
      return { kind: 'concat', pos, forceString: true, parts, positions };
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

  protected indentedString(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    const pieces: Piece[] = [];
    const add = (piece: Piece): void => {
      if ((pieces.push(piece) & (PIECES_A_LOOK - 1)) === 0) {
        this.options.spend?.(PIECES_A_LOOK * TOKENS_A_PIECE, new Pos(this.source, piece.offset));
      }
    };
    lexer.openIndented();
    for (;;) {
      lexer.scanIndented((text, offset) => add({ text, offset }));
      if (this.is("''")) {
        this.options.spend?.((lexer.at - pos) >> BYTES_A_TOKEN_BITS, new Pos(this.source, pos));
        lexer.next();
        return stripIndentation(pieces, pos);
      }
      const offset = lexer.start;
      add({ expr: this.interpolation(), offset });
    }
  }

  protected pathLiteral(): Expr {
    const { lexer } = this;
    const pos = lexer.start;
    const first: Expr = { kind: 'path', pos, value: this.absolute(lexer.lexeme, this.is('home-path')) };
    let slash = lexer.lexeme.endsWith('/');
    const parts: Expr[] = [first];
    const positions: number[] = [pos];
    const firstEnd = lexer.at;
    let interpolated = false;
    for (;;) {
      const offset = lexer.at;
      if (lexer.scanInterpolation()) {
        interpolated = true;
        slash = false;
        positions.push(offset);
        parts.push(this.interpolation());
        continue;
      }
      const text = lexer.scanPathText();
      if (text === undefined) {
        break;
      }
      parts.push({ kind: 'string', pos: offset, value: text });
      positions.push(offset);
      slash = text.endsWith('/');
    }
    if (slash) {
      lexer.fail('path has a trailing slash', lexer.at);
    }
    if (parts.length > 1 && !interpolated) {
      lexer.fail("syntax error, unexpected end of path, expecting '${'", firstEnd);
    }
    lexer.next();
    return interpolated ? { kind: 'concat', pos, forceString: false, parts, positions } : first;
  }

  private absolute(text: string, home: boolean): string {
    const pos = new Pos(this.source, this.lexer.start);
    if (home || text.startsWith('/')) {
      this.options.lint?.('absolutePathLiterals', pos, text);
    } else if (!text.startsWith('.')) {
      this.options.lint?.('shortPathLiterals', pos, text);
    }
    if (home) {
      if (this.options.home === undefined) {
        this.lexer.fail(`the path '${text}' can not be resolved in pure mode`);
      }
      // Nix takes these as they are written: `~/a/..` is not `~/.`.
      return this.options.home + text.slice(1);
    }
    const path = canonicalPath(text.startsWith('/') ? text : `${this.options.basePath ?? '/'}/${text}`, pos);
    return text.endsWith('/') && path.length > 1 ? `${path}/` : path;
  }
}
