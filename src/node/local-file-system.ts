import * as fs from 'node:fs';
import type {
  DirectoryEntry,
  FileKind,
  FileStat,
  FsError,
  FsResult,
  HostFileSystem,
  LineSearch,
} from '../core/host/host';
import { FS_ERROR_CODES } from './fs-error-codes';
import { readFolderRaw, readLinkRaw, realPathRaw, systemPath } from './raw-names';

const NOT_FOUND: FsError = { ok: false, code: 'not-found' };

/** What a system call's error means to a host. */
export function toFsError(error: unknown): FsError {
  return toError(error instanceof Error && 'code' in error ? String(error.code) : '');
}

function toError(code: string): FsError {
  return { ok: false, code: FS_ERROR_CODES[code] ?? 'io' };
}

/** What a host is told of what the system found at a path: nothing, or the word for an error. */
export function toStatResult(found: fs.Stats | string | undefined): FsResult<FileStat> {
  return typeof found === 'object'
    ? { ok: true, value: toStat(found) }
    : found === undefined
      ? NOT_FOUND
      : toError(found);
}

function kindOf(entry: fs.Dirent | fs.Stats): FileKind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'special';
}

/** How large a folder is, and when a name came or went in it, is no fact about a tool: it is not told, as in images. */
function toStat(stats: fs.Stats): FileStat {
  const mode = stats.mode & 0o7777;
  return stats.isDirectory()
    ? { kind: 'directory', size: 0, modifiedAt: 0, mode }
    : { kind: kindOf(stats), size: stats.size, modifiedAt: stats.mtimeMs, mode };
}

/** Opens a regular file for as long as it is used; anything else is never opened. */
function withFile<T>(name: string, use: (handle: number, stats: fs.Stats) => T): T | FsError {
  const path = systemPath(name);
  // A missing file is the usual case: asking first is cheaper than catching.
  const stats = fs.statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    return NOT_FOUND;
  }
  if (!stats.isFile()) {
    return { ok: false, code: stats.isDirectory() ? 'is-a-directory' : 'special' };
  }
  // Non-blocking, since the file may have become a FIFO in between.
  const handle = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    return use(handle, stats);
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

/** Reads at most `limit` bytes of a regular file. */
function readBytes(name: string, limit: number, offset: number): Buffer | FsError {
  return withFile(name, (handle, { size }) => {
    // Files of the kernel (/proc) say that they are empty.
    const expected = size === 0 ? Math.min(limit, 65_536) : Math.max(0, size - offset);
    return fill(handle, Buffer.allocUnsafe(Math.min(limit, expected)), offset);
  });
}

const PIECE = 262_144;

/** Looks through a part of a file, piece by piece; pieces overlap by the length of the text. */
function findText(name: string, text: string, offset: number, length: number): number | FsError {
  return withFile(name, (handle) => {
    const wanted = Buffer.from(text, 'latin1');
    const buffer = Buffer.allocUnsafe(PIECE);
    for (let at = 0; at < length; at += PIECE - wanted.length) {
      const piece = fill(handle, buffer.subarray(0, Math.min(PIECE, length - at)), offset + at);
      const index = piece.indexOf(wanted);
      if (index >= 0 || piece.length === 0) {
        return index < 0 ? -1 : offset + at + index;
      }
    }
    return -1;
  });
}

function attempt<T>(read: () => T | FsError): { readonly ok: true; readonly value: T } | FsError {
  try {
    const value = read();
    return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false
      ? value
      : { ok: true, value: value as T };
  } catch (error) {
    return toFsError(error);
  }
}

/** Opens a text file to ask its bytes for lines: nothing is decoded. A line feed before and after ends every line. */
function openLines(path: string, limit: number): LineSearch | FsError {
  return withFile(path, (handle, { size }) => {
    const buffer = Buffer.allocUnsafe(Math.min(limit, size) + 2);
    const { length } = fill(handle, buffer.subarray(1, -1), 0);
    buffer[0] = LINE_FEED;
    buffer[length + 1] = LINE_FEED;
    const bytes = buffer.subarray(0, length + 2);
    return (text) => bytes.includes(`\n${text}\n`);
  });
}

const LINE_FEED = 10;

/** Nothing stops root from starting what anybody may start; Windows has no such permission. */
const IS_ROOT = process.platform === 'win32' || process.getuid?.() === 0;

/** This machine's files. */
export const localFileSystem = {
  readDir: (path) =>
    attempt(() =>
      readFolderRaw(systemPath(path)).map(({ name, entry }): DirectoryEntry => ({ name, kind: kindOf(entry) })),
    ),
  readFile: (path, limit, offset = 0) => attempt(() => readBytes(path, limit, offset)),
  readText: (path, limit, offset = 0) =>
    attempt(() => {
      const bytes = readBytes(path, limit, offset);
      return 'ok' in bytes ? bytes : bytes.toString('utf8');
    }),
  find: (path, text, offset, length) => attempt(() => findText(path, text, offset, length)),
  searchLines: (path, limit) => attempt(() => openLines(path, limit)),
  stat: (path) =>
    attempt(() => {
      const stats = fs.statSync(systemPath(path), { throwIfNoEntry: false });
      return stats === undefined ? NOT_FOUND : toStat(stats);
    }),
  lstat: (path) =>
    attempt(() => {
      const stats = fs.lstatSync(systemPath(path), { throwIfNoEntry: false });
      return stats === undefined ? NOT_FOUND : toStat(stats);
    }),
  readLink: (path) => attempt(() => readLinkRaw(systemPath(path))),
  isRunnable: (path) => IS_ROOT || attempt(() => fs.accessSync(systemPath(path), fs.constants.X_OK)).ok,
  realPath: (path) => attempt(() => realPathRaw(systemPath(path))),
} satisfies HostFileSystem;
