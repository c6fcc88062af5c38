import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { collectGarbage, heapInUse } from './heap';

/**
 * JavaScript's own stack (1 MB) holds a few thousand calls of an interpreted language. A worker's stack can be made as
 * large as is wanted: its pages are only used when they are reached.
 */
const STACK_MB = 160;
const HEAP_MB = 320;
/** What the thread's heap holds besides values: programs, and what is being moved when it is collected. */
const ASIDE_MB = 60;

interface Job {
  readonly lockstepJob: string;
  readonly input: unknown;
}

/**
 * Runs the job of another module in a thread with a deep stack and a bounded heap. The module is one that calls
 * {@link serveJob} with the same name.
 *
 * @param file path or URL of the module
 * @param input plain data, copied
 * @param signal ends the thread
 * @throws Error when the thread dies, such as for want of memory
 * @throws the signal's reason when it is aborted
 */
export function runJob<T>(name: string, file: string | URL, input: unknown, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      workerData: { lockstepJob: name, input } satisfies Job,
      resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.once('message', (result: T) => {
      resolve(result);
      void worker.terminate();
    });
    signal?.addEventListener('abort', () => {
      reject(signal.reason);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker ended with code ${code}`)));
  });
}

/**
 * Bytes that a job may have on its heap when this thread and the job are to have so many together, once what this one
 * does not need is collected.
 */
export function heapForJob(together: number): number {
  collectGarbage();
  return Math.min(Math.max(together - heapInUse(), together / 2), (HEAP_MB - ASIDE_MB) << 20);
}

/** In a module that {@link runJob} starts: does the job when this thread was started for it, else nothing. */
export function serveJob<I, O>(name: string, work: (input: I) => O): void {
  const data = workerData as Partial<Job> | null;
  if (!isMainThread && data?.lockstepJob === name) {
    parentPort?.postMessage(work(data.input as I));
  }
}
