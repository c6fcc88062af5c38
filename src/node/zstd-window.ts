/** What decoders hold in memory at most, unless they are told otherwise: zstd's own limit. */
const MOST = 128 * 1024 * 1024;
const MAGIC = 0xfd2fb528;
/** Bytes of a frame's dictionary id and content size, by the flags of its descriptor. */
const ID_BYTES = [0, 1, 2, 4] as const;
const SIZE_BYTES = [0, 2, 4, 8] as const;

/** Node.js' own decoder gives its error the same code. */
const TOO_LARGE = 'ZSTD_error_frameParameter_windowTooLarge';

/** Whether an error says that a stream wants more memory than a decoder gives. */
export function isWindowTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === TOO_LARGE;
}

/**
 * Looks at the frames of a zstd stream as it goes by, and throws where one wants a larger window than 128 MiB: a decoder
 * takes that much memory before it gives a byte. Source: RFC 8878, "Zstandard Frames".
 */
export function windowGuard(): (chunk: Uint8Array) => void {
  let head: number[] = [];
  let skip = 0;
  let hasChecksum = false;
  let isInFrame = false;
  let isOver = false;
  const next = (length: number, inFrame: boolean) => {
    head = [];
    skip = length;
    isInFrame = inFrame;
  };
  const readFrame = () => {
    if (head.length < 5) {
      return;
    }
    const magic = littleEndian(head, 0, 4);
    if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) {
      if (head.length === 8) {
        next(littleEndian(head, 4, 4), false);
      }
      return;
    }
    const descriptor = head[4]!;
    const isSingle = (descriptor & 0x20) !== 0;
    const flag = descriptor >> 6;
    const sizeAt = 5 + (isSingle ? 0 : 1) + ID_BYTES[(descriptor & 3) as 0]!;
    const sizeBytes = flag === 0 && isSingle ? 1 : SIZE_BYTES[flag as 0]!;
    if (magic !== MAGIC) {
      isOver = true;
    } else if (head.length === sizeAt + sizeBytes) {
      const window = isSingle ? littleEndian(head, sizeAt, sizeBytes) : windowOf(head[5]!);
      if (window > MOST) {
        throw Object.assign(new Error(`a window of ${window} bytes`), { code: TOO_LARGE });
      }
      hasChecksum = (descriptor & 4) !== 0;
      next(0, true);
    }
  };
  const readBlock = () => {
    if (head.length === 3) {
      const word = littleEndian(head, 0, 3);
      const isLast = (word & 1) !== 0;
      const isRepeated = ((word >> 1) & 3) === 1;
      next((isRepeated ? 1 : word >> 3) + (isLast && hasChecksum ? 4 : 0), !isLast);
    }
  };
  return (chunk) => {
    for (let at = 0; at < chunk.length && !isOver; ) {
      const passed = Math.min(skip, chunk.length - at);
      at += passed;
      skip -= passed;
      if (at < chunk.length && skip === 0) {
        head.push(chunk[at]!);
        at += 1;
        (isInFrame ? readBlock : readFrame)();
      }
    }
  };
}

function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

function littleEndian(bytes: readonly number[], at: number, length: number): number {
  let value = 0;
  for (let index = length - 1; index >= 0; index--) {
    value = value * 256 + (bytes[at + index] ?? 0);
  }
  return value;
}
