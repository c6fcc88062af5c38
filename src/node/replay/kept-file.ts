import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRecord } from '../../core/is-record';
import { writeCacheFile } from '../cache-file';
import { removeQuietly } from '../remove-quietly';
import { type Answers, isAnswers } from './answers';
import { textMark } from './text-mark';

/** Raised when what is kept changes its meaning. */
const FORMAT = 'lockstep-kept 2';
const LIMIT = 16 * 1024 * 1024;
/** Files that are kept; the oldest go first. */
const MOST_FILES = 32;

/** A document with what it was made from. */
export interface Kept {
  readonly answers: Answers;
  readonly document: object;
}

/**
 * Reads what was kept under a key; undefined where there is nothing, or nothing to be trusted: another user's file, one
 * that others may write to, one that was cut or changed.
 */
export function readKept(path: string, key: string): Kept | undefined {
  try {
    const bytes = readOwn(path);
    const end = bytes.indexOf('\n');
    const rest = bytes.subarray(end + 1);
    if (bytes.toString('latin1', 0, end) !== headOf(rest)) {
      return undefined;
    }
    const [ofKey, answers, document] = rest
      .toString()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    return ofKey === key && isAnswers(answers) && isRecord(document) ? { answers, document } : undefined;
  } catch {
    // Whatever is wrong with it: everything is read afresh, and the file is written anew.
    return undefined;
  }
}

/** Keeps it as files of the cache are written: a failure only means that all is read again next time. */
export function writeKept(path: string, key: string, { answers, document }: Kept): void {
  const rest = [key, answers, document].map((part) => JSON.stringify(part)).join('\n');
  const text = `${headOf(rest)}\n${rest}`;
  if (text.length > LIMIT) {
    return;
  }
  removeOldest(dirname(path));
  writeCacheFile(path, text);
}

function headOf(rest: string | Uint8Array): string {
  return `${FORMAT} ${textMark(rest)}`;
}

/** @throws for what is not a file of this user's own, of a size that we write */
function readOwn(path: string): Buffer {
  // A link, or a FIFO that nobody writes to, is none of ours.
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    const isOurs = process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0);
    if (!stats.isFile() || !isOurs || stats.size > LIMIT) {
      throw new Error('not a file of ours');
    }
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

function removeOldest(folder: string): void {
  try {
    const files = readdirSync(folder).map((name) => join(folder, name));
    const byAge = files
      .map((path) => ({ path, age: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
      .sort((one, other) => other.age - one.age);
    for (const { path } of byAge.slice(MOST_FILES - 1)) {
      removeQuietly(path);
    }
  } catch {
    // The folder is made with the first file.
  }
}
