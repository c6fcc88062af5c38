import type { Catalog, VersionScheme } from '../catalog';
import type { Actual, Expected } from '../model/diff';
import type { Snapshot } from '../model/snapshot';
import type { Certainty, Target } from '../model/target';
import { companionOf } from './companions';
import { actualOf, copiesByTool } from './copies';
import { chooseShell } from './diff';
import { OTHER_CATEGORY } from './guess-tool';
import { whyNotToBeSeen } from './not-to-be-seen';
import { requirementsOf } from './requirements';

/** One side of a comparison of anything with anything. */
export type Column =
  | { readonly label: string; readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly label: string; readonly kind: 'target'; readonly target: Target; readonly shell?: string | undefined };

/** What one side has of one tool, with how that is known. */
export interface ColumnCell {
  /** Catalog id, or the nixpkgs attribute where the catalog has none. */
  readonly tool: string;
  readonly title: string;
  readonly category: string;
  /** How versions of the tool are ordered. */
  readonly scheme: VersionScheme;
  /** Of the copy that wins, or of the first that a shell asks for. Absent: it is there, in a version that is not known. */
  readonly version?: string;
  readonly certainty?: Certainty;
  /** Of a snapshot: every copy, the winner first. */
  readonly copies?: readonly Actual[];
  /** Of a target: everything that its shell asks for of this tool. */
  readonly expected?: readonly Expected[];
  /** Of a target: why no machine can be seen to have it, as a library cannot. */
  readonly unseen?: string;
  /** Of a snapshot: why it could not be read. Then it may be there all the same. */
  readonly failure?: string;
}

/** One side, tool by tool: what can be set beside others without the catalog. */
export interface ColumnCells {
  readonly label: string;
  readonly kind: Column['kind'];
  readonly cells: readonly ColumnCell[];
}

/** The tools of all sides, each with a cell for each side. */
export interface AlignedRow {
  readonly tool: string;
  readonly title: string;
  readonly category: string;
  readonly scheme: VersionScheme;
  readonly cells: readonly (ColumnCell | null)[];
}

/**
 * Reads a snapshot or a target tool by tool. What of a snapshot counts is the copy that wins; what of a target, what its
 * shell asks for.
 *
 * @throws ProblemError `shell-not-found`
 */
export function cellsOfColumn(column: Column, catalog: Catalog): ColumnCells {
  const { label, kind } = column;
  const cells = kind === 'snapshot' ? cellsOfSnapshot(column.snapshot, catalog) : cellsOfTarget(column, catalog);
  return { label, kind, cells: [...cells.values()] };
}

function describe(id: string, catalog: Catalog): Pick<ColumnCell, 'tool' | 'title' | 'category' | 'scheme'> {
  const tool = catalog.findById(id);
  return {
    tool: id,
    title: tool?.title ?? id,
    category: tool?.category ?? OTHER_CATEGORY,
    scheme: tool?.versionScheme ?? 'loose',
  };
}

function cellsOfSnapshot(snapshot: Snapshot, catalog: Catalog): ReadonlyMap<string, ColumnCell> {
  const cells = new Map<string, ColumnCell>();
  for (const [id, installations] of copiesByTool(snapshot)) {
    const version = installations[0]?.version;
    cells.set(id, {
      ...describe(id, catalog),
      ...(version === undefined ? {} : { version }),
      copies: installations.map(actualOf),
    });
  }
  for (const { tool, status, reason } of snapshot.failures) {
    if (tool !== undefined && status === 'failed' && !cells.has(tool)) {
      cells.set(tool, { ...describe(tool, catalog), failure: reason });
    }
  }
  return cells;
}

function cellsOfTarget(
  { target, shell: asked }: Extract<Column, { kind: 'target' }>,
  catalog: Catalog,
): ReadonlyMap<string, ColumnCell> {
  const cells = new Map<string, ColumnCell>();
  const shell = target.shells[chooseShell(target, asked)];
  for (const requirement of shell === undefined ? [] : requirementsOf(shell, catalog)) {
    const { tool, expected } = requirement;
    const isSeen = tool !== undefined && tool.programs.length > 0;
    const key = tool?.id ?? expected.attribute;
    const before = cells.get(key);
    if (before !== undefined) {
      // The first that a shell asks for comes first on its PATH.
      cells.set(key, { ...before, expected: [...(before.expected ?? []), expected] });
      continue;
    }
    const { version, certainty, name } = expected;
    const described = describe(key, catalog);
    cells.set(key, {
      ...described,
      title: tool === undefined && key.includes('.') ? name : described.title,
      ...(version === undefined ? {} : { version }),
      certainty,
      expected: [expected],
      ...(isSeen ? {} : { unseen: whyNotToBeSeen(requirement) }),
    });
  }
  return cells;
}

/**
 * Sets sides beside each other: a row for each tool that any of them has, by category and title, like a diff's.
 *
 * @param categories in the catalog's order
 */
export function alignColumns(
  columns: readonly Pick<ColumnCells, 'cells'>[],
  categories: readonly { readonly id: string }[],
): readonly AlignedRow[] {
  const ranks = new Map(categories.map(({ id }, index) => [id, index]));
  const rank = (category: string) => ranks.get(category) ?? ranks.size;
  const rows = new Map<string, { readonly first: ColumnCell; readonly cells: (ColumnCell | null)[] }>();
  for (const [index, { cells }] of columns.entries()) {
    for (const cell of cells) {
      let row = rows.get(cell.tool);
      if (row === undefined) {
        row = { first: cell, cells: columns.map(() => null) };
        rows.set(cell.tool, row);
      }
      row.cells[index] = cell;
    }
  }
  for (const [tool, { cells }] of rows) {
    withCompanions(tool, cells, rows);
  }
  return [...rows.values()]
    .map(({ first: { tool, title, category, scheme }, cells }) => ({
      row: { tool, title, category, scheme, cells },
      lower: title.toLowerCase(),
    }))
    .sort(
      (a, b) => rank(a.row.category) - rank(b.row.category) || order(a.lower, b.lower) || order(a.row.tool, b.row.tool),
    )
    .map(({ row }) => row);
}

/** Where a target asks for a server and a machine has only the client of the same package, that stands for it. */
function withCompanions(
  tool: string,
  cells: (ColumnCell | null)[],
  rows: ReadonlyMap<string, { readonly cells: readonly (ColumnCell | null)[] }>,
): void {
  const companion = companionOf(tool);
  const clients = companion === undefined ? undefined : rows.get(companion)?.cells;
  if (clients === undefined || !cells.some((cell) => cell?.expected !== undefined)) {
    return;
  }
  for (const [index, client] of clients.entries()) {
    const isThere = (cell: ColumnCell | null | undefined) => cell?.copies?.some(({ onPath }) => onPath) === true;
    if (!isThere(cells[index]) && cells[index]?.expected === undefined && isThere(client)) {
      cells[index] = client;
    }
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
