import { decodeLatin1, decodeUtf8 } from '../../host/text';
import { type ByteReader, uint } from '../binary/byte-reader';
import { pageReader } from './pages';

export type SqliteValue = number | string | Uint8Array | null;

const MAX_DEPTH = 20;
/** Pages visited; a loop of page numbers ends here. */
const MAX_PAGES = 4_000_000;

interface Pages {
  readonly size: number;
  /** Bytes of a page that hold data. */
  readonly usable: number;
  page(number: number): Uint8Array;
}

/** Whether the file is an SQLite database. */
export function isSqlite(file: ByteReader): boolean {
  return decodeLatin1(file.bytes(0, 15)) === 'SQLite format 3';
}

/**
 * The rows of one table of an SQLite database, in the order of their row numbers (sqlite.org, "Database File Format").
 * Pages of its write-ahead log count in place of the file's; a broken page is passed over.
 *
 * @param log the file beside it that is called by `-wal`
 * @param onDamage told of each place that is not what the format says
 */
export function* readSqliteTable(
  file: ByteReader,
  table: string,
  onDamage: () => void,
  log?: ByteReader,
): Generator<readonly SqliteValue[]> {
  const header = file.bytes(0, 100);
  if (decodeLatin1(header.subarray(0, 15)) !== 'SQLite format 3') {
    return;
  }
  const written = uint(header, 16, 2, false);
  const size = written === 1 ? 65_536 : written;
  if (size < 512) {
    onDamage();
    return;
  }
  const page = pageReader(file, size);
  const logged = log === undefined ? NOTHING_LOGGED : readLog(log, size);
  const pages: Pages = {
    size,
    usable: size - (header[20] ?? 0),
    page: (number) => {
      const at = logged.get(number);
      return at === undefined ? page(number - 1) : log!.bytes(at, size);
    },
  };
  for (const [type, name, , root] of walk(pages, 1, onDamage)) {
    if (type === 'table' && name === table && typeof root === 'number') {
      yield* walk(pages, root, onDamage);
      return;
    }
  }
  onDamage();
}

function* walk(pages: Pages, root: number, onDamage: () => void): Generator<readonly SqliteValue[]> {
  const pending: { readonly number: number; readonly depth: number }[] = [{ number: root, depth: 0 }];
  for (let visited = 0; visited < MAX_PAGES; visited++) {
    const next = pending.pop();
    if (next === undefined) {
      return;
    }
    const page = pages.page(next.number);
    const start = next.number === 1 ? 100 : 0;
    const cells = uint(page, start + 3, 2, false);
    const pointers = (from: number) =>
      Array.from({ length: Math.min(cells, pages.size / 2) }, (_, index) => uint(page, from + index * 2, 2, false));
    switch (page[start]) {
      case 0x05: {
        // Children from left to right, the rightmost in the header; the last pushed is visited first.
        const children = pointers(start + 12).map((at) => uint(page, at, 4, false));
        children.push(uint(page, start + 8, 4, false));
        if (next.depth < MAX_DEPTH) {
          pending.push(...children.reverse().map((number) => ({ number, depth: next.depth + 1 })));
        }
        break;
      }
      case 0x0d:
        for (const at of pointers(start + 8)) {
          yield readCell(pages, page, at);
        }
        break;
      default:
        onDamage();
    }
  }
}

function readCell(pages: Pages, page: Uint8Array, at: number): readonly SqliteValue[] {
  const length = varint(page, at);
  const row = varint(page, length.end);
  return readRecord(payload(pages, page, row.end, length.value), row.value);
}

const MAX_PAYLOAD = 64 * 1024 * 1024;

/** A cell's bytes, with what overflows into pages of its own. */
function payload(pages: Pages, page: Uint8Array, at: number, length: number): Uint8Array {
  const most = pages.usable - 35;
  if (length <= most) {
    return page.subarray(at, at + length);
  }
  const least = Math.floor(((pages.usable - 12) * 32) / 255) - 23;
  const spread = least + ((length - least) % (pages.usable - 4));
  const local = spread <= most ? spread : least;
  const bytes = new Uint8Array(Math.min(length, MAX_PAYLOAD));
  bytes.set(page.subarray(at, at + local));
  let filled = local;
  for (let number = uint(page, at + local, 4, false); number !== 0 && filled < bytes.length; ) {
    const more = pages.page(number);
    const piece = more.subarray(4, Math.min(pages.usable, 4 + bytes.length - filled));
    if (piece.length === 0) {
      break;
    }
    bytes.set(piece, filled);
    filled += piece.length;
    number = uint(more, 0, 4, false);
  }
  return bytes;
}

function readRecord(bytes: Uint8Array, row: number): readonly SqliteValue[] {
  const header = varint(bytes, 0);
  const values: SqliteValue[] = [];
  let data = header.value;
  for (let at = header.end; at < header.value && at < bytes.length; ) {
    const type = varint(bytes, at);
    const { value, size } = readValue(bytes, data, type.value);
    // The row number stands for a primary key, whose column is stored as null.
    values.push(value === null && values.length === 0 ? row : value);
    data += size;
    at = type.end;
  }
  return values;
}

const INTEGER_SIZES = [0, 1, 2, 3, 4, 6, 8] as const;

function readValue(
  bytes: Uint8Array,
  at: number,
  type: number,
): { readonly value: SqliteValue; readonly size: number } {
  if (type >= 12) {
    const size = Math.floor((type - 12) / 2);
    const piece = bytes.subarray(at, at + size);
    return { value: type % 2 === 0 ? piece : decodeUtf8(piece), size };
  }
  if (type === 8 || type === 9) {
    return { value: type - 8, size: 0 };
  }
  const size = INTEGER_SIZES[type] ?? 8;
  return { value: size === 0 || type === 7 ? null : uint(bytes, at, size, false), size };
}

/** Seven bits a byte, the highest bit says that more follow; a ninth byte counts whole. */
function varint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    const byte = bytes[at + index] ?? 0;
    if (index === 8) {
      return { value: value * 256 + byte, end: at + 9 };
    }
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      return { value, end: at + index + 1 };
    }
  }
  return { value, end: at + 9 };
}

const NOTHING_LOGGED: ReadonlyMap<number, number> = new Map();
/** `0x377f0682`, or with the last bit for checksums of big-endian numbers. */
const LOG_MAGIC = 0x377f0682;
const LOG_HEADER = 32;
const FRAME_HEADER = 24;
const MAX_FRAMES = 1_000_000;

/**
 * Where the log has pages, by number: the last of each that was committed ("WAL File Format"). Frames of an earlier use
 * of the file have other salts.
 */
function readLog(log: ByteReader, size: number): ReadonlyMap<number, number> {
  const header = log.bytes(0, LOG_HEADER);
  if (
    header.length < LOG_HEADER ||
    uint(header, 0, 4, false) >>> 1 !== LOG_MAGIC >>> 1 ||
    uint(header, 8, 4, false) !== size
  ) {
    return NOTHING_LOGGED;
  }
  const committed = new Map<number, number>();
  let pending: (readonly [number: number, at: number])[] = [];
  for (let frame = 0; frame < MAX_FRAMES; frame++) {
    const at = LOG_HEADER + frame * (FRAME_HEADER + size);
    const head = log.bytes(at, FRAME_HEADER);
    const isCurrent = [0, 4].every((salt) => uint(head, 8 + salt, 4, false) === uint(header, 16 + salt, 4, false));
    const isWhole = log.bytes(at + FRAME_HEADER + size - 1, 1).length === 1;
    if (!isWhole || !isCurrent) {
      break;
    }
    pending.push([uint(head, 0, 4, false), at + FRAME_HEADER]);
    if (uint(head, 4, 4, false) !== 0) {
      for (const [number, place] of pending) {
        committed.set(number, place);
      }
      pending = [];
    }
  }
  return committed;
}
