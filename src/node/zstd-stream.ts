import { Transform, type TransformCallback } from 'node:stream';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { windowGuard } from './zstd-window';

/** Bytes given to the decoder at a time: it calls itself once for each frame that ends within. */
const PIECE = 16_384;

/** A stream that decompresses zstd (RFC 8878): Node.js' own since 22.15, in JavaScript before. */
export function createZstdDecoder(): Transform {
  const native = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;
  return native === undefined ? createPlainZstdDecoder() : native();
}

/** The decoder in JavaScript: frames one after the other, skippable ones too; dictionaries are not known to it. */
export function createPlainZstdDecoder(): Transform {
  const decoder = new Decompress();
  const guardWindow = windowGuard();
  const guard = (done: TransformCallback, work: () => void) => {
    try {
      work();
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      decoder.ondata = (data) => this.push(data);
      guard(done, () => {
        guardWindow(chunk);
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
