import {
  appendFileSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ProblemError } from '../core/model/problem';
import { codeOf, reasonOf } from './file-reasons';
import { replaceFile, writeAll } from './replace-file';

/**
 * Writes what a user asked for to where they said: as a whole ({@link replaceFile}), through links. What is not a regular
 * file (`/dev/stdout`, a pipe) is written straight.
 *
 * @throws ProblemError `output-not-written`
 */
export function writeOutput(path: string, content: string | Uint8Array): void {
  try {
    const place = placeOf(path);
    const stat = statSync(place, { throwIfNoEntry: false });
    if (stat === undefined || stat.isFile()) {
      replaceFile(place, content, { mode: 0o666 });
    } else {
      writeStraight(stat.isFIFO() ? openPipe(place) : openSync(place, 'w'), content);
    }
  } catch (error) {
    throw notWritten(path, error);
  }
}

function writeStraight(file: number, content: string | Uint8Array): void {
  try {
    writeAll(file, content);
  } finally {
    closeSync(file);
  }
}

/**
 * Adds to the end of a file.
 *
 * @throws ProblemError `output-not-written`
 */
export function appendText(path: string, text: string): void {
  try {
    appendFileSync(path, text);
  } catch (error) {
    throw notWritten(path, error);
  }
}

function notWritten(path: string, error: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'output-not-written',
      message: `${path} could not be written: ${reasonOf(error)}.`,
      hint: 'Choose a file in a folder that exists and that you may write to.',
      detail: error instanceof Error ? error.message : String(error),
    },
    { cause: error },
  );
}

/** Where a path leads; a link whose target is not there yet leads to where it will be. */
function placeOf(path: string): string {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    return path;
  }
  try {
    return realpathSync(path);
  } catch (error) {
    if (!stat.isSymbolicLink() || codeOf(error) !== 'ENOENT') {
      throw error;
    }
    return resolve(dirname(path), readlinkSync(path));
  }
}

/** Opening a pipe waits until somebody reads from it, maybe for ever: it is refused when nobody does yet. */
function openPipe(path: string): number {
  // Kept open meanwhile, or the reader would take its end for the end of all.
  const first = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    return openSync(path, 'w');
  } finally {
    closeSync(first);
  }
}
