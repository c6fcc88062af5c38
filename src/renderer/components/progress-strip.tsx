import { type EarlyAudit, shareOf } from '../lib/early';
import { baseName } from '../lib/paths';
import { auditAgain, cancelAudit } from '../state/actions';
import { Strip } from './strip';

/** Below what is known of an audit that is being made, or was cancelled: how far it is, what is being read, a way out. */
export function ProgressStrip({ early }: { readonly early: EarlyAudit }) {
  const { run, results } = early;
  const share = shareOf(early);
  if (run.status === 'cancelled') {
    return (
      <Strip
        label="Partial comparison"
        title="The audit was cancelled"
        action={{ label: 'Audit again', run: auditAgain }}
      >
        This is partial: {results.target === undefined ? 'the flake was not read' : share}. Nothing was changed on this
        machine.
      </Strip>
    );
  }
  return (
    <Strip
      label="Audit in progress"
      title={`Auditing ${baseName(run.request.folder)}`}
      progress={run.progress}
      onCancel={cancelAudit}
    >
      {share}
    </Strip>
  );
}
