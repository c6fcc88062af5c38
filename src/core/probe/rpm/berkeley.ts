import { type ByteReader, uint } from '../binary/byte-reader';
import { pageReader } from './pages';

/** `DB_HASHMAGIC` of Berkeley DB's `db_page.h`. */
const HASH_MAGIC = 0x061561;
const MAX_PAGES = 1_000_000;
/** No header that rpm wrote comes near. */
const MAX_VALUE = 32 * 1024 * 1024;
const PAGE_HEADER = 26;
/** Below the number of the last package, which rpm keeps under the key 0. */
const SMALLEST_HEADER = 16;

/** Types of pages and of what lies on them (`db_page.h`). */
const PAGE = { hashUnsorted: 2, overflow: 7, hash: 13 };
/** `P_PAGETYPE_MAX` of the newest. */
const LAST_PAGE_TYPE = 14;
const ITEM = { here: 1, elsewhere: 3 };

/** Whether the file is a hash of Berkeley DB. */
export function isBerkeleyHash(file: ByteReader): boolean {
  return byteOrder(file.bytes(0, 72)) !== undefined;
}

/** True: little-endian. The machine that wrote the file decided. */
function byteOrder(meta: Uint8Array): boolean | undefined {
  return [true, false].find((isLittle) => uint(meta, 12, 4, isLittle) === HASH_MAGIC);
}

/**
 * The values of a hash database of Berkeley DB 3 to 6, in the order of their pages. Buckets are not followed: what lies
 * on a page in use is in the database. A broken page tells less.
 *
 * @param onDamage told of each place that is not what the format says
 */
export function* readBerkeleyValues(file: ByteReader, onDamage: () => void): Generator<Uint8Array> {
  const meta = file.bytes(0, 72);
  const little = byteOrder(meta);
  const size = uint(meta, 20, 4, little ?? true);
  if (little === undefined || size < 512 || size > 65_536 || meta[24] !== 0) {
    onDamage();
    return;
  }
  const last = Math.min(uint(meta, 32, 4, little), MAX_PAGES);
  const page = pageReader(file, size);
  /** Every page belongs to one value, so that more are only read where chains were tied together. */
  const budget = { left: last * 2 };
  let values = 0;
  for (let number = 1; number <= last; number++) {
    const bytes = page(number);
    const type = bytes[25];
    if (bytes.length < size) {
      onDamage();
      return;
    }
    if (type === undefined || type > LAST_PAGE_TYPE) {
      onDamage();
    }
    if (type !== PAGE.hash && type !== PAGE.hashUnsorted) {
      continue;
    }
    const entries = Math.min(uint(bytes, 20, 2, little), (size - PAGE_HEADER) / 2);
    // Keys and values take turns; each ends where the one before begins.
    for (let index = 1; index < entries; index += 2) {
      const at = uint(bytes, PAGE_HEADER + index * 2, 2, little);
      const end = uint(bytes, PAGE_HEADER + (index - 1) * 2, 2, little);
      if (bytes[at] === ITEM.here && end > at) {
        values += 1;
        if (end - at > SMALLEST_HEADER) {
          yield bytes.slice(at + 1, end);
        }
      } else if (bytes[at] === ITEM.elsewhere) {
        values += 1;
        const first = uint(bytes, at + 4, 4, little);
        const length = uint(bytes, at + 8, 4, little);
        yield chain(page, first, Math.min(length, MAX_VALUE), size, little, budget);
      } else {
        onDamage();
      }
    }
  }
  if (values === 0) {
    // An empty one has the number of the last package.
    onDamage();
  }
}

/** A value that lies on pages of its own, each naming the next. */
function chain(
  page: (number: number) => Uint8Array,
  first: number,
  length: number,
  size: number,
  little: boolean,
  budget: { left: number },
): Uint8Array {
  const pieces: Uint8Array[] = [];
  let filled = 0;
  for (let number = first; number !== 0 && filled < length && --budget.left >= 0; ) {
    const bytes = page(number);
    if (bytes[25] !== PAGE.overflow) {
      break;
    }
    const piece = bytes.slice(PAGE_HEADER, PAGE_HEADER + Math.min(uint(bytes, 22, 2, little), length - filled, size));
    if (piece.length === 0) {
      break;
    }
    pieces.push(piece);
    filled += piece.length;
    number = uint(bytes, 16, 4, little);
  }
  const value = new Uint8Array(filled);
  let at = 0;
  for (const piece of pieces) {
    value.set(piece, at);
    at += piece.length;
  }
  return value;
}
