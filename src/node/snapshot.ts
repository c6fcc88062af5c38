import { catalog } from '../core/catalog';
import type { Host } from '../core/host/host';
import type { AuditProgress } from '../core/model/audit';
import { SNAPSHOT_SCHEMA, type Snapshot } from '../core/model/snapshot';
import { type MachineProbe, probeMachine, type RunDeadlines, readPackages } from '../core/probe';
import { readHostFacts } from './host-facts';
import { cacheFolder, openSnapshotCache } from './snapshot-cache';

export interface SnapshotOptions {
  readonly host: Host;
  readonly now: Date;
  /** The project: its version files count when shims are followed. */
  readonly folder?: string | undefined;
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Folder of the cache; `false`: everything is read afresh. Absent: the user's cache folder. */
  readonly cache?: string | false | undefined;
  /** Milliseconds; by default 2 s for each program and 4 s for all of them. */
  readonly deadlines?: RunDeadlines | undefined;
  /** False: no program is run. */
  readonly run?: boolean | undefined;
  /** True: the global packages of every ecosystem, too. */
  readonly packages?: boolean | undefined;
}

/** What the host has. Never rejects for what the host is like: that is in `failures`. */
export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  return (await probeHost(options)).snapshot;
}

/** A snapshot with what it was made from, for checking it against the programs. */
export async function probeHost(options: SnapshotOptions): Promise<{ snapshot: Snapshot; probe: MachineProbe }> {
  const { host, now, folder, onProgress, signal, deadlines, run } = options;
  const cache =
    options.cache === false || host.source !== 'local'
      ? undefined
      : openSnapshotCache(host, options.cache ?? cacheFolder(host));
  const facts = readHostFacts(host, cache?.hardware, run);
  const probe = await probeMachine({
    host,
    catalog,
    folder,
    clock: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    run,
    deadlines,
    memory: cache?.runs,
    signal,
    onProgress: onProgress && ((message, done, total) => onProgress({ phase: 'snapshot', message, done, total })),
  });
  const snapshot: Snapshot = {
    schema: SNAPSHOT_SCHEMA,
    takenAt: now.toISOString(),
    host: await facts,
    pathEntries: probe.pathEntries,
    installations: probe.installations,
    environment: probe.environment,
    failures: probe.failures,
    ...(options.packages === true ? { packages: readPackages(probe.context, probe.installations) } : {}),
  };
  cache?.save();
  return { snapshot, probe };
}
