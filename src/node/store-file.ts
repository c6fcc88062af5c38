import {
  appendFileSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ProblemError } from '../core/model/problem';
import { DOCUMENT_BYTES_LIMIT, type LockstepDocument, readDocument } from '../core/report/read-document';
import { compressionOf, decodeText } from './decode-text';

/**
 * Writes a file so that a reader sees the old content or the new one, never a part: to a temporary file beside it, synced,
 * renamed. What is not a regular file (`/dev/stdout`, a pipe) is written straight.
 *
 * @throws ProblemError `output-not-written`
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  let temporary: string | undefined;
  try {
    const place = placeOf(path);
    const stat = statSync(place, { throwIfNoEntry: false });
    const isSpecial = stat !== undefined && !stat.isFile();
    temporary = isSpecial ? undefined : join(dirname(place), `.${basename(place)}.${process.pid}.tmp`);
    const file = stat?.isFIFO() === true ? openPipe(place) : openSync(temporary ?? place, 'w', 0o644);
    try {
      writeAll(file, content);
      if (temporary !== undefined) {
        fsyncSync(file);
      }
    } finally {
      closeSync(file);
    }
    if (temporary !== undefined) {
      renameSync(temporary, place);
    }
  } catch (error) {
    if (temporary !== undefined) {
      rmSync(temporary, { force: true });
    }
    throw notWritten(path, error);
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

/**
 * Reads a snapshot, target or audit from a file.
 *
 * @throws ProblemError `document-not-read`, and whatever {@link readDocument} finds
 */
export function readDocumentFile(path: string): LockstepDocument {
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > DOCUMENT_BYTES_LIMIT) {
      throw new ProblemError({
        code: 'document-too-large',
        message: `${path} is larger than 64 MiB, which no snapshot or audit is.`,
        hint: 'Give a file that "lockstep snapshot --json" or "lockstep audit --json" wrote.',
      });
    }
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof ProblemError) {
      throw error;
    }
    throw new ProblemError(
      {
        code: 'document-not-read',
        message: `${path} could not be read: ${reasonOf(error)}.`,
        hint: 'Check the name, and that you may read it.',
      },
      { cause: error },
    );
  }
  const compression = compressionOf(bytes);
  if (compression !== undefined) {
    throw new ProblemError({
      code: 'document-compressed',
      message: `${path} is compressed with ${compression}.`,
      hint: 'Unpack it first: a snapshot, target or audit is read as plain JSON.',
    });
  }
  return readDocument(decodeText(bytes), path);
}

function writeAll(file: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
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

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EISDIR: 'it is a folder',
  ENXIO: 'it is a pipe or device that nobody reads from',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

/** Why a file could not be read or written, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? (code === '' ? 'it failed' : code);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
