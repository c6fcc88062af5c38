import { expect, test } from 'vitest';
import { actualOf } from '../../src/core/diff/copies';
import { extraRow } from '../../src/core/diff/diff';
import type { EarlyRow } from '../../src/core/model/diff';
import type { RunState } from '../../src/ipc/run';
import { type EarlyAudit, earlyOf, installationsOf, shareOf } from '../../src/renderer/lib/early';
import { installation, target, wants } from '../core/report/builders';

const request = { folder: '/project' };
const git = actualOf(installation('git', '2.46.0'));
const extra = extraRow('git', undefined, [git], undefined);
const asked: EarlyRow = { ...extra, status: 'drift' };

test('a run has something to show before it is done, and in spite of being cancelled', () => {
  const early = { rows: [extra] };
  const of = (run: RunState) => earlyOf(run)?.isOver;
  expect(of({ status: 'running', id: 1, request, early })).toBe(false);
  expect(of({ status: 'cancelled', id: 1, request, early })).toBe(true);
  expect(of({ status: 'running', id: 1, request })).toBeUndefined();
  expect(of({ status: 'failed', id: 1, request, problem: { code: 'x', message: 'No.' } })).toBeUndefined();
});

test('the share counts what the flake asks for, once the flake was read', () => {
  const share = (results: EarlyAudit['results']) =>
    shareOf(earlyOf({ status: 'running', id: 1, request, early: results }) as EarlyAudit);
  expect(share({ rows: [extra] })).toBe('Nothing is compared yet');
  const rows = [asked, { ...asked, tool: 'go', pending: true as const }, extra];
  expect(share({ rows, target: target([wants('git', '2.46.0')]) })).toBe('1 of 2 compared');
});

test('the tools of a machine are those of the rows, each copy once', () => {
  const rows = [
    asked,
    { ...asked, expected: { attribute: 'gitFull', name: 'git', certainty: 'exact' as const } },
    extra,
  ];
  expect(installationsOf(rows)).toEqual([{ ...git, tool: 'git' }]);
});
