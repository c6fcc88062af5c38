import * as fs from 'node:fs';

const PIECE = 1024 * 1024;
/** Milliseconds between two looks into a pipe that has nothing yet. */
const PATIENCE = 10;

/**
 * The bytes of a file that somebody named, which may be a pipe (`<(ssh host lockstep snapshot --json)`); devices that
 * never end are read to the limit. A pipe that nobody writes to is empty rather than waited for.
 *
 * @returns undefined where there are more than `limit`
 * @throws what `node:fs` throws
 */
export function readBounded(path: string, limit: number): Buffer | undefined {
  const handle = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const { size } = fs.fstatSync(handle);
    const pieces: Buffer[] = [];
    let length = 0;
    while (length <= limit) {
      const piece = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, size > length ? size - length : PIECE)));
      const count = readSome(handle, piece);
      if (count === 0) {
        return Buffer.concat(pieces, length);
      }
      pieces.push(piece.subarray(0, count));
      length += count;
    }
    return undefined;
  } finally {
    fs.closeSync(handle);
  }
}

function readSome(handle: number, piece: Buffer): number {
  for (;;) {
    try {
      return fs.readSync(handle, piece, 0, piece.length, null);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE);
    }
  }
}
