import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { isCompiled } from '../../bin/lockstep.cjs';

/**
 * Starts a thread that does not keep the application open. A bundle that was compiled in advance for this engine
 * (scripts/lib/compile-app.mjs) is loaded so: it starts in half of the time.
 *
 * @param bundle path of the thread's script
 */
export function startThread(bundle: string): Worker {
  const worker = isCompiled(bundle)
    ? new Worker(join(dirname(bundle), 'thread.cjs'), { workerData: { bundle } })
    : new Worker(bundle);
  worker.unref();
  return worker;
}
