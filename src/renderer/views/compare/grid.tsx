// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a treegrid that shows only the lines in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active line
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles every key
import { type CSSProperties, type KeyboardEvent, type MouseEvent, memo, useEffect, useMemo, useRef } from 'react';
import type { MenuPlace } from '../../components/menu';
import { rowName } from '../../lib/changes';
import { copyText } from '../../state/actions';
import { setState, useAppState } from '../../state/store';
import type { GridLayout } from './grid-columns';
import { GridHead } from './grid-head';
import { FoldLine, GroupLine, type Line, RowLine } from './grid-lines';
import { type GridItem, rowAsText } from './grid-model';
import type { CompareRow } from './matrix-rows';
import { useAnchor } from './use-anchor';
import { type LinesInSight, lineHeight, useWindow } from './use-window';

export interface GridProps {
  readonly items: readonly GridItem[];
  /** What the items are of: when that changes, they are others; else they are only arranged in another way. */
  readonly of: unknown;
  readonly layout: GridLayout;
  /** What the filter looks for. */
  readonly searched: string;
  readonly onToggle: (item: GridItem) => void;
  readonly onOpen: () => void;
  /** A menu is wanted for a row: at the pointer, or below the row that the keyboard is on. */
  readonly onMenu: (row: CompareRow, at: MenuPlace) => void;
}

/**
 * The comparison as a WAI-ARIA treegrid. Only the lines in sight are in the document; focus stays on the grid and
 * `aria-activedescendant` names the line that the keyboard is on, so that scrolling never loses focus.
 */
export function Grid({ items, of, layout, searched, onToggle, onOpen, onMenu }: GridProps) {
  const { headHeight } = layout;
  const scroller = useRef<HTMLDivElement>(null);
  const active = useAppState((state) => state.activeItem);
  const sort = useAppState((state) => state.filter.sort);
  const changed = useAppState((state) => state.changed);
  const headers = useMemo(() => items.flatMap((item, index) => (item.kind === 'group' ? [index] : [])), [items]);
  const { sight, reveal } = useWindow(scroller, items.length, headers, headHeight);
  const activeIndex = useMemo(() => items.findIndex((item) => item.key === active), [items, active]);

  useAnchor(scroller, items, of);
  // Only when the keyboard has gone there: a line that is moved by others that come must not pull the list along.
  const place = items[activeIndex];
  const goal = place === undefined || place.kind === 'row' ? active : `${active} ${place.open}`;
  const revealed = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (activeIndex !== -1 && revealed.current !== goal) {
      revealed.current = goal;
      reveal(activeIndex);
    }
  }, [activeIndex, goal, reveal]);

  function activate(index: number): void {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (item !== undefined) {
      setState({ activeItem: item.key });
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) {
      return;
    }
    const item = items[activeIndex];
    const handled = handleKey(event, item);
    if (handled) {
      event.preventDefault();
    }
  }

  function handleKey(event: KeyboardEvent, item: GridItem | undefined): boolean {
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey) {
      return false;
    }
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      // A row that was not scrolled to yet is not drawn: then the menu is at the top of the list.
      const line = document.getElementById(lineId(activeIndex)) ?? scroller.current?.querySelector('.grid-head');
      if (item?.kind === 'row' && line != null) {
        const { left, bottom } = line.getBoundingClientRect();
        onMenu(item.row, { left: left + 34, bottom });
      }
      return true;
    }
    if (command) {
      if (event.key === 'c' && item?.kind === 'row' && getSelection()?.isCollapsed !== false) {
        void copyText(rowAsText(item.row), `the row of ${item.row.title}`);
        return true;
      }
      return false;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / lineHeight) - 2);
    switch (event.key) {
      case 'ArrowDown':
        activate(activeIndex + 1);
        return true;
      case 'ArrowUp':
        activate(activeIndex === -1 ? 0 : activeIndex - 1);
        return true;
      case 'PageDown':
        activate(activeIndex + page);
        return true;
      case 'PageUp':
        activate(activeIndex - page);
        return true;
      case 'Home':
        activate(0);
        return true;
      case 'End':
        activate(items.length - 1);
        return true;
      case 'ArrowRight':
        if (item !== undefined && item.kind !== 'row') {
          if (item.open) {
            activate(activeIndex + 1);
          } else {
            onToggle(item);
          }
        } else if (item !== undefined) {
          onOpen();
        }
        return true;
      case 'ArrowLeft':
        if (item !== undefined && item.kind !== 'row' && item.open) {
          onToggle(item);
        } else {
          activate(parentIndex(items, activeIndex));
        }
        return true;
      case 'Enter':
      case ' ':
        if (item?.kind === 'row') {
          onOpen();
        } else if (item !== undefined) {
          onToggle(item);
        }
        return true;
      default:
        return false;
    }
  }

  /** The lines listen to nothing themselves: they come and go by the thousand. */
  function itemAt({ target }: MouseEvent): GridItem | undefined {
    const line = target instanceof Element ? target.closest('.grid-line') : null;
    return line === null ? undefined : items[indexOfLine(line.id)];
  }

  return (
    <div className="grid-frame">
      <div
        ref={scroller}
        id="compare-grid"
        className={`grid${layout.isAudit ? '' : ' is-matrix'}${sight.aside ? ' is-aside' : ''}`}
        role="treegrid"
        aria-label={
          layout.isAudit
            ? 'Comparison of this machine with the target'
            : `Comparison of ${layout.columns.length - 2} columns`
        }
        aria-rowcount={items.length + 1}
        aria-colcount={layout.columns.length}
        aria-activedescendant={activeIndex === -1 ? undefined : lineId(activeIndex)}
        tabIndex={0}
        style={{ '--columns': layout.template } as CSSProperties}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.target === event.currentTarget && activeIndex === -1) {
            activate(0);
          }
        }}
      >
        <GridHead layout={layout} sort={sort} />
        <div
          className="grid-body"
          role="rowgroup"
          style={{ height: items.length * lineHeight, minWidth: layout.minimum }}
          onClick={(event) => {
            const item = itemAt(event);
            if (item !== undefined) {
              setState({ activeItem: item.key });
              if (item.kind === 'row') {
                onOpen();
              } else {
                onToggle(item);
              }
            }
          }}
          onContextMenu={(event) => {
            const item = itemAt(event);
            if (item?.kind === 'row') {
              event.preventDefault();
              setState({ activeItem: item.key });
              onMenu(item.row, { left: event.clientX, bottom: event.clientY });
            }
          }}
        >
          {indicesOf(sight).map((index) => {
            const item = items[index];
            if (item === undefined) {
              return null;
            }
            const sticky = index === sight.sticky;
            return (
              <GridLine
                key={sticky ? 'sticky' : `${item.kind} ${index % sight.room}`}
                item={item}
                layout={layout}
                index={index}
                was={item.kind === 'row' && changed.size > 0 ? changed.get(rowName(item.row)) : undefined}
                searched={searched}
                active={index === activeIndex}
                sticky={sticky}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/**
 * In the order of the document: the line that stays at the top, wherever it is, and the others as they are read, or
 * while the list scrolls as their elements are.
 */
function indicesOf({ first, end, sticky, room, foremost }: LinesInSight): readonly number[] {
  const indices: number[] = [];
  for (let index = first; index < end; index += 1) {
    if (index !== sticky) {
      indices.push(index);
    }
  }
  const position = (index: number) => (((index - foremost) % room) + room) % room;
  indices.sort((one, other) => position(one) - position(other));
  return sticky === -1 ? indices : [sticky, ...indices];
}

interface GridLineProps {
  readonly item: GridItem;
  readonly layout: GridLayout;
  readonly index: number;
  readonly was: string | undefined;
  readonly searched: string;
  readonly active: boolean;
  readonly sticky: boolean;
}

/** One line, rendered again only when something of it changes: scrolling then costs the new lines alone. */
const GridLine = memo(function GridLine({ item, layout, index, was, searched, active, sticky }: GridLineProps) {
  const line: Line = {
    id: lineId(index),
    rowIndex: index + 2,
    active,
    style: sticky
      ? { position: 'sticky', top: layout.headHeight }
      : { position: 'absolute', transform: `translateY(${index * lineHeight}px)` },
  };
  switch (item.kind) {
    case 'group':
      return <GroupLine item={item} line={line} span={layout.columns.length} sticky={sticky} />;
    case 'fold':
      return <FoldLine item={item} line={line} layout={layout} />;
    case 'row':
      return <RowLine item={item} line={line} layout={layout} was={was} searched={searched} />;
  }
});

function parentIndex(items: readonly GridItem[], index: number): number {
  for (let above = index - 1; above >= 0; above -= 1) {
    if (items[above]?.kind === 'group') {
      return above;
    }
  }
  return 0;
}

function lineId(index: number): string {
  return `grid-line-${index}`;
}

function indexOfLine(id: string): number {
  return Number(id.slice('grid-line-'.length));
}
