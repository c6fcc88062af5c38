import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAfterwards } from '../../src/main/afterwards';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('work is done later, in order, and once', () => {
  const done: number[] = [];
  const afterwards = createAfterwards();
  afterwards.do(() => done.push(1));
  afterwards.do(() => done.push(2));
  expect(done).toEqual([]);
  vi.runAllTimers();
  afterwards.finish();
  expect(done).toEqual([1, 2]);
});

test('at the end nothing is left undone', () => {
  const done: number[] = [];
  const afterwards = createAfterwards();
  afterwards.do(() => done.push(1));
  afterwards.finish();
  vi.runAllTimers();
  expect(done).toEqual([1]);
});
