import { decodeUtf8, encodeUtf8 } from './bytes';
import { NixError } from './errors';
import type { Meter } from './meter';
import type { Pos } from './source';
import { shownTomlProblem, type TomlProblem } from './toml-problems';

export interface TomlOptions {
  readonly pos: Pos | undefined;
  /** Dates and times become `{ _type = "timestamp"; value = …; }` (experimental in Nix), else they are an error. */
  readonly timestamps: boolean;
  /** Bounds memory and time. */
  readonly meter: Meter;
}

/** The four kinds of string that TOML has. */
export class TomlStrings {
  /** Where the next character is. */
  protected at = 0;

  constructor(
    protected readonly text: string,
    protected readonly options: TomlOptions,
  ) {}

  protected literalString(): string {
    const end = this.text.indexOf("'", this.at + 1);
    const text = end < 0 ? undefined : this.text.slice(this.at + 1, end);
    if (text === undefined || /[\x00-\x08\x0a-\x1f\x7f]/.test(text)) {
      const run = /[^'\x00-\x08\x0a-\x1f\x7f]*/y;
      run.lastIndex = this.at + 1;
      run.test(this.text);
      this.fail({ title: 'toml::parse_literal_string: invalid string format', at: run.lastIndex, note: "expected '" });
    }
    this.at = end + 1;
    return text;
  }

  protected multilineLiteral(): string {
    let end = this.text.indexOf("'''", this.at + 3);
    const wrong = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/.exec(
      this.text.slice(this.at + 3, end < 0 ? undefined : end),
    );
    if (end < 0 || wrong !== null) {
      this.fail({
        title: 'toml::parse_ml_literal_string: invalid string format',
        at: wrong === null ? this.text.length : this.at + 3 + wrong.index,
        note: "expected '''",
      });
    }
    // Up to two quotes may stand before the closing ones.
    for (let i = 0; i < 2 && this.text[end + 3] === "'"; i++) {
      end++;
    }
    const text = this.text.slice(this.at + 3, end).replace(/^\r?\n/, '');
    this.at = end + 3;
    return text;
  }

  protected basicString(): string {
    this.at++;
    const parts: string[] = [];
    for (;;) {
      const char = this.text[this.at];
      if (char === '"') {
        this.at++;
        return this.withoutNull(parts.join(''));
      }
      if (char === undefined || /[\x00-\x08\x0a-\x1f\x7f]/.test(char)) {
        this.fail(BROKEN_STRING);
      }
      parts.push(char === '\\' ? this.escape(BROKEN_STRING) : this.plain(BROKEN_STRING));
    }
  }

  protected multilineBasic(): string {
    this.at += 3;
    const first = /\r?\n/y;
    first.lastIndex = this.at;
    if (first.test(this.text)) {
      this.at = first.lastIndex;
    }
    const parts: string[] = [];
    for (;;) {
      if (this.text.startsWith('"""', this.at)) {
        let quotes = 3;
        while (quotes < 5 && this.text[this.at + quotes] === '"') {
          quotes++;
        }
        parts.push('"'.repeat(quotes - 3));
        this.at += quotes;
        return this.withoutNull(parts.join(''));
      }
      const char = this.text[this.at];
      if (char === undefined || this.isBadInLines()) {
        this.fail(BROKEN_LINES);
      }
      const continuation = /\\[ \t]*\r?\n(?:[ \t\n]|\r\n)*/y;
      continuation.lastIndex = this.at;
      if (continuation.test(this.text)) {
        this.at = continuation.lastIndex;
      } else if (char === '\\') {
        parts.push(this.escape(BROKEN_LINES));
      } else if (char === '"') {
        parts.push('"');
        this.at++;
      } else {
        parts.push(this.plain(BROKEN_LINES));
      }
    }
  }

  /** Whether a character comes that is in no string of several lines: a carriage return goes with a line feed. */
  private isBadInLines(): boolean {
    const char = this.text[this.at]!;
    return char === '\r' ? this.text[this.at + 1] !== '\n' : /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(char);
  }

  private plain(broken: Broken): string {
    const run = /[^"\\\x00-\x08\x0a-\x1f\x7f]+|[\r\n]/y;
    run.lastIndex = this.at;
    const match = run.exec(this.text);
    if (match === null) {
      this.fail(broken);
    }
    this.at = run.lastIndex;
    return match[0];
  }

  private escape(broken: Broken): string {
    const start = this.at;
    const char = this.text[this.at + 1];
    this.at += 2;
    switch (char) {
      case 'b':
        return '\b';
      case 't':
        return '\t';
      case 'n':
        return '\n';
      case 'f':
        return '\f';
      case 'r':
        return '\r';
      case '"':
      case '\\':
        return char;
      case 'u':
        return this.codePoint(4, start, broken);
      case 'U':
        return this.codePoint(8, start, broken);
      default:
        return this.fail({ ...broken, at: start });
    }
  }

  private codePoint(length: number, start: number, broken: Broken): string {
    const digits = this.text.slice(this.at, this.at + length);
    if (digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) {
      this.fail({ ...broken, at: start });
    }
    const point = Number.parseInt(digits, 16);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
      const range = point > 0x10ffff ? 'above 0x10FFFF' : '[0xD800, 0xDFFF]';
      this.fail({
        title: `toml::parse_utf8_codepoint: ${range} is not a valid UTF-8`,
        at: start + 1,
        length: length + 1,
      });
    }
    this.at += length;
    return encodeUtf8(String.fromCodePoint(point));
  }

  /** A string of Nix has no null bytes. */
  private withoutNull(text: string): string {
    if (text.includes('\0')) {
      const shown = decodeUtf8(text).replaceAll('\0', '\u2400');
      this.refuse(`error: input string '${shown}' cannot be represented as Nix string because it contains null bytes`);
    }
    return text;
  }

  /** @param problem where it gives no place, it is at the next character */
  protected fail(problem: Omit<TomlProblem, 'at'> & { readonly at?: number }): never {
    this.refuse(shownTomlProblem(this.text, { at: this.at, ...problem }));
  }

  protected refuse(message: string): never {
    throw new NixError('eval', `while parsing TOML: ${message}`, this.options.pos);
  }
}

type Broken = Pick<TomlProblem, 'title' | 'note'>;

const BROKEN_STRING: Broken = { title: 'toml::parse_basic_string: invalid string format', note: 'expected "' };
const BROKEN_LINES: Broken = { title: 'toml::parse_ml_basic_string: invalid string format', note: 'expected """' };
