import type { RunState } from '../../ipc/run';
import { baseName } from '../lib/paths';
import { auditAgain, cancelAudit } from '../state/actions';
import { ProgressBar, phaseOf } from './progress-bar';

type EarlyRun = Extract<RunState, { status: 'running' | 'cancelled' }>;

/** Below a comparison that is being made, or was cancelled: how far it is, what is being read, and a way out. */
export function ProgressStrip({ run }: { readonly run: EarlyRun }) {
  const { request, early } = run;
  const asked = (early?.rows ?? []).filter(({ status, pending }) => pending === true || status !== 'extra');
  const judged = asked.filter(({ pending }) => pending === undefined).length;
  const share = early?.read.target === true ? `${judged} of ${asked.length} compared` : 'Nothing is compared yet';
  if (run.status === 'cancelled') {
    return (
      <section className="strip" aria-label="Partial comparison">
        <h2>The audit was cancelled</h2>
        <p className="muted">
          This is partial: {early?.read.target === true ? share : 'the flake was not read'}. Nothing was changed on this
          machine.
        </p>
        <button type="button" className="button primary" onClick={auditAgain}>
          Audit again
        </button>
      </section>
    );
  }
  const message = run.progress?.message;
  return (
    <section className="strip" aria-label="Audit in progress">
      <ProgressBar progress={run.progress} />
      <h2>Auditing {baseName(request.folder)}</h2>
      <p className="strip-share">{share}</p>
      <p className="progress-message mono" title={message}>
        {message ?? phaseOf(run.progress).title}
      </p>
      <button type="button" className="button" onClick={cancelAudit}>
        Cancel
      </button>
    </section>
  );
}
