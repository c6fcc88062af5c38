import type { ReactNode } from 'react';
import { keysForPeople, keysForReaders } from '../shortcuts';

export interface IconButtonProps {
  readonly label: string;
  /** Keys that do the same, as commands have them: `Mod+K`. */
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
      aria-keyshortcuts={shortcut === undefined ? undefined : keysForReaders(shortcut)}
      aria-disabled={disabled}
      title={shortcut === undefined ? label : `${label} (${keysForPeople(shortcut)})`}
      onClick={disabled === true ? undefined : onClick}
    >
      {children}
    </button>
  );
}
