import type { Worker } from 'node:worker_threads';
import type { Column } from '../core/diff/columns';
import type { AuditProgress } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import type { GlobalPackage, Snapshot } from '../core/model/snapshot';
import type { ColumnData } from '../ipc/column';
import type { MachineSoFar } from '../ipc/machine';
import type { AuditSettings } from '../ipc/settings';
import type { ColumnCommand, ColumnEvent } from './column-messages';
import { startThread } from './start-thread';

/** After so long without work (milliseconds) the thread ends: it holds the index and the catalog in memory. */
const idleTime = 60_000;

/** As long (milliseconds) as a cancelled audit: how long a reading that was cancelled may take to end by itself. */
const grace = 3_000;

export interface ColumnReader {
  /**
   * @param key names the reading in progress messages, and for {@link cancel}
   * @param word as `lockstep diff` takes it
   * @throws ProblemError whatever is wrong with it; `column-cancelled`
   */
  read(key: string, word: string, choice: { system?: string; shell?: string }): Promise<ColumnData>;
  /**
   * What is known already, tool by tool.
   *
   * @param title in place of what the column is called by itself
   */
  split(key: string, column: Column, title?: string): Promise<ColumnData>;
  /**
   * This machine as a whole; one that is being read already is given up.
   *
   * @throws ProblemError `column-cancelled`
   */
  machine(): Promise<Snapshot>;
  cancelMachine(): void;
  /**
   * The global packages of this machine, of every ecosystem.
   *
   * @param key names the reading, as in {@link read}
   * @throws ProblemError `column-cancelled`
   */
  packages(key: string): Promise<readonly GlobalPackage[]>;
  cancel(key: string): void;
  /** Ends what is read, programs that were asked for it too; gives a promise when that takes a moment. */
  close(): Promise<void> | undefined;
}

type Answer = Exclude<ColumnEvent, { type: 'progress' | 'so-far' | 'failed' }>;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads the columns of comparisons in a thread of its own, several at a time, so that neither the window nor the audit
 * waits for a large image.
 *
 * @param workerPath the bundle of `column-worker.ts`
 * @param onProgress is told what is read for a column, or of the packages
 * @param onMachine is told what is read of this machine
 * @param settings what the user has chosen by the time this machine is read
 */
export function createColumnReader(
  workerPath: string,
  onProgress: (key: string, progress: AuditProgress) => void,
  onMachine: (soFar: MachineSoFar) => void,
  settings?: () => AuditSettings,
): ColumnReader {
  const waiting = new Map<string, Waiting>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let machineKey = '';
  let lastMachine = 0;

  function spawn(): Worker {
    const started = startThread(workerPath);
    started.on('message', receive);
    started.on('error', (error) => lose(started, error));
    started.on('exit', () => lose(started, new Error('The thread that reads columns has ended unexpectedly.')));
    return started;
  }

  function receive(event: ColumnEvent): void {
    if (event.type === 'progress' || event.type === 'so-far') {
      if (!waiting.has(event.key)) {
        return;
      }
      if (event.type === 'progress') {
        onProgress(event.key, event.progress);
      } else {
        onMachine(event.soFar);
      }
      return;
    }
    const asked = waiting.get(event.key);
    waiting.delete(event.key);
    if (event.type === 'failed') {
      asked?.reject(new ProblemError(event.problem));
    } else {
      asked?.resolve(event);
    }
    rest();
  }

  function rest(): void {
    clearTimeout(idle);
    if (waiting.size === 0) {
      idle = setTimeout(end, idleTime);
      idle.unref();
    }
  }

  function end(): void {
    const ended = worker;
    worker = undefined;
    void ended?.terminate();
  }

  function lose(lost: Worker, error: unknown): void {
    if (lost !== worker) {
      return;
    }
    worker = undefined;
    for (const { reject } of waiting.values()) {
      reject(error);
    }
    waiting.clear();
  }

  function ask(command: Exclude<ColumnCommand, { type: 'cancel' }>): Promise<Answer> {
    clearTimeout(idle);
    worker ??= spawn();
    return new Promise((resolve, reject) => {
      waiting.get(command.key)?.reject(cancelled());
      waiting.set(command.key, { resolve, reject });
      worker?.postMessage(command);
    });
  }

  function cancel(key: string): void {
    const asked = waiting.get(key);
    if (asked === undefined) {
      return;
    }
    waiting.delete(key);
    asked.reject(cancelled());
    worker?.postMessage({ type: 'cancel', key } satisfies ColumnCommand);
    if (waiting.size === 0) {
      // What does not look at its signal (a large layer being inflated) must not keep the processor busy.
      const busy = worker;
      setTimeout(() => {
        if (busy === worker && waiting.size === 0) {
          end();
        }
      }, grace).unref();
    }
  }

  return {
    read: async (key, word, choice) =>
      dataOf(await ask({ type: 'read', key, word, ...choice, settings: settings?.() })),
    split: async (key, column, title) => dataOf(await ask({ type: 'split', key, column, title })),
    packages: async (key) => {
      const answer = await ask({ type: 'packages', key, settings: settings?.() });
      return answer.type === 'packages' ? answer.packages : unexpected();
    },
    machine: async () => {
      cancel(machineKey);
      lastMachine += 1;
      machineKey = `machine/${lastMachine}`;
      const answer = await ask({ type: 'machine', key: machineKey, settings: settings?.() });
      return answer.type === 'machine' ? answer.snapshot : unexpected();
    },
    cancelMachine: () => cancel(machineKey),
    cancel,
    close: () => {
      const busy = worker;
      if (busy === undefined || waiting.size === 0) {
        end();
        return undefined;
      }
      const left = new Set(waiting.keys());
      return new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer);
          end();
          resolve();
        };
        const timer = setTimeout(finish, grace);
        busy.on('message', (event: ColumnEvent) => {
          if (event.type !== 'progress' && event.type !== 'so-far' && left.delete(event.key) && left.size === 0) {
            finish();
          }
        });
        for (const key of left) {
          busy.postMessage({ type: 'cancel', key } satisfies ColumnCommand);
        }
      });
    },
  };
}

function dataOf(answer: Answer): ColumnData {
  return answer.type === 'done' ? answer.data : unexpected();
}

function unexpected(): never {
  throw new Error('The thread that reads columns has answered something else.');
}

function cancelled(): ProblemError {
  return new ProblemError({ code: 'column-cancelled', message: 'The reading was cancelled.' });
}
