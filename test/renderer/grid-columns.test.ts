import { expect, test } from 'vitest';
import { type ColumnState, ownColumns } from '../../src/renderer/state/store';
import { cutClass, layOutColumns } from '../../src/renderer/views/compare/grid-columns';

test('only what may not have the room it needs is cut', () => {
  const [, , machine] = layOutColumns(ownColumns, 'target', {}).columns;
  const [, , wide] = layOutColumns(ownColumns, 'target', { machine: 300 }).columns;
  if (machine === undefined || wide === undefined) {
    throw new Error('there is no column of this machine');
  }
  expect(cutClass('3.11.9', machine)).toBe('');
  expect(cutClass('2024.05.1-rc3', machine)).toBe(' is-cut');
  expect(cutClass('2024.05.1-rc3', wide)).toBe('');
  // Letters that are wider than others, or that may be.
  expect(cutClass('\u4e09\u4e00', wide)).toBe(' is-cut');
});

test('two kept targets of one minute and one shell are told apart by the second', () => {
  const kept = (id: string, takenAt: string): ColumnState => ({
    id,
    spec: { kind: 'history', id, half: 'target' },
    label: 'Target, then',
    loading: false,
    data: { label: '30 Nov, 23:53', kind: 'target', note: 'default · x86_64-linux', takenAt, cells: [] },
  });
  const sides = [kept('a', '2026-11-30T23:53:01.000Z'), kept('b', '2026-11-30T23:53:06.000Z')];
  const [, , ...titles] = layOutColumns(sides, 'a', {}).columns.map(({ title }) => title);
  expect(new Set(titles).size).toBe(2);
  expect(titles).toEqual([expect.stringMatching(/^30 Nov, .*:01$/u), expect.stringMatching(/^30 Nov, .*:06$/u)]);
});

test('widths of the user count, also where they leave no room', () => {
  const [status] = layOutColumns(ownColumns, 'target', { status: 40 }).columns;
  expect(cutClass('Drift', status)).toBe(' is-cut');
});
