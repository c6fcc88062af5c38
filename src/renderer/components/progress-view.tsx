import { Check } from 'lucide-react';
import type { EarlyHalf, EarlyResults, RunState } from '../../ipc/run';
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
  const phase = phases.find(({ id }) => id === (progress?.phase ?? 'snapshot')) ?? phases[0];
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
        aria-label={phase.title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      >
        <span style={share === undefined ? undefined : { transform: `scaleX(${share})` }} />
      </div>
      <ol className="phases">
        {phases.map(({ id, title }) => {
          const state = stateOf(id, run);
          return (
            <li key={id} className={state === 'waiting' ? undefined : `is-${state}`}>
              <span className="phase-mark" aria-hidden="true">
                {state === 'done' && <Check size={12} strokeWidth={3} />}
              </span>
              {title}
            </li>
          );
        })}
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

/** The machine and the flake are read side by side; then they are compared. */
function stateOf(
  phase: (typeof phases)[number]['id'],
  { progress, early }: Extract<RunState, { status: 'running' }>,
): 'waiting' | 'current' | 'done' {
  if (phase === 'diff') {
    return progress?.phase === 'diff' ? 'current' : 'waiting';
  }
  const half = phase === 'snapshot' ? early?.machine : early?.target;
  return half?.complete === true || progress?.phase === 'diff' ? 'done' : 'current';
}

/** What is known so far, to look at while the rest is read. */
function Early({ early: { machine, target } }: { readonly early: EarlyResults }) {
  return (
    <div className="early">
      {machine !== undefined && (
        <EarlySide
          title={`${machine.total} ${machine.total === 1 ? 'tool' : 'tools'} on this machine`}
          half={machine}
        />
      )}
      {target !== undefined && (
        <EarlySide
          title={`${target.total} ${target.total === 1 ? 'package' : 'packages'} in the flake`}
          half={target}
        />
      )}
    </div>
  );
}

function EarlySide({ title, half: { tools, total, complete } }: { readonly title: string; readonly half: EarlyHalf }) {
  return (
    <section aria-label={title}>
      <h3>
        {title} {!complete && <span className="muted">so far</span>}
      </h3>
      <ul>
        {tools.map(({ title: name, version }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
          <li key={index}>
            {name} {version !== undefined && <span className="version">{version}</span>}
          </li>
        ))}
        {total > tools.length && <li className="muted">and {total - tools.length} more</li>}
      </ul>
    </section>
  );
}
