import type { Problem } from '../../core/model/problem';
import { COLUMN_LIMIT, type ColumnSource, type ColumnSpec } from '../../ipc/column';
import type { EventPayload } from '../../ipc/contract';
import { counted } from '../lib/counted';
import { baseName } from '../lib/paths';
import { go, problemFrom, showToast } from './actions';
import { call } from './api';
import { chooseSide } from './drop';
import { type ColumnState, getState, ownColumns, setState } from './store';

let lastColumn = 0;

/** A column that was not read yet. */
export function columnOf(spec: ColumnSpec): ColumnState {
  if (spec.kind === 'own') {
    return ownColumns[spec.half === 'machine' ? 0 : 1] as ColumnState;
  }
  lastColumn += 1;
  return { id: `column-${lastColumn}`, spec, label: labelOf(spec), loading: false };
}

function labelOf(spec: Exclude<ColumnSpec, { kind: 'own' }>): string {
  switch (spec.kind) {
    case 'here':
      return 'This machine';
    case 'path':
      return baseName(spec.path).replace(/\.json$/u, '');
    case 'history':
      return spec.half === 'machine' ? 'This machine, then' : 'Target, then';
  }
}

/** This machine measured by the target: then the audit itself is shown, with all that it says and can mend. */
export function isAuditView(columns: readonly ColumnState[], reference: string): boolean {
  return columns.length === 2 && reference === 'target' && columns.every(({ spec }) => spec.kind === 'own');
}

/** The first answer to anything that was asked for twice is not wanted any more. */
const asked = new Map<string, string>();
let lastKey = 0;

/** Reads what the tab in front shows and does not have yet. */
export function readColumns(): void {
  const { columns, reference, audit, tab } = getState();
  if (isAuditView(columns, reference)) {
    return;
  }
  for (const column of columns) {
    const isOwn = column.spec.kind === 'own';
    const isKnown = column.data !== undefined && (!isOwn || column.source === audit);
    const waits = isOwn && audit === undefined;
    if (!isKnown && !column.loading && column.problem === undefined && !waits) {
      void readColumn(tab, column);
    }
  }
}

async function readColumn(tab: string, { id, spec }: ColumnState): Promise<void> {
  const { audit } = getState();
  const source = sourceOf(spec);
  if (source === undefined) {
    return;
  }
  lastKey += 1;
  const key = `${tab}/${id}/${lastKey}`;
  asked.set(`${tab}/${id}`, key);
  change(tab, id, { loading: true });
  const isWanted = () => asked.get(`${tab}/${id}`) === key;
  try {
    const data = await call('readColumn', { key, source });
    if (isWanted()) {
      const { message: _message, problem: _problem, ...rest } = find(tab, id) ?? { id, spec, label: data.label };
      const own = spec.kind === 'own' && audit !== undefined ? { source: audit } : {};
      replace(tab, { ...rest, loading: false, data, ...own });
      fresh.delete(id);
      setState({ announcement: `${data.label}: ${counted(data.cells.length, 'tool')}` });
    }
  } catch (error) {
    const problem = problemFrom(error);
    if (isWanted() && problem.code !== 'column-cancelled') {
      change(tab, id, { loading: false, problem });
      if (fresh.has(id)) {
        refuse(tab, id, problem);
      }
    }
  }
  if (isWanted()) {
    asked.delete(`${tab}/${id}`);
    // The audit may be another one by now.
    if (getState().tab === tab) {
      readColumns();
    }
  }
}

function sourceOf(spec: ColumnSpec): ColumnSource | undefined {
  if (spec.kind !== 'own') {
    return spec;
  }
  const { pastId, run } = getState();
  if (pastId !== undefined) {
    return { kind: 'history', id: pastId, half: spec.half };
  }
  return run.status === 'done' ? { kind: 'run', id: run.id, half: spec.half } : undefined;
}

/** What the user has just asked for and what was never read: a failure is told at once, and leaves no column behind. */
const fresh = new Set<string>();

/** Marks columns as just asked for. */
export function expectColumns(columns: readonly ColumnState[]): void {
  for (const { id } of columns) {
    fresh.add(id);
  }
}

function refuse(tab: string, id: string, problem: Problem): void {
  fresh.delete(id);
  setState({
    alert: { problem, action: { label: 'Choose another file…', run: () => void chooseSide('file') } },
    announcement: problem.message,
  });
  if (getState().tab === tab) {
    removeColumn(id);
  }
}

/** What is being read for a column. */
export function receiveProgress({ key, progress }: EventPayload<'columnProgress'>): void {
  const [tab, id] = key.split('/');
  if (tab !== undefined && id !== undefined && asked.get(`${tab}/${id}`) === key) {
    change(tab, id, { message: progress.message });
  }
}

function find(tab: string, id: string): ColumnState | undefined {
  return columnsOf(tab)?.find((column) => column.id === id);
}

function columnsOf(tab: string): readonly ColumnState[] | undefined {
  const state = getState();
  return state.tab === tab ? state.columns : state.tabs.find((one) => one.id === tab)?.slice.columns;
}

function change(tab: string, id: string, part: Partial<ColumnState>): void {
  const column = find(tab, id);
  if (column !== undefined) {
    replace(tab, { ...column, ...part });
  }
}

function replace(tab: string, column: ColumnState): void {
  const before = columnsOf(tab);
  if (before?.some(({ id }) => id === column.id) !== true) {
    return;
  }
  const columns = before.map((one) => (one.id === column.id ? column : one));
  const state = getState();
  setState(
    state.tab === tab
      ? { columns }
      : { tabs: state.tabs.map((one) => (one.id === tab ? { ...one, slice: { ...one.slice, columns } } : one)) },
  );
}

/** Puts another column beside those that are there, and shows the comparison. */
export function addColumn(spec: ColumnSpec): void {
  const { columns } = getState();
  const same = columns.find((column) => JSON.stringify(column.spec) === JSON.stringify(spec));
  if (same !== undefined) {
    setState({ announcement: `${same.label} is there already` });
    go({ view: 'compare' });
    return;
  }
  if (columns.length >= COLUMN_LIMIT) {
    showToast({ tone: 'problem', text: `${COLUMN_LIMIT} columns are as many as fit. Remove one first.` });
    return;
  }
  const added = columnOf(spec);
  const { run } = getState();
  const isBlank = run.status === 'idle' && columns === ownColumns;
  // Something to compare it with: without a project that is this machine.
  const before = isBlank ? [] : columns;
  expectColumns([added]);
  setColumns(isBlank && spec.kind !== 'here' ? [added, columnOf({ kind: 'here' })] : [...before, added]);
  go({ view: 'compare' });
}

/** Other columns, in another order, or measured by another one. */
function setColumns(columns: readonly ColumnState[], reference: string = getState().reference): void {
  const isThere = columns.some(({ id }) => id === reference);
  const isOwn =
    columns.length === 2 && columns[0]?.spec === ownColumns[0]?.spec && columns[1]?.spec === ownColumns[1]?.spec;
  setState({
    columns: isOwn ? ownColumns : columns,
    reference: isThere ? reference : (columns[0]?.id ?? 'target'),
    activeItem: undefined,
  });
  readColumns();
}

/** Takes a column out of the comparison, and stops reading it. */
export function removeColumn(id: string): void {
  const { columns, tab } = getState();
  const key = asked.get(`${tab}/${id}`);
  if (key !== undefined) {
    asked.delete(`${tab}/${id}`);
    void call('cancelColumn', { key });
  }
  const rest = columns.filter((column) => column.id !== id);
  const isBare = getState().run.status === 'idle' && rest.every(({ spec }) => spec.kind === 'here');
  setColumns(isBare ? ownColumns : rest, isBare ? 'target' : undefined);
  setState({ announcement: `${columns.find((column) => column.id === id)?.label ?? 'The column'} was removed` });
}

/** Moves a column to the left or to the right. */
export function shiftColumn(id: string, by: number): void {
  const { columns } = getState();
  const index = columns.findIndex((column) => column.id === id);
  moveColumn(id, Math.max(0, Math.min(columns.length - 1, index + by)));
}

/** Puts a column in another place among the others. */
export function moveColumn(id: string, index: number): void {
  const { columns } = getState();
  const moving = columns.find((column) => column.id === id);
  if (moving === undefined || columns[index] === moving) {
    return;
  }
  const rest = columns.filter((column) => column !== moving);
  setColumns([...rest.slice(0, index), moving, ...rest.slice(index)]);
  setState({ announcement: `${moving.data?.label ?? moving.label}: column ${index + 1} of ${columns.length}` });
}

/** Judges the other columns by this one. */
export function measureBy(id: string): void {
  const { columns } = getState();
  setColumns(columns, id);
  const column = columns.find((one) => one.id === id);
  setState({ announcement: `Measured by ${column?.data?.label ?? column?.label}` });
}

/** Reads a column that could not be read once more. */
export function retryColumn(id: string): void {
  const { tab } = getState();
  const column = find(tab, id);
  if (column !== undefined) {
    const { problem: _problem, ...rest } = column;
    replace(tab, rest);
    readColumns();
  }
}

/** Names under which widths are kept: columns of the same kind share one. */
export function widthName({ id, spec }: Pick<ColumnState, 'id' | 'spec'>): string {
  return spec.kind === 'path' ? spec.path : spec.kind === 'own' ? id : spec.kind;
}

const narrowest = 64;
const widest = 900;

/** @param width pixels; `undefined`: as wide as there is room for */
export function setWidth(name: string, width: number | undefined): void {
  const { [name]: _old, ...rest } = getState().widths;
  setState({
    widths: width === undefined ? rest : { ...rest, [name]: Math.round(Math.max(narrowest, Math.min(widest, width))) },
  });
}
