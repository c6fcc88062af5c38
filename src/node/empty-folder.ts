import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Two folders of this process with nothing in them. */
interface EmptyFolders {
  /** For programs to run in: it holds no project's files. */
  readonly work: string;
  /** In place of the user's home folder; undefined where none can be made. */
  readonly home?: string;
}

let made: EmptyFolders | undefined;

/**
 * Where programs run that are asked something, and what they are told to be their home. What they write there goes when
 * the process ends.
 *
 * @param otherwise the folder to run in where none can be made
 */
export function emptyFolders(otherwise: string): EmptyFolders {
  if (made === undefined) {
    try {
      const folder = mkdtempSync(join(tmpdir(), 'lockstep-run-'));
      process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
      const [work, home] = [join(folder, 'work'), join(folder, 'home')];
      mkdirSync(work);
      mkdirSync(home);
      made = { work, home };
    } catch {
      made = { work: otherwise };
    }
  }
  return made;
}
