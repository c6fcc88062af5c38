import { ChevronDown, ChevronUp, PanelRight, Search, X } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import type { Audit } from '../../../core/model/audit';
import type { RowStatus } from '../../../core/model/diff';
import { EmptyState } from '../../components/empty-state';
import { IconButton } from '../../components/icon-button';
import { statusLooks, statusOrder } from '../../lib/status';
import { setStepper } from '../../state/stepper';
import { type Filter, getState, setState, useAppState } from '../../state/store';
import { Details } from './details';
import { Grid } from './grid';
import {
  countStatuses,
  filterRows,
  foldKey,
  type GridItem,
  type IndexedRow,
  indexRows,
  isFoldable,
  isGroupOpen,
  layOut,
  type StatusCounts,
  sortRows,
  stepDifference,
} from './grid-model';

/** This machine beside the target: filters, the grid, and the details of the row that is chosen. */
export function CompareView({ audit }: { readonly audit: Audit }) {
  const filter = useAppState((state) => state.filter);
  const groups = useAppState((state) => state.groups);
  const openFolds = useAppState((state) => state.openFolds);
  const activeItem = useAppState((state) => state.activeItem);
  const detailsOpen = useAppState((state) => state.detailsOpen);
  const place = useAppState((state) => state.place);
  const reached = useRef<typeof place | undefined>(undefined);
  const deferred = useDeferredValue(filter);

  const indexed = useMemo(() => indexRows(audit.rows), [audit]);
  const counts = useMemo(() => countStatuses(indexed), [indexed]);
  const sorted = useMemo(() => sortRows(indexed, deferred.sort), [indexed, deferred.sort]);
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
        {items.length > 0 ? (
          <Grid items={items} onToggle={toggle} onOpen={openDetails} />
        ) : (
          <NothingFound audit={audit} />
        )}
      </div>
      {detailsOpen && active?.kind === 'row' && <Details key={active.key} row={active.row} audit={audit} />}
    </div>
  );
}

/** Opens what hides a row, and puts the keyboard on it. */
function reveal({ key, row, aside }: IndexedRow, unfolded: boolean) {
  const { groups, openFolds, filter } = getState();
  const isOpen = isGroupOpen(row.category, aside, { groups, unfolded });
  const hidden = !unfolded && isFoldable(row.status);
  const excluded = filter.statuses.size > 0 && !filter.statuses.has(row.status);
  return {
    activeItem: key,
    groups: isOpen ? groups : new Map([...groups, [row.category, true] as const]),
    openFolds:
      hidden && isFoldable(row.status) ? new Set([...openFolds, foldKey(row.category, row.status)]) : openFolds,
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
      {results !== undefined && <span className="results">{results === 1 ? '1 result' : `${results} results`}</span>}
      <IconButton label="Previous difference" shortcut="Shift+F8" onClick={() => step(-1)}>
        <ChevronUp size={16} />
      </IconButton>
      <IconButton label="Next difference" shortcut="F8" onClick={() => step(1)}>
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

function NothingFound({ audit }: { readonly audit: Audit }) {
  return audit.rows.length === 0 ? (
    <EmptyState
      title="Nothing to compare"
      text={`The shell “${audit.shell}” asks for no packages, and no known tool was found on this machine.`}
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
