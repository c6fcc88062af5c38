import type { Catalog } from '../catalog';
import type { DriftSize } from '../model/diff';
import type { Certainty } from '../model/target';
import { alignColumns, type Column, type ColumnCell, cellsOfColumn } from './columns';
import { compareToExpected } from './compare-to-expected';
import { highlightsOf } from './highlights';

const COMPARISON_SCHEMA = 'lockstep.comparison/1';

/** What one side has of one tool; `undefined` where it has none. */
interface Cell {
  /** Absent: it is there, in a version that is not known. */
  readonly version?: string;
  readonly certainty?: Certainty;
}

/**
 * From the first to the last side: `same`; `added` or `removed`; `newer` or `older`; `differs` for what has no order;
 * `unknown` where it is on both and a version is not known.
 */
export const changes = ['newer', 'older', 'added', 'removed', 'differs', 'unknown', 'same'] as const;

export type Change = (typeof changes)[number];

export interface MatrixRow {
  readonly tool: string;
  readonly title: string;
  readonly category: string;
  readonly change: Change;
  readonly size?: DriftSize;
  /** One for each column, `null` where it does not have the tool. */
  readonly cells: readonly (Cell | null)[];
}

interface MatrixColumn {
  readonly label: string;
  readonly kind: Column['kind'];
  /** What it is: a machine's system and when it was read, a flake's shell and its nixpkgs. */
  readonly note: string;
}

export interface Matrix {
  readonly schema: typeof COMPARISON_SCHEMA;
  readonly columns: readonly MatrixColumn[];
  /** By category and title, like a diff's. */
  readonly rows: readonly MatrixRow[];
  readonly summary: Readonly<Record<Change, number>> & {
    readonly headline: string;
    /** What it comes to, in sentences; empty where there is nothing to say, or more than two sides. */
    readonly highlights: readonly string[];
  };
}

/**
 * Sets two or more snapshots and targets side by side, tool by tool. What of a snapshot counts is the copy that wins;
 * what of a target, what its shell asks for. A row's change is between the first and the last side; where sides in
 * between disagree, it is `differs`.
 *
 * @throws ProblemError `shell-not-found`
 */
export function compareColumns(columns: readonly Column[], catalog: Catalog): Matrix {
  const sides = columns.map((column) => cellsOfColumn(column, catalog));
  const pins = new Set(columns.map(pinsOf));
  const isOnePin = pins.size === 1 && !pins.has(undefined);
  const rows = alignColumns(sides, catalog.categories).flatMap(
    ({ tool, title, category, scheme, cells: full }): readonly MatrixRow[] => {
      const cells = full.map(asCell);
      const isThere = cells.some((cell) => cell !== null);
      return isThere ? [{ tool, title, category, ...changeOf(cells, scheme, isOnePin), cells }] : [];
    },
  );
  const counts: Record<Change, number> = {
    same: 0,
    added: 0,
    removed: 0,
    newer: 0,
    older: 0,
    differs: 0,
    unknown: 0,
  };
  for (const { change } of rows) {
    counts[change] += 1;
  }
  return {
    schema: COMPARISON_SCHEMA,
    columns: columns.map((column) => ({ label: column.label, kind: column.kind, note: noteOf(column) })),
    rows,
    summary: { ...counts, headline: headline(rows, counts), highlights: highlightsOf(columns, rows) },
  };
}

/** What a target's inputs are locked to: the same pins give the same versions, known or not. */
function pinsOf(column: Column): string | undefined {
  if (column.kind === 'snapshot' || !column.target.flake.locked) {
    return undefined;
  }
  const { inputs } = column.target.flake;
  return JSON.stringify(inputs.map(({ name, revision, narHash }) => [name, revision, narHash]).sort());
}

function noteOf(column: Column): string {
  if (column.kind === 'snapshot') {
    const { host, takenAt } = column.snapshot;
    const system = [host.distribution ?? host.os, host.release, host.arch].filter((part) => part !== undefined);
    return `${system.join(' ')}, read ${takenAt.slice(0, 16).replace('T', ' ')} UTC`;
  }
  const { target } = column;
  const nixpkgs = target.flake.inputs.find(({ name }) => name === 'nixpkgs');
  const pin = [nixpkgs?.revision?.slice(0, 12), nixpkgs?.lastModified?.slice(0, 10)].filter(
    (part) => part !== undefined,
  );
  const shell = column.shell ?? target.defaultShell;
  return [shell, target.system, ...(pin.length === 0 ? [] : [`nixpkgs ${pin.join(' of ')}`])]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** What could not be read of a snapshot is none of its tools. */
function asCell(cell: ColumnCell | null): Cell | null {
  if (cell === null || cell.failure !== undefined) {
    return null;
  }
  const { version, certainty } = cell;
  return { ...(version === undefined ? {} : { version }), ...(certainty === undefined ? {} : { certainty }) };
}

type Scheme = Parameters<typeof compareToExpected>[0];

function changeOf(
  cells: readonly (Cell | null)[],
  scheme: Scheme,
  isOnePin: boolean,
): Pick<MatrixRow, 'change' | 'size'> {
  const first = cells[0] ?? null;
  const last = cells[cells.length - 1] ?? null;
  if (cells.every((cell) => isSame(first, cell, scheme))) {
    const isKnown = isOnePin || cells.every((cell) => cell?.version !== undefined && cell.certainty !== 'range');
    return { change: isKnown ? 'same' : 'unknown' };
  }
  if (first === null || last === null) {
    const isClean = cells.length === 2;
    return { change: isClean ? (first === null ? 'added' : 'removed') : 'differs' };
  }
  if (cells.length === 2 && (first.version === undefined || last.version === undefined)) {
    return { change: 'unknown' };
  }
  if (cells.length > 2 || first.version === undefined || last.version === undefined) {
    return { change: 'differs' };
  }
  return between(first.version, last.version, scheme);
}

/** How the second version, or range of versions, stands to the first: where they overlap, nothing can be said. */
function between(first: string, last: string, scheme: Scheme): Pick<MatrixRow, 'change' | 'size'> {
  const compare = (from: string, to: string) => compareToExpected(scheme, asExpected({ version: from }), to);
  const [lowFirst, highFirst] = endsOf(first);
  const [lowLast, highLast] = endsOf(last);
  const isRange = lowFirst !== highFirst || lowLast !== highLast;
  const up = compare(highFirst, lowLast);
  if (up.kind === 'apart' && (up.direction === 'ahead' || !isRange)) {
    return up.direction === undefined
      ? { change: 'differs' }
      : { change: up.direction === 'ahead' ? 'newer' : 'older', size: up.size };
  }
  const down = compare(lowFirst, highLast);
  if (down.kind === 'apart' && down.direction === 'behind') {
    return { change: 'older', size: down.size };
  }
  return { change: isRange ? 'unknown' : 'differs' };
}

/** The ends of `1.2 – 1.4`; a version alone is both. */
function endsOf(version: string): readonly [low: string, high: string] {
  const [low = version, high = low] = version.split(' – ');
  return [low, high];
}

function isSame(a: Cell | null, b: Cell | null, scheme: Scheme): boolean {
  if (a === null || b === null || a.version === undefined || b.version === undefined) {
    return a === b || (a !== null && b !== null && a.version === b.version);
  }
  return a.version === b.version || compareToExpected(scheme, asExpected(a), b.version).kind === 'same';
}

function asExpected({ version, certainty = 'exact' }: Cell) {
  return { attribute: '', name: '', certainty, ...(version === undefined ? {} : { version }) };
}

function headline(rows: readonly MatrixRow[], counts: Readonly<Record<Change, number>>): string {
  const rest = changes
    .filter((change) => change !== 'same' && counts[change] > 0)
    .map((change) => `${counts[change]} ${change === 'differs' ? 'different' : change}${sizesOf(change, rows)}`);
  const lead = `${counts.same} of ${rows.length} the same`;
  return rest.length === 0 ? lead : `${lead}; ${rest.join(', ')}`;
}

/** ` (1 major, 7 minor)`: how far those go that have an order. */
function sizesOf(change: Change, rows: readonly MatrixRow[]): string {
  const sizes = (['major', 'minor', 'patch'] as const).flatMap((size) => {
    const count = rows.filter((row) => row.change === change && row.size === size).length;
    return count === 0 ? [] : [`${count} ${size}`];
  });
  return sizes.length === 0 ? '' : ` (${sizes.join(', ')})`;
}
