import type { Column } from '../core/diff/columns';
import type { Problem } from '../core/model/problem';
import type { GlobalPackage } from '../core/model/snapshot';
import type { ColumnData } from '../ipc/column';
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
  /** The global packages of this machine. */
  | { readonly type: 'packages'; readonly key: string }
  | { readonly type: 'cancel'; readonly key: string };

/** From the thread that reads columns. */
export type ColumnEvent =
  | { readonly type: 'progress'; readonly key: string; readonly message: string }
  | { readonly type: 'done'; readonly key: string; readonly data: ColumnData }
  | { readonly type: 'packages'; readonly key: string; readonly packages: readonly GlobalPackage[] }
  | { readonly type: 'failed'; readonly key: string; readonly problem: Problem };
