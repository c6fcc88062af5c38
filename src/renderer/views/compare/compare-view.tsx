import { ChevronDown, ChevronUp, PanelRight, Plus, Search, X } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import type { Audit } from '../../../core/model/audit';
import type { RowStatus } from '../../../core/model/diff';
import { EmptyState } from '../../components/empty-state';
import { IconButton } from '../../components/icon-button';
import { statusLooks, statusOrder } from '../../lib/status';
import { keysForPeople } from '../../shortcuts';
import { setStepper } from '../../state/stepper';
import { type Filter, getState, setState, useAppState } from '../../state/store';
import { Details } from './details';
import { Grid } from './grid';
import { layOutColumns } from './grid-columns';
import {
  countStatuses,
  filterRows,
  foldKey,
  foldOf,
  type GridItem,
  type IndexedRow,
  indexRows,
  isGroupOpen,
  layOut,
  type StatusCounts,
  sortRows,
  stepDifference,
} from './grid-model';
import { type CompareRow, rowsOfColumns } from './matrix-rows';
import { MatrixSummary } from './matrix-summary';
import { SideDetails } from './side-details';

/**
 * What is compared, side by side: filters, the grid, and the details of the row that is chosen. An audit's own rows when
 * this machine is measured by the target; else the rows of all columns.
 */
export function CompareView({ audit }: { readonly audit: Audit | undefined }) {
  const filter = useAppState((state) => state.filter);
  const groups = useAppState((state) => state.groups);
  const openFolds = useAppState((state) => state.openFolds);
  const activeItem = useAppState((state) => state.activeItem);
  const detailsOpen = useAppState((state) => state.detailsOpen);
  const place = useAppState((state) => state.place);
  const sides = useAppState((state) => state.columns);
  const reference = useAppState((state) => state.reference);
  const widths = useAppState((state) => state.widths);
  const reached = useRef<typeof place | undefined>(undefined);
  const deferred = useDeferredValue(filter);

  const layout = useMemo(() => layOutColumns(sides, reference, widths), [sides, reference, widths]);
  const all = useMemo(
    (): readonly CompareRow[] => (layout.isAudit ? (audit?.rows ?? []) : rowsOfColumns(sides, reference, audit)),
    [audit, layout.isAudit, sides, reference],
  );
  const indexed = useMemo(() => indexRows(all), [all]);
  const counts = useMemo(() => countStatuses(indexed), [indexed]);
  const sorted = useMemo(
    () =>
      sortRows(
        indexed,
        deferred.sort,
        sides.map(({ id }) => id),
      ),
    [indexed, deferred.sort, sides],
  );
  const rows = useMemo(() => filterRows(sorted, deferred), [sorted, deferred]);
  const unfolded = deferred.text !== '' || deferred.statuses.size > 0;
  const items = useMemo(() => layOut(rows, { groups, openFolds, unfolded }), [rows, groups, openFolds, unfolded]);
  const active = items.find((item) => item.key === activeItem);

  const step = useCallback(
    (direction: 1 | -1) => {
      const current = items.find((item) => item.key === getState().activeItem);
      const next = stepDifference(rows, current, direction);
      setState(next === undefined ? { announcement: 'There are no differences' } : reveal(next, unfolded));
    },
    [items, rows, unfolded],
  );
  useEffect(() => setStepper(step), [step]);

  // The first difference is where a reader wants to begin; a place in another view may name a tool.
  useEffect(() => {
    const { focus } = place;
    const wanted =
      focus === undefined || reached.current === place
        ? undefined
        : indexed.find(({ row }) => row.tool === focus || row.expected?.attribute === focus);
    reached.current = place;
    if (wanted !== undefined) {
      setState({ ...reveal(wanted, false), detailsOpen: true });
    } else if (getState().activeItem === undefined) {
      const first = stepDifference(filterRows(sorted, getState().filter), undefined, 1);
      setState(first === undefined ? {} : { activeItem: first.key });
    }
  }, [indexed, sorted, place]);

  useEffect(() => {
    if (unfolded) {
      setState({ announcement: rows.length === 1 ? '1 result' : `${rows.length} results` });
    }
  }, [rows, unfolded]);

  return (
    <div className={`compare${detailsOpen && active?.kind === 'row' ? ' with-details' : ''}`}>
      <div className="compare-main">
        <Toolbar filter={filter} counts={counts} step={step} results={unfolded ? rows.length : undefined} />
        {layout.isAudit && audit?.summary.total === 0 && all.length > 0 && (
          <p className="compare-note muted">
            The shell “{audit.shell}” asks for no packages: what follows is only on this machine.
          </p>
        )}
        {!layout.isAudit && sides.length > 1 && <MatrixSummary rows={all} sides={sides} reference={reference} />}
        {items.length > 0 || (!layout.isAudit && sides.some(({ loading }) => loading)) ? (
          <Grid items={items} layout={layout} onToggle={toggle} onOpen={openDetails} />
        ) : (
          <NothingFound audit={audit} isEmpty={all.length === 0} />
        )}
      </div>
      {detailsOpen &&
        active?.kind === 'row' &&
        (layout.isAudit && audit !== undefined ? (
          <Details key={active.key} row={active.row} audit={audit} />
        ) : (
          <SideDetails key={active.key} row={active.row} layout={layout} audit={audit} />
        ))}
    </div>
  );
}

/** Opens what hides a row, and puts the keyboard on it. */
function reveal({ key, row, aside }: IndexedRow, unfolded: boolean) {
  const fold = foldOf(row);
  const { groups, openFolds, filter } = getState();
  const isOpen = isGroupOpen(row.category, aside, { groups, unfolded });
  const hidden = !unfolded && fold !== undefined;
  const excluded = filter.statuses.size > 0 && !filter.statuses.has(row.status);
  return {
    activeItem: key,
    groups: isOpen ? groups : new Map([...groups, [row.category, true] as const]),
    openFolds: hidden && fold !== undefined ? new Set([...openFolds, foldKey(row.category, fold)]) : openFolds,
    ...(excluded ? { filter: { ...filter, statuses: new Set<RowStatus>(), text: '' } } : {}),
  };
}

function openDetails(): void {
  setState({ detailsOpen: true });
}

function toggle(item: GridItem): void {
  const { groups, openFolds } = getState();
  if (item.kind === 'group') {
    setState({ groups: new Map([...groups, [item.category, !item.open] as const]), activeItem: item.key });
  } else if (item.kind === 'fold') {
    setState({ openFolds: toggled(openFolds, item.key) });
  }
}

function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) {
    next.add(member);
  }
  return next;
}

function Toolbar({
  filter,
  counts,
  results,
  step,
}: {
  readonly filter: Filter;
  readonly counts: StatusCounts;
  readonly results: number | undefined;
  readonly step: (direction: 1 | -1) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const detailsOpen = useAppState((state) => state.detailsOpen);
  const hasDifference = statusOrder.some((status) => status !== 'match' && status !== 'extra' && counts[status] > 0);
  const change = (part: Partial<Filter>) => setState({ filter: { ...getState().filter, ...part } });
  return (
    <div className="toolbar" role="toolbar" aria-label="Filters">
      <div className="search">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          id="compare-search"
          type="search"
          placeholder="Filter tools"
          aria-label="Filter tools"
          value={filter.text}
          onChange={(event) => change({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.altKey || event.ctrlKey || event.metaKey) {
              return;
            }
            if (event.key === 'Escape' && filter.text !== '') {
              change({ text: '' });
              event.stopPropagation();
            } else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') {
              document.getElementById('compare-grid')?.focus();
              event.preventDefault();
            }
          }}
        />
        {filter.text === '' ? (
          <span className="key" aria-hidden="true">
            /
          </span>
        ) : (
          <button
            type="button"
            className="clear"
            aria-label="Clear the filter"
            onClick={() => {
              change({ text: '' });
              input.current?.focus();
            }}
          >
            <X size={13} aria-hidden="true" />
          </button>
        )}
      </div>
      <div className="chips">
        {statusOrder
          .filter((status) => counts[status] > 0)
          .map((status) => (
            <button
              key={status}
              type="button"
              className={`chip status-${status}`}
              aria-pressed={filter.statuses.has(status)}
              title={statusLooks[status].meaning}
              onClick={() => change({ statuses: toggled(filter.statuses, status) })}
            >
              <span className="status-glyph" aria-hidden="true">
                {statusLooks[status].glyph}
              </span>
              {statusLooks[status].label} <span className="chip-count">{counts[status]}</span>
            </button>
          ))}
      </div>
      <span className="toolbar-space" />
      <button
        type="button"
        className="button add-column"
        title={`Add a column: a snapshot, an image, another machine or flake (${keysForPeople('Mod+Shift+A')})`}
        onClick={() => setState({ overlay: 'add-column' })}
      >
        <Plus size={14} aria-hidden="true" />
        <span>Add column</span>
      </button>
      {results !== undefined && <span className="results">{results === 1 ? '1 result' : `${results} results`}</span>}
      <IconButton label="Previous difference" shortcut="Shift+F8" disabled={!hasDifference} onClick={() => step(-1)}>
        <ChevronUp size={16} />
      </IconButton>
      <IconButton label="Next difference" shortcut="F8" disabled={!hasDifference} onClick={() => step(1)}>
        <ChevronDown size={16} />
      </IconButton>
      <IconButton
        label={detailsOpen ? 'Hide details' : 'Show details'}
        pressed={detailsOpen}
        onClick={() => setState({ detailsOpen: !detailsOpen })}
      >
        <PanelRight size={16} />
      </IconButton>
    </div>
  );
}

function NothingFound({ audit, isEmpty }: { readonly audit: Audit | undefined; readonly isEmpty: boolean }) {
  return isEmpty ? (
    <EmptyState
      title="Nothing to compare"
      text={
        audit === undefined
          ? 'None of the columns has a tool that Lockstep knows.'
          : `The shell “${audit.shell}” asks for no packages, and no known tool was found on this machine.`
      }
      action={{ label: 'Add a column…', run: () => setState({ overlay: 'add-column' }) }}
    />
  ) : (
    <EmptyState
      title="No tool matches"
      text="Nothing here has that name, version or status."
      action={{
        label: 'Clear all filters',
        run: () => setState({ filter: { ...getState().filter, text: '', statuses: new Set() } }),
      }}
    />
  );
}
