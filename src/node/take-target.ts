import type { Host } from '../core/host/host';
import type { Target } from '../core/model/target';
import { updatedIndexPath } from './nixpkgs-index-place';
import type { Question } from './replay';
import { type Form, whole } from './replay/form';
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
  { host, cache, form = whole, ...options }: TakeTargetOptions,
  more?: Pick<Question, 'clock' | 'build'>,
): Promise<Target> {
  const { folder, system, outputs, anyConfiguration, keepFailed, allSystems, deadline, now } = options;
  if (cache === false) {
    return form.make(await read(options), host.env);
  }
  options.signal?.throwIfAborted();
  const { replayed } = await import('./replay');
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

async function read(
  options: Omit<ReadTargetOptions, 'index'> & { readonly now: Date },
  recorder?: Recorder,
): Promise<Target> {
  const { loadIndex, noteIndex } = await import('./nixpkgs-index');
  const { limitByTarget, readTarget } = await import('./target');
  const fs = recorder?.host.fs;
  if (fs !== undefined) {
    noteIndex(fs);
  }
  const target = await readTarget({ ...options, index: loadIndex(), fs, onReadAside: () => recorder?.giveUp() });
  if (recorder !== undefined) {
    limitByTarget(recorder, target, options.now);
  }
  return target;
}
