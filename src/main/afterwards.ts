/** Long enough for the window to show what has just come (milliseconds). */
const delay = 400;

export interface Afterwards {
  /** Runs something soon, when the window no longer waits for the main process. */
  do(work: () => void): void;
  /** Runs what is left, at once: the application ends. */
  finish(): void;
}

/** Keeps writing to the disk, which waits for the disk, out of the moments that a user feels. */
export function createAfterwards(): Afterwards {
  const waiting = new Map<() => void, NodeJS.Timeout>();
  return {
    do: (work) => {
      const timer = setTimeout(() => {
        waiting.delete(work);
        work();
      }, delay);
      waiting.set(work, timer);
    },
    finish: () => {
      for (const [work, timer] of waiting) {
        clearTimeout(timer);
        work();
      }
      waiting.clear();
    },
  };
}
