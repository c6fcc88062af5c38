import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { removeQuietly } from './remove-quietly';

/**
 * Writes a file so that a reader sees the old content or the new one, never a part: to a temporary file beside it, which
 * takes its place. Whatever fails, nothing is left beside it.
 *
 * @param mode permission bits of the file; for its owner only when left out
 * @param isSynced whether the bytes must be on the disk first, so that a crash leaves one of the two, too
 * @throws what the file system says
 */
export function replaceFile(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, isSynced = true }: { readonly mode?: number; readonly isSynced?: boolean } = {},
): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    // What a process with this number left behind, or a link that somebody laid there, is not written through.
    removeQuietly(temporary);
    const file = openSync(temporary, 'wx', mode);
    try {
      writeAll(file, content);
      if (isSynced) {
        fsyncSync(file);
      }
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

/** Writes all of it to an open file, however little is taken at a time. */
export function writeAll(file: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
}
