import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ProblemError } from '../../core/model/problem';
import { diskProblem } from '../disk-problem';

/** A holder says so often that it is alive; one that has not for this long is not: milliseconds. */
const REFRESH = 20_000;
const STALE = 120_000;
const POLL = 250;
/** The largest release on a slow line takes some minutes. */
const PATIENCE = 15 * 60_000;

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told once, when another process has to be waited for. */
  readonly onWait?: () => void;
  /** Milliseconds; left out: 15 minutes. */
  readonly patience?: number;
}

/**
 * Does something while no other process does the like in the same folder. What a process that died left behind counts
 * for nothing.
 *
 * @throws ProblemError `index-busy` when the other one takes too long; `data-not-written`
 */
export async function withFolderLock<T>(folder: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const path = join(folder, 'update.lock');
  const { signal, onWait, patience = PATIENCE } = options;
  const end = Date.now() + patience;
  let told = false;
  while (!take(path)) {
    signal?.throwIfAborted();
    if (isStale(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) {
      told = true;
      onWait?.();
    }
    if (Date.now() > end) {
      throw new ProblemError({
        code: 'index-busy',
        message: 'Another Lockstep is updating the version index, and does not come to an end.',
        hint: `Wait for it, or remove ${path} when there is none.`,
      });
    }
    await wait(POLL, undefined, { ...(signal && { signal }) });
  }
  const beat = setInterval(() => touch(path), REFRESH);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw diskProblem(path, error);
  }
  try {
    writeSync(file, `${process.pid} ${hostname()}\n`);
  } catch (error) {
    rmSync(path, { force: true });
    throw diskProblem(path, error);
  } finally {
    closeSync(file);
  }
  return true;
}

/** Whether the holder is gone: it is a process of this machine that has ended, or it has not been heard of for long. */
function isStale(path: string): boolean {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE) {
      return true;
    }
    const [, pid, host] = /^(\d+) (\S+)\n$/.exec(readFileSync(path, 'utf8')) ?? [];
    return pid !== undefined && host === hostname() && !isAlive(Number(pid));
  } catch {
    // It has just been given back.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Somebody has removed it: nothing to keep alive.
  }
}
