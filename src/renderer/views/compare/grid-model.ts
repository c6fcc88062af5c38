import { categoryTitle } from '../../../core/catalog/categories';
import type { RowStatus } from '../../../core/model/diff';
import { compareCategories } from '../../lib/categories';
import { compareText, compareUrgency, isDifference } from '../../lib/status';
import type { Filter } from '../../state/store';
import type { CompareRow } from './matrix-rows';

/** Statuses that are folded away until somebody asks: in step, and only on this machine. */
export type FoldStatus = 'match' | 'extra';

export type StatusCounts = Readonly<Record<RowStatus, number>>;

export interface GroupItem {
  readonly kind: 'group';
  readonly key: string;
  readonly category: string;
  readonly title: string;
  readonly counts: StatusCounts;
  /** Rows that are not judged; absent where there are none. */
  readonly pending?: { readonly count: number; readonly kind: NonNullable<CompareRow['pending']> };
  readonly open: boolean;
}

export interface RowItem {
  readonly kind: 'row';
  readonly key: string;
  readonly category: string;
  readonly row: CompareRow;
}

export interface FoldItem {
  readonly kind: 'fold';
  readonly key: string;
  readonly category: string;
  readonly status: FoldStatus;
  readonly count: number;
  readonly open: boolean;
}

/** One line of the grid. */
export type GridItem = GroupItem | RowItem | FoldItem;

/** A row with what is worked out once per audit. */
export interface IndexedRow {
  readonly key: string;
  readonly row: CompareRow;
  /** What search looks at, in lower case. */
  readonly text: string;
  /** What chips go by: how it stands, in any column that it stands in. */
  readonly statuses: ReadonlySet<RowStatus>;
  /** The target asks for nothing in this category: it goes to the end, closed. */
  readonly aside: boolean;
}

/** Works out keys and search text; do this once per audit. */
export function indexRows(rows: readonly CompareRow[]): readonly IndexedRow[] {
  const seen = new Map<string, number>();
  const askedFor = new Set(rows.flatMap((row) => (foldOf(row) === 'extra' ? [] : [row.category])));
  return rows.map((row) => {
    const base = `row:${row.category}/${row.tool}/${row.expected?.attribute ?? ''}`;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    const { expected, actual } = row;
    const words = [
      row.title,
      row.tool,
      expected?.attribute,
      expected?.name,
      expected?.version,
      actual?.version,
      actual?.manager,
      actual?.path,
      categoryTitle(row.category),
      ...(row.cells ?? []).flatMap(({ cell }) => [cell?.version, cell?.copies?.[0]?.manager, cell?.copies?.[0]?.path]),
    ];
    return {
      key: count === 0 ? base : `${base}#${count}`,
      row,
      text: words.join('\n').toLowerCase(),
      statuses: statusesOf(row),
      aside: !askedFor.has(row.category),
    };
  });
}

/** A row that is in step is so in all columns; a difference is one wherever it is. None while it is not judged. */
function statusesOf({ status, cells, pending }: CompareRow): ReadonlySet<RowStatus> {
  return new Set(
    pending === undefined
      ? [
          status,
          ...(cells ?? []).flatMap(({ standing }) => (standing?.status === 'match' ? [] : (standing?.status ?? []))),
        ]
      : [],
  );
}

/**
 * All rows by category, sorted within; do this once per audit and sorting.
 *
 * @param columns ids of the columns that rows have cells for, to sort by one of them
 */
export function sortRows(
  rows: readonly IndexedRow[],
  { column, descending }: Filter['sort'],
  columns: readonly string[] = [],
): readonly IndexedRow[] {
  const direction = descending ? -1 : 1;
  const compare = comparatorOf(column, columns);
  return rows
    .slice()
    .sort(
      (a, b) =>
        Number(a.aside) - Number(b.aside) ||
        compareCategories(a.row.category, b.row.category) ||
        direction * compare(a.row, b.row),
    );
}

/** The rows that search and chips let through, in the order in which they come. */
export function filterRows(
  rows: readonly IndexedRow[],
  { text, statuses }: Pick<Filter, 'text' | 'statuses'>,
): readonly IndexedRow[] {
  return pickRows(searchRows(rows, text), statuses);
}

/** The rows that have every word that is searched for. */
export function searchRows(rows: readonly IndexedRow[], searched: string): readonly IndexedRow[] {
  const wanted = searched.toLowerCase().split(/\s+/u).filter(Boolean);
  return wanted.length === 0 ? rows : rows.filter(({ text }) => wanted.every((word) => text.includes(word)));
}

/** The rows that have one of the statuses; all of them where none is asked for. */
export function pickRows(rows: readonly IndexedRow[], wanted: ReadonlySet<RowStatus>): readonly IndexedRow[] {
  return wanted.size === 0 ? rows : rows.filter(({ statuses }) => [...wanted].some((status) => statuses.has(status)));
}

type Comparator = (a: CompareRow, b: CompareRow) => number;

const byTitle: Comparator = (a, b) => compareText(a.title, b.title);

const comparators: ReadonlyMap<string, Comparator> = new Map<string, Comparator>([
  ['status', compareUrgency],
  ['tool', byTitle],
  ['machine', (a, b) => compareText(a.actual?.version ?? '', b.actual?.version ?? '')],
  ['target', (a, b) => compareText(a.expected?.version ?? '', b.expected?.version ?? '')],
  ['manager', (a, b) => compareText(a.actual?.manager ?? '', b.actual?.manager ?? '')],
]);

function comparatorOf(column: string, columns: readonly string[]): Comparator {
  const index = columns.indexOf(column);
  const plain = comparators.get(column) ?? byTitle;
  return index === -1
    ? plain
    : (a, b) =>
        a.cells === undefined || b.cells === undefined
          ? plain(a, b)
          : compareText(a.cells[index]?.cell?.version ?? '', b.cells[index]?.cell?.version ?? '');
}

export interface Folding {
  /** Groups that the user has opened or closed. */
  readonly groups: ReadonlyMap<string, boolean>;
  readonly openFolds: ReadonlySet<string>;
  /** True while a search or chips are active: then everything found is shown. */
  readonly unfolded: boolean;
  /** True while the comparison is being made: what turns out to be in step stays where it is. */
  readonly inPlace?: boolean;
}

/** The lines of the grid: group headers, rows, and one line in place of rows that are folded away. */
export function layOut(rows: readonly IndexedRow[], folding: Folding): readonly GridItem[] {
  const items: GridItem[] = [];
  for (const [category, members] of byCategory(rows)) {
    const open = isGroupOpen(category, members[0]?.aside === true, folding);
    items.push({
      kind: 'group',
      key: `group:${category}`,
      category,
      title: categoryTitle(category),
      counts: countStatuses(members),
      ...pendingOf(members),
      open,
    });
    if (!open) {
      continue;
    }
    const isInPlace = ({ row }: IndexedRow) => folding.inPlace === true && row.status === 'match';
    for (const member of members) {
      if (folding.unfolded || foldOf(member.row) === undefined || isInPlace(member)) {
        items.push({ kind: 'row', key: member.key, category, row: member.row });
      }
    }
    if (!folding.unfolded) {
      if (folding.inPlace !== true) {
        addFold(items, category, 'match', members, folding);
      }
      addFold(items, category, 'extra', members, folding);
    }
  }
  return items;
}

function addFold(
  items: GridItem[],
  category: string,
  status: FoldStatus,
  members: readonly IndexedRow[],
  folding: Folding,
): void {
  const folded = members.filter(({ row }) => foldOf(row) === status);
  if (folded.length === 0) {
    return;
  }
  const key = foldKey(category, status);
  const open = folding.openFolds.has(key);
  items.push({ kind: 'fold', key, category, status, count: folded.length, open });
  if (open) {
    for (const { key: rowKey, row } of folded) {
      items.push({ kind: 'row', key: rowKey, category, row });
    }
  }
}

function pendingOf(members: readonly IndexedRow[]): Pick<GroupItem, 'pending'> {
  const kinds = members.flatMap(({ row }) => row.pending ?? []);
  const [kind] = kinds;
  return kind === undefined ? {} : { pending: { count: kinds.length, kind } };
}

/** As the user has left it; else everything that was found, or everything that the target asks for. */
export function isGroupOpen(
  category: string,
  aside: boolean,
  { groups, unfolded }: Pick<Folding, 'groups' | 'unfolded'>,
): boolean {
  return groups.get(category) ?? (unfolded || !aside);
}

/** The key of the line under which rows of one status are folded away. */
export function foldKey(category: string, status: FoldStatus): string {
  return `fold:${category}/${status}`;
}

/** The fold that a row is in: in step, or only on this machine. */
export function foldOf({ status, apart, pending }: CompareRow): FoldStatus | undefined {
  return pending === undefined && (status === 'match' || (status === 'extra' && apart !== true)) ? status : undefined;
}

/** Rows come sorted by category, so that each group is one run. */
function byCategory(rows: readonly IndexedRow[]): Map<string, IndexedRow[]> {
  const result = new Map<string, IndexedRow[]>();
  for (const row of rows) {
    const group = result.get(row.row.category);
    if (group === undefined) {
      result.set(row.row.category, [row]);
    } else {
      group.push(row);
    }
  }
  return result;
}

/** How many rows have each status; rows that are still pending have none. */
function countStatuses(rows: readonly IndexedRow[]): StatusCounts {
  const counts = { match: 0, drift: 0, missing: 0, extra: 0, shadowed: 0, unknown: 0 };
  for (const { row } of rows) {
    if (row.pending === undefined) {
      counts[row.status] += 1;
    }
  }
  return counts;
}

/** How many rows each chip would leave. */
export function countForChips(rows: readonly IndexedRow[]): StatusCounts {
  const counts = { match: 0, drift: 0, missing: 0, extra: 0, shadowed: 0, unknown: 0 };
  for (const { statuses } of rows) {
    for (const status of statuses) {
      counts[status] += 1;
    }
  }
  return counts;
}

/**
 * The next difference after the item that the keyboard is on, in the order of the grid, round the end; collapsed
 * groups are looked into.
 *
 * @param rows as {@link sortRows} orders them
 * @param step 1 for the next, -1 for the one before
 */
export function stepDifference(
  rows: readonly IndexedRow[],
  active: GridItem | undefined,
  step: 1 | -1,
): IndexedRow | undefined {
  const start = startOf(rows, active, step);
  for (let walked = 1; walked <= rows.length; walked += 1) {
    const candidate = rows[(start + step * walked + 2 * rows.length) % rows.length];
    if (candidate !== undefined && isToBeSeen(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

/** What a walk from difference to difference stops at. */
function isToBeSeen({ row }: IndexedRow): boolean {
  return row.pending === undefined && (isDifference(row) || row.apart === true);
}

/** Which of the differences a row is, in the order of the grid, and how many there are; -1: it is none. */
export function differencesAt(
  rows: readonly IndexedRow[],
  key: string | undefined,
): { readonly index: number; readonly count: number } {
  const differences = rows.filter(isToBeSeen);
  return { index: key === undefined ? -1 : differences.findIndex((one) => one.key === key), count: differences.length };
}

/** The place to walk from; from a group's header the walk enters the group. */
function startOf(rows: readonly IndexedRow[], active: GridItem | undefined, step: 1 | -1): number {
  if (active === undefined) {
    return step === 1 ? -1 : rows.length;
  }
  if (active.kind === 'row') {
    return rows.findIndex(({ key }) => key === active.key);
  }
  const first = rows.findIndex(({ row }) => row.category === active.category);
  return step === 1 ? first - 1 : first;
}

/** Why there is no version of this machine in a row that was judged. */
export function absenceOf({ status, copies }: CompareRow): 'not known' | 'not on PATH' | 'not installed' {
  return status === 'unknown' ? 'not known' : copies.length > 0 ? 'not on PATH' : 'not installed';
}

/** A row as text for the clipboard, columns parted by tabs. */
export function rowAsText(row: CompareRow): string {
  const words =
    row.cells === undefined
      ? [row.actual?.version ?? '', row.expected?.version ?? '', row.actual?.path ?? '']
      : row.cells.map(({ cell }) => (cell === null ? '' : (cell.version ?? '?')));
  return [row.pending ?? row.status, row.title, ...words].join('\t');
}
