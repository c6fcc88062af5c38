import { accessSync, constants, lstatSync, type Stats, statSync } from 'node:fs';
import { realPathRaw, systemPath } from '../raw-names';

/** What a path has: undefined where there is nothing, the system's word for an error where it may not be asked. */
export type Found = Stats | string | undefined;

/** Asks the system once. Never throws. */
export function look(path: string, follow: boolean): Found {
  try {
    const place = systemPath(path);
    return follow ? statSync(place, { throwIfNoEntry: false }) : lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    return errorWord(error);
  }
}

/**
 * Tells one state of a path from another, as Git's index does (gitformat-index, "stat" data): another file has another
 * number, and none is written to, renamed or given other permissions without its change time moving, which nobody can set.
 * Of a folder it only counts which one it is: what is in it is another question ({@link contentMark}).
 */
export function markOf(found: Found): string {
  return typeof found === 'object' && !hasContent(found) ? placeMark(found) : contentMark(found);
}

/** Files and links; what is in a device or a pipe is never looked at. */
function hasContent(stats: Stats): boolean {
  return stats.isFile() || stats.isSymbolicLink();
}

/** The same with the times of folders, too: these move when a name comes or goes. */
export function contentMark(found: Found): string {
  return typeof found === 'object'
    ? `${placeMark(found)} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`
    : (found ?? ABSENT);
}

const ABSENT = '-';

function placeMark({ dev, ino, mode, uid, gid }: Stats): string {
  return `${dev} ${ino} ${mode} ${uid} ${gid}`;
}

/** A path with every link resolved. */
export function realMark(path: string): string {
  return attempt(() => realPathRaw(systemPath(path)));
}

/** Whether whoever asks may start a program. */
export function runnableMark(path: string): string {
  return attempt(() => {
    accessSync(systemPath(path), constants.X_OK);
    return 'yes';
  });
}

function attempt(ask: () => string): string {
  try {
    return ask();
  } catch (error) {
    return errorWord(error);
  }
}

function errorWord(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** For how long (milliseconds) after a change another one may leave the same time behind: most file systems; FAT, HFS+. */
const TICK = 100;
const COARSE_TICK = 2000;

/**
 * Whether a change after a moment may leave the same mark behind: what has been changed just before is not to be trusted
 * ("racily clean" in Git). File systems that know whole seconds only give themselves away.
 */
export function isFresh(found: Found, moment: number): boolean {
  if (typeof found !== 'object') {
    return false;
  }
  const { ctimeMs, mtimeMs } = found;
  const tick = ctimeMs % 1000 === 0 && mtimeMs % 1000 === 0 ? COARSE_TICK : TICK;
  return ctimeMs >= moment - tick || (mtimeMs >= moment - tick && mtimeMs <= moment + tick);
}
