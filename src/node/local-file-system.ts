import * as fs from 'node:fs';
import type { DirectoryEntry, FileKind, FileStat, FsError, FsResult, HostFileSystem } from '../core/host/host';
import { findLines, findText, openLines, readBytes, readString } from './file-bytes';
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

function kindOf(entry: Pick<fs.Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): FileKind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'special';
}

/** How large a folder is, and when a name came or went in it, is no fact about a tool: it is not told, as in images. */
function toStat(stats: fs.Stats): FileStat {
  const mode = stats.mode & 0o7777;
  return stats.isDirectory()
    ? { kind: 'directory', size: 0, modifiedAt: 0, mode }
    : { kind: kindOf(stats), size: stats.size, modifiedAt: stats.mtimeMs, mode };
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

/** Nothing stops root from starting what anybody may start; Windows has no such permission. */
const IS_ROOT = process.platform === 'win32' || process.getuid?.() === 0;

/** This machine's files. */
export const localFileSystem = {
  readDir: (path) =>
    attempt(() => readFolderRaw(systemPath(path), (name, entry): DirectoryEntry => ({ name, kind: kindOf(entry) }))),
  readFile: (path, limit, offset = 0) => attempt(() => readBytes(path, limit, offset)),
  readText: (path, limit, offset = 0) => attempt(() => readString(path, limit, offset, 'utf8')),
  readLatin1: (path, limit, offset = 0) => attempt(() => readString(path, limit, offset, 'latin1')),
  find: (path, text, offset, length) => attempt(() => findText(path, text, offset, length)),
  searchLines: (path, limit) => attempt(() => openLines(path, limit)),
  linesWith: (path, limit, part) => attempt(() => findLines(path, limit, part)),
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
