import { ArrowLeft, ArrowRight, Crosshair, MoveHorizontal, RotateCw, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { nextIndex, VERTICAL } from '../../lib/next-index';
import { measureBy, removeColumn, retryColumn, setWidth, shiftColumn } from '../../state/columns';
import { type ColumnState, useAppState } from '../../state/store';

/** What can be done with a column. A menu as WAI-ARIA has it: arrows go through it, Escape closes it. */
export function ColumnMenu({
  column,
  index,
  isReference,
  title,
  widthName,
  hasWidth,
  at,
  onClose,
}: {
  readonly column: ColumnState;
  /** Among all columns of the grid. */
  readonly index: number;
  readonly isReference: boolean;
  readonly title: string;
  readonly widthName: string;
  readonly hasWidth: boolean;
  /** Where the button is that has opened it. */
  readonly at: DOMRect;
  readonly onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  const count = useAppState((state) => state.columns.length);
  const reference = useAppState((state) => state.reference);
  const { id } = column;
  const place = index - 2;

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
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const here = items.indexOf(document.activeElement as HTMLElement);
    const to = nextIndex(event.key, here, items.length, VERTICAL);
    if (to !== undefined) {
      items[to]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      onClose();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  const run = (work: () => void) => () => {
    onClose();
    work();
  };
  const items = [
    !isReference &&
      reference !== id && { label: 'Measure the others by this', icon: Crosshair, run: () => measureBy(id) },
    place > 0 && { label: 'Move left', icon: ArrowLeft, run: () => shiftColumn(id, -1) },
    place < count - 1 && { label: 'Move right', icon: ArrowRight, run: () => shiftColumn(id, 1) },
    hasWidth && { label: 'Width by itself', icon: MoveHorizontal, run: () => setWidth(widthName, undefined) },
    column.problem !== undefined && { label: 'Read again', icon: RotateCw, run: () => retryColumn(id) },
    count > 1 && { label: column.loading ? 'Cancel and remove' : 'Remove', icon: X, run: () => removeColumn(id) },
  ].filter((item) => item !== false);

  return createPortal(
    <div
      ref={menu}
      className="popover menu"
      role="menu"
      aria-label={`Column ${title}`}
      tabIndex={-1}
      style={{ position: 'fixed', top: at.bottom + 4, left: Math.max(8, Math.min(at.left, innerWidth - 236)) }}
      onKeyDown={onKeyDown}
    >
      {items.map(({ label, icon: Icon, run: work }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          className="popover-item menu-item"
          tabIndex={-1}
          onClick={run(work)}
        >
          <Icon size={14} aria-hidden="true" />
          {label}
        </button>
      ))}
    </div>,
    // Not in the grid, which would cut it off; in a landmark all the same.
    document.getElementById('stage') ?? document.body,
  );
}
