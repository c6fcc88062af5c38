import type { MachineSoFar } from '../../ipc/machine';
import { counted } from '../lib/counted';
import { problemFrom, showToast } from './actions';
import { call } from './api';
import { type AppState, getState, setState } from './store';

/** The view of this machine shows it as it was read by itself: the tab has no audit that has one. */
export function showsOwnMachine({ place, run, audit, pastId }: AppState): boolean {
  return (
    place.view === 'snapshot' &&
    pastId === undefined &&
    audit === undefined &&
    (run.status === 'idle' || run.status === 'failed')
  );
}

/** Reads this machine; what was read before stays until then. */
export async function readMachine(): Promise<void> {
  const { machine: before } = getState();
  if (before.status === 'reading') {
    return;
  }
  const { snapshot: last } = before;
  setState({
    machine: { status: 'reading', ...(last === undefined ? {} : { snapshot: last }) },
    ...(last === undefined ? { announcement: 'Reading this machine' } : {}),
  });
  try {
    const snapshot = await call('readMachine');
    setState({
      machine: { status: 'rest', snapshot },
      announcement: `This machine: ${counted(snapshot.installations.length, 'installation')}`,
    });
  } catch (error) {
    const problem = problemFrom(error);
    const { progress: _progress, ...known } = getState().machine;
    setState({
      machine:
        problem.code === 'column-cancelled'
          ? { ...known, status: 'cancelled' }
          : { ...known, status: 'failed', problem },
      announcement: problem.code === 'column-cancelled' ? 'Reading this machine was cancelled' : problem.message,
    });
    if (last !== undefined && problem.code !== 'column-cancelled') {
      showToast({ tone: 'problem', text: problem.message, action: { label: 'Read again', run: refreshMachine } });
    }
  }
}

export function cancelMachine(): void {
  void call('cancelMachine').catch(() => undefined);
}

/** What is being read, and what was; or that what was read is out of date. */
export function receiveMachine({ changed, ...soFar }: MachineSoFar): void {
  const { machine } = getState();
  if (changed === true) {
    refreshMachine();
  } else if (machine.status === 'reading') {
    setState({ machine: { ...machine, ...soFar } });
  }
}

/** Reads this machine again if somebody looks at it; else the next one who does will. */
export function refreshMachine(): void {
  if (showsOwnMachine(getState())) {
    void readMachine();
  }
}
