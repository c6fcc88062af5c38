import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Node's own way (`recursive`) goes on for ever where a file system refuses with
 * "no such file", as /proc does.
 *
 * @throws what the file system says
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    return;
  }
  const above = dirname(path);
  if (above !== path) {
    makeFolder(above, mode);
  }
  try {
    mkdirSync(path, mode);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isDirectory()) {
      // Fails as whatever uses a file as a folder does: that it exists is not what is wrong with it.
      readdirSync(path);
    }
    if (there?.isDirectory() !== true) {
      throw error;
    }
  }
}
