import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { JSONParser } from '@streamparser/json';
import { isRecord } from '../../core/is-record';
import { ProblemError } from '../../core/model/problem';

/** The real file has about 150,000. */
const MAX_ATTRIBUTES = 2_000_000;
/** The real file has about 400 MB. */
const MAX_INFLATED = 4 * 1024 ** 3;
/** Real ones have a few thousand bytes. */
const MAX_PACKAGE = 1024 ** 2;

/**
 * Reads which version each attribute has from a channel's `packages.json.br`: brotli over
 * `{"version": 2, "packages": {"python312Packages.numpy": {"version": "1.26.4", …}, …}}`. Inflated and parsed as it
 * streams: what is held is one package, and the versions.
 *
 * @param onProgress told how many attributes were read
 * @returns attribute → version; those without a version are left out
 * @throws ProblemError `packages-broken`
 */
export async function readPackages(
  path: string,
  onProgress?: (attributes: number) => void,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>();
  let attributes = 0;
  let inflated = 0;
  let inflatedAtLast = 0;
  const parser = new JSONParser({ paths: ['$.packages.*', '$.version'], keepStack: false });
  let format: unknown;
  parser.onValue = ({ value, key, stack }) => {
    inflatedAtLast = inflated;
    if (stack.length < 2) {
      format = value;
      return;
    }
    attributes++;
    if (attributes > MAX_ATTRIBUTES) {
      throw broken(path, `more than ${MAX_ATTRIBUTES} attributes`);
    }
    const version = isRecord(value) ? value['version'] : undefined;
    if (typeof key === 'string' && typeof version === 'string' && version !== '') {
      versions.set(key, version);
    }
    if (attributes % 5000 === 0) {
      onProgress?.(attributes);
    }
  };
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      inflated += chunk.length;
      try {
        if (inflated > MAX_INFLATED || inflated - inflatedAtLast > MAX_PACKAGE) {
          throw broken(path, `too large, at ${inflated} bytes`);
        }
        parser.write(chunk);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  try {
    await pipeline(createReadStream(path), createBrotliDecompress(), sink, { ...(signal && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ProblemError ? error : broken(path, error);
  }
  if (!parser.isEnded || format !== 2) {
    throw broken(path, parser.isEnded ? `format ${String(format)}, and 2 is known` : 'it ends early');
  }
  return versions;
}

function broken(path: string, cause: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'packages-broken',
      message: 'The list of packages of the channel cannot be read.',
      hint: 'Run the same again; if it stays so, its format may have changed: update Lockstep.',
      detail: `${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
    },
    { cause },
  );
}
