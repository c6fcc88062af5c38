import { type FSWatcher, watch } from 'node:fs';

/** Files whose change means another target. */
const watched = new Set(['flake.nix', 'flake.lock', 'lockstep.toml']);

/** Editors write in several steps; this long (milliseconds) after the last one, the change is over. */
const settle = 250;

export interface FlakeWatcher {
  /** Watches this folder from now on, and no other; `undefined` watches none. */
  follow(folder: string | undefined): void;
}

/** Calls `onChange` when the flake in the folder that is followed has changed. */
export function createFlakeWatcher(onChange: (folder: string) => void): FlakeWatcher {
  let followed: string | undefined;
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;

  function stop(): void {
    clearTimeout(timer);
    watcher?.close();
    watcher = undefined;
  }

  return {
    follow: (folder) => {
      if (folder === followed) {
        return;
      }
      stop();
      followed = folder;
      if (folder === undefined) {
        return;
      }
      try {
        watcher = watch(folder, { persistent: false }, (_kind, name) => {
          if (name !== null && watched.has(name)) {
            clearTimeout(timer);
            timer = setTimeout(() => onChange(folder), settle);
          }
        });
        watcher.on('error', stop);
      } catch {
        // A folder that cannot be watched (gone, or on a file system without events) is audited on demand only.
      }
    },
  };
}
