// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a treegrid that shows only the lines in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active line
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles every key
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef } from 'react';
import { rowName } from '../../lib/changes';
import { copyText } from '../../state/actions';
import { setState, useAppState } from '../../state/store';
import type { GridLayout } from './grid-columns';
import { GridHead } from './grid-head';
import { FoldLine, GroupLine, type Line, RowLine } from './grid-lines';
import { type GridItem, rowAsText } from './grid-model';

const lineHeight = 32;

export interface GridProps {
  readonly items: readonly GridItem[];
  readonly layout: GridLayout;
  readonly onToggle: (item: GridItem) => void;
  readonly onOpen: () => void;
}

/**
 * The comparison as a WAI-ARIA treegrid. Only the lines in sight are in the document; focus stays on the grid and
 * `aria-activedescendant` names the line that the keyboard is on, so that scrolling never loses focus.
 */
export function Grid({ items, layout, onToggle, onOpen }: GridProps) {
  const { headHeight } = layout;
  const scroller = useRef<HTMLDivElement>(null);
  const active = useAppState((state) => state.activeItem);
  const sort = useAppState((state) => state.filter.sort);
  const changed = useAppState((state) => state.changed);
  const headers = useMemo(() => items.flatMap((item, index) => (item.kind === 'group' ? [index] : [])), [items]);
  const sticky = useRef(0);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 12,
    scrollPaddingStart: lineHeight,
    scrollPaddingEnd: headHeight,
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        sticky.current = headers.findLast((index) => index <= range.startIndex) ?? 0;
        const seen = defaultRangeExtractor(range);
        return seen.includes(sticky.current) ? seen : [sticky.current, ...seen];
      },
      [headers],
    ),
  });
  const activeIndex = items.findIndex((item) => item.key === active);

  useEffect(() => {
    if (activeIndex > 0) {
      virtualizer.scrollToIndex(activeIndex);
    } else if (activeIndex === 0) {
      virtualizer.scrollToOffset(0);
    }
  }, [activeIndex, virtualizer]);

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

  return (
    <div
      ref={scroller}
      id="compare-grid"
      className="grid"
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
        style={{ height: virtualizer.getTotalSize(), minWidth: layout.minimum }}
      >
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const item = items[index];
          if (item === undefined) {
            return null;
          }
          return (
            <GridLine
              key={key}
              item={item}
              layout={layout}
              index={index}
              start={start}
              was={item.kind === 'row' && changed.size > 0 ? changed.get(rowName(item.row)) : undefined}
              active={index === activeIndex}
              sticky={index === sticky.current && item.kind === 'group'}
              onToggle={onToggle}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

interface GridLineProps {
  readonly item: GridItem;
  readonly layout: GridLayout;
  readonly index: number;
  /** Pixels from the top of the grid's body. */
  readonly start: number;
  readonly was: string | undefined;
  readonly active: boolean;
  readonly sticky: boolean;
  readonly onToggle: (item: GridItem) => void;
  readonly onOpen: () => void;
}

/** One line, rendered again only when something of it changes: scrolling then costs the new lines alone. */
const GridLine = memo(function GridLine({
  item,
  layout,
  index,
  start,
  was,
  active,
  sticky,
  onToggle,
  onOpen,
}: GridLineProps) {
  const line: Line = {
    id: lineId(index),
    rowIndex: index + 2,
    active,
    style: sticky
      ? { position: 'sticky', top: layout.headHeight }
      : { position: 'absolute', transform: `translateY(${start}px)` },
  };
  const toggle = () => {
    setState({ activeItem: item.key });
    onToggle(item);
  };
  switch (item.kind) {
    case 'group':
      return <GroupLine item={item} line={line} span={layout.columns.length} sticky={sticky} onToggle={toggle} />;
    case 'fold':
      return <FoldLine item={item} line={line} span={layout.columns.length} onToggle={toggle} />;
    case 'row':
      return (
        <RowLine
          item={item}
          line={line}
          layout={layout}
          was={was}
          onSelect={() => {
            setState({ activeItem: item.key });
            onOpen();
          }}
        />
      );
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
