import type { Worker } from 'node:worker_threads';
import type { Audit } from '../core/model/audit';
import type { AuditRequest, RunState } from '../ipc/run';
import type { AuditSettings } from '../ipc/settings';
import { problemOf } from './problem-of';
import { startThread } from './start-thread';
import type { WorkerCommand, WorkerEvent } from './worker-messages';

/** So many audits that were done are kept for the tabs that show them. */
const keptRuns = 24;

/**
 * How long (milliseconds) a cancelled audit may take to end by itself before its thread is ended. Nobody waits for it,
 * and a busy machine needs the time: a thread that is ended leaves the programs that it has started running.
 */
const grace = 3_000;

export interface AuditRunner {
  readonly state: () => RunState;
  /** Starts an audit; one that runs is given up. Returns the number of the run. */
  start(request: AuditRequest): number;
  /**
   * Starts an audit because something has changed. One that an earlier change has started is not given up, but goes on
   * to its end and is followed by another: what changes all the time is still shown now and then.
   */
  refresh(request: AuditRequest): void;
  cancel(): void;
  /**
   * Comes back to a run that is done, as if it had just ended, without telling anybody but who listens for it; `null`:
   * to none. What runs is given up.
   *
   * @returns the number that the run has from now on; `null` when it is no longer known
   */
  resume(id: number | null): number | null;
  onResume(listener: (state: RunState) => void): void;
  /** The audit of a run that is done and not long ago. */
  auditOf(id: number): Audit | undefined;
  onState(listener: (state: RunState) => void): void;
  /** Ends what runs, programs that it has started too; gives a promise when that takes a moment. */
  close(): Promise<void> | undefined;
}

/**
 * Audits in a thread of its own, so that neither the window nor its main process ever waits. The thread stays for the
 * next audit, with the index and the catalog in memory.
 *
 * @param workerPath the bundle of `audit-worker.ts`
 * @param settings what the user has chosen by the time an audit starts
 */
export function createAuditRunner(workerPath: string, settings?: () => AuditSettings): AuditRunner {
  const listeners: ((state: RunState) => void)[] = [];
  const resumed: ((state: RunState) => void)[] = [];
  const done = new Map<number, Extract<RunState, { status: 'done' }>>();
  let state: RunState = { status: 'idle' };
  let lastId = 0;
  let worker: Worker | undefined;
  /** The audit that a change has started, and whether there was another change since. */
  let refreshed: { readonly id: number; readonly again: boolean } | undefined;

  /** @param told what listeners are told in place of the whole state: the part that is new */
  function become(next: RunState, told: RunState = next): void {
    state = next;
    for (const listener of listeners) {
      listener(told);
    }
    if ((next.status === 'done' || next.status === 'failed') && refreshed?.id === next.id && refreshed.again) {
      refresh(next.request);
    }
  }

  function start(request: AuditRequest): number {
    if (state.status === 'running') {
      // A second audit in the same thread would wait for the first: this one gets a thread of its own.
      void abandon(state.id);
    }
    lastId += 1;
    const id = lastId;
    worker ??= spawn();
    become({ status: 'running', id, request });
    worker.postMessage({
      type: 'start',
      id,
      request,
      ...(settings && { settings: settings() }),
    } satisfies WorkerCommand);
    return id;
  }

  function refresh(request: AuditRequest): void {
    if (state.status === 'running' && refreshed?.id === state.id) {
      refreshed = { id: state.id, again: true };
    } else {
      refreshed = { id: start(request), again: false };
    }
  }

  function spawn(): Worker {
    const started = startThread(workerPath);
    started.on('message', (event: WorkerEvent) => {
      if (started === worker) {
        receive(event);
      }
    });
    started.on('error', (error) => {
      if (started === worker) {
        worker = undefined;
        failRunning(error);
      }
    });
    started.on('exit', () => {
      if (started === worker) {
        worker = undefined;
        failRunning(new Error('The thread that audits has ended unexpectedly.'));
      }
    });
    return started;
  }

  function receive(event: WorkerEvent): void {
    if (state.status !== 'running' || event.id !== state.id) {
      return;
    }
    const { id, request } = state;
    switch (event.type) {
      case 'early':
        become(
          { ...state, early: { ...state.early, ...event.early } },
          { status: 'running', id, request, early: event.early },
        );
        break;
      case 'progress':
        become({ ...state, progress: event.progress }, { status: 'running', id, request, progress: event.progress });
        break;
      case 'done':
        keep({ status: 'done', id, request, audit: event.audit, milliseconds: event.milliseconds });
        break;
      case 'failed':
        become({ status: 'failed', id, request, problem: event.problem });
        break;
    }
  }

  function keep(ended: Extract<RunState, { status: 'done' }>): void {
    done.set(ended.id, ended);
    for (const old of [...done.keys()].slice(0, -keptRuns)) {
      done.delete(old);
    }
    become(ended);
  }

  function failRunning(error: unknown): void {
    if (state.status === 'running') {
      become({ status: 'failed', id: state.id, request: state.request, problem: problemOf(error) });
    }
  }

  /** Leaves the thread with its run: it has a moment to end it, and then is free for the next one. */
  function abandon(id: number): Promise<void> {
    const busy = worker;
    worker = undefined;
    return busy === undefined ? Promise.resolve() : new Promise((resolve) => leave(busy, id, resolve));
  }

  function leave(busy: Worker, id: number, done: () => void): void {
    const ended = (event: WorkerEvent) => {
      if (event.id !== id || event.type === 'progress' || event.type === 'early') {
        return;
      }
      clearTimeout(timer);
      busy.off('message', ended);
      done();
      if (worker === undefined) {
        worker = busy;
      } else {
        void busy.terminate();
      }
    };
    const timer = setTimeout(() => {
      // A last message may be on its way: a thread that is ending must not be taken for a free one.
      busy.off('message', ended);
      done();
      void busy.terminate();
    }, grace);
    busy.on('message', ended);
    busy.postMessage({ type: 'cancel', id } satisfies WorkerCommand);
  }

  return {
    state: () => state,
    start,
    refresh,
    cancel: () => {
      if (state.status === 'running') {
        const { id, request, early } = state;
        void abandon(id);
        become({ status: 'cancelled', id, request, ...(early === undefined ? {} : { early }) });
      }
    },
    resume: (id) => {
      if (state.status === 'running') {
        void abandon(state.id);
      }
      const known = id === null ? undefined : done.get(id);
      state = { status: 'idle' };
      if (known !== undefined) {
        lastId += 1;
        done.delete(known.id);
        done.set(lastId, { ...known, id: lastId });
        state = { ...known, id: lastId };
      }
      for (const listener of resumed) {
        listener(state);
      }
      return state.status === 'done' ? state.id : null;
    },
    onResume: (listener) => void resumed.push(listener),
    auditOf: (id) => done.get(id)?.audit,
    onState: (listener) => void listeners.push(listener),
    close: () => {
      if (worker !== undefined && state.status === 'running') {
        const { id, request } = state;
        state = { status: 'cancelled', id, request };
        return abandon(id);
      }
      void worker?.terminate();
      return undefined;
    },
  };
}
