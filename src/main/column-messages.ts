import type { Column } from '../core/diff/columns';
import type { AuditProgress } from '../core/model/audit';
import type { Problem } from '../core/model/problem';
import type { GlobalPackage, Snapshot } from '../core/model/snapshot';
import type { ColumnData } from '../ipc/column';
import type { MachineSoFar } from '../ipc/machine';
import type { AuditSettings } from '../ipc/settings';

/** To the thread that reads columns. */
export type ColumnCommand =
  | {
      readonly type: 'read';
      readonly key: string;
      /** As `lockstep diff` takes it. */
      readonly word: string;
      readonly system?: string | undefined;
      readonly shell?: string | undefined;
      /** For this machine. */
      readonly settings?: AuditSettings | undefined;
    }
  /** What is known already, tool by tool. */
  | { readonly type: 'split'; readonly key: string; readonly column: Column; readonly title?: string | undefined }
  /** This machine as a whole. */
  | { readonly type: 'machine'; readonly key: string; readonly settings?: AuditSettings | undefined }
  /** The global packages of this machine. */
  | { readonly type: 'packages'; readonly key: string; readonly settings?: AuditSettings | undefined }
  | { readonly type: 'cancel'; readonly key: string };

/** From the thread that reads columns. */
export type ColumnEvent =
  | { readonly type: 'progress'; readonly key: string; readonly progress: AuditProgress }
  /** What is being read of this machine, and what was. */
  | { readonly type: 'so-far'; readonly key: string; readonly soFar: MachineSoFar }
  | { readonly type: 'machine'; readonly key: string; readonly snapshot: Snapshot }
  | { readonly type: 'done'; readonly key: string; readonly data: ColumnData }
  | { readonly type: 'packages'; readonly key: string; readonly packages: readonly GlobalPackage[] }
  | { readonly type: 'failed'; readonly key: string; readonly problem: Problem };
