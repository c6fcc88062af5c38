import { readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { codeOf } from '../node/file-reasons';
import { makeFolder } from '../node/make-folder';
import { replaceFile } from '../node/replace-file';

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
    if (codeOf(error) === 'ENOENT') {
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
 * Writes a file of the app's own, in a folder that is made when it is not there: the old one or the new one after a crash.
 *
 * @throws what the file system says
 */
export function writeOwnFile(path: string, text: string): void {
  makeFolder(dirname(path));
  replaceFile(path, text);
}
