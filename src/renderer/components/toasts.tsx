import { CircleAlert, X } from 'lucide-react';
import { dismissToast } from '../state/actions';
import { useAppState } from '../state/store';

/** Short messages in a corner, which go by themselves. */
export function Toasts() {
  const toasts = useAppState((state) => state.toasts);
  return (
    <section className="toasts" aria-label="Messages" aria-live="polite">
      {toasts.map(({ id, tone, text, action }) => (
        <div key={id} className={`toast toast-${tone}`}>
          {tone === 'problem' && <CircleAlert size={15} aria-hidden="true" />}
          <p>{text}</p>
          {action !== undefined && (
            <button type="button" className="link" onClick={action.run}>
              {action.label}
            </button>
          )}
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismissToast(id)}>
            <X size={13} aria-hidden="true" />
          </button>
        </div>
      ))}
    </section>
  );
}
