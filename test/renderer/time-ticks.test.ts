import { expect, test } from 'vitest';
import { timeTicks } from '../../src/renderer/lib/time-ticks';

const at = (text: string) => new Date(text).getTime();
const labels = (from: string, to: string) => timeTicks(at(from), at(to)).map(({ label }) => label);

test('marks are at round times, as many as fit', () => {
  expect(labels('2026-11-30T13:41:20', '2026-11-30T13:45:10')).toEqual(['13:42', '13:43', '13:44', '13:45']);
  expect(labels('2026-11-30T09:10:00', '2026-11-30T13:45:10')).toEqual(['10:00', '11:00', '12:00', '13:00']);
  expect(labels('2026-11-20T09:00:00', '2026-12-02T09:00:00')).toEqual([
    '22 Nov',
    '24 Nov',
    '26 Nov',
    '28 Nov',
    '30 Nov',
    '2 Dec',
  ]);
});

test('where a day begins its date stands in place of midnight', () => {
  expect(labels('2026-11-30T13:00:00', '2026-12-02T09:00:00')).toEqual(['1 Dec', '12:00', '2 Dec']);
});

test.each([
  ['2026-11-30T13:00:00', '2026-11-30T13:00:02'],
  ['2026-11-30T13:00:00', '2026-12-03T13:00:02'],
  ['2026-01-31T13:00:00', '2026-06-30T13:00:02'],
  ['2021-01-31T13:00:00', '2026-06-30T13:00:02'],
  ['1990-01-31T13:00:00', '2026-06-30T13:00:02'],
])('from %s to %s: at most six, within, in order, and no two alike', (from, to) => {
  const ticks = timeTicks(at(from), at(to));
  expect(ticks.length).toBeGreaterThan(0);
  expect(ticks.length).toBeLessThanOrEqual(6);
  expect(ticks.every(({ time }) => time >= at(from) && time <= at(to))).toBe(true);
  expect([...ticks].sort((a, b) => a.time - b.time)).toEqual(ticks);
  expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
});
