import type { LucideIcon } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { nextIndex, VERTICAL } from '../lib/next-index';

export interface MenuItem {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
  /** Keys that do the same, as this system writes them. */
  readonly keys?: string;
}

/** Where a menu opens: below a button, or at the pointer. */
export type MenuPlace = Pick<DOMRect, 'left' | 'bottom'>;

const width = 236;
const itemHeight = 30;

/** A menu as WAI-ARIA has it: arrows go through it, Escape closes it. */
export function Menu({
  label,
  items,
  at,
  onClose,
}: {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly at: MenuPlace;
  readonly onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);

  useEffect(() => {
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const close = (event: Event) => {
      if (!(event.target instanceof Node && menu.current?.contains(event.target))) {
        onClose();
      }
    };
    addEventListener('pointerdown', close, true);
    addEventListener('resize', onClose);
    return () => {
      removeEventListener('pointerdown', close, true);
      removeEventListener('resize', onClose);
    };
  }, [onClose]);

  function onKeyDown(event: KeyboardEvent): void {
    const buttons = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    const to = nextIndex(event.key, here, buttons.length, VERTICAL);
    if (to !== undefined) {
      buttons[to]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      onClose();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  const height = items.length * itemHeight + 16;
  return createPortal(
    <div
      ref={menu}
      className="popover menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      style={{
        position: 'fixed',
        top: Math.max(8, Math.min(at.bottom + 4, innerHeight - height - 8)),
        left: Math.max(8, Math.min(at.left, innerWidth - width)),
      }}
      onKeyDown={onKeyDown}
    >
      {items.map(({ label: words, icon: Icon, run, keys }) => (
        <button
          key={words}
          type="button"
          role="menuitem"
          className="popover-item menu-item"
          tabIndex={-1}
          onClick={() => {
            onClose();
            run();
          }}
        >
          <Icon size={14} aria-hidden="true" />
          <span className="menu-words">{words}</span>
          {keys !== undefined && <kbd>{keys}</kbd>}
        </button>
      ))}
    </div>,
    // Not in the grid, which would cut it off; in a landmark all the same.
    document.getElementById('stage') ?? document.body,
  );
}
