import type { HostFacts, Snapshot } from '../core/model/snapshot';
import { machineOnce } from './open-machine';
import type { SnapshotOptions } from './probe-host';
import type { Question } from './replay';
import { type Form, whole } from './replay/form';
import type { Recorder } from './replay/recorder';
import { cacheFolder } from './snapshot-cache';

/** What is kept of a snapshot: with the machine's facts as they were before anybody shortened them. */
interface KeptSnapshot {
  readonly facts: HostFacts;
  readonly snapshot: Snapshot;
}

/**
 * What the host has. Of this machine, where nothing that a snapshot looks at has changed since the last one, it is that
 * one: what reads a machine is not even loaded then. Never rejects for what the host is like: that is in `failures`.
 *
 * @param more for tests: what the clock says, and which build this is
 * @throws ProblemError `path-context-missing`
 * @throws the signal's reason when it is aborted before what was kept is looked at
 */
export async function takeSnapshot(
  options: SnapshotOptions & { readonly form?: Form<Snapshot> | undefined },
  more?: Pick<Question, 'clock' | 'build'>,
): Promise<Snapshot> {
  const { host, now, folder, run, packages, pathContext, deadlines, signal, form = whole } = options;
  if (options.cache === false || host.source !== 'local') {
    return form.make(await read(options), host.env);
  }
  signal?.throwIfAborted();
  const { replayed } = await import('./replay');
  const cachePlace = options.cache ?? cacheFolder(host);
  const machine = machineOnce(host, { cache: cachePlace, run });
  const asked = { form: form.name, folder, run, packages, pathContext, deadlines };
  const { snapshot } = await replayed<KeptSnapshot>(
    { kind: 'snapshot', host, folder: cachePlace, options: asked, now, ...more },
    async (recorder) => {
      const opened = machine.open();
      const seen = recorder?.host ?? host;
      const found = await read({ ...options, host: seen, opened }, recorder);
      return { facts: await opened.facts, snapshot: await form.make(found, seen.env) };
    },
    (kept) => machine.isAs(kept.facts),
  );
  return { ...snapshot, takenAt: now.toISOString() };
}

async function read(options: SnapshotOptions, recorder?: Recorder): Promise<Snapshot> {
  const { probeHost } = await import('./probe-host');
  const { limitBySnapshot } = await import('./keepable');
  const { snapshot } = await probeHost(options);
  if (recorder !== undefined) {
    limitBySnapshot(recorder, snapshot, options.signal);
  }
  return snapshot;
}
