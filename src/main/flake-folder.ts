import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/**
 * What a user means by a dropped, chosen or typed path: the folder itself, or the folder of the `flake.nix` or
 * `flake.lock` that it names. A path that does not exist comes back as it is: the audit then says so.
 */
export function flakeFolderOf(path: string, base: string): string {
  const absolute = resolve(base, path);
  const name = basename(absolute);
  if (name !== 'flake.nix' && name !== 'flake.lock') {
    return absolute;
  }
  try {
    return statSync(absolute).isFile() ? dirname(absolute) : absolute;
  } catch {
    return absolute;
  }
}

/** The flake's name in file names: its folder's, without what a file system may refuse. */
export function baseNameOf(folder: string): string {
  const name = basename(folder).replaceAll(/[^0-9A-Za-z._-]+/gu, '-');
  return /^[._-]*$/u.test(name) ? 'flake' : name.slice(0, 80);
}
