import type { Audit, AuditProgress } from '../core/model/audit';
import type { Problem } from '../core/model/problem';
import type { AuditRequest, EarlyResults } from '../ipc/run';
import type { AuditSettings } from '../ipc/settings';

/** To the thread that audits. */
export type WorkerCommand =
  | {
      readonly type: 'start';
      readonly id: number;
      readonly request: AuditRequest;
      readonly settings?: AuditSettings;
    }
  | { readonly type: 'cancel'; readonly id: number };

/** From the thread that audits. */
export type WorkerEvent =
  | { readonly type: 'progress'; readonly id: number; readonly progress: AuditProgress }
  /** All rows as far as they are known, and the halves that were read since the last message. */
  | { readonly type: 'early'; readonly id: number; readonly early: EarlyResults }
  | { readonly type: 'done'; readonly id: number; readonly audit: Audit; readonly milliseconds: number }
  | { readonly type: 'failed'; readonly id: number; readonly problem: Problem };
