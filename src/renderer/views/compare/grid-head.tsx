// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a treegrid that shows only the lines in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons in a column's head hold the focus
import { LoaderCircle, MoreHorizontal, TriangleAlert } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import { moveColumn, setWidth, shiftColumn } from '../../state/columns';
import { type Filter, getState, setState } from '../../state/store';
import { ColumnMenu } from './column-menu';
import type { GridColumn, GridLayout } from './grid-columns';

/** A key press moves an edge by so many pixels. */
const widthStep = 16;

const dragType = 'application/x-lockstep-column';

/** The heads of all columns. One stop of the Tab key; arrows go along it. */
export const GridHead = memo(function GridHead({
  layout,
  sort,
}: {
  readonly layout: GridLayout;
  readonly sort: Filter['sort'];
}) {
  const row = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);

  function onKeyDown(event: KeyboardEvent): void {
    const stops = [...(row.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const at = stops.indexOf(event.target as HTMLButtonElement);
    if (at === -1 || event.altKey) {
      return;
    }
    const cell = stops[at]?.closest<HTMLElement>('[data-column]')?.dataset['column'];
    const column = layout.columns.find(({ id }) => id === cell);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0 && event.shiftKey && (event.ctrlKey || event.metaKey)) {
      if (column?.column !== undefined) {
        shiftColumn(column.id, step);
      }
    } else if (step !== 0 && event.shiftKey) {
      resize(column, stops[at]?.closest<HTMLElement>('[data-column]'), step * widthStep);
    } else if (step !== 0) {
      focus(stops, at + step);
    } else if (event.key === 'Home' || event.key === 'End') {
      focus(stops, event.key === 'Home' ? 0 : stops.length - 1);
    } else if (event.key === 'ArrowDown') {
      document.getElementById('compare-grid')?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function focus(stops: readonly HTMLButtonElement[], index: number): void {
    const next = Math.max(0, Math.min(stops.length - 1, index));
    setCurrent(next);
    stops[next]?.focus();
  }

  let stop = -1;
  const nextStop = () => {
    stop += 1;
    return stop === Math.min(current, layout.columns.length * 2) ? 0 : -1;
  };
  return (
    <div className="grid-head" role="rowgroup" style={{ minWidth: layout.minimum }}>
      <div
        ref={row}
        className={`grid-line grid-columns${layout.isAudit ? '' : ' has-notes'}`}
        role="row"
        aria-rowindex={1}
        style={{ height: layout.headHeight }}
        onKeyDown={onKeyDown}
      >
        {layout.columns.map((column, index) => (
          <ColumnHead
            key={column.id}
            column={column}
            index={index}
            sort={sort}
            sortStop={nextStop()}
            menuStop={nextStop()}
          />
        ))}
      </div>
    </div>
  );
});

function ColumnHead({
  column: shown,
  index,
  sort,
  sortStop,
  menuStop,
}: {
  readonly column: GridColumn;
  readonly index: number;
  readonly sort: Filter['sort'];
  readonly sortStop: number;
  readonly menuStop: number;
}) {
  const { id, title, note, column, isReference, widthName } = shown;
  const cell = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<DOMRect | undefined>();
  const [over, setOver] = useState(false);
  const sorted = sort.column === id;
  const direction = sort.descending ? 'descending' : 'ascending';
  const movable = column !== undefined;

  function takesDrop(event: DragEvent): boolean {
    return movable && event.dataTransfer.types.includes(dragType);
  }

  return (
    <div
      ref={cell}
      role="columnheader"
      className={`cell head-cell cell-${id}${over ? ' is-over' : ''}${isReference ? ' is-reference' : ''}`}
      aria-sort={sorted ? direction : 'none'}
      data-column={id}
      draggable={movable}
      onDragStart={(event) => event.dataTransfer.setData(dragType, id)}
      onDragOver={(event) => {
        if (takesDrop(event)) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const moving = event.dataTransfer.getData(dragType);
        if (takesDrop(event) && moving !== '') {
          event.preventDefault();
          const to = getState().columns.findIndex((one) => one.id === id);
          moveColumn(moving, to);
        }
      }}
    >
      <div className="head-text">
        <button
          type="button"
          className="column-button"
          tabIndex={sortStop}
          aria-description={isReference ? 'The others are measured by this column' : undefined}
          onClick={() => {
            const { filter } = getState();
            setState({ filter: { ...filter, sort: { column: id, descending: sorted && !sort.descending } } });
          }}
        >
          <span className="column-title">{title}</span>
          {sorted && <span aria-hidden="true">{sort.descending ? '↓' : '↑'}</span>}
        </button>
        {note !== undefined && (
          <span className={`column-note${column?.problem === undefined ? '' : ' is-alert'}`} title={note}>
            {column?.loading === true && <LoaderCircle className="spin" size={11} aria-hidden="true" />}
            {column?.problem !== undefined && <TriangleAlert size={11} aria-hidden="true" />}
            {isReference && <b className="reference-mark">Reference</b>}
            <span className="column-note-text">{note}</span>
          </span>
        )}
      </div>
      <button
        type="button"
        className="head-menu"
        tabIndex={menuStop}
        aria-label={`Column ${title}`}
        aria-haspopup="menu"
        aria-expanded={menu !== undefined}
        title={movable ? 'Move, measure by, widen, remove' : 'Widen or narrow'}
        onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}
      >
        <MoreHorizontal size={14} aria-hidden="true" />
      </button>
      {menu !== undefined && (
        <ColumnMenu
          column={shown}
          index={index}
          onResize={(by) => resize(shown, cell.current, by)}
          at={menu}
          onClose={() => {
            setMenu(undefined);
            cell.current?.querySelector<HTMLElement>('.head-menu')?.focus();
          }}
        />
      )}
      <Edge name={widthName} cell={cell} />
    </div>
  );
}

/** The right edge of a column: dragged with the pointer; a double click lets it have its own width again. */
function Edge({ name, cell }: { readonly name: string; readonly cell: React.RefObject<HTMLDivElement | null> }) {
  const start = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  return (
    <span
      className="edge"
      aria-hidden="true"
      onPointerDown={(event: PointerEvent) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: cell.current?.getBoundingClientRect().width ?? 0 };
      }}
      onPointerMove={(event) => {
        if (start.current !== undefined) {
          setWidth(name, start.current.width + event.clientX - start.current.x);
        }
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onDoubleClick={() => setWidth(name, undefined)}
      onDragStart={(event) => event.preventDefault()}
    />
  );
}

function resize(column: GridColumn | undefined, cell: HTMLElement | null | undefined, by: number): void {
  if (column !== undefined && cell != null) {
    const width = Math.round(cell.getBoundingClientRect().width + by);
    setWidth(column.widthName, width);
    setState({ announcement: `${column.title}: ${width} pixels wide` });
  }
}
