import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { RunState } from '../../src/ipc/run';
import { type AuditRunner, createAuditRunner } from '../../src/main/audit-runner';

const runners: AuditRunner[] = [];
afterEach(() => {
  for (const runner of runners.splice(0)) {
    runner.close();
  }
});

/** A thread that does what the folder's name says, and nothing of an audit. */
const script = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ type, id, request }) => {
  if (type === 'cancel') {
    return;
  }
  const tell = (event) => parentPort.postMessage({ id, ...event });
  tell({ type: 'progress', progress: { phase: 'target', message: request.folder } });
  if (request.folder === 'waits') tell({ type: 'early', early: { target: { total: 0, tools: [], complete: true } } });
  if (request.folder === 'fine') tell({ type: 'done', audit: { thread: require('node:worker_threads').threadId }, milliseconds: 1 });
  if (request.folder === 'fails') tell({ type: 'failed', problem: { code: 'x', message: 'No.' } });
  if (request.folder === 'throws') throw new Error('out of order');
  if (request.folder === 'endless') for (;;);
});
`;

function runner(): AuditRunner {
  const path = join(mkdtempSync(join(tmpdir(), 'lockstep-runner-')), 'worker.cjs');
  writeFileSync(path, script);
  const created = createAuditRunner(path);
  runners.push(created);
  return created;
}

function until(target: AuditRunner, wanted: RunState['status']): Promise<RunState> {
  return new Promise((resolve) => {
    target.onState((state) => {
      if (state.status === wanted) {
        resolve(state);
      }
    });
  });
}

test('an audit runs, tells its progress, and ends; the thread is used again', async () => {
  const target = runner();
  const seen: string[] = [];
  target.onState((state) =>
    seen.push(state.status === 'running' ? (state.progress?.message ?? 'begin') : state.status),
  );
  const first = until(target, 'done');
  target.start({ folder: 'fine' });
  const one = await first;
  expect(seen).toEqual(['begin', 'fine', 'done']);
  const second = until(target, 'done');
  target.start({ folder: 'fine' });
  const two = await second;
  expect(two).toMatchObject({ id: 2, audit: one.status === 'done' ? one.audit : {} });
});

test('changes one upon the other do not keep an audit from its end: one more follows it', async () => {
  const target = runner();
  const ended: number[] = [];
  const both = new Promise<void>((resolve) => {
    target.onState((state) => {
      if (state.status === 'done' && ended.push(state.id) === 2) {
        resolve();
      }
    });
  });
  for (let change = 0; change < 5; change++) {
    target.refresh({ folder: 'fine' });
  }
  await both;
  expect(ended).toEqual([1, 2]);
  expect(target.state()).toMatchObject({ status: 'done', id: 2 });
});

test('what somebody has started is given up for what has changed since', () => {
  const target = runner();
  target.start({ folder: 'waits' });
  target.refresh({ folder: 'waits' });
  expect(target.state()).toMatchObject({ status: 'running', id: 2 });
});

test('a problem is passed on as it is', async () => {
  const target = runner();
  const failed = until(target, 'failed');
  target.start({ folder: 'fails' });
  expect(await failed).toMatchObject({ problem: { code: 'x', message: 'No.' } });
});

test('a thread that dies is a failed audit, and the next one works', async () => {
  const target = runner();
  const failed = until(target, 'failed');
  target.start({ folder: 'throws' });
  expect(await failed).toMatchObject({ problem: { message: 'out of order' } });
  const done = until(target, 'done');
  target.start({ folder: 'fine' });
  expect((await done).status).toBe('done');
});

test('an audit that never ends can be cancelled, and the next one works', async () => {
  const target = runner();
  const cancelled = until(target, 'cancelled');
  target.start({ folder: 'endless' });
  target.cancel();
  await cancelled;
  const done = until(target, 'done');
  target.start({ folder: 'fine' });
  expect(await done).toMatchObject({ request: { folder: 'fine' } });
});

test('a new audit takes the place of a running one, whose late messages count for nothing', async () => {
  const target = runner();
  const done = until(target, 'done');
  target.start({ folder: 'endless' });
  const id = target.start({ folder: 'fine' });
  expect(await done).toMatchObject({ id });
  expect(target.state()).toMatchObject({ id, status: 'done' });
});

test('of a running audit what is new is told; all of it is there for who asks later', async () => {
  const target = runner();
  const told: string[][] = [];
  target.onState((state) => void told.push(Object.keys(state).sort()));
  target.start({ folder: 'waits' });
  await expect.poll(() => told.length).toBe(3);
  expect(told.slice(1)).toEqual([
    ['id', 'progress', 'request', 'status'],
    ['early', 'id', 'request', 'status'],
  ]);
  expect(target.state()).toMatchObject({ progress: { message: 'waits' }, early: { target: { complete: true } } });
  await target.close();
  expect(target.state().status).toBe('cancelled');
});
