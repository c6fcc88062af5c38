import { beforeEach, expect, test } from 'vitest';
import type { Audit } from '../../src/core/model/audit';
import type { RunState } from '../../src/ipc/run';
import { isLater } from '../../src/renderer/state/run-order';
import { emptySlice, getState, setState } from '../../src/renderer/state/store';
import { restore } from '../../src/renderer/state/tabs';
import { audit } from '../core/report/builders';

const request = { folder: '/project' };
const idle: RunState = { status: 'idle' };
const running = (id: number): RunState => ({ status: 'running', id, request });
const cancelled = (id: number): RunState => ({ status: 'cancelled', id, request });
const done = (id: number, of: Audit): RunState => ({ status: 'done', id, request, audit: of, milliseconds: 1 });

beforeEach(() => setState(emptySlice()));

test('an answer that was on its way when the audit ended does not bring it back', () => {
  expect(isLater(running(1), cancelled(1))).toBe(false);
  expect(isLater(idle, running(1))).toBe(false);
  expect(isLater(running(1), running(2))).toBe(false);
});

test('what comes after is news: the next run, progress, the end, and the first message of all', () => {
  expect(isLater(running(2), cancelled(1))).toBe(true);
  expect(isLater(running(1), running(1))).toBe(true);
  expect(isLater(cancelled(1), running(1))).toBe(true);
  expect(isLater(running(1), idle)).toBe(true);
  // A restored tab has a run of no number yet.
  expect(isLater(running(1), running(0))).toBe(true);
});

test('the run of a tab that was left is not the one of the tab in front', () => {
  expect(isLater(running(7), done(3, audit([])), 7)).toBe(false);
  expect(isLater(running(8), done(3, audit([])), 7)).toBe(true);
  expect(isLater(running(7), idle, 7)).toBe(false);
  expect(isLater(running(7), running(7), 7)).toBe(true);
});

test('an audit that ended before the tabs were restored stays', () => {
  const ended = audit([]);
  setState({ run: done(1, ended), audit: ended });
  restore({
    tabs: [{ request, columns: [{ kind: 'own', half: 'machine' }, { kind: 'here' }], reference: 0 }],
    active: 0,
    widths: { tool: 200 },
  });
  expect(getState().audit).toBe(ended);
  expect(getState().run).toMatchObject({ status: 'done', id: 1 });
  expect(getState().columns.map(({ spec }) => spec.kind)).toEqual(['own', 'here']);
});
