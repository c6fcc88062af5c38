import { decodeLatin1 } from './text';

/** A run of bytes that a sparse file has: the rest of it is zeros. */
export interface SparsePiece {
  /** In the file. */
  readonly start: number;
  readonly length: number;
  /** In the archive. */
  readonly offset: number;
}

type ReadAt = (offset: number, length: number) => Uint8Array;

const BLOCK = 512;
/** Pieces of one file, and blocks of their list; more is no file that anybody archived. */
const MAX_PIECES = 65_536;
const PIECE_SIZE = 24;

/**
 * Old GNU format (GNU tar manual, "Storing Sparse Files"): four pieces in the header, 21 in each block that follows
 * while the block before says so.
 *
 * @param octal reads a number field
 */
export function oldGnuPieces(
  readAt: ReadAt,
  header: Uint8Array,
  content: number,
  octal: (bytes: Uint8Array, at: number, width: number) => number,
): { readonly pieces: readonly SparsePiece[]; readonly size: number; readonly content: number } {
  const lengths: [start: number, length: number][] = [];
  const take = (block: Uint8Array, from: number, count: number) => {
    for (let at = from; at < from + count * PIECE_SIZE && block[at] !== 0; at += PIECE_SIZE) {
      lengths.push([octal(block, at, 12), octal(block, at + 12, 12)]);
    }
  };
  take(header, 386, 4);
  let data = content;
  let hasMore = header[482] === 1;
  while (hasMore && lengths.length < MAX_PIECES) {
    const block = readAt(data, BLOCK);
    data += BLOCK;
    if (block.length < BLOCK) {
      break;
    }
    take(block, 0, 21);
    hasMore = block[504] === 1;
  }
  return { pieces: placed(lengths, data), size: octal(header, 483, 12), content: data };
}

/** Format 0.1 of pax: `GNU.sparse.map=start,length,start,length…`. */
export function paxMapPieces(map: string, content: number): readonly SparsePiece[] {
  return placed(
    paired(
      map
        .split(',')
        .slice(0, MAX_PIECES * 2)
        .map(Number),
    ),
    content,
  );
}

/** Format 1.0 of pax: the list stands before the data, a number a line, its count first, filled up to a block. */
export function leadingPieces(readAt: ReadAt, content: number): readonly SparsePiece[] {
  const numbers: number[] = [];
  let rest = '';
  let at = content;
  let wanted = 1;
  while (numbers.length < wanted) {
    const block = readAt(at, BLOCK);
    if (block.length < BLOCK) {
      return [];
    }
    at += BLOCK;
    const lines = (rest + decodeLatin1(block)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (numbers.length < wanted) {
        numbers.push(Number(line));
        wanted = 1 + 2 * Math.min(MAX_PIECES, numbers[0] || 0);
      }
    }
  }
  return placed(paired(numbers.slice(1)), at);
}

function paired(numbers: readonly number[]): readonly [number, number][] {
  const pairs: [number, number][] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    pairs.push([numbers[at]!, numbers[at + 1]!]);
  }
  return pairs;
}

/** Pieces in the order of their data; what is no number ends the list. */
function placed(lengths: readonly (readonly [number, number])[], data: number): readonly SparsePiece[] {
  const pieces: SparsePiece[] = [];
  let offset = data;
  for (const [start, length] of lengths) {
    if (!(start >= 0 && length >= 0)) {
      break;
    }
    pieces.push({ start, length, offset });
    offset += length;
  }
  return pieces;
}

/** A part of a sparse file, with its zeros. */
export function readSparse(readAt: ReadAt, pieces: readonly SparsePiece[], from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (const piece of pieces) {
    const start = Math.max(from, piece.start);
    const end = Math.min(from + length, piece.start + piece.length);
    if (start < end) {
      bytes.set(readAt(piece.offset + start - piece.start, end - start), start - from);
    }
  }
  return bytes;
}
