import * as fs from 'node:fs';
import type { FsError, LineSearch } from '../core/host/host';
import { systemPath } from './raw-names';

/*
 * What regular files hold. Every function throws the system's error where a file that is there cannot be opened or read.
 */

const PIECE = 262_144;
/** Half of the first one that is looked through. */
const FIRST_PIECE = 8192;

/**
 * What is looked at and forgotten goes through the same memory: new memory costs more than what is read into it. Nothing
 * that is given away may lie in it.
 */
const scratch = Buffer.allocUnsafeSlow(4 * PIECE);

/** Opens a regular file for as long as it is used; anything else is never opened. */
function withFile<T>(name: string, use: (handle: number, size: number) => T): T | FsError {
  const path = systemPath(name);
  // A missing file is the usual case: asking first is cheaper than catching.
  const stats = fs.statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    return { ok: false, code: 'not-found' };
  }
  if (!stats.isFile()) {
    return { ok: false, code: stats.isDirectory() ? 'is-a-directory' : 'special' };
  }
  // Non-blocking, since the file may have become a FIFO in between.
  const handle = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    return use(handle, stats.size);
  } finally {
    fs.closeSync(handle);
  }
}

/** Fills a buffer as far as the file goes. */
function fill(handle: number, buffer: Buffer, offset: number): Buffer {
  let filled = 0;
  while (filled < buffer.length) {
    const count = fs.readSync(handle, buffer, filled, buffer.length - filled, offset + filled);
    if (count === 0) {
      break;
    }
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/** How much there is to read of a file. Those of the kernel (/proc) say that they are empty. */
function expected(size: number, limit: number, offset: number): number {
  return Math.min(limit, size === 0 ? 65_536 : Math.max(0, size - offset));
}

/** Reads at most `limit` bytes of a regular file. */
export function readBytes(path: string, limit: number, offset: number): Buffer | FsError {
  return withFile(path, (handle, size) => fill(handle, Buffer.allocUnsafe(expected(size, limit, offset)), offset));
}

/** The same as text: UTF-8, or a character a byte. */
export function readString(path: string, limit: number, offset: number, encoding: 'utf8' | 'latin1'): string | FsError {
  return withFile(path, (handle, size) => {
    const length = expected(size, limit, offset);
    const buffer = length <= scratch.length ? scratch.subarray(0, length) : Buffer.allocUnsafe(length);
    return fill(handle, buffer, offset).toString(encoding);
  });
}

/**
 * Looks through a part of a file, piece by piece; pieces overlap by the length of the text, and become larger: what is
 * there is often near.
 */
export function findText(path: string, text: string, offset: number, length: number): number | FsError {
  return withFile(path, (handle) => {
    const wanted = Buffer.from(text, 'latin1');
    let size = FIRST_PIECE;
    for (let at = 0; at < length; at += size - wanted.length) {
      size = Math.min(PIECE, 2 * size);
      const piece = fill(handle, scratch.subarray(0, Math.min(size, length - at)), offset + at);
      const index = piece.indexOf(wanted);
      if (index >= 0 || piece.length === 0) {
        return index < 0 ? -1 : offset + at + index;
      }
    }
    return -1;
  });
}

const LINE_FEED = 10;

/** Opens a text file to ask its bytes for lines: nothing is decoded. A short one is kept, a long one is read again. */
export function openLines(path: string, limit: number): LineSearch | FsError {
  return withFile(path, (handle, size) => {
    const length = Math.min(limit, size);
    if (length > PIECE) {
      return (line) => hasLine(path, length, Buffer.from(`\n${line}\n`));
    }
    const bytes = framed(handle, Buffer.allocUnsafe(length + 2), 0);
    return (line) => bytes.includes(`\n${line}\n`);
  });
}

/** The lines of a text file that have a text in them: only these are decoded. */
export function findLines(path: string, limit: number, part: string): readonly string[] | FsError {
  return withFile(path, (handle, size) => {
    const length = expected(size, limit, 0);
    const bytes = fill(handle, length <= scratch.length ? scratch.subarray(0, length) : Buffer.allocUnsafe(length), 0);
    const wanted = Buffer.from(part);
    const lines: string[] = [];
    for (let at = bytes.indexOf(wanted); at >= 0; ) {
      const next = bytes.indexOf(LINE_FEED, at);
      const end = next < 0 ? bytes.length : next;
      lines.push(bytes.toString('utf8', bytes.lastIndexOf(LINE_FEED, at) + 1, end));
      at = bytes.indexOf(wanted, end);
    }
    return lines;
  });
}

/** Reads into a buffer, with a line feed before and after. */
function framed(handle: number, buffer: Buffer, offset: number): Buffer {
  const { length } = fill(handle, buffer.subarray(1, -1), offset);
  buffer[0] = LINE_FEED;
  buffer[length + 1] = LINE_FEED;
  return buffer.subarray(0, length + 2);
}

function hasLine(path: string, length: number, wanted: Buffer): boolean {
  try {
    return wanted.length < PIECE / 2 && withFile(path, (handle) => isInPieces(handle, length, wanted)) === true;
  } catch {
    return false;
  }
}

/** The last piece first: packages list their programs and links at either end. */
function isInPieces(handle: number, length: number, wanted: Buffer): boolean {
  const isIn = (at: number, size: number) => {
    const piece = framed(handle, scratch.subarray(0, size + 2), at);
    // Where a piece ends no line does, unless the file does.
    return piece.subarray(at === 0 ? 0 : 1, at + size < length ? -1 : undefined).includes(wanted);
  };
  const last = length - PIECE;
  if (isIn(last, PIECE)) {
    return true;
  }
  for (let at = 0; at < last + wanted.length; at += PIECE - wanted.length) {
    if (isIn(at, Math.min(PIECE, length - at))) {
      return true;
    }
  }
  return false;
}
