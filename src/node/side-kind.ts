import { closeSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compressionOf } from './decode-text';
import { statOf } from './stat';

export const FLAKE_FILE = /^flake\.(?:nix|lock)$/;

/** What a path is, as far as it can be told without reading the whole. */
type SideKind = 'flake' | 'rootfs' | 'image' | 'document';

/** Tells what a path is by its name and first bytes; `undefined` when nothing is there. */
export function sideKindOf(path: string): SideKind | undefined {
  const stat = statOf(path);
  if (stat === undefined) {
    return undefined;
  }
  if (stat.isDirectory()) {
    return isThere(join(path, 'flake.nix')) || !looksLikeRoot(path) ? 'flake' : 'rootfs';
  }
  if (FLAKE_FILE.test(basename(path))) {
    return 'flake';
  }
  return stat.isFile() && isArchive(path) ? 'image' : 'document';
}

/** A root file system of Linux, macOS or Windows has these at its top. */
function looksLikeRoot(folder: string): boolean {
  return (
    (isThere(join(folder, 'etc')) && (isThere(join(folder, 'usr')) || isThere(join(folder, 'bin')))) ||
    (isThere(join(folder, 'nix', 'store')) && isThere(join(folder, 'etc'))) ||
    isThere(join(folder, 'System', 'Library')) ||
    isThere(join(folder, 'Windows', 'System32'))
  );
}

function isThere(path: string): boolean {
  return statOf(path) !== undefined;
}

/** By the name, or by the magic numbers of gzip, zstd, xz, bzip2 and tar (`ustar` at byte 257). */
function isArchive(path: string): boolean {
  if (/\.json(?:\.\w+)?$/i.test(path)) {
    return false;
  }
  if (/\.(?:tar|tgz|txz|tzst|tbz2?)$|\.tar\.\w+$/i.test(path)) {
    return true;
  }
  const head = Buffer.alloc(264);
  let length = 0;
  try {
    const file = openSync(path, 'r');
    try {
      length = readSync(file, head, 0, head.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // What cannot be read is told by whoever reads the whole.
    return false;
  }
  const compression = compressionOf(head.subarray(0, length));
  return (compression !== undefined && compression !== 'zip') || head.toString('latin1', 257, 262) === 'ustar';
}
