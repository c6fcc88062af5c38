import { CircleAlert, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { dismissToast } from '../state/actions';
import { type Toast, useAppState } from '../state/store';

/** A message goes after so long (milliseconds). */
const lifetimes: Readonly<Record<Toast['tone'], number>> = { plain: 6_000, problem: 12_000 };

/** Short messages in a corner, which go by themselves. */
export function Toasts() {
  const toasts = useAppState((state) => state.toasts);
  const corner = useRef<HTMLElement>(null);
  // Pages scroll what has the focus out from under them.
  useLayoutEffect(() => {
    const height = toasts.length === 0 ? 0 : (corner.current?.offsetHeight ?? 0) + 24;
    document.documentElement.style.setProperty('--toasts', `${height}px`);
  }, [toasts]);
  return (
    <section ref={corner} className="toasts" aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

/** Stays for as long as the pointer or the focus is on it: whoever wants to act has the time to. */
function ToastItem({ toast: { id, tone, text, action } }: { readonly toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) {
      return undefined;
    }
    const timer = setTimeout(() => dismissToast(id), lifetimes[tone]);
    return () => clearTimeout(timer);
  }, [held, id, tone]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding a message is no action of its own
    <div
      className={`toast toast-${tone}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {tone === 'problem' && <CircleAlert size={15} aria-hidden="true" />}
      <p>{text}</p>
      {action !== undefined && (
        <button
          type="button"
          className="link"
          onClick={() => {
            action.run();
            dismissToast(id);
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismissToast(id)}>
        <X size={13} aria-hidden="true" />
      </button>
    </div>
  );
}
