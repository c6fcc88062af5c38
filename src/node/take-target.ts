import { sep } from 'node:path';
import type { Host } from '../core/host/host';
import type { Target } from '../core/model/target';
import { builtInIndexPath, updatedIndexPath } from './nixpkgs-index-place';
import { type Form, type Question, replayed } from './replay';
import type { Recorder } from './replay/recorder';
import { cacheFolder } from './snapshot-cache';
import type { ReadTargetOptions } from './target';

export interface TakeTargetOptions extends Omit<ReadTargetOptions, 'index' | 'fs'> {
  /** This machine. */
  readonly host: Host;
  readonly now: Date;
  /** Folder of the cache; `false`: the flake is read afresh. Absent: the user's cache folder. */
  readonly cache?: string | false | undefined;
  readonly form?: Form<Target> | undefined;
}

/**
 * What the flake of a folder declares: what it was when it was read last, where none of the files that counted then has
 * changed; the evaluator and the index are not even loaded then.
 *
 * @param more for tests: what the clock says, and which build this is
 * @throws ProblemError and the signal's reason as `readTarget` does
 */
export async function takeTarget(
  { host, cache, form = AS_IT_IS, ...options }: TakeTargetOptions,
  more?: Pick<Question, 'clock' | 'build'>,
): Promise<Target> {
  const { folder, system, outputs, anyConfiguration, keepFailed, allSystems, deadline, now } = options;
  if (cache === false) {
    return form.make(await read(options), host.env);
  }
  options.signal?.throwIfAborted();
  const asked = { folder, system, outputs, anyConfiguration, keepFailed, allSystems, deadline };
  return replayed<Target>(
    {
      kind: 'target',
      host,
      folder: cache ?? cacheFolder(host),
      options: { form: form.name, ...asked, index: updatedIndexPath() },
      now,
      ...more,
    },
    async (recorder) => form.make(await read(options, recorder), (recorder?.host ?? host).env),
  );
}

const AS_IT_IS: Form<Target> = { name: 'whole', make: async (target) => target };

async function read(
  options: Omit<ReadTargetOptions, 'index'> & { readonly now: Date },
  recorder?: Recorder,
): Promise<Target> {
  const { loadIndex } = await import('./nixpkgs-index');
  const { readTarget } = await import('./target');
  for (const path of [updatedIndexPath(), builtInIndexPath()]) {
    // What lies in the archive of the packaged app has no times of its own; the name of the build stands for it.
    if (!path.includes(`.asar${sep}`)) {
      recorder?.host.fs.stat(path);
    }
  }
  const target = await readTarget({ ...options, index: loadIndex(), fs: recorder?.host.fs });
  if (recorder !== undefined) {
    await limit(recorder, target, options.now);
  }
  return target;
}

/** A target is another one when its lock comes of age; and what took too long may be quicker next time. */
async function limit(recorder: Recorder, target: Target, now: Date): Promise<void> {
  const { nextOldDay } = await import('../core/flake/pin-quality');
  const dates = target.flake.inputs.map(({ lastModified = '' }) => Date.parse(lastModified) / 1000);
  const moment = nextOldDay(dates.filter(Number.isFinite), now.getTime() / 1000);
  recorder.during(now.getTime(), moment === undefined ? Number.MAX_SAFE_INTEGER : moment * 1000);
  if (JSON.stringify(target).includes('"nix-limit"')) {
    recorder.giveUp();
  }
}
