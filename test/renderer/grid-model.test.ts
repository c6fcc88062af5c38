import { expect, test } from 'vitest';
import type { DiffRow, RowStatus } from '../../src/core/model/diff';
import type { Filter } from '../../src/renderer/state/store';
import {
  differencesAt,
  filterRows,
  type GridItem,
  indexRows,
  layOut,
  rowAsText,
  sortRows,
  stepDifference,
} from '../../src/renderer/views/compare/grid-model';
import { earlyRows } from '../../src/renderer/views/compare/matrix-rows';
import { movedBy } from '../../src/renderer/views/compare/use-anchor';

function row(title: string, category: string, status: RowStatus, more: Partial<DiffRow> = {}): DiffRow {
  return { tool: title.toLowerCase(), title, category, status, copies: [], reason: '', fixes: [], ...more };
}

const rows = [
  row('Vim', 'editors', 'extra'),
  row('Node', 'languages', 'match'),
  row('Perl', 'languages', 'extra'),
  row('Python', 'languages', 'drift', { drift: 'minor' }),
  row('Go', 'languages', 'drift', { drift: 'major' }),
  row('uv', 'package-managers', 'missing'),
];

function found(from: readonly DiffRow[], filter: Filter) {
  return filterRows(sortRows(indexRows(from), filter.sort), filter);
}

const all: Filter = { text: '', statuses: new Set(), sort: { column: 'status', descending: false } };
const closed = { groups: new Map(), openFolds: new Set<string>(), unfolded: false };

function lines(items: readonly GridItem[]): string[] {
  return items.map((item) => {
    if (item.kind === 'row') {
      return `  ${item.row.title}`;
    }
    const sign = item.open ? '▾' : '▸';
    return item.kind === 'group' ? `${sign} ${item.title}` : `  ${sign} ${item.count} ${item.status}`;
  });
}

test('differences first, matches and extras folded, categories without requirements last and closed', () => {
  expect(lines(layOut(found(rows, all), closed))).toEqual([
    '▾ Languages and runtimes',
    '  Go',
    '  Python',
    '  ▸ 1 match',
    '  ▸ 1 extra',
    '▾ Package managers',
    '  uv',
    '▸ Editors and IDEs',
  ]);
});

test('a fold and a group open and close', () => {
  const items = layOut(found(rows, all), {
    groups: new Map([
      ['editors', true],
      ['package-managers', false],
    ]),
    openFolds: new Set(['fold:languages/match']),
    unfolded: false,
  });
  expect(lines(items)).toEqual([
    '▾ Languages and runtimes',
    '  Go',
    '  Python',
    '  ▾ 1 match',
    '  Node',
    '  ▸ 1 extra',
    '▸ Package managers',
    '▾ Editors and IDEs',
    '  ▸ 1 extra',
  ]);
});

test('a search shows whatever it finds, in every group', () => {
  const kept = found(rows, { ...all, text: 'languages p' });
  expect(lines(layOut(kept, { ...closed, unfolded: true }))).toEqual([
    '▾ Languages and runtimes',
    '  Python',
    '  Perl',
  ]);
});

test('chips let their statuses through', () => {
  const kept = found(rows, { ...all, statuses: new Set(['extra', 'missing']) });
  expect(kept.map((item) => item.row.title)).toEqual(['Perl', 'uv', 'Vim']);
});

test('sorting by a column keeps the categories together', () => {
  const kept = found(rows, { ...all, sort: { column: 'tool', descending: true } });
  expect(kept.map((item) => item.row.title)).toEqual(['Python', 'Perl', 'Node', 'Go', 'uv', 'Vim']);
});

test('stepping goes from difference to difference, round the end, both ways', () => {
  const kept = found(rows, all);
  const items = layOut(kept, closed);
  const walk = (active: GridItem | undefined, step: 1 | -1) => stepDifference(kept, active, step)?.row.title;
  const at = (title: string) => items.find((item) => item.kind === 'row' && item.row.title === title);
  expect(walk(undefined, 1)).toBe('Go');
  expect(walk(at('Go'), 1)).toBe('Python');
  expect(walk(at('Python'), 1)).toBe('uv');
  expect(walk(at('uv'), 1)).toBe('Go');
  expect(walk(at('Go'), -1)).toBe('uv');
  expect(walk(undefined, -1)).toBe('uv');
  expect(walk(items[0], 1)).toBe('Go');
  expect(walk(items.at(-1), 1)).toBe('Go');
});

test('without differences there is nowhere to step', () => {
  expect(stepDifference(indexRows([row('Vim', 'editors', 'extra')]), undefined, 1)).toBeUndefined();
  expect(stepDifference([], undefined, -1)).toBeUndefined();
});

test('rows of the same tool keep keys of their own', () => {
  const twice = indexRows([row('Go', 'languages', 'drift'), row('Go', 'languages', 'match')]);
  expect(new Set(twice.map(({ key }) => key)).size).toBe(2);
});

test('a row is copied as columns', () => {
  const copied = rowAsText(
    row('Go', 'languages', 'drift', {
      expected: { attribute: 'go', name: 'go', version: '1.22', certainty: 'exact' },
      actual: {
        version: '1.21',
        path: '/usr/bin/go',
        realPath: '/usr/bin/go',
        manager: 'dpkg',
        active: true,
        onPath: true,
        evidence: [],
      },
    }),
  );
  expect(copied).toBe('drift\tGo\t1.21\t1.22\t/usr/bin/go');
});

const early = [
  row('Node', 'languages', 'match'),
  { ...row('Python', 'languages', 'unknown'), pending: true as const },
  { ...row('Zig', 'languages', 'extra'), pending: true as const },
  row('Perl', 'languages', 'extra'),
];

test('while a comparison is made, what is in step stays in its place, and what is not judged counts for nothing', () => {
  const byTitle: Filter = { ...all, sort: { column: 'tool', descending: false } };
  const items = layOut(found(earlyRows(early), byTitle), { ...closed, inPlace: true });
  expect(lines(items)).toEqual(['▾ Languages and runtimes', '  Node', '  Python', '  Zig', '  ▸ 1 extra']);
  expect(items[0]).toMatchObject({
    counts: { match: 1, unknown: 0, extra: 1 },
    pending: { count: 2, kind: 'reading' },
  });
  expect(stepDifference(found(earlyRows(early), byTitle), undefined, 1)).toBeUndefined();
  expect(found(earlyRows(early), { ...byTitle, statuses: new Set(['unknown']) })).toEqual([]);
});

test('what was not judged when the audit was cancelled says so, and is copied so', () => {
  const [, python] = earlyRows(early, true);
  expect(python).toMatchObject({ pending: 'not read', reason: 'The audit was cancelled before this was read.' });
  expect(rowAsText(python as ReturnType<typeof earlyRows>[number])).toMatch(/^not read\tPython\t/u);
});

test('what is in sight moves by the lines that came and went above it', () => {
  const before = layOut(found(rows, all), closed);
  const after = layOut(found([row('Ada', 'languages', 'missing'), ...rows], all), closed);
  expect(movedBy(before.slice(2), after, 2)).toBe(1);
  expect(movedBy(after.slice(3), before, 3)).toBe(-1);
  // The first line in sight is gone: the next one tells.
  expect(movedBy(after.slice(1), before, 1)).toBe(-1);
  expect(movedBy([], before, 0)).toBeUndefined();
});

test('which of the differences a row is goes by the order of the grid', () => {
  const sorted = found(rows, all);
  const keys = ['Go', 'Python', 'uv'].map((title) => sorted.find((one) => one.row.title === title)?.key);
  expect(keys.map((key) => differencesAt(sorted, key))).toEqual([0, 1, 2].map((index) => ({ index, count: 3 })));
  expect(differencesAt(sorted, 'row:editors/vim/')).toEqual({ index: -1, count: 3 });
  expect(differencesAt([], undefined)).toEqual({ index: -1, count: 0 });
});
