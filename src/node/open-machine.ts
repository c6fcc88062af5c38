import type { Host } from '../core/host/host';
import type { HostFacts } from '../core/model/snapshot';
import { readHostFacts } from './host-facts';
import { cacheFolder, openSnapshotCache, type SnapshotCache } from './snapshot-cache';

/** What is known of a machine before it is probed. */
export interface Opened {
  readonly cache: SnapshotCache | undefined;
  readonly facts: Promise<HostFacts>;
}

/**
 * Opens the cache of this machine and asks for its facts.
 *
 * @param options `cache`: its folder, the user's when left out, `false` for none; `run`: whether programs may be started
 */
export function openMachine(
  host: Host,
  { cache: place, run }: { readonly cache?: string | false | undefined; readonly run?: boolean | undefined },
): Opened {
  const cache =
    place === false || host.source !== 'local' ? undefined : openSnapshotCache(host, place ?? cacheFolder(host));
  return { cache, facts: readHostFacts(host, cache?.hardware, run) };
}

/** A machine that is opened with the first question about it. */
export interface MachineOnce {
  readonly open: () => Opened;
  /** Whether its facts are what they were. */
  readonly isAs: (before: HostFacts) => Promise<boolean>;
}

/** {@link openMachine}, once. */
export function machineOnce(...machine: Parameters<typeof openMachine>): MachineOnce {
  let opened: Opened | undefined;
  const open = () => {
    opened ??= openMachine(...machine);
    return opened;
  };
  return {
    open,
    isAs: async (before) => {
      const { cache, facts } = open();
      const now = await facts;
      cache?.save();
      return JSON.stringify(now) === JSON.stringify(before);
    },
  };
}
