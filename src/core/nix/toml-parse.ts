import { normalInt, smallBigInt } from './arithmetic';
import { Attrs, attrsFrom } from './attrs';
import { isUtf8 } from './bytes';
import { NixError } from './errors';
import { type TomlRegion, tooLarge, wordProblem } from './toml-problems';
import { type TomlOptions, TomlStrings } from './toml-strings';
import { DATE_TIME, impossiblePart, normalTime, unfinishedTime } from './toml-time';
import { NixFloat, type Slot, type Value, WRITTEN_NAN } from './value';

const MAX_DEPTH = 500;
/** What each key, table and value takes, about. */
const BYTES_A_NODE = 96;

/** A table while it is read. */
interface Table {
  readonly members: Map<string, Node>;
  /** `header`: written as `[t]`; `dotted`: by `a.b = …`; `inline`: closed; `implicit`: by a longer header, and closed to dotted keys. */
  origin: 'header' | 'dotted' | 'inline' | 'implicit';
  /** The header or the key that made it, or its braces. */
  place: TomlRegion;
}

type Node =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'tables'; readonly tables: Table[]; readonly place: TomlRegion }
  | { readonly kind: 'value'; readonly value: Value; readonly place: TomlRegion; readonly holdsTables: boolean };

/**
 * `builtins.fromTOML`: TOML 1.0.
 *
 * @param text byte string
 * @throws NixError
 */
export function parseToml(text: string, options: TomlOptions): Value {
  return new TomlParser(text, options).document();
}

const BYTE_ORDER_MARK = '\xef\xbb\xbf';
/** What is wrong when a line goes on. */
const AFTER_PAIR = { title: 'toml::parse_table: newline (LF / CRLF) or EOF is expected', note: 'here' };
const AFTER_HEADER = { title: 'toml::parse_file: newline (or EOF) expected', note: 'expected 0x0a(LINE FEED) or' };
const BARE_KEY = /[A-Za-z0-9_-]+/y;
const SCALAR = /[A-Za-z0-9_+.-]+/y;
const INTEGER = /^[+-]?(?:0|[1-9](?:_?[0-9])*)$/;
const RADIX = /^0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const FLOAT = /^[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;

class TomlParser extends TomlStrings {
  private depth = 0;
  private readonly root: Table = { members: new Map(), origin: 'header', place: { at: 0, length: 0 } };

  document(): Value {
    if (!isUtf8(this.text)) {
      this.refuse('invalid UTF-8');
    }
    if (this.text.startsWith(BYTE_ORDER_MARK)) {
      this.at = BYTE_ORDER_MARK.length;
    }
    let table = this.root;
    this.blankLines();
    while (this.at < this.text.length) {
      if (this.text[this.at] === '[') {
        table = this.header();
        this.endOfLine(AFTER_HEADER);
      } else {
        this.pair(table);
        this.blanks();
        // No table begins in the line of a value, says TOML; toml11 lets it.
        if (this.text[this.at] !== '[') {
          this.endOfLine(AFTER_PAIR);
        }
      }
      this.blankLines();
    }
    return this.toValue(this.root);
  }

  private toValue(table: Table): Value {
    return attrsFrom([...table.members].map(([name, node]): [string, Slot] => [name, this.nodeValue(node)]));
  }

  private nodeValue(node: Node): Value {
    switch (node.kind) {
      case 'table':
        return this.toValue(node.table);
      case 'tables':
        return node.tables.map((item) => this.toValue(item));
      case 'value':
        return node.value;
    }
  }

  private header(): Table {
    const isArray = this.text.startsWith('[[', this.at);
    this.at += isArray ? 2 : 1;
    const start = this.at - (isArray ? 2 : 1);
    const title = `toml::parse_file: invalid ${isArray ? 'array-table' : 'table'} key`;
    const path = this.key(title);
    if (!this.text.startsWith(isArray ? ']]' : ']', this.at)) {
      this.fail({ title, note: isArray ? 'expected ]]' : 'expected ]' });
    }
    this.at += isArray ? 2 : 1;
    const place = { at: start, length: this.at - start };
    let table = this.root;
    for (const name of path.slice(0, -1)) {
      table = this.descend(table, name, place);
    }
    const last = path[path.length - 1]!;
    const found = table.members.get(last);
    const made: Table = { members: new Map(), origin: 'header', place };
    if (isArray) {
      if (found === undefined) {
        table.members.set(last, { kind: 'tables', tables: [made], place });
      } else if (found.kind === 'tables') {
        found.tables.push(made);
      } else {
        this.inTheWay('while inserting this', place, found, ARRAY_IN_THE_WAY);
      }
      return made;
    }
    if (found === undefined) {
      table.members.set(last, { kind: 'table', table: made });
      return made;
    }
    if (found.kind !== 'table' || found.table.origin !== 'implicit') {
      this.fail({
        ...place,
        title: `${INSERT} failed to insert a table, table already defined`,
        note: INSERTING,
        other: { ...placeOf(found), note: 'this table is explicitly defined' },
      });
    }
    found.table.origin = 'header';
    found.table.place = place;
    return found.table;
  }

  private descend(table: Table, name: string, place: TomlRegion): Table {
    const found = table.members.get(name);
    if (found === undefined) {
      const made: Table = { members: new Map(), origin: 'implicit', place };
      table.members.set(name, { kind: 'table', table: made });
      return made;
    }
    if (found.kind === 'tables') {
      return found.tables[found.tables.length - 1]!;
    }
    if (found.kind === 'value' || found.table.origin === 'inline') {
      this.inTheWay('while inserting this', place, found, VALUE_IN_THE_WAY);
    }
    return found.table;
  }

  /** Something that cannot be added to stands where a table is needed. */
  private inTheWay(note: string, place: TomlRegion, found: Node, messages: InTheWay): never {
    const other = placeOf(found);
    if (found.kind === 'table' && found.table.origin === 'inline' && messages.inline !== undefined) {
      this.fail({ ...place, note: INSERTING, title: messages.inline, other: { ...other, note: 'to this table' } });
    }
    if (found.kind === 'value' && found.holdsTables) {
      const { title, note: why, inserting } = messages.tables;
      this.fail({ ...place, note: inserting, title, other: { ...other, note: why } });
    }
    this.fail({ ...place, note, title: messages.value, other: { ...other, note: 'non-table value already exists' } });
  }

  private pair(into: Table): void {
    const start = this.at;
    const path = this.key();
    const place = { at: start, length: this.text.slice(start, this.at).trimEnd().length };
    if (this.text[this.at] !== '=') {
      this.fail({ title: 'toml::parse_key_value_pair: invalid key value separator `=`', note: 'expected =' });
    }
    this.at++;
    this.blanks();
    let table = into;
    for (const name of path.slice(0, -1)) {
      const found = table.members.get(name);
      if (found === undefined) {
        const made: Table = { members: new Map(), origin: 'dotted', place };
        table.members.set(name, { kind: 'table', table: made });
        table = made;
      } else if (found.kind === 'table' && found.table.origin === 'dotted') {
        table = found.table;
      } else {
        this.reopens(place, found);
      }
    }
    const last = path[path.length - 1]!;
    const found = table.members.get(last);
    if (found !== undefined) {
      this.fail({
        ...place,
        title: VALUE_IN_THE_WAY.value,
        note: INSERTING,
        other: { ...placeOf(found), note: 'but value already exists' },
      });
    }
    table.members.set(last, this.node());
  }

  private reopens(place: TomlRegion, found: Node): never {
    if (found.kind === 'table' && found.table.origin !== 'inline') {
      this.fail({
        ...place,
        title: `${INSERT} reopening a table using dotted keys`,
        note: 'dotted key cannot reopen a table',
        other: { ...placeOf(found), note: 'this table is already closed' },
      });
    }
    if (found.kind === 'tables') {
      this.fail({
        ...place,
        title: `${INSERT}dotted key cannot reopen an array-of-tables`,
        note: INSERTING,
        other: { ...placeOf(found), note: 'to this array-of-tables.' },
      });
    }
    this.inTheWay('while inserting this', place, found, VALUE_IN_THE_WAY);
  }

  /** @param header what is wrong with a header that has no key here */
  private key(header?: string): string[] {
    const path: string[] = [];
    for (;;) {
      this.spend();
      this.checkDepth(path.length);
      this.blanks();
      const char = this.text[this.at];
      if (char === '"') {
        path.push(this.basicString());
      } else if (char === "'") {
        path.push(this.literalString());
      } else {
        BARE_KEY.lastIndex = this.at;
        const match = BARE_KEY.exec(this.text);
        if (match === null) {
          this.fail(header === undefined ? NO_KEY : { title: header, note: NAMES_EXPECTED });
        }
        this.at = BARE_KEY.lastIndex;
        path.push(match[0]);
      }
      this.blanks();
      if (this.text[this.at] !== '.') {
        return path;
      }
      this.at++;
    }
  }

  private node(): Node {
    if (this.text[this.at] === '{') {
      return { kind: 'table', table: this.inlineTable() };
    }
    const { at } = this;
    const isArray = this.text[at] === '[';
    const value = this.value();
    const holdsTables =
      isArray && Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof Attrs);
    return { kind: 'value', value, place: { at, length: this.at - at }, holdsTables };
  }

  private value(): Value {
    this.spend();
    this.checkDepth(++this.depth);
    const value = this.anyValue();
    this.depth--;
    return value;
  }

  private anyValue(): Value {
    const { text } = this;
    switch (text[this.at]) {
      case '"':
        return text.startsWith('"""', this.at) ? this.multilineBasic() : this.basicString();
      case "'":
        return text.startsWith("'''", this.at) ? this.multilineLiteral() : this.literalString();
      case '[':
        return this.array();
      case '{':
        return this.toValue(this.inlineTable());
      default:
        return this.scalar();
    }
  }

  private array(): Value {
    const items: Slot[] = [];
    this.at++;
    for (;;) {
      this.blankLines();
      if (this.text[this.at] === ']') {
        this.at++;
        return items;
      }
      items.push(this.value());
      this.blankLines();
      if (this.text[this.at] === ',') {
        this.at++;
      } else if (this.text[this.at] !== ']') {
        this.fail(
          this.at < this.text.length
            ? { title: 'toml::parse_array: expected value-separator `,` or closing `]`' }
            : { title: 'toml::parse_array: missing closing bracket `]`', note: 'expected `]`, reached EOF' },
        );
      }
    }
  }

  private inlineTable(): Table {
    this.checkDepth(++this.depth);
    const start = this.at;
    const table: Table = { members: new Map(), origin: 'dotted', place: { at: start, length: 1 } };
    this.at++;
    this.blanks();
    if (this.text[this.at] === '}') {
      this.at++;
    } else {
      for (;;) {
        this.pair(table);
        this.blanks();
        if (this.text[this.at] === '}') {
          this.at++;
          break;
        }
        if (this.text[this.at] !== ',') {
          this.fail({ title: 'toml::parse_inline_table: expected value-separator `,` or closing `}`' });
        }
        this.at++;
        this.blanks();
        if (this.text[this.at] === '}') {
          this.fail({ title: 'toml::parse_inline_table: trailing comma is not allowed in TOML-v1.0.0)' });
        }
      }
    }
    this.depth--;
    table.place = { at: start, length: this.at - start };
    closeTable(table);
    return table;
  }

  private scalar(): Value {
    DATE_TIME.lastIndex = this.at;
    const date = DATE_TIME.exec(this.text);
    if (date !== null) {
      const broken = date[1] === undefined ? undefined : unfinishedTime(this.text, this.at + DATE_LENGTH);
      if (broken !== undefined) {
        this.fail({ ...UNFINISHED_TIME, ...broken });
      }
      const impossible = impossiblePart(date);
      if (impossible !== undefined) {
        this.fail(IMPOSSIBLE[impossible]);
      }
      this.at = DATE_TIME.lastIndex;
      if (!this.options.timestamps) {
        throw new NixError('eval', 'while parsing TOML: Dates and times are not supported', this.options.pos);
      }
      return attrsFrom([
        ['_type', 'timestamp'],
        ['value', normalTime(date[0])],
      ]);
    }
    SCALAR.lastIndex = this.at;
    const match = SCALAR.exec(this.text);
    if (match === null) {
      this.fail({ title: 'bad format: unknown value appeared' });
    }
    this.at = SCALAR.lastIndex;
    const word = match[0];
    switch (word) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'inf':
      case '+inf':
        return new NixFloat(Number.POSITIVE_INFINITY);
      case '-inf':
        return new NixFloat(Number.NEGATIVE_INFINITY);
      case 'nan':
      case '+nan':
        return WRITTEN_NAN;
      case '-nan':
        return new NixFloat(Number.NaN);
      default:
        return this.number(word);
    }
  }

  private number(word: string): Value {
    const digits = word.replaceAll('_', '');
    if (INTEGER.test(word) || RADIX.test(word)) {
      const magnitude = smallBigInt(digits.replace(/^[+-]/, ''));
      const value = magnitude === undefined ? undefined : digits.startsWith('-') ? -magnitude : magnitude;
      if (value === undefined || value < -(2n ** 63n) || value >= 2n ** 63n) {
        this.fail(tooLarge(word, this.at));
      }
      return normalInt(value);
    }
    if (FLOAT.test(word)) {
      const value = Number(digits);
      if (!Number.isFinite(value)) {
        this.fail({ title: 'toml::parse_floating: failed to read floating point value from stream' });
      }
      return new NixFloat(value);
    }
    return this.fail(wordProblem(word, this.at - word.length));
  }

  private spend(): void {
    this.options.meter.step(this.options.pos);
    this.options.meter.charge(BYTES_A_NODE, this.options.pos);
  }

  private checkDepth(depth: number): void {
    if (depth > MAX_DEPTH) {
      throw new NixError('limit', 'the TOML text is nested too deeply', this.options.pos);
    }
  }

  private blanks(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') {
      this.at++;
    }
  }

  /** Blanks, comments and line ends. */
  private blankLines(): void {
    // One after the other: a repetition of all of them would keep every way back.
    const blank = /[ \t\n]+|\r\n|#[\t\x20-\x7e\x80-\xff]*(?=\r?\n|$)/y;
    for (blank.lastIndex = this.at; blank.test(this.text); ) {
      this.at = blank.lastIndex;
      this.options.meter.step(this.options.pos);
    }
  }

  private endOfLine(problem: typeof AFTER_PAIR): void {
    const end = /[ \t]*(?:#[\t\x20-\x7e\x80-\xff]*)?(?:\r?\n|$)/y;
    end.lastIndex = this.at;
    if (!end.test(this.text)) {
      this.blanks();
      if (this.text[this.at] !== '#') {
        this.fail(problem);
      }
      const comment = /#[\t\x20-\x7e\x80-\xff]*/y;
      comment.lastIndex = this.at;
      comment.test(this.text);
      this.at = comment.lastIndex;
      this.fail({ title: 'toml::parse_comment_line: newline (LF / CRLF) or EOF is expected' });
    }
    this.at = end.lastIndex;
  }
}

const INSERT = 'toml::insert_value:';
const INSERTING = 'inserting this';

/** What is said of something in the way, by what it is: an inline table, a written array of tables, or any value. */
interface InTheWay {
  readonly inline?: string;
  readonly tables: { readonly title: string; readonly note: string; readonly inserting: string };
  readonly value: string;
}

const VALUE_IN_THE_WAY: InTheWay = {
  inline: `${INSERT} failed to insert a value: inline table is immutable`,
  tables: {
    title: `${INSERT}inline array of tables are immutable`,
    note: 'inline array of tables',
    inserting: INSERTING,
  },
  value: `${INSERT} failed to insert a value, value already exists`,
};
const ARRAY_IN_THE_WAY: InTheWay = {
  tables: {
    title: `${INSERT} failed to insert a table, inline array of tables is immutable`,
    note: 'this is inline array-of-tables',
    inserting: 'while inserting this',
  },
  value: `${INSERT} failed to insert an array of tables, value already exists`,
};

function placeOf(node: Node): TomlRegion {
  return node.kind === 'table' ? node.table.place : node.place;
}

const NO_KEY = {
  title: `toml::parse_simple_key: invalid key: key must be "quoted", 'quoted-literal', or bare key.`,
  note: 'expected alpha [a-zA-Z], digit [0-9], -, or _',
  hints: ['Hint: non-ASCII scripts are allowed in toml v1.1.0, but not in v1.0.0.'],
};
const NAMES_EXPECTED = 'expected basic key([a-zA-Z0-9_-]) or quoted key(" or \')';
const DATE_LENGTH = '1979-05-27'.length;

const UNFINISHED_TIME = {
  title: 'bad time: must be HH:MM:SS.subsec',
  hints: [
    'Hint: valid  : 1979-05-27T07:32:00, 1979-05-27 07:32:00.999999',
    'Hint: invalid: 1979-05-27T7:32:00, 1979-05-27 17:32',
  ],
};

const IMPOSSIBLE = {
  date: {
    title: 'toml::parse_local_date: invalid date.',
    note: 'month must be 01-12, day must be any of 01-28,29,30,31 depending on the month/year.',
  },
  time: {
    title: 'toml::parse_local_time: invalid time.',
    note: 'hour must be 00-23, minute must be 00-59.',
  },
  offset: {
    title: 'toml::parse_offset_datetime: too large offset: |hour| <= 24, |minute| <= 60',
    note: 'here',
  },
} as const;

/** After its closing brace nothing can be added to an inline table, nor to the tables in it. */
function closeTable(table: Table): void {
  table.origin = 'inline';
  for (const node of table.members.values()) {
    if (node.kind === 'table') {
      closeTable(node.table);
    }
  }
}
