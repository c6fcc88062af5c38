import * as v from 'valibot';
import type { Audit, AuditProgress } from '../core/model/audit';
import type { EarlyRow } from '../core/model/diff';
import type { Problem } from '../core/model/problem';
import { diffRowSchema, snapshotSchema } from '../core/model/schemas';
import type { Snapshot } from '../core/model/snapshot';
import type { Target } from '../core/model/target';
import { auditSchema, targetSchema } from './audit-schema';
import { problemSchema, progressSchema } from './problem-schema';

/** What is to be audited. Absent keys: what `nix develop` would take here. */
export const auditRequestSchema = v.strictObject({
  folder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  system: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  shell: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
});

export type AuditRequest = v.InferOutput<typeof auditRequestSchema>;

const earlySchema: v.GenericSchema<unknown, EarlyResults> = v.object({
  rows: v.pipe(
    v.array(v.object({ ...diffRowSchema.entries, pending: v.exactOptional(v.literal(true)) })),
    v.readonly(),
  ),
  machine: v.exactOptional(snapshotSchema),
  target: v.exactOptional(targetSchema),
  shell: v.exactOptional(v.string()),
  isAsked: v.exactOptional(v.boolean()),
  policy: v.exactOptional(v.literal(true)),
});

/** What is known while an audit is being made. A message has all rows; a half comes once, and stays. */
export interface EarlyResults {
  /** The comparison as far as it is known. */
  readonly rows: readonly EarlyRow[];
  /** The machine, once all of it was read. */
  readonly machine?: Snapshot;
  /** The flake, once it was read. */
  readonly target?: Target;
  /** The shell of the target that is compared. */
  readonly shell?: string;
  /** With a target: a real Nix is asked about it, and what that tells will take its place. */
  readonly isAsked?: boolean;
  /** The project has a policy: what that accepts is only known in the end. */
  readonly policy?: true;
}

/** Where the current audit stands. `id` grows with each run, so that a late message of an old one is known. */
export type RunState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly id: number;
      readonly request: AuditRequest;
      readonly progress?: AuditProgress;
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
  v.object({ status: v.literal('failed'), ...run, problem: problemSchema }),
  v.object({ status: v.literal('cancelled'), ...run, early: v.exactOptional(earlySchema) }),
]);
