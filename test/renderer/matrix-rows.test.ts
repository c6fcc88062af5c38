import { expect, test } from 'vitest';
import { cellsOfColumn } from '../../src/core/diff/columns';
import type { ColumnState } from '../../src/renderer/state/store';
import {
  countForChips,
  foldOf,
  indexRows,
  layOut,
  pickRows,
  sortRows,
  stepDifference,
} from '../../src/renderer/views/compare/grid-model';
import { rowsOfColumns } from '../../src/renderer/views/compare/matrix-rows';
import { catalog } from '../core/diff/catalog';
import { installation, snapshot, target, wants } from '../core/report/builders';

function side(id: string, column: Parameters<typeof cellsOfColumn>[0]): ColumnState {
  const { label, kind, cells } = cellsOfColumn(column, catalog);
  return {
    id,
    spec: { kind: 'path', path: `/${id}` },
    label,
    loading: false,
    data: { label, kind, note: '', cells: [...cells] },
  };
}

const old = side('old', {
  label: 'old',
  kind: 'snapshot',
  snapshot: snapshot([installation('node', '18.19.0'), installation('python', '3.11.2'), installation('uv', '0.4.0')]),
});
const now = side('now', {
  label: 'now',
  kind: 'snapshot',
  snapshot: snapshot([
    installation('node', '20.11.1'),
    installation('python', '3.11.2'),
    installation('npm', '10.0.0'),
  ]),
});
const flake = side('flake', { label: 'flake', kind: 'target', target: target([wants('nodejs_20', '20.11.1')]) });

const statuses = (columns: readonly ColumnState[], reference: string) =>
  rowsOfColumns(columns, reference).map(({ tool, status, drift }) => [tool, status, drift].filter(Boolean).join(' '));

test('between machines what came and what went are differences, and neither is folded away', () => {
  expect(statuses([old, now], 'old')).toEqual(['node drift major', 'python match', 'npm extra', 'uv missing']);
  const rows = rowsOfColumns([old, now], 'old');
  expect(rows.map(foldOf)).toEqual([undefined, 'match', undefined, undefined]);
});

test('measured by a target, what it does not ask for is folded away', () => {
  const rows = rowsOfColumns([old, now, flake], 'flake');
  expect(rows.map(({ tool, status }) => `${tool} ${status}`)).toEqual([
    'node drift',
    'python extra',
    'npm extra',
    'uv extra',
  ]);
  expect(rows.map(foldOf)).toEqual([undefined, 'extra', 'extra', 'extra']);
});

test('a column that is not read yet says nothing', () => {
  const { data: _data, ...pending } = now;
  expect(statuses([old, pending], 'old')).toEqual(['node match', 'python match', 'uv match']);
  expect(statuses([pending, old], 'now')).toEqual(['node extra', 'python extra', 'uv extra']);
});

test('the audit’s own judgement counts between this machine and its target', () => {
  const machine = { ...old, id: 'machine' };
  const wanted = { ...flake, id: 'target' };
  const accepted = {
    tool: 'node',
    title: 'Node.js',
    category: 'languages',
    status: 'match' as const,
    expected: { attribute: 'nodejs_20', name: 'nodejs', certainty: 'exact' as const, version: '20.11.1' },
    copies: [],
    reason: 'The policy lets majors differ.',
    fixes: [],
  };
  const [node] = rowsOfColumns([machine, wanted], 'target', { rows: [accepted] });
  expect(node?.status).toBe('match');
  expect(node?.cells?.[0]?.standing?.reason).toBe('The policy lets majors differ.');
});

test('rows sort by the versions of a column; the next difference may be one that came', () => {
  const columns = [old, now];
  const indexed = indexRows(rowsOfColumns(columns, 'old'));
  const sorted = sortRows(indexed, { column: 'now', descending: true }, ['old', 'now']);
  expect(sorted.map(({ row }) => row.tool)).toEqual(['node', 'python', 'npm', 'uv']);
  const items = layOut(sorted, { groups: new Map(), openFolds: new Set(), unfolded: false });
  const uv = items.find((item) => item.kind === 'row' && item.row.tool === 'uv');
  expect(stepDifference(sorted, uv, -1)?.row.tool).toBe('npm');
});

test('chips go by every column: what is missing in one and drifts in another is found by either', () => {
  const none = side('none', { label: 'none', kind: 'snapshot', snapshot: snapshot([installation('git', '2.46.0')]) });
  const rows = indexRows(rowsOfColumns([old, none, now, flake], 'flake'));
  expect(rows.map(({ row }) => `${row.tool} ${row.status}`)).toContain('node missing');
  const tools = (status: 'drift' | 'missing' | 'match') => pickRows(rows, new Set([status])).map(({ row }) => row.tool);
  expect(tools('missing')).toEqual(['node']);
  expect(tools('drift')).toEqual(['node']);
  expect(tools('match')).toEqual([]);
  expect(countForChips(rows)).toMatchObject({ missing: 1, drift: 1, match: 0, extra: 4 });
});
