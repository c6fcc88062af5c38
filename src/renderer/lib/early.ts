import { type SummarySoFar, summarizeSoFar } from '../../core/diff/summary';
import { grouped } from '../../core/grouped';
import type { EarlyRow } from '../../core/model/diff';
import type { Installation } from '../../core/model/snapshot';
import type { EarlyResults, RunState } from '../../ipc/run';

type EarlyRun = Extract<RunState, { status: 'running' | 'cancelled' }>;

/** An audit that is still being made, or never was finished. */
export interface EarlyAudit {
  readonly run: EarlyRun;
  readonly results: EarlyResults;
  /** The flake's folder. */
  readonly flake: string;
  /** True: it was cancelled, and nothing more will come. */
  readonly isOver: boolean;
}

/** What is known of a run before it is done, or in spite of being cancelled. */
export function earlyOf(run: RunState): EarlyAudit | undefined {
  return (run.status === 'running' || run.status === 'cancelled') && run.early !== undefined
    ? { run, results: run.early, flake: run.request.folder, isOver: run.status === 'cancelled' }
    : undefined;
}

/** How much of what the flake asks for is compared. */
export function summaryOf({ results: { rows, target }, isOver }: EarlyAudit): SummarySoFar {
  return summarizeSoFar(rows, { isOver, hasTarget: target !== undefined });
}

/** `10 of 13 compared`; or why there is nothing to count. */
export function shareOf(early: EarlyAudit): string {
  const { total, pending } = summaryOf(early);
  return early.results.target === undefined
    ? 'Nothing is compared yet'
    : grouped(`${total - pending} of ${total} compared`);
}

/** Every copy of every tool in these rows; two rows may speak of the same ones. */
export function installationsOf(rows: readonly EarlyRow[]): readonly Installation[] {
  const byTool = new Map(rows.map(({ tool, copies }) => [tool, copies]));
  return [...byTool].flatMap(([tool, copies]) => copies.map((copy) => ({ ...copy, tool })));
}
