import { readdirSync, readFileSync } from 'node:fs';

/** Variable that every program run for its version is given, so that what it leaves behind can be told from others. */
export const RUN_MARK = 'LOCKSTEP_RUN';

/** Rounds: what is killed may have started another in the meantime. */
const ROUNDS = 3;

/**
 * Ends what a program started and put out of reach of its process group (setsid(2)). Linux only: elsewhere the
 * environment of a process is not to be read.
 *
 * @param mark the value of {@link RUN_MARK} that it was given
 */
export function endStrays(mark: string): void {
  if (process.platform !== 'linux') {
    return;
  }
  const wanted = Buffer.from(`\0${RUN_MARK}=${mark}\0`);
  for (let round = 0; round < ROUNDS; round++) {
    const strays = processes().filter((pid) => environmentOf(pid).includes(wanted));
    if (strays.length === 0) {
      return;
    }
    for (const pid of strays) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone already: that is what was wanted.
      }
    }
  }
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 1 && pid !== process.pid);
  } catch {
    return [];
  }
}

/** As the kernel keeps it, with a NUL byte at either end; empty for processes of others. */
function environmentOf(pid: number): Buffer {
  try {
    return Buffer.concat([ZERO, readFileSync(`/proc/${pid}/environ`), ZERO]);
  } catch {
    return ZERO;
  }
}

const ZERO = Buffer.from([0]);
