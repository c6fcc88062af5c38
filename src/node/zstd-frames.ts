/** What comes next in a stream: bytes to look at, bytes to pass over, or nothing, at the end of a frame. */
type Step = { readonly look: number; readonly isStart?: true } | { readonly pass: number } | 'end';

/** What decoders hold in memory at most, unless they are told otherwise: zstd's own limit. */
const MOST_WINDOW = 128 * 1024 * 1024;
/** Node.js' own decoder gives its error the same code. */
const TOO_LARGE = 'ZSTD_error_frameParameter_windowTooLarge';

/** Whether an error says that a stream wants more memory than a decoder gives. */
export function isWindowTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === TOO_LARGE;
}

const FRAME = 0xfd2fb528;
/** Any of sixteen. */
const SKIPPABLE = 0x184d2a50;
/** Bytes of a dictionary's number, and of the size of the content, by what the descriptor says. */
const DICTIONARY_BYTES = [0, 1, 2, 4] as const;
const CONTENT_BYTES = [0, 2, 4, 8] as const;

/** Goes along the frames of a zstd stream (RFC 8878, 3.1), looking at their headers and those of their blocks only. */
function* frames(): Generator<Step, never, Buffer> {
  for (;;) {
    const magic = (yield { look: 4, isStart: true }).readUInt32LE();
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      yield { pass: (yield { look: 4 }).readUInt32LE() };
    } else if (magic === FRAME) {
      const descriptor = (yield { look: 1 })[0]!;
      const isSingle = (descriptor & 0x20) !== 0;
      const dictionary = DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3];
      const content = CONTENT_BYTES[(descriptor >> 6) as 0 | 1 | 2 | 3] || (isSingle ? 1 : 0);
      const header = yield { look: (isSingle ? 0 : 1) + dictionary + content };
      refuseLarge(isSingle ? littleEndian(header.subarray(dictionary)) : windowOf(header[0]!));
      for (let isLast = false; !isLast; ) {
        const block = (yield { look: 3 }).readUIntLE(0, 3);
        // A byte that is repeated stands there once.
        yield { pass: ((block >> 1) & 3) === 1 ? 1 : block >> 3 };
        isLast = (block & 1) === 1;
      }
      yield { pass: (descriptor & 4) === 0 ? 0 : 4 };
    } else {
      // No zstd: whoever decodes it says so.
      yield { pass: Number.POSITIVE_INFINITY };
    }
    yield 'end';
  }
}

function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

/** A decoder takes as much memory as the window of a frame before it gives a byte. */
function refuseLarge(window: number): void {
  if (window > MOST_WINDOW) {
    throw Object.assign(new Error(`a window of ${window} bytes`), { code: TOO_LARGE });
  }
}

export interface FrameCutter {
  /**
   * Takes the next piece of the stream, and gives it in pieces that do not reach beyond the end of a frame.
   *
   * @throws Error {@link isWindowTooLarge} where a frame wants a larger window than 128 MiB
   */
  readonly cut: (piece: Uint8Array) => readonly Uint8Array[];
  /** Whether the stream may end here: between frames. */
  readonly isWhole: () => boolean;
}

/** Cuts a zstd stream where its frames end. */
export function frameCutter(): FrameCutter {
  const steps = frames();
  let step = steps.next().value;
  let seen = Buffer.alloc(0);
  let passed = 0;
  function cut(piece: Uint8Array): readonly Uint8Array[] {
    const pieces: Uint8Array[] = [];
    let from = 0;
    for (let at = 0; ; ) {
      if (step === 'end') {
        pieces.push(piece.subarray(from, at));
        from = at;
        step = steps.next(seen).value;
      } else if ('look' in step) {
        const taken = piece.subarray(at, at + step.look - seen.length);
        seen = Buffer.concat([seen, taken]);
        at += taken.length;
        if (seen.length < step.look) {
          break;
        }
        step = steps.next(seen).value;
        seen = Buffer.alloc(0);
      } else {
        const more = Math.min(step.pass - passed, piece.length - at);
        passed += more;
        at += more;
        if (passed < step.pass) {
          break;
        }
        passed = 0;
        step = steps.next(seen).value;
      }
    }
    return from < piece.length ? [...pieces, piece.subarray(from)] : pieces;
  }
  return {
    cut,
    isWhole: () => step !== 'end' && 'look' in step && step.isStart === true && seen.length === 0,
  };
}
