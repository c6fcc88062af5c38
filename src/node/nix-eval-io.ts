import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { DirectoryEntry, FileKind, FileStat, FsError, FsErrorCode, FsResult } from '../core/host/host';
import type { EvalIo } from '../core/nix/io';
import { FS_ERROR_CODES } from './fs-error-codes';

/** A program's sources and data; larger files are refused. */
const MAX_FILE = 64 * 1024 * 1024;

/**
 * The real files below some folders, and nothing else: links that lead out of them are refused, special files are
 * never opened. Of the folders above only their existence is told.
 *
 * @param roots absolute paths of folders
 */
export function folderIo(roots: readonly string[]): EvalIo {
  const allowed = roots.map(realPath).filter((root) => root !== undefined);
  const isInside = (path: string): boolean => allowed.some((root) => contains(root, path));
  const isAbove = (path: string): boolean => [...allowed, ...roots].some((root) => contains(path, root));

  /** The real place of a path whose own last part is not followed. */
  const placeOf = (path: string): string | FsError => {
    try {
      const parent = dirname(path);
      const place = parent === path ? path : join(realpathSync.native(parent), basename(path));
      return isInside(place) ? place : { ok: false, code: 'outside' };
    } catch (error) {
      return failure(error);
    }
  };

  return {
    readFile: (path) => {
      try {
        const place = realpathSync.native(path);
        return isInside(place) ? readWhole(place) : { ok: false, code: 'outside' };
      } catch (error) {
        return failure(error);
      }
    },
    readDir: (path) => {
      try {
        const place = realpathSync.native(path);
        return isInside(place) ? { ok: true, value: entriesOf(place) } : { ok: false, code: 'outside' };
      } catch (error) {
        return failure(error);
      }
    },
    lstat: (path) => {
      const place = placeOf(path);
      if (typeof place === 'string') {
        return statOf(place);
      }
      return place.code === 'outside' && isAbove(path) ? statOf(path) : place;
    },
    readLink: (path) => {
      const place = placeOf(path);
      if (typeof place !== 'string' && !(place.code === 'outside' && isAbove(path))) {
        return place;
      }
      try {
        return { ok: true, value: readlinkSync(typeof place === 'string' ? place : path) };
      } catch (error) {
        return failure(error);
      }
    },
  };
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || /^[A-Za-z]:/.test(way) || way.startsWith(sep));
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    // A folder that is not there gives access to nothing.
    return undefined;
  }
}

function readWhole(path: string): FsResult<Uint8Array> {
  // Not blocking, since the file may have become a FIFO since it was looked at.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) {
      return { ok: false, code: stat.isDirectory() ? 'is-a-directory' : 'special' };
    }
    if (stat.size > MAX_FILE) {
      return { ok: false, code: 'too-large' };
    }
    const data = new Uint8Array(stat.size);
    let length = 0;
    while (length < data.length) {
      const count = readSync(file, data, length, data.length - length, length);
      if (count === 0) {
        break;
      }
      length += count;
    }
    return { ok: true, value: data.subarray(0, length) };
  } finally {
    closeSync(file);
  }
}

function entriesOf(path: string): readonly DirectoryEntry[] {
  return readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
}

function statOf(path: string): FsResult<FileStat> {
  try {
    const stat = lstatSync(path);
    return {
      ok: true,
      value: { kind: kindOf(stat), size: stat.size, modifiedAt: stat.mtimeMs, mode: stat.mode & 0o7777 },
    };
  } catch (error) {
    return failure(error);
  }
}

interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

function kindOf(entry: Kinds): FileKind {
  if (entry.isFile()) {
    return 'file';
  }
  if (entry.isDirectory()) {
    return 'directory';
  }
  return entry.isSymbolicLink() ? 'link' : 'special';
}

const CODES: Readonly<Record<string, FsErrorCode>> = { ...FS_ERROR_CODES, ENXIO: 'special' };

function failure(error: unknown): FsError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { ok: false, code: CODES[code] ?? 'io' };
}
