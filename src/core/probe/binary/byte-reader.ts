import type { HostFileSystem } from '../../host/host';

/** Bytes of one file, read in pieces; what lies outside the file reads as nothing. */
export interface ByteReader {
  /** At most `length` bytes from `offset`; shorter at the end, empty when it cannot be read. */
  bytes(offset: number, length: number): Uint8Array;
  /** Where ASCII text stands among `length` bytes from `offset` on; -1 where it does not. */
  find(text: string, offset: number, length: number): number;
}

const EMPTY = new Uint8Array(0);
const MAX_PIECE = 4 * 1024 * 1024;

/** A reader over a host's file; a piece is at most 4 MiB. */
export function openBytes(fs: HostFileSystem, path: string): ByteReader {
  const bytes = (offset: number, length: number): Uint8Array => {
    if (!Number.isSafeInteger(offset) || offset < 0 || length <= 0) {
      return EMPTY;
    }
    const read = fs.readFile(path, Math.min(length, MAX_PIECE), offset);
    return read.ok ? read.value : EMPTY;
  };
  return {
    bytes,
    find(text, offset, length) {
      if (fs.find !== undefined) {
        const found = fs.find(path, text, offset, length);
        return found.ok ? found.value : -1;
      }
      const step = MAX_PIECE - text.length;
      for (let at = 0; at < length; at += step) {
        const index = indexOf(bytes(offset + at, Math.min(length - at, MAX_PIECE)), text);
        if (index >= 0) {
          return offset + at + index;
        }
      }
      return -1;
    },
  };
}

/** Where ASCII text stands among bytes, or -1. */
function indexOf(bytes: Uint8Array, text: string): number {
  const wanted = Array.from(text, (character) => character.charCodeAt(0));
  const first = wanted[0]!;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) {
      return at;
    }
  }
  return -1;
}

/** An unsigned number of 1 to 8 bytes; bytes that are not there count as 0. */
export function uint(bytes: Uint8Array, at: number, width: number, littleEndian: boolean): number {
  let value = 0;
  for (let index = 0; index < width; index++) {
    value = value * 256 + (bytes[littleEndian ? at + width - 1 - index : at + index] ?? 0);
  }
  return value;
}

/** ASCII up to a NUL byte. */
export function cString(bytes: Uint8Array, at: number, limit = 256): string {
  let text = '';
  for (let index = at; index < Math.min(bytes.length, at + limit) && bytes[index] !== 0; index++) {
    text += String.fromCharCode(bytes[index]!);
  }
  return text;
}
