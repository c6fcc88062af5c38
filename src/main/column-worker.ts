import { isAbsolute } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { catalog } from '../core/catalog';
import { type Column, cellsOfColumn } from '../core/diff/columns';
import { chooseShell } from '../core/diff/diff';
import type { AuditProgress } from '../core/model/audit';
import type { HostFacts } from '../core/model/snapshot';
import type { ColumnData } from '../ipc/column';
import { stopPrograms } from '../node/host-run';
import { localHost } from '../node/local-host';
import { readSide } from '../node/side';
import { takeSnapshot } from '../node/snapshot';
import type { ColumnCommand, ColumnEvent } from './column-messages';
import { machineOptions } from './machine-options';
import { problemOf } from './problem-of';

/** A progress message at most this often (milliseconds): a display shows no more. */
const progressInterval = 80;

const port = parentPort;
if (port === null) {
  throw new Error('column-worker is to be started as a worker thread');
}

const running = new Map<string, AbortController>();

/** Keys of readings of this machine, for which programs are asked. */
const asking = new Set<string>();

port.on('message', (command: ColumnCommand) => {
  switch (command.type) {
    case 'read':
      void read(command);
      break;
    case 'split':
      answer(command.key, () => {
        const data = describe(command.column);
        return command.title === undefined ? data : { ...data, label: command.title };
      });
      break;
    case 'packages':
      void readPackages(command.key);
      break;
    case 'cancel':
      running.get(command.key)?.abort();
      // What several readings have asked for is stopped with the last of them.
      if (asking.delete(command.key) && asking.size === 0) {
        stopPrograms();
      }
      break;
  }
});

async function read({ key, word, system, shell, settings }: Extract<ColumnCommand, { type: 'read' }>): Promise<void> {
  const abort = new AbortController();
  running.set(key, abort);
  if (word === 'here') {
    asking.add(key);
  }
  try {
    const column = await readSide(word, {
      cwd: process.cwd(),
      env: process.env,
      now: new Date(),
      system,
      shell,
      signal: abort.signal,
      onProgress: throttled(key),
      ...machineOptions(localHost(), settings),
    });
    answer(key, () => describe(column, isAbsolute(word) ? word : undefined));
  } catch (error) {
    tell({ type: 'failed', key, problem: problemOf(error) });
  } finally {
    running.delete(key);
    asking.delete(key);
  }
}

/** Where packages are depends on which tools there are: those are read first, from what is remembered of them. */
async function readPackages(key: string): Promise<void> {
  const abort = new AbortController();
  running.set(key, abort);
  asking.add(key);
  try {
    const { packages = [] } = await takeSnapshot({
      host: localHost(),
      now: new Date(),
      packages: true,
      signal: abort.signal,
    });
    tell({ type: 'packages', key, packages });
  } catch (error) {
    tell({ type: 'failed', key, problem: problemOf(error) });
  } finally {
    running.delete(key);
    asking.delete(key);
  }
}

function answer(key: string, work: () => ColumnData): void {
  try {
    tell({ type: 'done', key, data: work() });
  } catch (error) {
    tell({ type: 'failed', key, problem: problemOf(error) });
  }
}

function describe(column: Column, path?: string): ColumnData {
  const { kind, cells } = cellsOfColumn(column, catalog);
  const place = path === undefined ? {} : { path };
  if (column.kind === 'snapshot') {
    const { host, takenAt } = column.snapshot;
    const label = labelOf(column.label, host);
    return { label, kind, note: noteOf(host, label), takenAt, ...place, cells: [...cells] };
  }
  const { target } = column;
  const shell = chooseShell(target, column.shell);
  return {
    label: /(?:^|[/\\])[^/\\@]+@[^@]+$/u.test(column.label) ? column.label : lastPart(target.flake.path),
    kind,
    note: `${shell} · ${target.system}`,
    flake: target.flake.path,
    shells: Object.keys(target.shells),
    ...place,
    cells: [...cells],
  };
}

/** A machine goes by its name, a file by its own. */
function labelOf(label: string, { name, source }: HostFacts): string {
  return label === 'here' ? (source === 'local' ? 'This machine' : (name ?? source)) : label;
}

/** The machine's name, unless the column is called so, and its system. */
function noteOf({ name, distribution, release, system }: HostFacts, label: string): string {
  return [name === label ? undefined : name, [distribution, release].filter(Boolean).join(' ') || system]
    .filter(Boolean)
    .join(' · ');
}

function lastPart(path: string): string {
  return path.split(/[/\\]/u).findLast((part) => part !== '') ?? path;
}

function throttled(key: string): (progress: AuditProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    const now = performance.now();
    if (now - last >= progressInterval) {
      last = now;
      tell({ type: 'progress', key, message });
    }
  };
}

function tell(event: ColumnEvent): void {
  port?.postMessage(event);
}
