import { useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { grouped } from '../../../core/grouped';
import type { Audit } from '../../../core/model/audit';
import type { RowStatus } from '../../../core/model/diff';
import { EmptyState } from '../../components/empty-state';
import type { MenuPlace } from '../../components/menu';
import { counted } from '../../lib/counted';
import type { EarlyAudit } from '../../lib/early';
import { toggled } from '../../lib/toggled';
import { useMedia } from '../../lib/use-media';
import { setStepper } from '../../state/stepper';
import { getState, setState, useAppState } from '../../state/store';
import { Toolbar } from './compare-toolbar';
import { Details } from './details';
import { Grid } from './grid';
import { layOutColumns } from './grid-columns';
import {
  countForChips,
  differencesAt,
  filterRows,
  foldKey,
  foldOf,
  type GridItem,
  type IndexedRow,
  indexRows,
  isGroupOpen,
  layOut,
  pickRows,
  searchRows,
  sortRows,
  stepDifference,
} from './grid-model';
import { type CompareRow, earlyRows, rowsOfColumns } from './matrix-rows';
import { MatrixSummary } from './matrix-summary';
import { RowMenu } from './row-menu';
import { SideDetails } from './side-details';

/**
 * Windows in which the toolbar has less than 900 pixels, beside the sidebar and, unless they are below, the details. Asked
 * of the window, whose size is known before anything is laid out.
 */
const twoLines = '(max-width: 1112px)';
const twoLinesBesideDetails = '(max-width: 1532px)';

/**
 * What is compared, side by side: filters, the grid, and the details of the row that is chosen. An audit's own rows when
 * this machine is measured by the target, or what is known of them so far; else the rows of all columns.
 */
export function CompareView({
  audit,
  early,
}: {
  readonly audit: Audit | undefined;
  readonly early?: EarlyAudit | undefined;
}) {
  const filter = useAppState((state) => state.filter);
  const groups = useAppState((state) => state.groups);
  const openFolds = useAppState((state) => state.openFolds);
  const activeItem = useAppState((state) => state.activeItem);
  const detailsOpen = useAppState((state) => state.detailsOpen);
  const place = useAppState((state) => state.place);
  const sides = useAppState((state) => state.columns);
  const reference = useAppState((state) => state.reference);
  const widths = useAppState((state) => state.widths);
  const isPast = useAppState((state) => state.pastId !== undefined);
  const [menu, setMenu] = useState<{ readonly row: CompareRow; readonly at: MenuPlace } | undefined>();
  const closeMenu = useCallback(() => {
    setMenu(undefined);
    document.getElementById('compare-grid')?.focus();
  }, []);
  const reached = useRef<typeof place | undefined>(undefined);
  /** The row that was chosen for the user, while nothing was judged. */
  const chosenEarly = useRef<string | undefined>(undefined);
  const isEarly = audit === undefined && early !== undefined;
  const deferred = useDeferredValue(filter);

  const layout = useMemo(() => layOutColumns(sides, reference, widths), [sides, reference, widths]);
  const all = useMemo(
    (): readonly CompareRow[] =>
      layout.isAudit
        ? (audit?.rows ?? earlyRows(early?.results.rows, early?.isOver))
        : rowsOfColumns(sides, reference, audit),
    [audit, layout.isAudit, sides, reference, early?.results.rows, early?.isOver],
  );
  const indexed = useMemo(() => indexRows(all), [all]);
  const totals = useMemo(() => countForChips(indexed), [indexed]);
  const sorted = useMemo(
    () =>
      sortRows(
        indexed,
        // Rows stay where they are while they are judged one after the other.
        isEarly && deferred.sort.column === 'status' ? { column: 'tool', descending: false } : deferred.sort,
        sides.map(({ id }) => id),
      ),
    [indexed, deferred.sort, sides, isEarly],
  );
  const found = useMemo(() => searchRows(sorted, deferred.text), [sorted, deferred.text]);
  const counts = useMemo(
    () => (found.length === sorted.length ? totals : countForChips(found)),
    [found, sorted, totals],
  );
  const rows = useMemo(() => pickRows(found, deferred.statuses), [found, deferred.statuses]);
  const unfolded = deferred.text !== '' || deferred.statuses.size > 0;
  const items = useMemo(
    () => layOut(rows, { groups, openFolds, unfolded, inPlace: isEarly }),
    [rows, groups, openFolds, unfolded, isEarly],
  );
  const active = items.find((item) => item.key === activeItem);
  const withDetails = detailsOpen && active?.kind === 'row';
  const isNarrow = useMedia(withDetails ? twoLinesBesideDetails : twoLines);
  const differences = useMemo(() => differencesAt(rows, activeItem), [rows, activeItem]);

  const step = useCallback(
    (direction: 1 | -1) => {
      const current = items.find((item) => item.key === getState().activeItem);
      const next = stepDifference(rows, current, direction);
      const { index, count } = differencesAt(rows, next?.key);
      setState(
        next === undefined
          ? { announcement: 'There are no differences' }
          : { ...reveal(next, unfolded), announcement: grouped(`Difference ${index + 1} of ${count}`) },
      );
    },
    [items, rows, unfolded],
  );
  useEffect(() => setStepper(step), [step]);

  // The first difference is where a reader wants to begin; a place in another view may name a tool. Before the grid can
  // get the focus, or it would take its first line for chosen.
  useLayoutEffect(() => {
    const { focus } = place;
    const wanted =
      focus === undefined || reached.current === place
        ? undefined
        : indexed.find(({ row }) => row.tool === focus || row.expected?.attribute === focus);
    reached.current = place;
    if (wanted !== undefined) {
      setState({ ...reveal(wanted, false), detailsOpen: true });
      return;
    }
    const { activeItem: here, filter: by } = getState();
    const isChosen = here !== undefined && here !== chosenEarly.current;
    if (isEarly) {
      if (!isChosen && !items.some(({ key }) => key === here)) {
        chosenEarly.current = items.find(({ kind }) => kind === 'row')?.key;
        setState({ activeItem: chosenEarly.current });
      }
    } else if (!isChosen) {
      const first = stepDifference(filterRows(sorted, by), undefined, 1);
      setState({ activeItem: first?.key });
    } else if (chosenEarly.current !== undefined) {
      // Whoever was on a row stays on it, also where it turned out to be in step.
      const row = indexed.find(({ key }) => key === here);
      setState(row === undefined ? {} : reveal(row, false));
    }
    if (!isEarly) {
      chosenEarly.current = undefined;
    }
  }, [indexed, sorted, items, place, isEarly]);

  // Who has filtered out the row that they were on, or closed its group, is on what is left: the details do not come and
  // go. A row that was not in sight is being led to, and what an audit folds away when it ends is revealed above.
  const shown = useRef({ items, unfolded, isEarly });
  useLayoutEffect(() => {
    const before = shown.current;
    if (items.length === 0) {
      return;
    }
    shown.current = { items, unfolded, isEarly };
    const { activeItem: here } = getState();
    const isHere = ({ key }: { readonly key: string }) => key === here;
    if (isEarly || before.isEarly || items.some(isHere) || !before.items.some(isHere)) {
      return;
    }
    const row = indexed.find(isHere);
    if (row !== undefined && before.unfolded && !unfolded) {
      setState(reveal(row, false));
    } else if (unfolded) {
      setState({ activeItem: items.find(({ kind }) => kind === 'row')?.key });
    } else if (row !== undefined) {
      setState({
        activeItem: items.find(({ kind, category }) => kind === 'group' && category === row.row.category)?.key,
      });
    }
  }, [items, indexed, unfolded, isEarly]);

  useEffect(() => {
    if (unfolded) {
      setState({ announcement: counted(rows.length, 'result') });
    }
  }, [rows, unfolded]);

  return (
    <div className={`compare${withDetails ? ' with-details' : ''}`}>
      <div className="compare-main">
        <Toolbar
          filter={filter}
          totals={totals}
          counts={counts}
          step={step}
          results={unfolded ? rows.length : undefined}
          place={differences}
          isNarrow={isNarrow}
        />
        {layout.isAudit && audit?.summary.total === 0 && all.length > 0 && (
          <p className="compare-note muted">
            The shell “{audit.shell}” asks for no packages: what follows is only on this machine.
          </p>
        )}
        {!layout.isAudit && sides.length > 1 && (
          <MatrixSummary rows={all} sides={sides} columns={layout.columns} reference={reference} />
        )}
        {items.length > 0 || (!layout.isAudit && sides.some(({ loading }) => loading)) ? (
          <Grid
            items={items}
            of={all}
            layout={layout}
            searched={deferred.text}
            onToggle={toggle}
            onOpen={openDetails}
            onMenu={(row, at) => setMenu({ row, at })}
          />
        ) : (
          <NothingFound audit={audit} isEmpty={all.length === 0} />
        )}
      </div>
      {menu !== undefined && (
        <RowMenu
          row={menu.row}
          flake={audit?.target.flake.path}
          canReveal={audit !== undefined && !isPast}
          at={menu.at}
          onClose={closeMenu}
        />
      )}
      {withDetails &&
        (layout.isAudit ? (
          <Details
            key={active.key}
            row={active.row}
            audit={audit}
            early={early}
            flake={audit?.target.flake.path ?? early?.flake ?? ''}
          />
        ) : (
          <SideDetails key={active.key} row={active.row} layout={layout} audit={audit} />
        ))}
    </div>
  );
}

/** Opens what hides a row, and puts the keyboard on it. */
function reveal({ key, row, aside, statuses }: IndexedRow, unfolded: boolean) {
  const fold = foldOf(row);
  const { groups, openFolds, filter } = getState();
  const isOpen = isGroupOpen(row.category, aside, { groups, unfolded });
  const hidden = !unfolded && fold !== undefined;
  const excluded = filter.statuses.size > 0 && ![...filter.statuses].some((status) => statuses.has(status));
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
