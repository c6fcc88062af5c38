import { join } from 'node:path';
import type { Host } from '../core/host/host';
import type { RunMemory } from '../core/probe';
import { writeCacheFile } from './cache-file';
import type { HardwareMemory } from './host-facts';

/** Raised when what is kept changes its meaning. */
const FORMAT = 1;
const LIMIT = 4 * 1024 * 1024;
/** Runs kept; the oldest go first. */
const MAX_RUNS = 2000;

type Run = NonNullable<ReturnType<RunMemory['get']>>;
type Hardware = NonNullable<ReturnType<HardwareMemory['get']>>;

interface Content {
  readonly format: number;
  readonly runs: Readonly<Record<string, Run>>;
  readonly boot?: { readonly id: string; readonly hardware: Hardware };
}

/** What programs told and what the hardware is, between snapshots of this machine. */
export interface SnapshotCache {
  readonly runs: RunMemory;
  readonly hardware: HardwareMemory;
  /** Writes what is new; a failure to write only means that the next snapshot asks again. */
  save(): void;
}

/** The folder for Lockstep's caches of a user. */
export function cacheFolder(host: Host): string {
  const { env, home } = host;
  switch (host.os) {
    case 'darwin':
      return join(home, 'Library', 'Caches', 'lockstep');
    case 'windows':
      return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'lockstep', 'Cache');
    case 'linux':
      return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'lockstep');
  }
}

/** Opens the cache in a folder; a file that is missing or broken is an empty one. */
export function openSnapshotCache(host: Host, folder: string): SnapshotCache {
  const path = join(folder, 'snapshot.json');
  const content = load(host, path);
  const runs = new Map(Object.entries(content.runs));
  let boot = content.boot;
  let changed = false;
  return {
    runs: {
      get: (key) => runs.get(key),
      set(key, value) {
        runs.set(key, value);
        changed = true;
      },
    },
    hardware: {
      get: (id) => (boot?.id === id ? boot.hardware : undefined),
      set(id, hardware) {
        boot = { id, hardware };
        changed = true;
      },
    },
    save() {
      if (changed) {
        const kept = Object.fromEntries([...runs].slice(-MAX_RUNS));
        const written: Content = { format: FORMAT, runs: kept, ...(boot === undefined ? {} : { boot }) };
        writeCacheFile(path, JSON.stringify(written));
      }
    },
  };
}

function load(host: Host, path: string): Content {
  const empty: Content = { format: FORMAT, runs: {} };
  const read = host.fs.readText?.(path, LIMIT);
  if (read?.ok !== true) {
    return empty;
  }
  try {
    const value: unknown = JSON.parse(read.value);
    return isContent(value) ? value : empty;
  } catch {
    return empty;
  }
}

function isContent(value: unknown): value is Content {
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== FORMAT) {
    return false;
  }
  const runs: unknown = 'runs' in value ? value.runs : undefined;
  return (
    typeof runs === 'object' &&
    runs !== null &&
    Object.values(runs).every((run: unknown) => typeof (run as { version?: unknown } | null)?.version === 'string')
  );
}
