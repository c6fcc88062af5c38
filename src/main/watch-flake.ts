import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Audit } from '../core/model/audit';

/** Files whose change means another target, or other pins, wherever they lie. */
const always = /^(?:flake\.lock|lockstep\.toml|.*\.nix)$/u;

/** Editors write in several steps; this long (milliseconds) after the last one, the change is over. */
const settle = 250;

/** A project names few folders; one that names more is watched in the first ones. */
const mostFolders = 40;

interface Watched {
  readonly folder: string;
  /** The last audit: the files that it read are watched, too. */
  readonly audit?: Audit | undefined;
}

export interface FlakeWatcher {
  /** Watches these projects from now on, and no others. */
  follow(projects: readonly Watched[]): void;
}

/**
 * Calls `onChange` with a project's folder when its flake, its lock, its policy or a file that declares a version has
 * changed, and when the folder itself has gone or come back.
 */
export function createFlakeWatcher(onChange: (folder: string) => void): FlakeWatcher {
  const watchers = new Map<
    string,
    { readonly folder: string; readonly watcher: FSWatcher; files: ReadonlySet<string> }
  >();
  /** A folder that goes or comes is seen from the one above: what watches it goes along with it. */
  const above = new Map<string, { readonly watcher: FSWatcher; folders: ReadonlySet<string> }>();
  const timers = new Map<string, NodeJS.Timeout>();
  let wanted: ReadonlyMap<string, { readonly folder: string; readonly files: ReadonlySet<string> }> = new Map();

  function changed(folder: string): void {
    clearTimeout(timers.get(folder));
    timers.set(
      folder,
      setTimeout(() => {
        timers.delete(folder);
        onChange(folder);
      }, settle),
    );
  }

  async function judge(place: string, name: string): Promise<void> {
    const watched = watchers.get(place);
    if (watched === undefined) {
      return;
    }
    if (
      always.test(name) ||
      watched.files.has(name) ||
      (await isPinFile(relative(watched.folder, join(place, name))))
    ) {
      changed(watched.folder);
    }
  }

  function open(place: string, folder: string, files: ReadonlySet<string>): void {
    const known = watchers.get(place);
    if (known !== undefined) {
      known.files = files;
      return;
    }
    try {
      const watcher = watch(place, { persistent: false }, (_kind, name) => {
        if (name !== null) {
          void judge(place, name);
        }
      });
      watcher.on('error', () => close(place));
      watchers.set(place, { folder, watcher, files });
    } catch {
      // A folder that cannot be watched (gone, or on a file system without events) is audited on demand only.
    }
  }

  function close(place: string): void {
    watchers.get(place)?.watcher.close();
    watchers.delete(place);
  }

  function openAbove(place: string, folders: ReadonlySet<string>): void {
    const known = above.get(place);
    if (known !== undefined) {
      known.folders = folders;
      return;
    }
    try {
      const watcher = watch(place, { persistent: false }, (kind, name) => {
        const folder = name === null ? undefined : join(place, name);
        if (kind === 'rename' && folder !== undefined && above.get(place)?.folders.has(folder)) {
          reopen(folder);
          changed(folder);
        }
      });
      watcher.on('error', () => closeAbove(place));
      above.set(place, { watcher, folders });
    } catch {
      // What is in the folder is watched all the same.
    }
  }

  function closeAbove(place: string): void {
    above.get(place)?.watcher.close();
    above.delete(place);
  }

  /** Watches what has the name of a project now. */
  function reopen(project: string): void {
    for (const [place, { folder, files }] of wanted) {
      if (folder === project) {
        close(place);
        open(place, folder, files);
      }
    }
  }

  return {
    follow: (projects) => {
      const places = new Map<string, { readonly folder: string; readonly files: ReadonlySet<string> }>();
      const parents = new Map<string, Set<string>>();
      for (const { folder, audit } of projects) {
        for (const [place, files] of placesOf(folder, audit)) {
          if (!places.has(place)) {
            places.set(place, { folder, files });
          }
        }
        parents.set(dirname(folder), (parents.get(dirname(folder)) ?? new Set()).add(folder));
      }
      wanted = places;
      for (const place of watchers.keys()) {
        if (!wanted.has(place)) {
          close(place);
        }
      }
      for (const place of above.keys()) {
        if (!parents.has(place)) {
          closeAbove(place);
        }
      }
      for (const [place, { folder, files }] of wanted) {
        open(place, folder, files);
      }
      for (const [place, folders] of parents) {
        openAbove(place, folders);
      }
    },
  };
}

/** The folders of everything that the audit read, with the names of the files there. */
export function placesOf(folder: string, audit: Audit | undefined): ReadonlyMap<string, Set<string>> {
  const places = new Map<string, Set<string>>([[folder, new Set()]]);
  const packages = Object.values(audit?.target.shells ?? {}).flatMap((shell) => shell.packages);
  const files = new Set([
    ...packages.flatMap(({ position }) => (position === undefined ? [] : [position.file])),
    ...(audit?.pins?.files ?? []),
  ]);
  for (const file of files) {
    const path = join(folder, file);
    const place = dirname(path);
    if (relative(folder, place).startsWith('..') || (places.size >= mostFolders && !places.has(place))) {
      continue;
    }
    places.set(place, (places.get(place) ?? new Set()).add(basename(path)));
  }
  return places;
}

/** The readers of pins are large: they are loaded when a file is written that nobody knows. */
async function isPinFile(path: string): Promise<boolean> {
  const { readerFor } = await import('../core/pins/pin-files');
  return readerFor(path.replaceAll('\\', '/')) !== undefined;
}
