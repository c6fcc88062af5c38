import type { RevisionInfo } from '../model';
import { brokenIndex } from './broken';
import { ByteReader } from './bytes';
import { COLUMN_BYTES, DATE_SOURCES, HASH_BYTES, HEADER_BYTES, MAGIC, NAMES_PER_BLOCK, NESTED } from './format';
import { NameTable } from './name-table';
import { type Change, readRow } from './row';

const HEX_DIGITS = '0123456789abcdef';

interface Part {
  readonly at: number;
  readonly end: number;
}

/**
 * An index file, opened in place: a lookup reads what it needs and no more. Holds on to `bytes`, which must not change.
 * Every method throws a `ProblemError` (`index-broken`) where the file is damaged.
 */
export class IndexFile {
  readonly #bytes: Uint8Array;
  readonly #columns: Part;
  readonly #hashes: Part;
  readonly #columnOf: Part;
  readonly #names: NameTable;
  readonly #strings: readonly string[];
  /** How many revisions it has. */
  readonly columnCount: number;
  /** How many names it has. */
  readonly nameCount: number;
  #hashIndexOfColumn: Uint16Array | undefined;

  constructor(bytes: Uint8Array) {
    if (bytes.length < HEADER_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte)) {
      throw brokenIndex('it does not begin as an index of this version of Lockstep does');
    }
    const header = new ByteReader(bytes, MAGIC.length, HEADER_BYTES);
    const size = header.u32();
    if (size !== bytes.length) {
      throw brokenIndex(`it has ${bytes.length} bytes and should have ${size}`);
    }
    this.#bytes = bytes;
    this.columnCount = header.u32();
    this.nameCount = header.u32();
    const offsets = Array.from({ length: 6 }, () => header.u32());
    const parts = offsets.map((at, i) => part(at, offsets[i + 1] ?? size));
    const [strings, columns, hashes, columnOf, directory, blocks] = parts as [Part, Part, Part, Part, Part, Part];
    const blockCount = Math.ceil(this.nameCount / NAMES_PER_BLOCK);
    expectSize(columns, this.columnCount * COLUMN_BYTES, 'columns');
    expectSize(hashes, this.columnCount * HASH_BYTES, 'revisions');
    expectSize(columnOf, this.columnCount * 2, 'order of revisions');
    expectSize(directory, blockCount * 4, 'directory');
    this.#columns = columns;
    this.#hashes = hashes;
    this.#columnOf = columnOf;
    this.#names = new NameTable(bytes, directory.at, blocks.at, blocks.end, this.nameCount);
    this.#strings = readStrings(new ByteReader(bytes, strings.at, strings.end));
  }

  get size(): number {
    return this.#bytes.length;
  }

  /** The column of a revision: 40 hex digits, or the first 7 or more where they are not shared with another one.
   * `undefined` when it is not there. */
  columnOf(revision: string): number | undefined {
    const wanted = hexDigits(revision);
    if (wanted === undefined) {
      return undefined;
    }
    let low = 0;
    let high = this.columnCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compareHash(middle, wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const found = low < this.columnCount && this.#compareHash(low, wanted) === 0;
    const shared = found && low + 1 < this.columnCount && this.#compareHash(low + 1, wanted) === 0;
    return found && !shared ? this.#columnAt(low) : undefined;
  }

  /** The facts of a column, 0 to `columnCount - 1`. */
  column(column: number): RevisionInfo {
    const reader = this.#columnReader(column);
    const date = reader.u32();
    const attributes = reader.u32();
    const line = this.#string(reader.byte());
    const channels = this.#string(reader.byte()).split(',');
    const flags = reader.byte();
    const dateSource = DATE_SOURCES[flags & ~NESTED];
    if (dateSource === undefined) {
      throw brokenIndex(`revision ${column} has a date of an unknown kind`);
    }
    const hashOf = () => this.#hashOf(column);
    return {
      get revision() {
        return hashOf();
      },
      date,
      dateSource,
      line,
      channels,
      attributes,
      nested: flags >= NESTED,
    };
  }

  /** When and on which line a column is; cheaper than all its facts. */
  momentOf(column: number): { readonly date: number; readonly line: string } {
    const reader = this.#columnReader(column);
    const date = reader.u32();
    reader.u32();
    return { date, line: this.#string(reader.byte()) };
  }

  /** Whether nested sets of a column are recorded; cheaper still. */
  isNested(column: number): boolean {
    return (this.#bytes[this.#columns.at + (column + 1) * COLUMN_BYTES - 1] as number) >= NESTED;
  }

  /** The version of a name in a column: `undefined` when it is not there. */
  versionAt(name: string, column: number): string | undefined {
    const row = this.#names.find(name);
    return row === undefined ? undefined : readRow(row, column);
  }

  /** All changes of a name along the columns; `undefined` for a name that is not there. */
  changes(name: string): readonly Change[] | undefined {
    const row = this.#names.find(name);
    return row === undefined ? undefined : readChanges(row);
  }

  has(name: string): boolean {
    return this.#names.find(name) !== undefined;
  }

  /** Every name with its changes, ascending. */
  *rows(): Generator<readonly [name: string, changes: readonly Change[]]> {
    for (const [name, row] of this.#names.entries()) {
      yield [name, readChanges(row)];
    }
  }

  /** Every name, ascending. */
  *names(): Generator<string> {
    for (const [name] of this.#names.entries()) {
      yield name;
    }
  }

  /** Every name that begins with a prefix, ascending. */
  *namesWith(prefix: string): Generator<string> {
    for (const [name] of this.#names.entries(prefix)) {
      if (name.startsWith(prefix)) {
        yield name;
      } else if (name > prefix) {
        return;
      }
    }
  }

  #columnReader(column: number): ByteReader {
    return new ByteReader(this.#bytes, this.#columns.at + column * COLUMN_BYTES, this.#columns.end);
  }

  /** Compares as many digits as are given: 0 when the hash begins with them. */
  #compareHash(index: number, digits: readonly number[]): number {
    const at = this.#hashes.at + index * HASH_BYTES;
    for (let i = 0; i < digits.length; i++) {
      const byte = this.#bytes[at + (i >> 1)] as number;
      const order = (i % 2 === 0 ? byte >> 4 : byte & 15) - (digits[i] as number);
      if (order !== 0) {
        return order;
      }
    }
    return 0;
  }

  #columnAt(index: number): number {
    const at = this.#columnOf.at + index * 2;
    const column = (this.#bytes[at] as number) | ((this.#bytes[at + 1] as number) << 8);
    if (column >= this.columnCount) {
      throw brokenIndex(`revision ${index} points to column ${column} of ${this.columnCount}`);
    }
    return column;
  }

  #hashOf(column: number): string {
    if (this.#hashIndexOfColumn === undefined) {
      this.#hashIndexOfColumn = new Uint16Array(this.columnCount);
      for (let index = 0; index < this.columnCount; index++) {
        this.#hashIndexOfColumn[this.#columnAt(index)] = index;
      }
    }
    const at = this.#hashes.at + (this.#hashIndexOfColumn[column] as number) * HASH_BYTES;
    return Array.from(this.#bytes.subarray(at, at + HASH_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  #string(index: number): string {
    const text = this.#strings[index];
    if (text === undefined) {
      throw brokenIndex(`a line or list of channels has the number ${index} of ${this.#strings.length}`);
    }
    return text;
  }
}

/** What the first bytes of an index file tell; `undefined` when they are not those of one. */
export function peekIndex(head: Uint8Array): { readonly revisions: number } | undefined {
  if (head.length < HEADER_BYTES || MAGIC.some((byte, i) => head[i] !== byte)) {
    return undefined;
  }
  return { revisions: new ByteReader(head, MAGIC.length + 4).u32() };
}

/** 7 to 40 hex digits as numbers; `undefined` for anything else. */
function hexDigits(revision: string): readonly number[] | undefined {
  if (revision.length < 7 || revision.length > HASH_BYTES * 2) {
    return undefined;
  }
  const digits: number[] = [];
  for (const character of revision) {
    const digit = HEX_DIGITS.indexOf(character.toLowerCase());
    if (digit < 0) {
      return undefined;
    }
    digits.push(digit);
  }
  return digits;
}

function part(at: number, end: number): Part {
  if (at > end) {
    throw brokenIndex('its parts overlap');
  }
  return { at, end };
}

function expectSize({ at, end }: Part, size: number, what: string): void {
  if (end - at !== size) {
    throw brokenIndex(`its ${what} take ${end - at} bytes and should take ${size}`);
  }
}

function readStrings(reader: ByteReader): readonly string[] {
  return Array.from({ length: reader.byte() }, () => reader.text(reader.varint()));
}

function readChanges(row: ByteReader): readonly Change[] {
  const changes: Change[] = [];
  readRow(row, Number.POSITIVE_INFINITY, changes);
  return changes;
}
