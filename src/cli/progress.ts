import type { AuditProgress } from '../core/model/audit';
import { plain } from '../core/report/plain';
import { truncate } from '../core/report/text-width';
import type { CliIo } from './io';

export interface ProgressLine {
  readonly show: (progress: AuditProgress) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/** Milliseconds between two drawings: a terminal is slower than a probe. */
const PAUSE = 50;

/** One line on standard error that tells what is being read; nothing where that is not a terminal. */
export function progressLine({ stderr, stdout, env, now }: CliIo): ProgressLine {
  if (stderr.isTTY !== true || env['TERM'] === 'dumb') {
    return { show: () => undefined, clear: () => undefined };
  }
  const width = (stdout.columns ?? 80) - 1;
  let last = 0;
  let isShown = false;
  return {
    show: ({ phase, message, done, total }) => {
      const time = now().getTime();
      if (time - last < PAUSE) {
        return;
      }
      last = time;
      isShown = true;
      const share = done === undefined || total === undefined ? '' : ` ${done}/${total}`;
      stderr.write(`\r\u001b[K${truncate(plain(`${phase}${share}: ${message}`), width)}`);
    },
    clear: () => {
      if (isShown) {
        stderr.write('\r\u001b[K');
        isShown = false;
      }
    },
  };
}
