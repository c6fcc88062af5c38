import type { EventPayload } from '../../ipc/contract';
import { problemFrom } from './actions';
import { call } from './api';
import { getState, setState } from './store';

let last = 0;

/** Names the reading that is waited for. */
const keyNow = () => `packages/${last}`;

/**
 * Reads the global packages of this machine, unless those of this snapshot are there; what is read for another one is
 * given up.
 *
 * @param takenAt of the snapshot that they stand beside
 */
export async function readPackages(takenAt: string): Promise<void> {
  const { of, status, packages: before } = getState().packages;
  if (of === takenAt && (status === 'rest' || status === 'reading')) {
    return;
  }
  cancelPackages();
  last += 1;
  const key = keyNow();
  setState({ packages: { status: 'reading', of: takenAt, ...(before === undefined ? {} : { packages: before }) } });
  try {
    const packages = await call('readPackages', { key });
    if (key === keyNow()) {
      setState({ packages: { status: 'rest', of: takenAt, packages } });
    }
  } catch (error) {
    const problem = problemFrom(error);
    const isCancelled = problem.code === 'column-cancelled';
    if (key === keyNow()) {
      const { progress: _progress, ...known } = getState().packages;
      setState({
        packages: isCancelled ? { ...known, status: 'cancelled' } : { ...known, status: 'failed', problem },
        announcement: isCancelled ? 'Reading the packages was cancelled' : problem.message,
      });
    }
  }
}

/** Gives up what is being read of packages. */
export function cancelPackages(): void {
  if (getState().packages.status === 'reading') {
    void call('cancelColumn', { key: keyNow() }).catch(() => undefined);
  }
}

/** What is being read of them. */
export function receivePackagesProgress({ key, progress }: EventPayload<'columnProgress'>): void {
  const { packages } = getState();
  if (key === keyNow() && packages.status === 'reading') {
    setState({ packages: { ...packages, progress } });
  }
}
