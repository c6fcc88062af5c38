/** What would go on after this process was told to end: how to stop each. */
const stops = new Set<() => void>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let isWanted = false;

/**
 * From now on, a signal that ends this process ends the programs that it runs as well. They have process groups of their
 * own, which a terminal's Ctrl-C does not reach. For the command line: an app has its own way to quit.
 */
export function stopProgramsOnSignals(): void {
  isWanted = true;
}

/**
 * Has something stopped when a signal ends this process. Signals are listened to only meanwhile: a listener waits for
 * work that does not wait, and without one they end it at once.
 *
 * @returns to be called when there is nothing to stop any more
 */
export function stopOnSignal(stop: () => void): () => void {
  if (!isWanted) {
    return () => undefined;
  }
  if (stops.size === 0) {
    for (const signal of SIGNALS) {
      process.on(signal, endBy);
    }
  }
  stops.add(stop);
  return () => {
    if (stops.delete(stop) && stops.size === 0) {
      stopListening();
    }
  };
}

function endBy(signal: NodeJS.Signals): void {
  stopListening();
  for (const stop of [...stops]) {
    stop();
  }
  // As if nobody had listened: whoever started this process sees what ended it.
  process.kill(process.pid, signal);
}

function stopListening(): void {
  for (const signal of SIGNALS) {
    process.off(signal, endBy);
  }
}
