import { isAbsolute } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { catalog } from '../core/catalog';
import { type Column, cellsOfColumn } from '../core/diff/columns';
import { chooseShell } from '../core/diff/diff';
import { ProblemError } from '../core/model/problem';
import type { HostFacts, Snapshot } from '../core/model/snapshot';
import type { ProbeSoFar } from '../core/probe';
import type { ColumnData } from '../ipc/column';
import { stopPrograms } from '../node/host-run';
import { localHost } from '../node/local-host';
import type { SnapshotOptions } from '../node/probe-host';
import { readSide } from '../node/side';
import { takeSnapshot } from '../node/snapshot';
import type { ColumnCommand, ColumnEvent } from './column-messages';
import { machineOptions } from './machine-options';
import { nowAndThen } from './now-and-then';
import { problemOf } from './problem-of';
import { throttleProgress } from './throttle-progress';

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
    case 'machine':
      void readMachine(command);
      break;
    case 'packages':
      void readPackages(command);
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
      onProgress: tellProgress(key),
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

/** The machine as it is found; a PATH that is not to be had here is no reason to show nothing. */
async function readMachine({ key, settings }: Extract<ColumnCommand, { type: 'machine' }>): Promise<void> {
  const abort = new AbortController();
  running.set(key, abort);
  asking.add(key);
  let known: (() => ProbeSoFar) | undefined;
  const soFar = nowAndThen(() => {
    const installations = known?.().installations ?? [];
    tell({ type: 'so-far', key, soFar: { installations } });
    return installations.length;
  });
  const host = localHost();
  const asked = {
    host,
    now: new Date(),
    signal: abort.signal,
    onProgress: throttleProgress(progressInterval, (progress) => tell({ type: 'so-far', key, soFar: { progress } })),
    onSoFar: (found: () => ProbeSoFar) => {
      known = found;
      soFar.news();
    },
    ...machineOptions(host, settings),
  };
  try {
    tell({ type: 'machine', key, snapshot: await snapshotOrFallBack(asked) });
  } catch (error) {
    tell({ type: 'failed', key, problem: problemOf(error) });
  } finally {
    soFar.close();
    running.delete(key);
    asking.delete(key);
  }
}

async function snapshotOrFallBack(asked: SnapshotOptions): Promise<Snapshot> {
  try {
    return await takeSnapshot(asked);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'path-context-missing') {
      throw error;
    }
    const { code, message } = error.problem;
    const snapshot = await takeSnapshot({ ...asked, pathContext: undefined });
    const finding = {
      code,
      severity: 'warning',
      message,
      hint: 'Another PATH can be chosen in the settings.',
    } as const;
    return { ...snapshot, findings: [finding, ...(snapshot.findings ?? [])] };
  }
}

/** Where packages are depends on which tools there are: those are looked for first. Their versions say nothing of it. */
async function readPackages({ key, settings }: Extract<ColumnCommand, { type: 'packages' }>): Promise<void> {
  const abort = new AbortController();
  running.set(key, abort);
  try {
    const host = localHost();
    const { packages = [] } = await snapshotOrFallBack({
      host,
      now: new Date(),
      ...machineOptions(host, settings),
      run: false,
      packages: true,
      signal: abort.signal,
      onProgress: tellProgress(key),
    });
    tell({ type: 'packages', key, packages });
  } catch (error) {
    tell({ type: 'failed', key, problem: problemOf(error) });
  } finally {
    running.delete(key);
  }
}

function tellProgress(key: string) {
  return throttleProgress(progressInterval, (progress) => tell({ type: 'progress', key, progress }));
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
function noteOf({ name, os, distribution, release, system }: HostFacts, label: string): string {
  const family = distribution ?? (os === 'darwin' ? 'macOS' : undefined);
  return [name === label ? undefined : name, [family, release].filter(Boolean).join(' ') || system]
    .filter(Boolean)
    .join(' · ');
}

function lastPart(path: string): string {
  return path.split(/[/\\]/u).findLast((part) => part !== '') ?? path;
}

function tell(event: ColumnEvent): void {
  port?.postMessage(event);
}
