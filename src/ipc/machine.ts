import * as v from 'valibot';
import type { AuditProgress } from '../core/model/audit';
import { installationSchema } from '../core/model/schemas';
import type { Installation } from '../core/model/snapshot';
import { progressSchema } from './problem-schema';

/** What is told while this machine is read by itself, without a project. */
export interface MachineSoFar {
  readonly progress?: AuditProgress;
  /** Every copy that was found so far. */
  readonly installations?: readonly Installation[];
  /** A program came to PATH or went from it since the machine was read. */
  readonly changed?: true;
}

export const machineSoFarSchema: v.GenericSchema<unknown, MachineSoFar> = v.object({
  progress: v.exactOptional(progressSchema),
  installations: v.exactOptional(v.pipe(v.array(installationSchema), v.readonly())),
  changed: v.exactOptional(v.literal(true)),
});
