import type { ReactNode } from 'react';
import type { AuditProgress } from '../../core/model/audit';
import type { Action } from './empty-state';
import { ProgressBar, phaseOf } from './progress-bar';

type StripProps = {
  /** For a screen reader, as the name of a region. */
  readonly label: string;
  readonly title: string;
  /** How much of it there is. */
  readonly children: ReactNode;
} & (
  | { readonly progress: AuditProgress | undefined; readonly onCancel: () => void }
  /** Nothing more comes: what can be done about it. */
  | { readonly action: Action }
);

/** Below what is shown of something that is being read, or was not read to its end. */
export function Strip({ label, title, children, ...state }: StripProps) {
  if ('action' in state) {
    const { action } = state;
    return (
      <section className="strip" aria-label={label}>
        <h2>{title}</h2>
        <p className="muted">{children}</p>
        <button type="button" className="button primary" onClick={action.run}>
          {action.label}
        </button>
      </section>
    );
  }
  const { progress, onCancel } = state;
  return (
    <section className="strip" aria-label={label}>
      <ProgressBar progress={progress} />
      <h2>{title}</h2>
      <p className="strip-share">{children}</p>
      <p className="progress-message mono" title={progress?.message}>
        {progress?.message ?? phaseOf(progress).title}
      </p>
      <button type="button" className="button" onClick={onCancel}>
        Cancel
      </button>
    </section>
  );
}
