import { renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder';
import { removeQuietly } from './remove-quietly';

/**
 * Writes a file of the cache for the eyes of the user only: whole or not at all, so that no reader sees half of it. A
 * failure only means that what it would have told is found out again.
 */
export function writeCacheFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path), 0o700);
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
  } catch {
    removeQuietly(temporary);
  }
}
