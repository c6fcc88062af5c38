import { fileURLToPath } from 'node:url';
import { heapForJob, runJob, serveJob } from './deep-stack';
import { loadIndex } from './nixpkgs-index';
import { attemptTarget, type ReadTargetOptions, type TargetReading } from './target';

/** What of {@link ReadTargetOptions} is plain data. */
interface Input extends Omit<ReadTargetOptions, 'index' | 'fs' | 'onProgress' | 'signal' | 'onReadAside'> {
  readonly heap: number;
}

const JOB = 'target';

/**
 * Reads a flake whose programs recurse more deeply than this thread's stack allows, in a thread with a deep one.
 *
 * @param folder with the `flake.nix`
 * @param heap bytes that this thread and that one may use together
 * @returns undefined where the thread cannot be had, or dies
 * @throws the signal's reason when it is aborted
 */
export async function readDeeply(
  options: ReadTargetOptions,
  folder: string,
  heap: number,
): Promise<TargetReading | undefined> {
  const { system, outputs, allSystems, anyConfiguration, keepFailed, now, deadline, signal } = options;
  const plain = { system, outputs, allSystems, anyConfiguration, keepFailed, now, deadline };
  const input: Input = { ...plain, folder, heap: heapForJob(heap) };
  try {
    return await runJob<TargetReading>(JOB, fileURLToPath(import.meta.url), input, signal);
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

serveJob(JOB, ({ heap, ...input }: Input) => attemptTarget({ ...input, index: loadIndex() }, input.folder, heap));
