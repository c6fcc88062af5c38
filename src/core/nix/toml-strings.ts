import { decodeUtf8, encodeUtf8 } from './bytes';
import { NixError } from './errors';
import type { Meter } from './meter';
import type { Pos } from './source';

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
      this.fail('a literal string is not closed');
    }
    this.at = end + 1;
    return text;
  }

  protected multilineLiteral(): string {
    let end = this.text.indexOf("'''", this.at + 3);
    if (end < 0) {
      this.fail('a literal string is not closed');
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
        return parts.join('');
      }
      if (char === undefined || /[\x00-\x08\x0a-\x1f\x7f]/.test(char)) {
        this.fail('a string is not closed');
      }
      parts.push(char === '\\' ? this.escape() : this.plain());
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
        return parts.join('');
      }
      const char = this.text[this.at];
      if (char === undefined) {
        this.fail('a string is not closed');
      }
      const continuation = /\\[ \t]*\r?\n[ \t\r\n]*/y;
      continuation.lastIndex = this.at;
      if (continuation.test(this.text)) {
        this.at = continuation.lastIndex;
      } else if (char === '\\') {
        parts.push(this.escape());
      } else if (char === '"') {
        parts.push('"');
        this.at++;
      } else {
        parts.push(this.plain());
      }
    }
  }

  private plain(): string {
    const run = /[^"\\\x00-\x08\x0a-\x1f\x7f]+|[\r\n]/y;
    run.lastIndex = this.at;
    const match = run.exec(this.text);
    if (match === null) {
      this.fail('a control character stands in a string');
    }
    this.at = run.lastIndex;
    return match[0];
  }

  private escape(): string {
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
        return this.codePoint(4);
      case 'U':
        return this.codePoint(8);
      default:
        return this.fail('unknown escape in a string');
    }
  }

  private codePoint(length: number): string {
    const digits = this.text.slice(this.at, this.at + length);
    const point = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
    if (point < 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
      this.fail('invalid Unicode escape in a string');
    }
    if (point === 0) {
      this.fail('a string cannot contain null bytes');
    }
    this.at += length;
    return encodeUtf8(String.fromCodePoint(point));
  }

  protected fail(message: string): never {
    const line = this.text.slice(0, this.at).split('\n').length;
    throw new NixError('eval', `while parsing TOML: line ${line}: ${decodeUtf8(message)}`, this.options.pos);
  }
}
