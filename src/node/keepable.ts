import type { Snapshot } from '../core/model/snapshot';
import type { Recorder } from './replay/recorder';

/** What a snapshot itself says against being kept: it was called off, or there was no time to ask every program. */
export function limitBySnapshot(recorder: Recorder, { failures }: Snapshot, signal: AbortSignal | undefined): void {
  if (signal?.aborted === true || failures.some(({ code }) => code === 'out-of-time')) {
    recorder.giveUp();
  }
}

/** What depends on the day, as exceptions with an end do, holds until midnight (UTC). */
export function limitByDay(recorder: Recorder, now: Date): void {
  const day = 86_400_000;
  recorder.during(now.getTime(), (Math.floor(now.getTime() / day) + 1) * day);
}
