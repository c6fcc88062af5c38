import type { ReactNode } from 'react';

export interface IconButtonProps {
  readonly label: string;
  readonly shortcut?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/**
 * A button that is a picture; its name is read aloud and shown on hover, with its shortcut. One that has nothing to do
 * keeps the focus: taking it away would leave the keyboard nowhere.
 */
export function IconButton({ label, shortcut, pressed, disabled, onClick, children }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      aria-disabled={disabled}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      onClick={disabled === true ? undefined : onClick}
    >
      {children}
    </button>
  );
}
