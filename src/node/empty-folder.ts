import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let made: string | undefined;

/**
 * A folder of this process with nothing in it, for programs to run in: it holds no project's files, and what a program
 * writes there goes when the process ends.
 *
 * @param otherwise where none can be made
 */
export function emptyFolder(otherwise: string): string {
  if (made === undefined) {
    try {
      const folder = mkdtempSync(join(tmpdir(), 'lockstep-run-'));
      process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
      made = folder;
    } catch {
      made = otherwise;
    }
  }
  return made;
}
