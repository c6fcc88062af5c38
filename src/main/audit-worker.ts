import { parentPort } from 'node:worker_threads';
import type { Audit } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import type { AuditRequest } from '../ipc/run';
import type { AuditSettings } from '../ipc/settings';
import type { AuditRequest as NodeRequest } from '../node/audit';
import { localHost } from '../node/local-host';
import { takeAudit } from '../node/take-audit';
import type { EarlyCollector } from './early-results';
import { machineOptions } from './machine-options';
import { problemOf } from './problem-of';
import { throttleProgress } from './throttle-progress';
import type { WorkerCommand, WorkerEvent } from './worker-messages';

/** A progress message at most this often (milliseconds): a display shows no more. */
const progressInterval = 40;

const port = parentPort;
if (port === null) {
  throw new Error('audit-worker is to be started as a worker thread');
}

let current: { readonly id: number; readonly abort: AbortController } | undefined;

port.on('message', (command: WorkerCommand) => {
  if (command.type === 'start') {
    void audit(command.id, command.request, command.settings);
  } else if (current?.id === command.id) {
    current.abort.abort();
    void import('../node/host-run').then(({ stopPrograms }) => stopPrograms());
  }
});

async function audit(id: number, request: AuditRequest, settings?: AuditSettings): Promise<void> {
  const abort = new AbortController();
  current = { id, abort };
  const started = performance.now();
  const host = localHost();
  const options = { ...machineOptions(host, settings), ...(settings && { askNix: settings.askNix }) };
  let early: EarlyCollector | undefined;
  // What shows results as they come is loaded when something has to be read.
  const listen = async () => {
    const { collectEarly } = await import('./early-results');
    early?.close();
    early = collectEarly(request.shell, (results) => tell({ type: 'early', id, early: results }));
    return { onSoFar: early.soFar, onHalf: early.half };
  };
  try {
    const onProgress = throttleProgress(progressInterval, (progress) => tell({ type: 'progress', id, progress }));
    const asked = { ...request, ...options, host, signal: abort.signal, onProgress };
    const result = await auditOrFallBack(asked, listen);
    early?.close();
    tell({ type: 'done', id, audit: result, milliseconds: performance.now() - started });
  } catch (error) {
    early?.close();
    tell({ type: 'failed', id, problem: problemOf(error) });
  }
}

/** A context that is not to be had here is no reason to show nothing: then this process's PATH decides, and that is said. */
async function auditOrFallBack(asked: NodeRequest, listen: Parameters<typeof takeAudit>[1]): Promise<Audit> {
  // Which configuration is meant can be chosen in the window: any is better than none.
  const request: NodeRequest = { ...asked, anyConfiguration: true };
  try {
    return await takeAudit(request, listen);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'path-context-missing') {
      throw error;
    }
    const audit = await takeAudit({ ...request, pathContext: undefined }, listen);
    const problem = { ...error.problem, hint: 'Another PATH can be chosen in the settings.' };
    return { ...audit, findings: [problem, ...audit.findings] };
  }
}

function tell(event: WorkerEvent): void {
  port?.postMessage(event);
}
