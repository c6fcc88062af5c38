import { lstatSync, type Stats, statSync } from 'node:fs';

/** What says that nothing can be at a path: also one that leads through a file, is too long, or goes in circles. */
const NOTHING_THERE: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);

/**
 * What is at a path that a user gave, behind symbolic links; undefined when nothing can be there.
 *
 * @throws Node's error where that cannot be told: a folder above may not be read
 */
export function statOf(path: string): Stats | undefined {
  return orNothing(() => statSync(path, { throwIfNoEntry: false }));
}

/** The same for a symbolic link itself. */
export function linkStatOf(path: string): Stats | undefined {
  return orNothing(() => lstatSync(path, { throwIfNoEntry: false }));
}

function orNothing(look: () => Stats | undefined): Stats | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOTHING_THERE.has(error.code)) {
      return undefined;
    }
    throw error;
  }
}
