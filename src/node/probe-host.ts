import { catalog } from '../core/catalog';
import { type SeenHost, seeHost } from '../core/environment';
import { findEnvironment } from '../core/environment/findings';
import type { Host } from '../core/host/host';
import type { AuditProgress } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import { type PathContextId, SNAPSHOT_SCHEMA, type Snapshot } from '../core/model/snapshot';
import {
  DEFAULT_DEADLINES,
  type MachineProbe,
  type ProbeSoFar,
  packagesStepByStep,
  probeMachine,
  type RunDeadlines,
} from '../core/probe';
import { type Opened, openMachine } from './open-machine';

export interface SnapshotOptions {
  readonly host: Host;
  readonly now: Date;
  /** The project: its version files count when shims are followed. */
  readonly folder?: string | undefined;
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined;
  /** Told whenever more is known; what that is, is only worked out when it is asked for. */
  readonly onSoFar?: ((soFar: () => ProbeSoFar) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Folder of the cache; `false`: everything is read afresh. Absent: the user's cache folder. */
  readonly cache?: string | false | undefined;
  /** Milliseconds; by default 2 s for each program and 4 s for all of them. */
  readonly deadlines?: RunDeadlines | undefined;
  /** False: no program is run. */
  readonly run?: boolean | undefined;
  /** True: the global packages of every ecosystem, too. */
  readonly packages?: boolean | undefined;
  /** Whose PATH decides what wins; left out: this process's own. */
  readonly pathContext?: PathContextId | undefined;
  /** Where somebody has opened the cache already. */
  readonly opened?: Opened | undefined;
  /** The host as {@link seeFrom} gave it, where somebody has looked already. */
  readonly seen?: SeenHost | undefined;
}

/**
 * The host seen from one of its contexts.
 *
 * @throws ProblemError `path-context-missing` where it does not have that context
 */
export async function seeFrom(
  host: Host,
  { pathContext, folder, run, deadlines }: Pick<SnapshotOptions, 'pathContext' | 'folder' | 'run' | 'deadlines'>,
): Promise<SeenHost> {
  const { each } = deadlines ?? DEFAULT_DEADLINES;
  const seen = await seeHost(host, { pathContext, folder, run, deadline: each });
  if ('available' in seen) {
    throw new ProblemError({
      code: 'path-context-missing',
      message: `There is no "${pathContext}" context here whose PATH could decide.`,
      hint:
        seen.available.length === 0
          ? 'Leave --path-context away.'
          : `Take ${seen.available.join(', ')}${pathContext === 'shell' ? ', or run inside of the dev shell' : ''}.`,
    });
  }
  return seen;
}

/**
 * Reads what the host has: the snapshot, with what it was made from. Never rejects for what the host is like: that is in
 * `failures`.
 *
 * @throws ProblemError `path-context-missing`
 */
export async function probeHost(options: SnapshotOptions): Promise<{ snapshot: Snapshot; probe: MachineProbe }> {
  const { now, folder, onProgress, onSoFar, signal, deadlines, run } = options;
  const seen = options.seen ?? (await seeFrom(options.host, options));
  const { host } = seen;
  const { cache, facts } = options.opened ?? openMachine(host, options);
  const probe = await probeMachine({
    host,
    seen,
    catalog,
    folder,
    inflate: inflateBytes,
    clock: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    run,
    deadlines,
    memory: cache?.runs,
    signal,
    onSoFar,
    onProgress: onProgress && ((message, done, total) => onProgress({ phase: 'snapshot', message, done, total })),
  });
  const before = probe.context.leftOut().length;
  const packages = options.packages === true ? await packagesOf(probe, options) : undefined;
  const snapshot: Snapshot = {
    schema: SNAPSHOT_SCHEMA,
    takenAt: now.toISOString(),
    host: await facts,
    pathEntries: probe.pathEntries,
    installations: probe.installations,
    environment: probe.environment,
    failures: [...probe.failures, ...probe.context.leftOut().slice(before)],
    pathContext: seen.chosen,
    contexts: probe.compared?.contexts ?? [],
    contextDifferences: probe.compared?.differences ?? [],
    findings: findEnvironment(probe, seen.chosen),
    ...(packages === undefined ? {} : { packages }),
  };
  cache?.save();
  return { snapshot, probe };
}

/** Manager by manager, so that it can be told which, and be cancelled in between; undefined when it was. */
async function packagesOf(
  { context, installations }: MachineProbe,
  { onProgress, signal }: SnapshotOptions,
): Promise<Snapshot['packages']> {
  const steps = packagesStepByStep(context, installations);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) {
      return step.value;
    }
    onProgress?.({ phase: 'snapshot', message: `Packages of ${step.value}` });
    await new Promise(setImmediate);
    if (signal?.aborted === true) {
      return undefined;
    }
  }
}

/** zlib's format, by Node's own module, which nothing else of a snapshot needs. */
function inflateBytes(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return process.getBuiltinModule('node:zlib').inflateSync(bytes, { maxOutputLength: limit });
  } catch {
    // Broken, more than the limit, or a Node.js before 20.16.
    return undefined;
  }
}
