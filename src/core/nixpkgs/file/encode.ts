import type { RevisionInfo } from '../model';
import { ByteWriter } from './bytes';
import {
  DATE_SOURCES,
  HASH_BYTES,
  HEADER_BYTES,
  MAGIC,
  MAX_COLUMNS,
  MAX_STRINGS,
  NAMES_PER_BLOCK,
  NESTED,
} from './format';
import { type Change, writeRow } from './row';

/** Names that the format holds: ASCII, at most 255 characters. Every attribute of nixpkgs is one. */
const NAME = /^[\x20-\x7e]{1,255}$/;

/** Whether an index can hold a name. */
export function isIndexName(name: string): boolean {
  return NAME.test(name);
}

/** What {@link encodeIndex} makes a file from. */
export interface IndexSource {
  /** One column each. Neighbours should resemble each other: fewer changes, smaller file. */
  readonly revisions: readonly RevisionInfo[];
  /** Every attribute with its changes along the columns: names ascending by UTF-16 code unit, each once. */
  readonly rows: Iterable<readonly [name: string, changes: readonly Change[]]>;
}

/**
 * Makes an index file; the same bytes for the same source.
 *
 * @throws RangeError for more revisions or names of lines than the format holds, names out of order, or a bad revision
 */
export function encodeIndex(source: IndexSource): Uint8Array {
  const { revisions } = source;
  if (revisions.length > MAX_COLUMNS) {
    throw new RangeError(`${revisions.length} revisions; the format holds ${MAX_COLUMNS}`);
  }
  const columns = encodeColumns(revisions);
  const hashes = encodeHashes(revisions);
  const blocks = encodeBlocks(source.rows);
  const parts = [columns.strings, columns.records, hashes.hashes, hashes.columnOf, blocks.directory, blocks.names];
  const out = new ByteWriter();
  out.bytes(Uint8Array.from(MAGIC));
  out.u32(parts.reduce((size, part) => size + part.length, HEADER_BYTES));
  out.u32(revisions.length);
  out.u32(blocks.count);
  let offset = HEADER_BYTES;
  for (const part of parts) {
    out.u32(offset);
    offset += part.length;
  }
  for (const part of parts) {
    out.bytes(part);
  }
  return out.finish();
}

function encodeColumns(revisions: readonly RevisionInfo[]): { strings: Uint8Array; records: Uint8Array } {
  const words = [...new Set(revisions.flatMap(({ line, channels }) => [line, channels.join(',')]))].sort();
  if (words.length > MAX_STRINGS) {
    throw new RangeError(`${words.length} lines and lists of channels; the format holds ${MAX_STRINGS}`);
  }
  const strings = new ByteWriter();
  strings.byte(words.length);
  for (const word of words) {
    strings.varint(word.length);
    strings.text(word);
  }
  const records = new ByteWriter();
  for (const { date, attributes, line, channels, dateSource, nested } of revisions) {
    records.u32(date);
    records.u32(attributes);
    records.byte(words.indexOf(line));
    records.byte(words.indexOf(channels.join(',')));
    records.byte(DATE_SOURCES.indexOf(dateSource) | (nested ? NESTED : 0));
  }
  return { strings: strings.finish(), records: records.finish() };
}

function encodeHashes(revisions: readonly RevisionInfo[]): { hashes: Uint8Array; columnOf: Uint8Array } {
  const sorted = revisions.map(({ revision }, column) => ({ revision, column }));
  sorted.sort((a, b) => (a.revision < b.revision ? -1 : 1));
  const hashes = new ByteWriter();
  const columnOf = new ByteWriter();
  for (const { revision, column } of sorted) {
    if (!/^[0-9a-f]{40}$/.test(revision)) {
      throw new RangeError(`not a revision: ${revision}`);
    }
    for (let i = 0; i < HASH_BYTES; i++) {
      hashes.byte(Number.parseInt(revision.slice(i * 2, i * 2 + 2), 16));
    }
    columnOf.byte(column & 0xff);
    columnOf.byte(column >> 8);
  }
  return { hashes: hashes.finish(), columnOf: columnOf.finish() };
}

function encodeBlocks(rows: IndexSource['rows']): { directory: Uint8Array; names: Uint8Array; count: number } {
  const directory = new ByteWriter();
  const names = new ByteWriter();
  let count = 0;
  let previous = '';
  for (const [name, changes] of rows) {
    if (count > 0 && name <= previous) {
      throw new RangeError(`names out of order: ${previous}, ${name}`);
    }
    const first = count % NAMES_PER_BLOCK === 0;
    if (first) {
      directory.u32(names.length);
    }
    if (!isIndexName(name)) {
      throw new RangeError(`not a name that the format holds: ${name}`);
    }
    const shared = first ? 0 : sharedLength(previous, name);
    names.byte(shared);
    names.byte(name.length - shared);
    names.text(name.slice(shared));
    const row = new ByteWriter(64);
    writeRow(row, changes);
    names.varint(row.length);
    names.bytes(row.finish());
    previous = name;
    count++;
  }
  return { directory: directory.finish(), names: names.finish(), count };
}

function sharedLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < limit && a[shared] === b[shared]) {
    shared++;
  }
  return shared;
}
