import { smallBigInt } from './arithmetic';
import { attrsFrom } from './attrs';
import { decodeUtf8, encodeUtf8, isUtf8 } from './bytes';
import { NixError } from './errors';
import { brokenAt, mustBeEscaped, shownRead, wantedAfter } from './json-problems';
import type { Meter } from './meter';
import { Pieces } from './pieces';
import type { Pos } from './source';
import { NixFloat, type Slot, type Value } from './value';

/** How Nix's JSON library begins its messages, and what Nix says around them. */
const PARSE_ERROR = '[json.exception.parse_error.101] parse error';
const DECODING = 'while decoding a JSON string';
const MAX_DEPTH = 50_000;
/** What each value takes, about. */
const BYTES_A_VALUE = 32;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
/** As much of a number as can be read where it is none as a whole. */
const BEGUN_NUMBER =
  /-(?:(?:0|[1-9][0-9]*)(?:(?:\.[0-9]+)?[eE][+-]?|\.))?|(?:0|[1-9][0-9]*)(?:(?:\.[0-9]+)?[eE][+-]?|\.)/y;
const PLAIN = /[^"\\\x00-\x1f]*/y;
const BLANKS = /[ \t\r\n]*/y;
const END = 'end of input';

/**
 * `builtins.fromJSON`: RFC 8259, integers stay integers, of two equal names the last one wins.
 *
 * @param text byte string
 * @param meter bounds memory and time
 * @throws NixError
 */
export function parseJson(text: string, pos: Pos | undefined, meter: Meter): Value {
  return new JsonParser(text, pos, meter).document();
}

class JsonParser {
  private at = 0;
  private depth = 0;
  /** Where the last number or string began. */
  private readFrom = 0;
  private readonly isUtf8: boolean;
  /** What is being parsed where a string is read that is no value, and what should stand there. */
  private wanted: { readonly context: string; readonly expected: string } | undefined;

  constructor(
    private readonly text: string,
    private readonly pos: Pos | undefined,
    private readonly meter: Meter,
  ) {
    this.isUtf8 = isUtf8(text);
  }

  document(): Value {
    // A byte order mark is skipped.
    if (this.text.startsWith('\xef\xbb\xbf')) {
      this.at = 3;
    }
    if (this.at === this.text.length) {
      const advice = 'check that your input string or stream contains the expected JSON';
      this.failAt(1, `attempting to parse an empty input; ${advice}`);
    }
    const value = this.value();
    this.blanks();
    if (this.at < this.text.length) {
      this.fail(END, 'value');
    }
    return value;
  }

  private value(): Value {
    this.meter.step(this.pos);
    this.meter.charge(BYTES_A_VALUE, this.pos);
    this.blanks();
    const char = this.text[this.at];
    switch (char) {
      case '{':
        return this.nested(() => this.object());
      case '[':
        return this.nested(() => this.array());
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      throw new NixError('limit', 'the JSON text is nested too deeply', this.pos);
    }
    const value = parse();
    this.depth--;
    return value;
  }

  private object(): Value {
    const members = new Map<string, Slot>();
    this.at++;
    this.blanks();
    if (this.take('}')) {
      return attrsFrom(members);
    }
    for (;;) {
      this.blanks();
      if (this.text[this.at] !== '"') {
        this.fail('string literal', 'object key');
      }
      this.wanted = { context: 'object key', expected: 'string literal' };
      const name = this.string();
      this.wanted = undefined;
      this.blanks();
      if (!this.take(':')) {
        this.fail("':'", 'object separator');
      }
      members.set(name, this.value());
      this.blanks();
      if (this.take('}')) {
        return attrsFrom(members);
      }
      if (!this.take(',')) {
        this.fail("'}'", 'object');
      }
    }
  }

  private array(): Value {
    const items: Slot[] = [];
    this.at++;
    this.blanks();
    if (this.take(']')) {
      return items;
    }
    for (;;) {
      items.push(this.value());
      this.blanks();
      if (this.take(']')) {
        return items;
      }
      if (!this.take(',')) {
        this.fail("']'", 'array');
      }
    }
  }

  private number(): Value {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    const next = match === null ? '' : (this.text[NUMBER.lastIndex] ?? '');
    const isWhole = match?.[2] !== undefined || !(/[eE]/.test(next) || (next === '.' && match?.[1] === undefined));
    if (match === null || !isWhole) {
      this.brokenNumber();
    }
    this.readFrom = this.at;
    this.at = NUMBER.lastIndex;
    const digits = match[0];
    if (match[1] !== undefined || match[2] !== undefined) {
      return this.float(digits);
    }
    const value = Number(digits);
    if (Number.isSafeInteger(value)) {
      return value + 0;
    }
    const exact = smallBigInt(digits);
    if (exact !== undefined && exact >= -(2n ** 63n) && exact < 2n ** 63n) {
      return exact;
    }
    if (exact !== undefined && exact > 0n && exact < 2n ** 64n) {
      throw new NixError('eval', `unsigned json number ${digits} outside of Nix integer range`, this.pos);
    }
    return this.float(digits);
  }

  /** What begins as a number and does not go on as one, or is none. */
  private brokenNumber(): never {
    BEGUN_NUMBER.lastIndex = this.at;
    const begun = BEGUN_NUMBER.exec(this.text)?.[0];
    if (begun === undefined) {
      this.fail("'[', '{', or a literal", 'value');
    }
    this.readFrom = this.at;
    const end = this.at + begun.length + 1;
    this.failAt(
      end,
      `syntax error while parsing value - invalid number; expected ${wantedAfter(begun)}; ${this.lastRead(end)}`,
    );
  }

  private float(digits: string): Value {
    const value = Number(digits);
    if (!Number.isFinite(value)) {
      throw new NixError(
        'eval',
        `[json.exception.out_of_range.406] number overflow parsing '${digits}'`,
        this.pos,
      ).within(DECODING, undefined);
    }
    return new NixFloat(value);
  }

  private string(): string {
    this.readFrom = this.at;
    this.at++;
    const parts = new Pieces();
    for (;;) {
      PLAIN.lastIndex = this.at;
      PLAIN.test(this.text);
      const plain = this.text.slice(this.at, PLAIN.lastIndex);
      const broken = this.isUtf8 ? undefined : brokenAt(plain);
      if (broken !== undefined) {
        this.failString('ill-formed UTF-8 byte', this.at + broken + 1);
      }
      parts.push(plain);
      this.at = PLAIN.lastIndex;
      const char = this.text[this.at];
      if (char === '"') {
        this.at++;
        return this.withoutNull(parts.toString());
      }
      if (char !== '\\') {
        this.fail(char === undefined ? 'missing closing quote' : mustBeEscaped(char));
      }
      parts.push(this.escape());
    }
  }

  private withoutNull(text: string): string {
    if (text.includes('\0')) {
      const shown = decodeUtf8(text).replaceAll('\0', '␀');
      throw new NixError(
        'eval',
        `input string '${shown}' cannot be represented as Nix string because it contains null bytes`,
        this.pos,
      );
    }
    return text;
  }

  private escape(): string {
    const char = this.text[this.at + 1];
    this.at += 2;
    switch (char) {
      case '"':
      case '\\':
      case '/':
        return char;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u': {
        const unit = this.hex();
        if (unit >= 0xd800 && unit <= 0xdbff) {
          if (this.text[this.at] !== '\\' || this.text[this.at + 1] !== 'u') {
            this.fail('surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF');
          }
          this.at += 2;
          const low = this.hex();
          if (low < 0xdc00 || low > 0xdfff) {
            this.failString('surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF', this.at);
          }
          return encodeUtf8(String.fromCharCode(unit, low));
        }
        if (unit >= 0xdc00 && unit <= 0xdfff) {
          this.failString('surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF', this.at);
        }
        return encodeUtf8(String.fromCharCode(unit));
      }
      default:
        return this.failString('forbidden character after backslash', Math.min(this.at, this.text.length + 1));
    }
  }

  private hex(): number {
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      const read = /^[0-9a-fA-F]*/.exec(digits)![0].length;
      this.failString("'\\u' must be followed by 4 hex digits", this.at + read + 1);
    }
    this.at += 4;
    return Number.parseInt(digits, 16);
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) {
      let length = 0;
      while (this.text[this.at + length] === word[length]) {
        length++;
      }
      const end = this.at + length + 1;
      this.failAt(end, `syntax error while parsing value - invalid literal; ${this.lastRead(end)}`);
    }
    this.at += word.length;
    return value;
  }

  private take(char: string): boolean {
    if (this.text[this.at] === char) {
      this.at++;
      return true;
    }
    return false;
  }

  private blanks(): void {
    BLANKS.lastIndex = this.at;
    BLANKS.test(this.text);
    this.at = BLANKS.lastIndex;
  }

  /** @param context what was being parsed, when the message tells of a token that is not expected there */
  private fail(message: string, context?: string): never {
    if (context !== undefined) {
      const found = this.found();
      const isTold = context !== 'value' || message === END || !found.startsWith('invalid');
      const expected = isTold ? `; expected ${message}` : '';
      const end = this.tokenEnd({ context, expected: message });
      return this.failAt(end, `syntax error while parsing ${context} - ${found}${expected}`);
    }
    return this.failString(message, this.at + 1);
  }

  private failString(message: string, end: number): never {
    const { context, expected } = this.wanted ?? { context: 'value', expected: undefined };
    const more = expected === undefined ? '' : `; expected ${expected}`;
    const problem = `invalid string: ${message}; ${this.lastRead(end)}${more}`;
    return this.failAt(end, `syntax error while parsing ${context} - ${problem}`);
  }

  /** The end of the token that stands here, which the library reads before it complains. */
  private tokenEnd(wanted: { readonly context: string; readonly expected: string }): number {
    if (this.text[this.at] === '"') {
      this.wanted = wanted;
      this.string();
      return this.at;
    }
    NUMBER.lastIndex = this.at;
    return NUMBER.test(this.text) ? NUMBER.lastIndex : this.at + (this.wordHere()?.length ?? 1);
  }

  /** What the library remembers to have read: all since the last number or string began. */
  private lastRead(end: number): string {
    return `last read: '${shownRead(this.text.slice(this.readFrom, end))}'`;
  }

  private failAt(end: number, message: string): never {
    // The library counts the end of the text as a character that it has read.
    const before = this.text.slice(0, end);
    const line = before.split('\n').length;
    const column = end - (before.lastIndexOf('\n') + 1);
    throw new NixError('eval', `${PARSE_ERROR} at line ${line}, column ${column}: ${message}`, this.pos).within(
      DECODING,
      undefined,
    );
  }

  private wordHere(): string | undefined {
    return ['true', 'false', 'null'].find((word) => this.text.startsWith(word, this.at));
  }

  private foundWord(): string {
    const word = this.wordHere();
    return word === undefined ? `invalid literal; ${this.lastRead(this.at + 1)}` : `unexpected ${word} literal`;
  }

  /** The token that stands where another is expected. */
  private found(): string {
    const char = this.text[this.at];
    switch (char) {
      case undefined:
        return 'unexpected end of input';
      case '"':
        return 'unexpected string literal';
      case '{':
      case '}':
      case '[':
      case ']':
      case ',':
      case ':':
        return `unexpected '${char}'`;
      default:
        return /[-0-9]/.test(char) ? 'unexpected number literal' : this.foundWord();
    }
  }
}
