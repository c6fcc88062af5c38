import type { ReactNode } from 'react';
import type { AuditProgress } from '../../core/model/audit';
import { ProgressBar } from './progress-bar';

/** What is being read before there is anything of it to show: what for, how far it is, and a way out. */
export function ReadingPanel({
  label,
  title,
  note,
  progress,
  onCancel,
  children,
}: {
  /** For a screen reader, as the name of a region. */
  readonly label: string;
  readonly title: string;
  readonly note?: string | undefined;
  readonly progress: AuditProgress | undefined;
  readonly onCancel: () => void;
  /** The steps of it. */
  readonly children?: ReactNode;
}) {
  return (
    <section className="progress" aria-label={label}>
      <h2>{title}</h2>
      {note !== undefined && <p className="progress-note">{note}</p>}
      <ProgressBar progress={progress} />
      {children}
      <p className="progress-message mono" title={progress?.message}>
        {progress?.message ?? ' '}
      </p>
      <button type="button" className="button" onClick={onCancel}>
        Cancel
      </button>
    </section>
  );
}
