import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { contract, events } from '../../src/ipc/contract';
import { runStateSchema } from '../../src/ipc/run';

test('the preload has each method and each event, and takes no name of a channel', () => {
  const preload = readFileSync('src/preload/index.ts', 'utf8');
  for (const name of [...Object.keys(contract), ...Object.keys(events)]) {
    expect(preload).toMatch(new RegExp(`\\b${name}: \\(`, 'u'));
  }
});

test.each([
  ['startAudit', {}],
  ['startAudit', { folder: '' }],
  ['startAudit', { folder: '/a', also: 1 }],
  ['startAudit', { folder: 1 }],
  ['openHistory', { id: '../../settings' }],
  ['openHistory', { id: '' }],
  ['changeSettings', { theme: 'pink' }],
  ['changeSettings', { reportFolder: '/etc' }],
  ['exportReport', { format: 'html', redact: 'yes', ask: false }],
  ['cancelAudit', { now: true }],
] as const)('%s refuses %j', (method, args) => {
  expect(v.safeParse(contract[method].args, args).success).toBe(false);
});

test('what is not an audit does not pass', () => {
  expect(v.safeParse(runStateSchema, { status: 'done', id: 1, request: { folder: '/' } }).success).toBe(false);
  expect(v.safeParse(runStateSchema, { status: 'asleep' }).success).toBe(false);
  expect(v.safeParse(runStateSchema, { status: 'cancelled', id: 1, request: { folder: '/' } }).success).toBe(true);
});
