import { ProblemError } from '../core/model/problem';
import { DOCUMENT_BYTES_LIMIT, type LockstepDocument, readDocument } from '../core/report/read-document';
import { readBounded } from './bounded-file';
import { compressionOf, decodeText } from './decode-text';
import { reasonOf } from './file-reasons';

/**
 * Reads a snapshot, target or audit from a file.
 *
 * @throws ProblemError `document-not-read`, and whatever {@link readDocument} finds
 */
export function readDocumentFile(path: string): LockstepDocument {
  let bytes: Uint8Array;
  try {
    const read = readBounded(path, DOCUMENT_BYTES_LIMIT);
    if (read === undefined) {
      throw new ProblemError({
        code: 'document-too-large',
        message: `${path} is larger than 64 MiB, which no snapshot or audit is.`,
        hint: 'Give a file that "lockstep snapshot --json" or "lockstep audit --json" wrote.',
      });
    }
    bytes = read;
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
