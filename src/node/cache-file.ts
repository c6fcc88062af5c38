import { dirname } from 'node:path';
import { makeFolder } from './make-folder';
import { replaceFile } from './replace-file';

/**
 * Writes a file of the cache for the eyes of the user only. A failure only means that what it would have told is found out
 * again, and so does a crash.
 */
export function writeCacheFile(path: string, text: string): void {
  try {
    makeFolder(dirname(path), 0o700);
    replaceFile(path, text, { isSynced: false });
  } catch {
    // Found out again.
  }
}
