import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duplex, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import type { ReadAt } from '../core/host/tar';
import { ProblemError } from '../core/model/problem';
import { isWindowTooLarge } from './zstd-frames';
import { createZstdDecoder } from './zstd-stream';

/** Bytes that the inflated layers of one image may have together. */
const INFLATED_LIMIT = 16 * 1024 ** 3;
/** What is small may inflate to this. */
const SMALL = 256 * 1024 ** 2;
/** How many times its size anything larger may inflate to, zeros not counted; file trees compress to a half or a fifth. */
const MAX_RATIO = 100;

/** An open file that is read here and there. */
export interface OpenFile {
  readonly readAt: ReadAt;
  readonly size: number;
  readonly close: () => void;
}

/** A part of a file, as a file. */
export function part(readAt: ReadAt, start: number, size: number): ReadAt {
  return (offset, length) =>
    offset >= size ? new Uint8Array(0) : readAt(start + offset, Math.min(length, size - offset));
}

/** Opens a regular file. Throws what `node:fs` throws, and for pipes and devices, which cannot be read here and there. */
export function openFile(path: string): OpenFile {
  const handle = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  if (!fs.fstatSync(handle).isFile()) {
    fs.closeSync(handle);
    throw new Error('it is a pipe, socket or device, and no file');
  }
  return fromHandle(handle);
}

function fromHandle(handle: number): OpenFile {
  return {
    size: fs.fstatSync(handle).size,
    readAt: (offset, length) => {
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const count = fs.readSync(handle, buffer, filled, length - filled, offset + filled);
        if (count === 0) {
          break;
        }
        filled += count;
      }
      return buffer.subarray(0, filled);
    },
    close: () => fs.closeSync(handle),
  };
}

export type Compression = 'none' | 'gzip' | 'zstd' | 'other';

/** What the first bytes say: gzip (RFC 1952), zstd (RFC 8878, also after a frame to be skipped), xz or bzip2 as `other`. */
export function compressionOf(readAt: ReadAt): Compression {
  const [one, two, three, four] = readAt(0, 4);
  if (one === 0x1f && two === 0x8b) {
    return 'gzip';
  }
  const isFrame = one === 0x28 && two === 0xb5 && three === 0x2f && four === 0xfd;
  if (isFrame || (((one ?? 0) & 0xf0) === 0x50 && two === 0x2a && three === 0x4d && four === 0x18)) {
    return 'zstd';
  }
  return (one === 0xfd && two === 0x37) || (one === 0x42 && two === 0x5a && three === 0x68) ? 'other' : 'none';
}

/**
 * Inflates a part of a file into a temporary one without a name, since an archive is read here and there, and a
 * compressed stream only from its start.
 *
 * @param budget bytes that may still be written; counted down
 * @param onPiece is shown what is read, piece by piece
 * @throws ProblemError `image-compression-unknown`, `image-too-large`, `image-broken`
 */
export async function inflate(
  readAt: ReadAt,
  size: number,
  compression: Exclude<Compression, 'none'>,
  name: string,
  budget: { left: number },
  onPiece: (piece: Uint8Array) => void = () => {},
): Promise<OpenFile> {
  const decoder = createDecoder(compression, name);
  const handle = openUnnamed();
  let allowed = Math.max(SMALL, size * MAX_RATIO);
  let at = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      budget.left -= chunk.length;
      at += chunk.length;
      // A hole: what is full of nothing takes no place on the disk.
      const isHole = isEmpty(chunk);
      allowed -= isHole ? 0 : chunk.length;
      if (budget.left < 0 || allowed < 0) {
        done(tooLarge(name));
      } else if (isHole) {
        done();
      } else {
        fs.write(handle, chunk, 0, chunk.length, at - chunk.length, (error, written) => {
          done(error ?? (written < chunk.length ? Object.assign(new Error('disk full'), { code: 'ENOSPC' }) : null));
        });
      }
    },
  });
  try {
    await pipeline(Readable.from(pieces(readAt, size, onPiece)), decoder, sink);
    fs.ftruncateSync(handle, at);
    return fromHandle(handle);
  } catch (error) {
    fs.closeSync(handle);
    throw error instanceof ProblemError ? error : notInflated(name, error);
  }
}

function isEmpty(chunk: Buffer): boolean {
  return chunk[0] === 0 && chunk.equals(ZEROS.subarray(0, chunk.length));
}

const ZEROS = Buffer.alloc(256 * 1024);

/** A fresh allowance for {@link inflate}. */
export function inflateBudget(): { left: number } {
  return { left: INFLATED_LIMIT };
}

const PIECE = 1024 * 1024;

function* pieces(readAt: ReadAt, size: number, onPiece: (piece: Uint8Array) => void): Generator<Uint8Array> {
  for (let at = 0; at < size; at += PIECE) {
    const piece = readAt(at, Math.min(PIECE, size - at));
    onPiece(piece);
    yield piece;
  }
}

function createDecoder(compression: Exclude<Compression, 'none'>, name: string): Duplex {
  if (compression === 'gzip') {
    return zlib.createGunzip();
  }
  if (compression === 'zstd') {
    return createZstdDecoder();
  }
  throw new ProblemError({
    code: 'image-compression-unknown',
    message: `${name} is compressed with xz or bzip2, which Lockstep does not read.`,
    hint: 'Decompress the file first, or save the image again with "docker save".',
  });
}

/** A file that is gone when it is closed; where open files cannot be removed, when the process ends. */
function openUnnamed(): number {
  const folder = fs.mkdtempSync(join(tmpdir(), 'lockstep-image-'));
  const path = join(folder, 'layer');
  const handle = fs.openSync(path, 'wx+', 0o600);
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  if (process.platform === 'win32') {
    process.once('exit', remove);
  } else {
    remove();
  }
  return handle;
}

function tooLarge(name: string): ProblemError {
  return new ProblemError({
    code: 'image-too-large',
    message: `${name} inflates to more than ${MAX_RATIO} times its size, or than 16 GiB, which is more than Lockstep reads.`,
    hint: 'Check that the file is what you think it is.',
  });
}

function notInflated(name: string, error: unknown): ProblemError {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (isWindowTooLarge(error)) {
    return new ProblemError(
      {
        code: 'image-too-large',
        message: `${name} is compressed with a window of more than 128 MiB, which Lockstep does not hold in memory.`,
        hint: 'Decompress it first: zstd -d --long=31 FILE.',
        detail,
      },
      { cause: error },
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new ProblemError(
      {
        code: 'image-no-space',
        message: `${name} could not be decompressed: there is no space left in ${tmpdir()}.`,
        hint: 'Free some space, or set TMPDIR to a folder on a larger disk.',
        detail,
      },
      { cause: error },
    );
  }
  return new ProblemError(
    {
      code: 'image-broken',
      message: `${name} could not be decompressed: the file is cut off or damaged.`,
      hint: 'Save the image again with "docker save".',
      detail,
    },
    { cause: error },
  );
}
