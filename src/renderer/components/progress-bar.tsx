import type { AuditProgress } from '../../core/model/audit';

/** What an audit does; the first two side by side. */
export const phases = [
  { id: 'snapshot', title: 'Reading this machine' },
  { id: 'target', title: 'Reading the flake' },
  { id: 'diff', title: 'Comparing' },
] as const;

/** The phase that an audit is in; the first one before it has told any. */
export function phaseOf(progress: AuditProgress | undefined): (typeof phases)[number] {
  return phases.find(({ id }) => id === progress?.phase) ?? phases[0];
}

/** How far an audit is, where that can be told: not while it waits for the last of what it reads. */
export function ProgressBar({ progress }: { readonly progress: AuditProgress | undefined }) {
  const share =
    progress?.total === undefined || progress.total <= (progress.done ?? 0)
      ? undefined
      : (progress.done ?? 0) / progress.total;
  return (
    <div
      className={`progress-bar${share === undefined ? ' is-open' : ''}`}
      role="progressbar"
      aria-label={phaseOf(progress).title}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
    >
      <span style={share === undefined ? undefined : { transform: `scaleX(${share})` }} />
    </div>
  );
}
