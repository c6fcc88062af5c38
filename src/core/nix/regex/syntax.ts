import { byteOfName, equivalents } from './collation';

/** POSIX extended regular expressions over bytes, as libstdc++ (and so Nix) reads them. */
export type Node =
  | { readonly kind: 'set'; readonly set: ByteSet }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'either'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'group'; readonly index: number; readonly item: Node }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

/** One bit for each byte. */
export type ByteSet = Uint32Array;

export interface Pattern {
  readonly node: Node;
  readonly groups: number;
}

/** Repetition counts are unrolled; so many instructions are too many. */
const MAX_REPEAT = 1000;
const MAX_DEPTH = 500;

/** A text that is no POSIX extended regular expression. */
export class RegexError extends Error {}

/** Whether a set of bytes, one bit each, has a byte. */
export function hasByte(set: ByteSet, byte: number): boolean {
  return (set[byte >> 5]! & (1 << (byte & 31))) !== 0;
}

function emptySet(): ByteSet {
  return new Uint32Array(8);
}

function addByte(set: ByteSet, byte: number): void {
  set[byte >> 5] = set[byte >> 5]! | (1 << (byte & 31));
}

function invert(set: ByteSet): ByteSet {
  return set.map((word) => ~word);
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
  w: /[0-9A-Za-z_]/,
  d: /[0-9]/,
  s: /[ \t\n\v\f\r]/,
};

/** What may follow a backslash; libstdc++ refuses the closing brackets too. */
const SPECIAL = '^$\\.*+?()[{|';

/**
 * @throws RegexError when the text is no such expression
 */
export function parseRegex(text: string): Pattern {
  return new RegexParser(text).pattern();
}

class RegexParser {
  private at = 0;
  private groups = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  pattern(): Pattern {
    const node = this.either();
    if (this.at < this.text.length) {
      throw new RegexError('unmatched )');
    }
    return { node, groups: this.groups };
  }

  private either(): Node {
    if (++this.depth > MAX_DEPTH) {
      throw new RegexError('nested too deeply');
    }
    const options = [this.sequence()];
    while (this.text[this.at] === '|') {
      this.at++;
      options.push(this.sequence());
    }
    this.depth--;
    return options.length === 1 ? options[0]! : { kind: 'either', options };
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (this.at < this.text.length && this.text[this.at] !== '|' && this.text[this.at] !== ')') {
      items.push(this.repeated());
    }
    return { kind: 'sequence', items };
  }

  private repeated(): Node {
    let item = this.atom();
    const anchor = item.kind === 'start' || item.kind === 'end';
    for (;;) {
      const bounds = this.bounds();
      if (bounds === undefined) {
        return item;
      }
      if (anchor) {
        throw new RegexError('nothing to repeat');
      }
      item = { kind: 'repeat', item, min: bounds[0], max: bounds[1] };
    }
  }

  private bounds(): readonly [number, number] | undefined {
    switch (this.text[this.at]) {
      case '*':
        this.at++;
        return [0, Number.POSITIVE_INFINITY];
      case '+':
        this.at++;
        return [1, Number.POSITIVE_INFINITY];
      case '?':
        this.at++;
        return [0, 1];
      case '{': {
        const match = /\{([0-9]+)(,([0-9]*))?\}/y;
        match.lastIndex = this.at;
        const found = match.exec(this.text);
        if (found === null) {
          throw new RegexError('invalid range in a {} expression');
        }
        this.at = match.lastIndex;
        const min = Number(found[1]);
        const max = found[2] === undefined ? min : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3]);
        if (min > max) {
          throw new RegexError('invalid range in a {} expression');
        }
        if (min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT)) {
          throw new RegexError('too many repetitions');
        }
        return [min, max];
      }
      default:
        return undefined;
    }
  }

  private atom(): Node {
    const char = this.text[this.at]!;
    this.at++;
    switch (char) {
      case '(': {
        const index = ++this.groups;
        const item = this.either();
        if (this.text[this.at] !== ')') {
          throw new RegexError('unmatched (');
        }
        this.at++;
        return { kind: 'group', index, item };
      }
      case '[':
        return { kind: 'set', set: this.bracket() };
      case '.': {
        // Any byte; libstdc++'s POSIX grammars leave only NUL out.
        const nul = emptySet();
        addByte(nul, 0);
        return { kind: 'set', set: invert(nul) };
      }
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '\\': {
        const escaped = this.text[this.at];
        this.at++;
        if (escaped === undefined || !SPECIAL.includes(escaped)) {
          throw new RegexError('unexpected escape character');
        }
        return literal(escaped);
      }
      case '*':
      case '+':
      case '?':
      case '{':
        throw new RegexError('nothing to repeat');
      default:
        return literal(char);
    }
  }

  private bracket(): ByteSet {
    let negated = false;
    if (this.text[this.at] === '^') {
      negated = true;
      this.at++;
    }
    const set = emptySet();
    // A single byte may begin a range; a class may not, nor what is left of a range.
    let last: number | 'class' | undefined;
    for (let first = true; ; first = false) {
      const char = this.text[this.at];
      const mark = char === '[' ? this.text[this.at + 1] : undefined;
      if (char === undefined) {
        throw new RegexError('unmatched [');
      }
      if (char === ']' && !first) {
        this.at++;
        return negated ? invert(set) : set;
      }
      if (mark === ':') {
        this.characterClass(set);
        last = 'class';
      } else if (mark === '=') {
        for (const byte of equivalents(this.namedByte('='))) {
          addByte(set, byte);
        }
        last = 'class';
      } else if (char === '-' && !first && this.text[this.at + 1] !== ']') {
        this.at++;
        if (typeof last !== 'number') {
          throw new RegexError('invalid start of a range');
        }
        this.range(set, last);
        last = undefined;
      } else {
        last = mark === '.' ? this.namedByte('.') : this.text.charCodeAt(this.at++);
        addByte(set, last);
      }
    }
  }

  /** The rest of a range; bytes are ordered as signed ones. */
  private range(set: ByteSet, low: number): void {
    const end = this.text[this.at];
    if (end === undefined || (end === '[' && /[.:=]/.test(this.text[this.at + 1] ?? ''))) {
      throw new RegexError('invalid end of a range');
    }
    const from = signed(low);
    const to = signed(this.text.charCodeAt(this.at++));
    if (from > to) {
      throw new RegexError('invalid range');
    }
    for (let byte = from; byte <= to; byte++) {
      addByte(set, byte & 0xff);
    }
  }

  private characterClass(set: ByteSet): void {
    const end = this.text.indexOf(':]', this.at + 2);
    const test = end < 0 ? undefined : CLASSES[this.text.slice(this.at + 2, end).toLowerCase()];
    if (test === undefined) {
      throw new RegexError('invalid character class');
    }
    for (let byte = 0; byte < 256; byte++) {
      if (test.test(String.fromCharCode(byte))) {
        addByte(set, byte);
      }
    }
    this.at = end + 2;
  }

  /** `[.name.]` or `[=name=]`. */
  private namedByte(mark: '.' | '='): number {
    const end = this.text.indexOf(`${mark}]`, this.at + 2);
    const byte = end < 0 ? undefined : byteOfName(this.text.slice(this.at + 2, end));
    if (byte === undefined) {
      throw new RegexError('invalid collation character');
    }
    this.at = end + 2;
    return byte;
  }
}

function signed(byte: number): number {
  return byte < 0x80 ? byte : byte - 0x100;
}

function literal(char: string): Node {
  const set = emptySet();
  addByte(set, char.charCodeAt(0));
  return { kind: 'set', set };
}
