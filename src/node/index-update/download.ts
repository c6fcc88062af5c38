import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '../../core/model/problem';
import { diskProblem, isDiskError } from '../disk-problem';
import { type HttpClient, networkProblem } from './http';

/** The real file has about 10 MB. */
const MAX_BYTES = 200 * 1024 * 1024;
const ATTEMPTS = 5;

/** What is downloaded, and where to. */
export interface Download {
  readonly url: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  /** The file to write; what is there already is gone on with. */
  readonly path: string;
  /** Told how many bytes are there, of how many. */
  readonly onProgress?: ((bytes: number, total: number | undefined) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds before the second attempt; doubles with each. */
  readonly delay?: number;
}

/**
 * Downloads a file, going on where an earlier attempt or an earlier process stopped, and checks it.
 *
 * @throws ProblemError `network` (what was received stays, for the next time), `download-refused`, `download-broken`
 */
export async function downloadFile(http: HttpClient, download: Download): Promise<void> {
  const { path, sha256, delay = 500 } = download;
  for (let attempt = 1; ; attempt++) {
    try {
      await receiveRest(http, download);
      break;
    } catch (error) {
      download.signal?.throwIfAborted();
      if (attempt === ATTEMPTS || (error instanceof ProblemError && error.problem.code !== 'network')) {
        throw error;
      }
      await wait(delay * 2 ** (attempt - 1), undefined, { ...(download.signal && { signal: download.signal }) });
    }
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  if (hash.digest('hex') !== sha256) {
    await rm(path, { force: true });
    throw new ProblemError({
      code: 'download-broken',
      message: `${download.url} is not what its checksum says.`,
      hint: 'Run the same again; if it stays so, the server or a proxy on the way changes files.',
    });
  }
}

async function receiveRest(http: HttpClient, { url, path, onProgress, signal }: Download): Promise<void> {
  const have = sizeOf(path);
  const answer = await http.get(url, have > 0 ? { range: `bytes=${have}-` } : {}, signal);
  if (answer.status === 416) {
    // Nothing after what is there: complete, or, as the checksum will tell, something else.
    await answer.body?.cancel();
    return;
  }
  if (answer.status !== 200 && answer.status !== 206) {
    await answer.body?.cancel();
    throw refused(url, `status ${answer.status}`, answer.status >= 500 || answer.status === 429);
  }
  const encoding = answer.headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity') {
    // Its bytes are not the ones that the checksum is of, and a range of them is no range of the file.
    await answer.body?.cancel();
    throw refused(url, `it is sent as ${encoding}, which was not asked for`, false);
  }
  const from = answer.status === 206 ? rangeStart(answer.headers.get('content-range'), have, url) : 0;
  const length = Number(answer.headers.get('content-length') ?? Number.NaN);
  const total = Number.isNaN(length) ? undefined : from + length;
  if (total !== undefined && total > MAX_BYTES) {
    await answer.body?.cancel();
    throw refused(url, `it has ${total} bytes`, false);
  }
  let bytes = from;
  const count = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) {
        throw refused(url, `it has more than ${MAX_BYTES} bytes`, false);
      }
      onProgress?.(bytes, total);
      yield chunk;
    }
  };
  try {
    const file = createWriteStream(path, from > 0 ? { flags: 'a' } : {});
    await pipeline(Readable.from(answer.body ?? []), count, file, { ...(signal && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ProblemError) {
      throw error;
    }
    throw isDiskError(error) ? diskProblem(path, error) : networkProblem(url, error);
  }
  if (total !== undefined && bytes < total) {
    throw networkProblem(url, new Error(`the connection ended after ${bytes} of ${total} bytes`));
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function rangeStart(header: string | null, have: number, url: string): number {
  const start = Number(/^bytes (\d+)-/.exec(header ?? '')?.[1] ?? Number.NaN);
  if (start !== have) {
    throw refused(url, `asked for the bytes from ${have}, the server sends ${header}`, false);
  }
  return start;
}

/** A server that may answer otherwise next time counts as the network. */
function refused(url: string, detail: string, mayChange: boolean): ProblemError {
  return new ProblemError({
    code: mayChange ? 'network' : 'download-refused',
    message: `${new URL(url).host} does not give the list of packages.`,
    hint: 'Try again later, or give another server with --from.',
    detail: `${url}: ${detail}`,
  });
}
