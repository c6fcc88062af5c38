import { expect, test } from 'vitest';
import { summarizeSoFar } from '../../../src/core/diff/summary';
import type { EarlyRow, RowStatus } from '../../../src/core/model/diff';

const row = (status: RowStatus, pending?: true): EarlyRow => ({
  tool: status,
  title: status,
  category: 'languages',
  status,
  copies: [],
  reason: '',
  fixes: [],
  ...(pending === undefined ? {} : { pending }),
});
const rows = [row('match'), row('drift'), row('missing'), row('unknown', true), row('unknown', true), row('extra')];
const running = { isOver: false, hasTarget: true };
const headline = (given: readonly EarlyRow[], state = running) => summarizeSoFar(given, state).headline;

test('what is judged leads; what will never be is told apart from what cannot be judged', () => {
  expect(summarizeSoFar(rows, running)).toMatchObject({ total: 5, match: 1, unknown: 0, pending: 2, inStep: false });
  expect(headline(rows)).toBe('1 of 5 in step so far; 1 drift, 1 missing');
  expect(headline(rows, { ...running, isOver: true })).toBe('1 of 5 in step; 1 drift, 1 missing, 2 not read');
});

test('before anything is judged nothing is said of what is in step', () => {
  const open = [row('unknown', true), row('unknown', true), row('extra')];
  expect(headline(open)).toBe('0 of 2 compared so far');
  expect(headline(open, { ...running, isOver: true })).toBe('0 of 2 compared');
});

test('a part that is in step is no machine in step', () => {
  expect(summarizeSoFar([row('match'), row('unknown', true)], running).inStep).toBe(false);
});

test('without a flake nothing is asked for, which is not the same as a shell that asks for nothing', () => {
  const extras = [row('extra', true)];
  expect(headline(extras, { isOver: false, hasTarget: false })).toBe('The flake is still being read');
  expect(headline(extras, { isOver: true, hasTarget: false })).toBe('The flake was not read');
  expect(headline([row('extra')])).toBe('The shell asks for no packages');
});
