import * as v from 'valibot';
import type { Audit, AuditProgress } from '../core/model/audit';
import type { EarlyRow } from '../core/model/diff';
import type { Problem } from '../core/model/problem';
import { diffRowSchema, snapshotSchema } from '../core/model/schemas';
import type { Snapshot } from '../core/model/snapshot';
import { auditSchema } from './audit-schema';
import { problemSchema, progressSchema } from './problem-schema';

/** What is to be audited. Absent keys: what `nix develop` would take here. */
export const auditRequestSchema = v.strictObject({
  folder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  system: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  shell: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
});

export type AuditRequest = v.InferOutput<typeof auditRequestSchema>;

const earlySchema = v.object({
  rows: v.pipe(
    v.array(v.object({ ...diffRowSchema.entries, pending: v.exactOptional(v.literal(true)) })),
    v.readonly(),
  ),
  /** Which halves were read as a whole. */
  read: v.object({ machine: v.boolean(), target: v.boolean() }),
});

/** The comparison while it is being made: its rows as far as they are known. */
export interface EarlyResults {
  readonly rows: readonly EarlyRow[];
  readonly read: { readonly machine: boolean; readonly target: boolean };
}

/** Where the current audit stands. `id` grows with each run, so that a late message of an old one is known. */
export type RunState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly id: number;
      readonly request: AuditRequest;
      readonly progress?: AuditProgress;
      /** What is known so far; each message has all of it. */
      readonly early?: EarlyResults;
    }
  | {
      readonly status: 'done';
      readonly id: number;
      readonly request: AuditRequest;
      readonly audit: Audit;
      readonly milliseconds: number;
    }
  | {
      readonly status: 'failed';
      readonly id: number;
      readonly request: AuditRequest;
      readonly problem: Problem;
      /** The machine, where it could still be read. */
      readonly snapshot?: Snapshot;
    }
  | {
      readonly status: 'cancelled';
      readonly id: number;
      readonly request: AuditRequest;
      /** What had become known by then. */
      readonly early?: EarlyResults;
    };

const run = { id: v.number(), request: auditRequestSchema };

export const runStateSchema: v.GenericSchema<unknown, RunState> = v.variant('status', [
  v.object({ status: v.literal('idle') }),
  v.object({
    status: v.literal('running'),
    ...run,
    progress: v.exactOptional(progressSchema),
    early: v.exactOptional(earlySchema),
  }),
  v.object({ status: v.literal('done'), ...run, audit: auditSchema, milliseconds: v.number() }),
  v.object({
    status: v.literal('failed'),
    ...run,
    problem: problemSchema,
    snapshot: v.exactOptional(snapshotSchema),
  }),
  v.object({ status: v.literal('cancelled'), ...run, early: v.exactOptional(earlySchema) }),
]);
