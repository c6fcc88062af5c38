import * as fs from 'node:fs';
import { join } from 'node:path';
import type { FsError, FsErrorCode, FsResult, HostFileSystem } from '../core/host/host';
import { localFileSystem, toFsError } from './local-file-system';
import { readLinkRaw, systemPath } from './raw-names';

const MAX_LINKS = 40;

type Place = { readonly ok: true; readonly names: readonly string[] } | FsError;

/**
 * A folder as if it were the root of a file system. Links are followed by hand, absolute ones from that root and `..`
 * never above it, so that nothing outside is read. Paths that begin with a drive (`C:\`) name the same root.
 *
 * @param root an existing folder
 */
export function rootfsFileSystem(root: string): HostFileSystem {
  const base = fs.realpathSync(root);
  /** Folders that were found to be real ones: joined names → true. */
  const folders = new Map<string, boolean>();
  const outside = (names: readonly string[]) => join(base, ...names);

  /** The real names below the root; the last one is only followed when asked. */
  function resolve(path: string, followLast: boolean): Place {
    const pending = split(path).reverse();
    let walked: string[] = [];
    let links = 0;
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === '..') {
        walked.pop();
        continue;
      }
      const here = [...walked, name];
      const key = here.join('/');
      if (folders.get(key) === true || (pending.length === 0 && !followLast)) {
        walked = here;
        continue;
      }
      const place = outside(here);
      let target: string | undefined;
      try {
        const raw = systemPath(place);
        const stat = fs.lstatSync(raw, { throwIfNoEntry: false });
        if (stat === undefined) {
          return { ok: false, code: 'not-found' };
        }
        if (stat.isDirectory()) {
          folders.set(key, true);
        } else if (stat.isSymbolicLink()) {
          target = readLinkRaw(raw);
        } else if (pending.length > 0) {
          return { ok: false, code: 'not-a-directory' };
        }
      } catch (error) {
        return toFsError(error);
      }
      if (target === undefined) {
        walked = here;
      } else if (++links > MAX_LINKS) {
        return { ok: false, code: 'loop' };
      } else {
        walked = /^[\\/]/.test(target) ? [] : walked;
        pending.push(...split(target).reverse());
      }
    }
    return { ok: true, names: walked };
  }

  const at = <T>(path: string, followLast: boolean, read: (place: string) => FsResult<T>): FsResult<T> => {
    const found = resolve(path, followLast);
    return found.ok ? read(outside(found.names)) : found;
  };
  /** After following by hand what is there is no link; one that appears since then is not followed. */
  const still = <T>(place: string, read: () => FsResult<T>): FsResult<T> => {
    const stat = localFileSystem.lstat(place);
    return stat.ok && stat.value.kind === 'link' ? { ok: false, code: 'loop' satisfies FsErrorCode } : read();
  };

  return {
    readDir: (path) => at(path, true, (place) => still(place, () => localFileSystem.readDir(place))),
    readFile: (path, limit, offset = 0) =>
      at(path, true, (place) => still(place, () => localFileSystem.readFile(place, limit, offset))),
    readText: (path, limit, offset = 0) =>
      at(path, true, (place) => still(place, () => localFileSystem.readText!(place, limit, offset))),
    readLatin1: (path, limit, offset = 0) =>
      at(path, true, (place) => still(place, () => localFileSystem.readLatin1!(place, limit, offset))),
    find: (path, text, offset, length) =>
      at(path, true, (place) => still(place, () => localFileSystem.find!(place, text, offset, length))),
    stat: (path) => at(path, true, (place) => localFileSystem.lstat(place)),
    lstat: (path) => at(path, false, (place) => localFileSystem.lstat(place)),
    readLink: (path) => at(path, false, (place) => localFileSystem.readLink(place)),
    realPath(path) {
      const found = resolve(path, true);
      if (!found.ok) {
        return found;
      }
      const isDrive = /^[A-Za-z]:/.test(path);
      const names = found.names.join(isDrive ? '\\' : '/');
      return { ok: true, value: isDrive ? `${path.slice(0, 2)}\\${names}` : `/${names}` };
    },
  };
}

/** The names of a path; a drive is left out, and what `..` would climb above the root has no effect. */
function split(path: string): string[] {
  const isWindows = /^[A-Za-z]:/.test(path);
  return path
    .replace(/^[A-Za-z]:/, '')
    .split(isWindows ? /[\\/]/ : '/')
    .filter((name) => name !== '' && name !== '.');
}
