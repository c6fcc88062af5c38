import type { ReactNode } from 'react';

export interface Action {
  readonly label: string;
  readonly run: () => void;
}

/** A title, the cause in a sentence, one action. */
export function EmptyState({
  title,
  text,
  action,
  children,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly action?: Action;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
      {action !== undefined && (
        <button type="button" className="button primary" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
