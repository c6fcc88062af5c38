import { Check } from 'lucide-react';
import type { EarlyResults, RunState } from '../../ipc/run';
import { baseName } from '../lib/paths';
import { cancelAudit } from '../state/actions';

const phases = [
  { id: 'snapshot', title: 'Reading this machine' },
  { id: 'target', title: 'Reading the flake' },
  { id: 'diff', title: 'Comparing' },
] as const;

/** The first audit of a flake: what is being done, what is being read, and a way out. */
export function ProgressView({ run }: { readonly run: Extract<RunState, { status: 'running' }> }) {
  const { progress, early } = run;
  const { folder } = run.request;
  const current = phases.findIndex(({ id }) => id === (progress?.phase ?? 'snapshot'));
  const share =
    progress?.total === undefined || progress.total === 0
      ? undefined
      : Math.min(1, (progress.done ?? 0) / progress.total);
  return (
    <section className="progress" aria-label="Audit in progress">
      <h2>Auditing {baseName(folder)}</h2>
      <div
        className={`progress-bar${share === undefined ? ' is-open' : ''}`}
        role="progressbar"
        aria-label={phases[current]?.title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      >
        <span style={share === undefined ? undefined : { transform: `scaleX(${share})` }} />
      </div>
      <ol className="phases">
        {phases.map(({ id, title }, index) => (
          <li key={id} className={index < current ? 'is-done' : index === current ? 'is-current' : undefined}>
            <span className="phase-mark" aria-hidden="true">
              {index < current && <Check size={12} strokeWidth={3} />}
            </span>
            {title}
          </li>
        ))}
      </ol>
      <p className="progress-message mono" title={progress?.message}>
        {progress?.message ?? ' '}
      </p>
      <button type="button" className="button" onClick={cancelAudit}>
        Cancel
      </button>
      {early !== undefined && <Early early={early} />}
    </section>
  );
}

/** The half that was read first, to look at while the other is read. */
function Early({ early: { side, total, tools } }: { readonly early: EarlyResults }) {
  return (
    <section className="early" aria-label="First results">
      <h3>{side === 'machine' ? `${total} tools on this machine` : `The flake asks for ${total} packages`}</h3>
      <ul>
        {tools.map(({ title, version }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is told once and never changes
          <li key={index}>
            {title} {version !== undefined && <span className="version">{version}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
