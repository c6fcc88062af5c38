import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';

/** Standard output or error of this process. */
export interface StandardStream {
  write(text: string | Uint8Array): void;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** Resolves when all that was written has left the process. */
  finished(): Promise<void>;
}

/**
 * Opens standard output or error. Files and pipes are written to at once through their descriptor: Node.js takes some
 * milliseconds to make a stream of one. Terminals get the stream, and so does a pipe that its reader keeps from blocking.
 *
 * @param onError told of what could not be written; without it, that is lost
 */
export function standardStream(
  descriptor: 1 | 2,
  onError: (error: NodeJS.ErrnoException) => void = () => undefined,
): StandardStream {
  let opened: NodeJS.WriteStream | undefined;
  const stream = () => {
    if (opened === undefined) {
      opened = descriptor === 1 ? process.stdout : process.stderr;
      opened.on('error', onError);
    }
    return opened;
  };
  const isTerminal = mayBeTerminal(descriptor) && stream().isTTY === true;
  return {
    isTTY: isTerminal,
    get columns() {
      return isTerminal ? stream().columns : undefined;
    },
    write(text) {
      const rest = opened === undefined ? writeNow(descriptor, Buffer.from(text as string), onError) : text;
      if (rest.length > 0) {
        stream().write(rest);
      }
    },
    finished: () =>
      opened === undefined ? Promise.resolve() : new Promise((resolve) => opened?.write('', () => resolve())),
  };
}

/** Asked before the module for terminals is loaded. Most of what is no terminal is told by its kind. */
function mayBeTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && (process.platform === 'win32' || stats.rdev !== statSync(devNull).rdev);
  } catch {
    return false;
  }
}

/** Writes as much as goes without waiting, and gives what is left. */
function writeNow(descriptor: number, bytes: Buffer, onError: (error: NodeJS.ErrnoException) => void): Buffer {
  let left = bytes;
  try {
    while (left.length > 0) {
      left = left.subarray(writeSync(descriptor, left));
    }
  } catch (error) {
    const known = error as NodeJS.ErrnoException;
    if (known.code === 'EAGAIN') {
      return left;
    }
    onError(known);
  }
  return left.subarray(left.length);
}
