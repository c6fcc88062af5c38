import type { RunState } from '../../ipc/run';

/**
 * Whether what is told of a run is later than what is known. Answers and messages cross each other on their way: the
 * answer "running" to a question may arrive when the message "done" has long been there, and nothing comes after that.
 *
 * @param left number of the last run that a tab which was left has seen: what is told of it now is not for this one
 */
export function isLater(told: RunState, known: RunState, left = 0): boolean {
  if (told.status !== 'idle' && told.id <= left && (known.status === 'idle' || told.id !== known.id)) {
    return false;
  }
  if (known.status === 'idle') {
    return true;
  }
  if (told.status === 'idle' || told.id !== known.id) {
    return told.status !== 'idle' && told.id > known.id;
  }
  return told.status !== 'running' || known.status === 'running';
}
