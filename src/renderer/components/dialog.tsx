import { type ReactNode, useEffect, useRef } from 'react';
import { setState } from '../state/store';

/** A modal dialog of the platform: it holds the focus, Escape closes it, and focus goes back where it was. */
export function Dialog({
  label,
  className,
  onClose = () => setState({ overlay: undefined }),
  children,
}: {
  readonly label: string;
  readonly className: string;
  readonly onClose?: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('input, .primary')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) {
          event.currentTarget.close();
        }
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
