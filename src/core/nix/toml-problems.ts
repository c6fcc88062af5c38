import { decodeUtf8 } from './bytes';

/** What is wrong with a TOML text, as the library tells it that Nix reads TOML with (toml11 4). */
export interface TomlProblem {
  readonly title: string;
  /** Where it is. */
  readonly at: number;
  /** How much of the line is meant; default one character. */
  readonly length?: number;
  /** What is said of the place; default `here`. */
  readonly note?: string;
  readonly hints?: readonly string[];
  /** What stands in its way. */
  readonly other?: TomlRegion & { readonly note: string };
}

/** A part of the text. */
export interface TomlRegion {
  readonly at: number;
  readonly length: number;
}

const INTEGER_HINTS: readonly string[] = [
  'Hint: valid  : -42, 1_000, 1_2_3_4_5, 0xC0FFEE, 0b0010, 0o755',
  'Hint: invalid: _42, 1__000, 0123',
];
const FLOAT_HINTS: readonly string[] = [
  'Hint: valid  : +1.0, -2e-2, 3.141_592_653_589, inf, nan',
  'Hint: invalid: .0, 1., _1.0, 1.0_, 1_.0, 1.0__0',
];

const LONGEST_LINE = 4096;

/** The message: what it is, the line with a mark under the place, another one that it is about, and hints. */
export function shownTomlProblem(
  text: string,
  { title, at, length = 1, note = 'here', hints = [], other }: TomlProblem,
): string {
  const places = [{ at, length, note }, ...(other === undefined ? [] : [other])];
  const numbers = places.map((place) => String(text.slice(0, place.at).split('\n').length));
  const width = Math.max(...numbers.map((number) => number.length));
  const blank = ' '.repeat(width);
  const lines = places.map((place, i) => markedLine(text, place, ` ${numbers[i]!.padStart(width)} |`, ` ${blank} |`));
  const between = [` ${blank} | ...`, ` ${blank} |`];
  return [
    `[error] ${title}`,
    ' --> fromTOML',
    ` ${blank} |`,
    ...lines.flatMap((shown, i) => (i === 0 ? shown : [...between, ...shown])),
    ...hints,
  ].join('\n');
}

const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f]/g;
const CONTROL_NAMES: Readonly<Record<string, string | undefined>> = {
  '\v': '(VERTICAL TAB)',
  '\f': '(FORM FEED)',
  '\r': '(CARRIAGE RETURN)',
  '\x1b': '(ESCAPE)',
};

function shownControl(char: string): string {
  return `0x${char.charCodeAt(0).toString(16).padStart(2, '0')}${CONTROL_NAMES[char] ?? ''}`;
}

function markedLine(
  text: string,
  { at, length, note }: TomlRegion & { readonly note: string },
  numbered: string,
  blank: string,
): readonly string[] {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(start, end < 0 ? undefined : end).slice(0, LONGEST_LINE);
  const shown = `${numbered} ${decodeUtf8(line).replace(CONTROLS, shownControl)}`.trimEnd();
  if (at - start >= LONGEST_LINE) {
    return [shown];
  }
  const column = decodeUtf8(text.slice(start, at)).length;
  const mark = '^'.repeat(Math.max(1, Math.min(length, start + line.length - at)));
  return [shown, `${blank} ${' '.repeat(column)}${mark}-- ${note}`];
}

/** What is wrong with a word that is no number, nor anything else; `at` is where it begins. */
export function wordProblem(word: string, at: number): TomlProblem {
  const known = /^(?:true|false|[+-]?(?:inf|nan))/.exec(word)?.[0];
  if (known !== undefined) {
    return { title: 'toml::parse_table: newline (LF / CRLF) or EOF is expected', at: at + known.length };
  }
  if (/^[tf]/.test(word)) {
    return {
      title:
        'toml::parse_boolean: invalid boolean: boolean must be `true` or `false`, in lowercase. string must be surrounded by `"`',
      at,
      note: 'expected true or false',
    };
  }
  const lower = LOWER_CASE[word[0]!];
  if (lower !== undefined) {
    return {
      title: `toml::parse_value: \`${lower.word}\` must be in lowercase. A string must be surrounded by quotes.`,
      at,
      note: lower.note,
    };
  }
  const sign = /^[+-]?/.exec(word)![0].length;
  const body = word.slice(sign);
  const prefix = body.slice(0, 2);
  const radix = RADIXES[prefix];
  if (radix !== undefined) {
    return sign === 0 ? { ...radix, at: at + 2 } : { title: radix.title, at, note: `expected ${prefix}` };
  }
  if (body.startsWith('_')) {
    return {
      title: 'bad number: `_` must be surrounded by digits',
      at: at + sign,
      note: 'digits required before `_`',
      hints: INTEGER_HINTS,
    };
  }
  if (body.startsWith('.')) {
    return {
      title: 'bad float: integer part is required before decimal point',
      at: at + sign,
      note: 'missing integer part',
      hints: FLOAT_HINTS,
    };
  }
  const underscore = /^[0-9](?:_?[0-9])*(_)(?![0-9])/.exec(body);
  if (underscore !== null) {
    return {
      title: 'bad integer: `_` must be surrounded by digits',
      at: at + sign + underscore[0].length - 1,
      note: 'invalid underscore',
      hints: INTEGER_HINTS,
    };
  }
  if (/^0[0-9]/.test(body)) {
    return {
      title: 'bad integer: invalid digit after an integer',
      at: at + sign + 1,
      note: 'this digit is not allowed',
      hints: INTEGER_HINTS,
    };
  }
  const mark = /^[0-9_]+([.eE])/.exec(body);
  return mark === null
    ? { title: 'bad format: unknown value appeared', at }
    : { title: 'bad float: invalid format', at: at + sign + mark[0].length - 1, hints: FLOAT_HINTS };
}

const NUMBER_NOTE = 'expected from `1` to `9` or digit [0-9] or inf or nan';

/** Words of TOML that are written in capitals elsewhere, by the letter that Nix's library goes by. */
const LOWER_CASE: Readonly<Record<string, { readonly word: string; readonly note: string } | undefined>> = {
  T: { word: 'true', note: 'expected true or false' },
  F: { word: 'false', note: 'expected true or false' },
  I: { word: 'inf', note: NUMBER_NOTE },
  N: { word: 'nan', note: NUMBER_NOTE },
};

const RADIXES: Readonly<Record<string, { readonly title: string; readonly note: string } | undefined>> = {
  '0x': {
    title: 'toml::parse_hex_integer: invalid integer: hex_int must be like: 0xC0FFEE, 0xdead_beef',
    note: 'expected hex [0-9a-fA-F]',
  },
  '0b': {
    title: 'toml::parse_bin_integer: invalid integer: bin_int must be like: 0b0101, 0b1111_0000',
    note: 'expected 0 or 1',
  },
  '0o': {
    title: 'toml::parse_oct_integer: invalid integer: oct_int must be like: 0o775, 0o04_44',
    note: 'expected from `0` to `7`',
  },
};

/** An integer that no 64 bits hold; it ends at `at`. */
export function tooLarge(word: string, at: number): TomlProblem {
  const radix = { '0x': 'hex', '0b': 'bin', '0o': 'oct' }[word.slice(0, 2)];
  return {
    title: `toml::parse_${radix ?? 'dec'}_integer: too large integer: current max ${radix === undefined ? 'digits' : 'value'} = 2^63`,
    at,
    note: 'must be < 2^63',
  };
}
