import { sep } from 'node:path';
import type { FsResult, HostFileSystem } from '../core/host/host';
import type { EvalIo } from '../core/nix';

/** A flake's texts are small; what is larger was never meant to be evaluated. */
const MAX_FILE = 64 * 1024 * 1024;
const OUTSIDE = { ok: false, code: 'outside' } as const;
const ABSENT = { ok: false, code: 'not-found' } as const;

/**
 * The files of one folder, and nothing else of this machine: paths outside of it are refused, and so are links that
 * lead out of it.
 *
 * @param folder absolute, with every link resolved
 */
export function confinedIo(folder: string, fs: HostFileSystem): EvalIo {
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  const inside = (path: string) => path === folder || path.startsWith(prefix);
  /** Runs a read when the path is inside, by name and by what it resolves to. */
  const within = <T>(path: string, read: () => FsResult<T>): FsResult<T> => {
    if (!inside(path)) {
      return folder.startsWith(path) ? ABSENT : OUTSIDE;
    }
    const real = fs.realPath(path);
    if (!real.ok) {
      return real;
    }
    return inside(real.value) ? read() : OUTSIDE;
  };
  return {
    readFile: (path) =>
      within(path, () => {
        const stat = fs.stat(path);
        if (!stat.ok) {
          return stat;
        }
        if (stat.value.kind !== 'file') {
          return { ok: false, code: stat.value.kind === 'directory' ? 'is-a-directory' : 'special' };
        }
        return stat.value.size > MAX_FILE ? { ok: false, code: 'too-large' } : fs.readFile(path, MAX_FILE);
      }),
    readDir: (path) => within(path, () => fs.readDir(path)),
    lstat: (path) => {
      if (!inside(path)) {
        // Folders above are looked at for links on the way down; there are none, the folder being resolved.
        return folder.startsWith(path) ? ABSENT : OUTSIDE;
      }
      return within(parentOf(path, folder), () => fs.lstat(path));
    },
    readLink: (path) => within(parentOf(path, folder), () => fs.readLink(path)),
  };
}

function parentOf(path: string, folder: string): string {
  return path === folder ? folder : path.slice(0, Math.max(path.lastIndexOf(sep), folder.length));
}
