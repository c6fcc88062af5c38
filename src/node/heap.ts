import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A collection that leaves more than this share of what is enough would soon be needed again. */
const WORTHWHILE = 0.75;

/**
 * Measures what an evaluation has on the heap, for `EvaluatorOptions.memory`. The engine lets what nobody needs lie for
 * as long as it has room: where more is in use than is enough, that is collected before it counts.
 *
 * @param before bytes that were in use when the evaluation began, and are not its own
 */
export function heapMeter(before = 0): (enough: number) => number {
  let worthwhile = true;
  return (enough) => {
    const used = heapInUse() - before;
    if (used <= enough || !worthwhile) {
      return used;
    }
    collectGarbage();
    const left = heapInUse() - before;
    worthwhile = left <= enough * WORTHWHILE;
    return left;
  };
}

/** Bytes of this thread's heap that are in use, or were and have not been collected yet. */
export function heapInUse(): number {
  return getHeapStatistics().used_heap_size;
}

/** Frees what nobody needs any more. V8 gives the function for it only where a flag is set, to contexts made from then on. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  try {
    const collect: unknown = runInNewContext('globalThis.gc');
    if (typeof collect === 'function') {
      collect();
    }
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}
