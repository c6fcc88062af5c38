import type { AuditProgress } from '../core/model/audit';

/**
 * What is read changes faster than anybody can read: the latest of it is told, now and then, and another phase at once.
 *
 * @param interval milliseconds between two
 */
export function throttleProgress(
  interval: number,
  tell: (progress: AuditProgress) => void,
): (progress: AuditProgress) => void {
  let phase: string | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const say = (progress: AuditProgress) => {
    clearTimeout(timer);
    phase = progress.phase;
    last = performance.now();
    tell(progress);
  };
  return (progress) => {
    if (progress.phase !== phase || performance.now() - last >= interval) {
      say(progress);
    } else {
      clearTimeout(timer);
      timer = setTimeout(say, interval, progress);
    }
  };
}
