import * as fs from 'node:fs';
import type { DirectoryEntry, FileKind, FileStat, FsError, HostFileSystem, LineSearch } from '../core/host/host';
import { FS_ERROR_CODES } from './fs-error-codes';
import { readFolderRaw, readLinkRaw, realPathRaw, systemPath } from './raw-names';

const NOT_FOUND: FsError = { ok: false, code: 'not-found' };

/** What a system call's error means to a host. */
export function toFsError(error: unknown): FsError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { ok: false, code: FS_ERROR_CODES[code] ?? 'io' };
}

function kindOf(entry: fs.Dirent | fs.Stats): FileKind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'special';
}

function toStat(stats: fs.Stats): FileStat {
  return { kind: kindOf(stats), size: stats.size, modifiedAt: stats.mtimeMs, mode: stats.mode & 0o7777 };
}

/** Reads at most `limit` bytes of a regular file; anything else is never opened. */
function readBytes(name: string, limit: number, offset: number): Buffer | FsError {
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
    // Files of the kernel (/proc) say that they are empty.
    const expected = stats.size === 0 ? Math.min(limit, 65_536) : Math.max(0, stats.size - offset);
    const buffer = Buffer.allocUnsafe(Math.min(limit, expected));
    let filled = 0;
    while (filled < buffer.length) {
      const count = fs.readSync(handle, buffer, filled, buffer.length - filled, offset + filled);
      if (count === 0) {
        break;
      }
      filled += count;
    }
    return buffer.subarray(0, filled);
  } finally {
    fs.closeSync(handle);
  }
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

/** Asks bytes for lines: nothing is decoded. */
function lineSearch(bytes: Buffer): LineSearch {
  return (text) => {
    const line = Buffer.from(`\n${text}\n`);
    const [first, last, only] = [line.subarray(1), line.subarray(0, -1), line.subarray(1, -1)];
    return (
      bytes.includes(line) ||
      bytes.subarray(0, first.length).equals(first) ||
      bytes.subarray(-last.length).equals(last) ||
      bytes.equals(only)
    );
  };
}

/** Nothing stops root from starting what anybody may start; Windows has no such permission. */
const IS_ROOT = process.platform === 'win32' || process.getuid?.() === 0;

/** This machine's files. */
export const localFileSystem: HostFileSystem = {
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
  searchLines: (path, limit) =>
    attempt(() => {
      const bytes = readBytes(path, limit, 0);
      return 'ok' in bytes ? bytes : lineSearch(bytes);
    }),
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
};
