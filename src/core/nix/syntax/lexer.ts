import { decodeUtf8 } from '../bytes';
import { NixError } from '../errors';
import { Pieces } from '../pieces';
import { Pos, type Source } from '../source';
import { CLASSES, Class } from './characters';

/**
 * Kinds of token. Punctuation and keywords are their own text; `''` opens an indented string; `end` is the end of the
 * text. Strings and paths are scanned in parts by {@link Lexer.scanString} and its kin, driven by the parser, since
 * expressions stand inside them.
 */
export type TokenKind = string;

const KEYWORDS: ReadonlySet<string> = new Set([
  'if',
  'then',
  'else',
  'assert',
  'with',
  'let',
  'in',
  'rec',
  'inherit',
  'or',
]);

const KEYWORD_STARTS: ReadonlySet<number> = new Set([...KEYWORDS].map((word) => word.charCodeAt(0)));
const FLOAT = /(?:[1-9][0-9]*\.[0-9]*|0?\.[0-9]+)(?:[Ee][+-]?[0-9]+)?/y;
const SEARCH_PATH = /<[a-zA-Z0-9._\-+]+(?:\/[a-zA-Z0-9._\-+]+)*>/y;
/** A power of two. */
const TOKENS_A_LOOK = 8192;
const LONG_COMMENT_END = '*/';
const PAIRS: ReadonlySet<string> = new Set([
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '->',
  '//',
  '++',
  '<|',
  '|>',
  '${',
  "''",
]);

const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const APOSTROPHE = 39;
const STAR = 42;
const SLASH = 47;
const COLON = 58;
const BACKSLASH = 92;
const BRACE = 123;
const TILDE = 126;
const CR = 13;
const LF = 10;

/** One part of an indented string: literal text, and whether its leading blanks count as indentation. */
export interface IndentedPart {
  readonly text: string;
  readonly indented: boolean;
}

/** Splits a byte string into tokens by the rules of Nix 2.3x's lexer.l (longest match, first rule wins). */
export class Lexer {
  /** The current token. */
  kind: TokenKind = 'end';
  start = 0;
  /** Where the next token is looked for; just after the current one. */
  at = 0;

  private readonly text: string;
  /** Ends of the last runs of path and scheme characters that were measured, so that no run is measured twice. */
  private pathRun = { start: 0, end: 0 };
  private schemeRun = { start: 0, end: 0 };

  private tokens = 0;

  constructor(
    readonly source: Source,
    /** Told now and then how many tokens were read since, so that a huge text can be stopped. */
    private readonly spend?: (tokens: number, offset: number) => void,
  ) {
    this.text = source.text;
  }

  get lexeme(): string {
    return this.text.slice(this.start, this.at);
  }

  fail(message: string, offset = this.start): never {
    throw new NixError('parse', message, new Pos(this.source, offset));
  }

  /** The first character after blanks and comments, without moving; -1 at the end. */
  peek(): number {
    const after = this.skipTrivia(this.at);
    return after < this.text.length ? this.text.charCodeAt(after) : -1;
  }

  /** Reads the next token. */
  next(): void {
    if ((++this.tokens & (TOKENS_A_LOOK - 1)) === 0) {
      this.spend?.(TOKENS_A_LOOK, this.at);
    }
    const { text } = this;
    const start = this.skipTrivia(this.at);
    this.start = start;
    if (start >= text.length) {
      this.kind = 'end';
      this.at = text.length;
      return;
    }
    const code = text.charCodeAt(start);
    const cls = CLASSES[code]!;
    if ((cls & Class.IdStart) !== 0) {
      this.word(start);
      return;
    }
    if ((cls & Class.Digit) !== 0 || code === 46) {
      this.number(start);
      return;
    }
    if (((cls & Class.Path) !== 0 || code === SLASH) && this.path(start, start)) {
      return;
    }
    const pair = text.substr(start, 2);
    if (code === TILDE && text.charCodeAt(start + 1) === SLASH && this.homePath(start)) {
      return;
    }
    if (code === 60) {
      SEARCH_PATH.lastIndex = start;
      if (SEARCH_PATH.test(text)) {
        this.finish('search-path', SEARCH_PATH.lastIndex);
        return;
      }
    }
    if (PAIRS.has(pair)) {
      this.finish(pair, start + 2);
      return;
    }
    if (code === 0) {
      this.fail('syntax error, unexpected NUL byte');
    }
    this.finish(text[start]!, start + 1);
  }

  private finish(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.at = end;
  }

  private skipTrivia(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === LF || code === 9 || code === CR) {
        at++;
      } else if (code === HASH) {
        at++;
        while (at < text.length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) {
          at++;
        }
      } else if (code === SLASH && text.charCodeAt(at + 1) === STAR) {
        const end = text.indexOf(LONG_COMMENT_END, at + 2);
        if (end < 0) {
          return at;
        }
        at = end + 2;
      } else {
        return at;
      }
    }
  }

  private word(start: number): void {
    const { text } = this;
    let end = start + 1;
    while ((CLASSES[text.charCodeAt(end)]! & Class.Id) !== 0) {
      end++;
    }
    const after = text.charCodeAt(end);
    if ((CLASSES[after]! & Class.Path) !== 0 || after === SLASH || after === COLON) {
      const url = this.urlEnd(start);
      if (this.path(start, Math.max(end, url))) {
        return;
      }
      if (url > end) {
        this.finish('url', url);
        return;
      }
    }
    const length = end - start;
    if (length >= 2 && length <= 7 && KEYWORD_STARTS.has(text.charCodeAt(start))) {
      const word = text.slice(start, end);
      if (KEYWORDS.has(word)) {
        this.finish(word, end);
        return;
      }
    }
    this.finish('id', end);
  }

  private number(start: number): void {
    const { text } = this;
    let end = start;
    while ((CLASSES[text.charCodeAt(end)]! & Class.Digit) !== 0) {
      end++;
    }
    FLOAT.lastIndex = start;
    const float = FLOAT.test(text) ? FLOAT.lastIndex : start;
    if (this.path(start, Math.max(end, float))) {
      return;
    }
    if (float > end) {
      this.finish('float', float);
    } else if (end > start) {
      this.finish('int', end);
    } else if (text.startsWith('...', start)) {
      this.finish('...', start + 3);
    } else {
      this.finish('.', start + 1);
    }
  }

  /** `{PATH}`, or `{PATH_SEG}` before `${`, when that is longer than `beaten` − the end of what else matches. */
  private path(start: number, beaten: number): boolean {
    const { text } = this;
    const run = this.runEnd(start);
    if (text.charCodeAt(run) !== SLASH) {
      return false;
    }
    const end = this.pathEnd(start);
    // PATH_SEG"${" counts with its two characters and wins a tie only when longer.
    if (text.charCodeAt(run + 1) === DOLLAR && text.charCodeAt(run + 2) === BRACE && run + 3 > beaten) {
      this.finish('path', run + 1);
      return true;
    }
    if (end > beaten || (end > start && end === beaten)) {
      this.finish('path', end);
      return end > start;
    }
    return false;
  }

  private homePath(start: number): boolean {
    const { text } = this;
    let end = start + 1;
    while (text.charCodeAt(end) === SLASH && (CLASSES[text.charCodeAt(end + 1)]! & Class.Path) !== 0) {
      end = this.plainRun(end + 1);
    }
    if (end > start + 1) {
      if (text.charCodeAt(end) === SLASH) {
        end++;
      }
      this.finish('home-path', end);
      return true;
    }
    if (text.charCodeAt(start + 2) === DOLLAR && text.charCodeAt(start + 3) === BRACE) {
      this.finish('home-path', start + 2);
      return true;
    }
    return false;
  }

  /** Where `{PATH}` ends that starts here; `start` when there is none. */
  private pathEnd(start: number): number {
    const { text } = this;
    let end = this.runEnd(start);
    let segments = 0;
    while (text.charCodeAt(end) === SLASH && (CLASSES[text.charCodeAt(end + 1)]! & Class.Path) !== 0) {
      end = this.plainRun(end + 1);
      segments++;
    }
    if (segments === 0) {
      return start;
    }
    return text.charCodeAt(end) === SLASH ? end + 1 : end;
  }

  private runEnd(start: number): number {
    const run = this.pathRun;
    if (start < run.start || start >= run.end) {
      run.start = start;
      run.end = this.plainRun(start);
    }
    return run.end;
  }

  private plainRun(start: number): number {
    let end = start;
    while ((CLASSES[this.text.charCodeAt(end)]! & Class.Path) !== 0) {
      end++;
    }
    return end;
  }

  /** Where `{URI}` ends that starts here; `start` when there is none. */
  private urlEnd(start: number): number {
    const { text } = this;
    const run = this.schemeRun;
    if (start < run.start || start >= run.end) {
      let end = start;
      while ((CLASSES[text.charCodeAt(end)]! & Class.Scheme) !== 0) {
        end++;
      }
      run.start = start;
      run.end = end;
    }
    const colon = run.end;
    if (text.charCodeAt(colon) !== COLON || colon === start || text.charCodeAt(start) === 95) {
      return start;
    }
    let end = colon + 1;
    while ((CLASSES[text.charCodeAt(end)]! & Class.Url) !== 0) {
      end++;
    }
    return end > colon + 1 ? end : start;
  }

  /**
   * Scans a string's text up to `"`, `${` or the end, with escapes replaced; afterwards `at` is behind the mark and
   * `kind` is the mark.
   */
  scanString(): string {
    const { text } = this;
    const parts = new Pieces();
    const begin = this.at;
    let at = begin;
    let plain = at;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE || (code === DOLLAR && text.charCodeAt(at + 1) === BRACE)) {
        this.start = at;
        this.finish(code === QUOTE ? '"' : '${', code === QUOTE ? at + 1 : at + 2);
        break;
      }
      if (code === BACKSLASH && at + 1 < text.length) {
        parts.push(text.slice(plain, at));
        parts.push(unescaped(text, at + 1));
        at += 2;
        plain = at;
      } else if (code === DOLLAR && at + 1 < text.length) {
        // `$` takes the next character with it, except `{` and `"`; what follows a backslash stays escaped.
        const next = text.charCodeAt(at + 1);
        at += next === QUOTE || next === BACKSLASH || next === CR ? 1 : 2;
      } else if (code === CR) {
        parts.push(text.slice(plain, at));
        parts.push('\n');
        at += text.charCodeAt(at + 1) === LF ? 2 : 1;
        plain = at;
      } else if (Number.isNaN(code) || code === BACKSLASH) {
        this.start = Math.min(at, text.length);
        parts.push(text.slice(plain, this.start));
        this.withoutNul(parts.toString(), begin);
        this.fail("syntax error, unexpected end of file, expecting '\"'");
      } else {
        at++;
      }
    }
    parts.push(text.slice(plain, this.start));
    return this.withoutNul(parts.toString(), begin);
  }

  /** The text of a string, which must have no null byte. */
  private withoutNul(text: string, offset: number): string {
    if (text.includes('\0')) {
      const shown = decodeUtf8(text).replaceAll('\0', '␀');
      this.fail(`input string '${shown}' cannot be represented as Nix string because it contains null bytes`, offset);
    }
    return text;
  }

  /** After `''` was opened: skips the rest of a first line that is blank. */
  openIndented(): void {
    let at = this.at;
    while (this.text.charCodeAt(at) === 32) {
      at++;
    }
    if (this.text.charCodeAt(at) === LF) {
      this.at = at + 1;
    }
  }

  /** Scans an indented string's parts up to `''`, `${` or the end; afterwards as {@link scanString}. */
  scanIndented(into: (part: IndentedPart, offset: number) => void): void {
    const { text } = this;
    let at = this.at;
    let plain = at;
    const flush = (end: number) => {
      if (end > plain) {
        into({ text: this.withoutNul(text.slice(plain, end), plain), indented: true }, plain);
      }
    };
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === DOLLAR) {
        const next = text.charCodeAt(at + 1);
        if (next === BRACE) {
          flush(at);
          this.start = at;
          this.finish('${', at + 2);
          return;
        }
        if (next === APOSTROPHE || Number.isNaN(next)) {
          // `$` alone is a token of its own, which ends the indentation.
          flush(at);
          into({ text: '$', indented: false }, at);
          at += 1;
          plain = at;
        } else {
          at += 2;
        }
      } else if (code === APOSTROPHE) {
        const next = text.charCodeAt(at + 1);
        if (next === APOSTROPHE) {
          flush(at);
          const third = text.charCodeAt(at + 2);
          if (third === DOLLAR) {
            into({ text: '$', indented: false }, at);
            at += 3;
          } else if (third === APOSTROPHE) {
            into({ text: "''", indented: false }, at);
            at += 3;
          } else if (third === BACKSLASH && at + 3 < text.length) {
            into({ text: unescaped(text, at + 3), indented: false }, at);
            at += 4;
          } else {
            this.start = at;
            this.finish("''", at + 2);
            return;
          }
          plain = at;
        } else if (next === DOLLAR || Number.isNaN(next)) {
          flush(at);
          into({ text: "'", indented: false }, at);
          at += 1;
          plain = at;
        } else {
          at += 2;
        }
      } else if (Number.isNaN(code)) {
        flush(at);
        this.start = Math.min(at, text.length);
        this.fail(
          "syntax error, unexpected end of file, expecting indented string or '${' or end of an indented string",
        );
      } else {
        at++;
      }
    }
  }

  /**
   * Within a path, after its first piece or an interpolation: takes the next piece of path text.
   *
   * @returns the text, or undefined when what follows is no path text
   */
  scanPathText(): string | undefined {
    const start = this.at;
    const run = this.plainRun(start);
    let end = Math.max(run, this.pathEnd(start));
    if (this.text.charCodeAt(run) === SLASH && run + 1 > end) {
      end = run + 1;
    }
    if (end === start) {
      return undefined;
    }
    this.at = end;
    return this.text.slice(start, end);
  }

  /** Within a path: takes `${` when it is next. */
  scanInterpolation(): boolean {
    if (this.text.charCodeAt(this.at) === DOLLAR && this.text.charCodeAt(this.at + 1) === BRACE) {
      this.start = this.at;
      this.finish('${', this.at + 2);
      return true;
    }
    return false;
  }
}

function unescaped(text: string, at: number): string {
  switch (text[at]) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return text[at]!;
  }
}
