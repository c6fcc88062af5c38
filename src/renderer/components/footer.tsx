import { type ReactNode, useEffect, useState } from 'react';
import type { AuditProgress } from '../../core/model/audit';
import type { TargetInput } from '../../core/model/target';
import { counted } from '../lib/counted';
import { timeOf } from '../lib/time';
import { cancelAudit, go } from '../state/actions';
import { showsOwnMachine } from '../state/machine';
import { type AppState, useAppState } from '../state/store';

/** What the comparison stands on: when, from how many copies, which nixpkgs. */
export function Footer() {
  const audit = useAppState((state) => state.audit);
  const run = useAppState((state) => state.run);
  const machine = useAppState((state) => (showsOwnMachine(state) ? state.machine.snapshot : undefined));
  const again = useAgain();
  if (audit === undefined) {
    return machine === undefined ? null : (
      <footer className="footer">
        {again ?? <span>Read {timeOf(machine.takenAt)}</span>}
        <span>{counted(machine.installations.length, 'installation')}</span>
      </footer>
    );
  }
  const { snapshot, target } = audit;
  const nixpkgs = target.flake.inputs.find((input) => input.name === 'nixpkgs');
  const milliseconds = run.status === 'done' ? run.milliseconds : undefined;
  return (
    <footer className="footer">
      {again ?? (
        <span>
          Audited {timeOf(snapshot.takenAt)}
          {milliseconds !== undefined && ` in ${duration(milliseconds)}`}
        </span>
      )}
      <button type="button" className="footer-link" onClick={() => go({ view: 'snapshot' })}>
        {counted(snapshot.installations.length, 'installation')}
        {snapshot.host.name !== undefined && ` on ${snapshot.host.name}`}
      </button>
      {snapshot.failures.some(({ status }) => status === 'failed') && (
        <button type="button" className="footer-link" onClick={() => go({ view: 'snapshot', focus: 'failures' })}>
          {snapshot.failures.filter(({ status }) => status === 'failed').length} could not be read
        </button>
      )}
      <span className="footer-space" />
      {nixpkgs !== undefined && (
        <button type="button" className="footer-link" onClick={() => go({ view: 'target' })}>
          {pinOf(nixpkgs)}
        </button>
      )}
    </footer>
  );
}

/** What is shown is usually there again before anybody reads what is done for it: only then is it told (milliseconds). */
const LATE = 500;

/** What is being read for what is shown already, and a way out; nothing while nobody waits for it. */
function useAgain(): ReactNode {
  const progress = useAppState((state) => progressOf(state)?.message);
  const isRunning = useAppState((state) => progressOf(state) !== undefined);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = isRunning ? setTimeout(setLate, LATE, true) : undefined;
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isRunning]);
  return isRunning && isLate ? (
    <>
      <span className="footer-progress" title={progress}>
        Reading again{progress === undefined ? '' : ` · ${progress}`}
      </span>
      <button type="button" className="footer-link" onClick={cancelAudit}>
        Cancel
      </button>
    </>
  ) : undefined;
}

/** Absent while nothing is read. */
function progressOf(state: AppState): Partial<AuditProgress> | undefined {
  const { run, machine } = state;
  if (run.status === 'running') {
    return run.progress ?? NONE;
  }
  return machine.status === 'reading' && showsOwnMachine(state) ? (machine.progress ?? NONE) : undefined;
}

const NONE: Partial<AuditProgress> = {};

function pinOf({ name, branch, revision }: TargetInput): string {
  return [branch ?? name, revision?.slice(0, 7)].filter(Boolean).join(' @ ');
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
