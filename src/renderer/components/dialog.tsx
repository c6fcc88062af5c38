import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { setState } from '../state/store';

/**
 * A modal dialog of the platform: it holds the focus, Escape closes it, and focus goes back where it was. It is closed by
 * taking it out, at once: the platform tells of a dialog that closed by itself only later, when the next may be open.
 */
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
  useLayoutEffect(() => {
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
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) {
          onClose();
        }
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
