import { Duplex, pipeline, Transform, type TransformCallback } from 'node:stream';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { frameCutter } from './zstd-frames';

/** Bytes given to the decoder at a time: it calls itself once for each frame that ends within. */
const PIECE = 16_384;

/** A stream that decompresses zstd (RFC 8878), all of its frames: Node.js' own since 22.15, in JavaScript before. */
export function createZstdDecoder(): Duplex {
  const native = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;
  if (native === undefined) {
    return createPlainZstdDecoder();
  }
  const writable = cutAtFrames();
  // Whoever reads is told of a failure by what they read from.
  const readable = pipeline(writable, native(), () => undefined);
  return Duplex.from({ writable, readable });
}

/** Node.js' own decoder passes over what follows a frame in the same piece, and in some versions over a frame's missing end. */
function cutAtFrames(): Transform {
  const { cut, isWhole } = frameCutter();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      guard(done, () => {
        for (const piece of cut(chunk)) {
          this.push(piece);
        }
      });
    },
    flush: (done) => done(isWhole() ? null : new Error('unexpected end of data')),
  });
}

/** The decoder in JavaScript: frames one after the other, skippable ones too; dictionaries are not known to it. */
export function createPlainZstdDecoder(): Transform {
  const decoder = new Decompress();
  const frames = frameCutter();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      decoder.ondata = (data) => this.push(data);
      guard(done, () => {
        // It takes the memory that a frame's window wants before it gives a byte.
        frames.cut(chunk);
        for (let at = 0; at < chunk.length; at += PIECE) {
          decoder.push(chunk.subarray(at, at + PIECE));
        }
      });
    },
    flush(done) {
      decoder.ondata = (data) => data.length > 0 && this.push(data);
      guard(done, () => decoder.push(new Uint8Array(0), true));
    },
  });
}

function guard(done: TransformCallback, work: () => void): void {
  try {
    work();
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}
