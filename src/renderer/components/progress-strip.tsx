import { type EarlyAudit, shareOf } from '../lib/early';
import { baseName } from '../lib/paths';
import { auditAgain, cancelAudit } from '../state/actions';
import { ProgressBar, phaseOf } from './progress-bar';

/** Below what is known of an audit that is being made, or was cancelled: how far it is, what is being read, a way out. */
export function ProgressStrip({ early }: { readonly early: EarlyAudit }) {
  const { run, results } = early;
  const share = shareOf(early);
  if (run.status === 'cancelled') {
    return (
      <section className="strip" aria-label="Partial comparison">
        <h2>The audit was cancelled</h2>
        <p className="muted">
          This is partial: {results.target === undefined ? 'the flake was not read' : share}. Nothing was changed on
          this machine.
        </p>
        <button type="button" className="button primary" onClick={auditAgain}>
          Audit again
        </button>
      </section>
    );
  }
  const { progress, request } = run;
  return (
    <section className="strip" aria-label="Audit in progress">
      <ProgressBar progress={progress} />
      <h2>Auditing {baseName(request.folder)}</h2>
      <p className="strip-share">{share}</p>
      <p className="progress-message mono" title={progress?.message}>
        {progress?.message ?? phaseOf(progress).title}
      </p>
      <button type="button" className="button" onClick={cancelAudit}>
        Cancel
      </button>
    </section>
  );
}
