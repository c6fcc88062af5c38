import { lstatSync, type Stats, statSync } from 'node:fs';
import { ProblemError } from '../core/model/problem';
import { codeOf, reasonOf } from './file-reasons';

/** What says that nothing can be at a path: also one that leads through a file, is too long, or goes in circles. */
const NOTHING_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);

/**
 * What is at a path that a user gave, behind symbolic links; undefined when nothing can be there.
 *
 * @throws ProblemError `path-unreadable` where that cannot be told: a folder above may not be entered
 */
export function statOf(path: string): Stats | undefined {
  return look(path, statSync);
}

/** The same for a symbolic link itself. */
export function linkStatOf(path: string): Stats | undefined {
  return look(path, lstatSync);
}

function look(path: string, stat: typeof statSync | typeof lstatSync): Stats | undefined {
  try {
    return stat(path, { throwIfNoEntry: false });
  } catch (error) {
    if (NOTHING_THERE.has(codeOf(error))) {
      return undefined;
    }
    throw new ProblemError(
      {
        code: 'path-unreadable',
        message: `${path} could not be looked at: ${reasonOf(error)}.`,
        hint: 'Check the permissions of the folders that lead to it, or ask their owner.',
      },
      { cause: error },
    );
  }
}
