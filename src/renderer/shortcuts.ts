import { commands, runCommand } from './commands';
import { getState, setState } from './state/store';

const isMac = navigator.platform.startsWith('Mac');

/** Keys as this system writes them: `⌘K` or `Ctrl+K`. */
export function keysForPeople(keys: string): string {
  return isMac
    ? keys
        .split('+')
        .map((key) => macSigns[key] ?? key)
        .join('')
    : keys
        .split('+')
        .map((key) => signs[key] ?? key)
        .join('+');
}

/** Keys as `aria-keyshortcuts` has them: `Control+K`, `Alt+ArrowLeft`. */
export function keysForReaders(keys: string): string {
  return keys
    .split('+')
    .map((key) =>
      key === 'Mod' ? (isMac ? 'Meta' : 'Control') : /^(?:Left|Right|Up|Down)$/u.test(key) ? `Arrow${key}` : key,
    )
    .join('+');
}

const signs: Readonly<Record<string, string>> = { Mod: 'Ctrl', Left: '←', Right: '→', Up: '↑', Down: '↓' };

const macSigns: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Left: '←',
  Right: '→',
  Up: '↑',
  Down: '↓',
};

/**
 * Keys that work anywhere in the window. The native menu has most of them too; whichever sees the key first handles
 * it, and the other does not see it.
 */
export function listenToKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) {
      return;
    }
    const pressed = keysOf(event);
    const command = commands.find(
      ({ keys }) => keys === pressed || (!isMac && keys?.replace('Ctrl', 'Mod') === pressed),
    );
    if (command !== undefined) {
      event.preventDefault();
      runCommand(command.id);
    } else if (pressed === '/' && !isTyping(event.target) && getState().overlay === undefined) {
      event.preventDefault();
      runCommand('find');
    } else if (pressed === 'Escape') {
      leaveDetails();
    }
  };
  // The buttons of a mouse that browsers go back and forward by.
  const onMouseUp = (event: MouseEvent) => {
    if (event.button === 3 || event.button === 4) {
      event.preventDefault();
      runCommand(event.button === 3 ? 'back' : 'forward');
    }
  };
  addEventListener('keydown', onKeyDown);
  addEventListener('mouseup', onMouseUp);
  return () => {
    removeEventListener('keydown', onKeyDown);
    removeEventListener('mouseup', onMouseUp);
  };
}

function leaveDetails(): void {
  const { overlay, detailsOpen, place } = getState();
  if (overlay === undefined && place.view === 'compare' && detailsOpen) {
    setState({ detailsOpen: false });
    document.getElementById('compare-grid')?.focus();
  }
}

function keysOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key.replace(/^Arrow/u, '');
  const mod = isMac ? event.metaKey : event.ctrlKey;
  // With a character such as `/` or `,` Shift is part of typing it on some keyboards.
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/iu.test(event.key));
  const control = isMac && event.ctrlKey;
  return [mod ? 'Mod' : '', control ? 'Ctrl' : '', event.altKey ? 'Alt' : '', shift ? 'Shift' : '', key]
    .filter(Boolean)
    .join('+');
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/u.test(target.tagName))
  );
}
