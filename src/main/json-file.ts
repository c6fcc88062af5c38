import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { makeFolder } from '../node/make-folder';

export type JsonRead<T> =
  | { readonly state: 'ok'; readonly value: T }
  | { readonly state: 'absent' }
  /** Not JSON, or not of the schema: the file now has the name `setAside`. */
  | { readonly state: 'broken'; readonly reason: string; readonly setAside: string };

/**
 * Reads and checks a JSON file. A broken one is renamed, never overwritten, so that nothing of the user's is lost.
 *
 * @param now for the name under which a broken file is set aside
 */
export function readJsonFile<T>(path: string, schema: v.GenericSchema<unknown, T>, now: Date): JsonRead<T> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) {
      return { state: 'absent' };
    }
    return setAside(path, String(error), now);
  }
  try {
    return { state: 'ok', value: v.parse(schema, JSON.parse(text)) };
  } catch (error) {
    return setAside(path, error instanceof Error ? error.message : String(error), now);
  }
}

function setAside(path: string, reason: string, now: Date): JsonRead<never> {
  const name = `${path}.broken-${now.toISOString().replaceAll(':', '-')}`;
  try {
    renameSync(path, name);
    return { state: 'broken', reason, setAside: name };
  } catch {
    return { state: 'broken', reason, setAside: path };
  }
}

/**
 * Writes a file so that it is either the old or the new one after a crash: temporary file, sync, rename.
 *
 * @param mode permission bits; only for its owner when left out
 */
export function writeFileAtomically(path: string, data: string | Uint8Array, mode = 0o600): void {
  makeFolder(dirname(path));
  const temporary = `${path}.${process.pid}.tmp`;
  const descriptor = openSync(temporary, 'w', mode);
  try {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
    for (let offset = 0; offset < bytes.length; ) {
      offset += writeSync(descriptor, bytes, offset);
    }
    fsyncSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    rmSync(temporary, { force: true });
    throw error;
  }
  closeSync(descriptor);
  renameSync(temporary, path);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
