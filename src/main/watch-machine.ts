import { type FSWatcher, watch } from 'node:fs';
import type { PathEntry } from '../core/model/snapshot';

/** An installer writes for a while: so long (milliseconds) after its last file, it is done. */
const settle = 1_200;

/** PATH has a dozen folders; of one with thousands, the first are watched. */
const most = 64;

export interface MachineWatcher {
  /** Watches these folders of PATH from now on, and no others. */
  follow(entries: readonly PathEntry[]): void;
}

/** Calls `onChange` when a program came to, or went from, a folder of PATH. */
export function createMachineWatcher(onChange: () => void): MachineWatcher {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;

  function changed(): void {
    clearTimeout(timer);
    timer = setTimeout(onChange, settle);
  }

  function close(path: string): void {
    watchers.get(path)?.close();
    watchers.delete(path);
  }

  return {
    follow: (entries) => {
      const wanted = new Set(
        entries
          .filter(({ state }) => state === 'ok')
          .map(({ path }) => path)
          .slice(0, most),
      );
      for (const path of [...watchers.keys()].filter((one) => !wanted.has(one))) {
        close(path);
      }
      for (const path of wanted) {
        if (watchers.has(path)) {
          continue;
        }
        try {
          const watcher = watch(path, { persistent: false }, changed);
          watcher.on('error', () => close(path));
          watchers.set(path, watcher);
        } catch {
          // No more watches, or a file system without events: the next audit on demand sees it.
        }
      }
      if (wanted.size === 0) {
        clearTimeout(timer);
      }
    },
  };
}
