import type { TargetInput } from '../../core/model/target';
import { counted } from '../lib/counted';
import { timeOf } from '../lib/time';
import { go } from '../state/actions';
import { showsOwnMachine } from '../state/machine';
import { useAppState } from '../state/store';

/** What the comparison stands on: when, from how many copies, which nixpkgs. */
export function Footer() {
  const audit = useAppState((state) => state.audit);
  const run = useAppState((state) => state.run);
  const machine = useAppState((state) => (showsOwnMachine(state) ? state.machine.snapshot : undefined));
  if (audit === undefined) {
    return machine === undefined ? null : (
      <footer className="footer">
        <span>Read {timeOf(machine.takenAt)}</span>
        <span>{machine.installations.length} installations</span>
      </footer>
    );
  }
  const { snapshot, target } = audit;
  const nixpkgs = target.flake.inputs.find((input) => input.name === 'nixpkgs');
  const milliseconds = run.status === 'done' ? run.milliseconds : undefined;
  return (
    <footer className="footer">
      <span>
        Audited {timeOf(snapshot.takenAt)}
        {milliseconds !== undefined && ` in ${duration(milliseconds)}`}
      </span>
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

function pinOf({ name, branch, revision }: TargetInput): string {
  return [branch ?? name, revision?.slice(0, 7)].filter(Boolean).join(' @ ');
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
