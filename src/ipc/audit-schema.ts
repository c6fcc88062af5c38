import * as v from 'valibot';
import type { Audit } from '../core/model/audit';
import { auditSchema as jsonSchema, targetSchema as targetJsonSchema } from '../core/model/schemas';
import type { Target } from '../core/model/target';

/** JSON has no word for `defaultShell: undefined`: an absent key means the same. */
export const targetSchema: v.GenericSchema<unknown, Target> = v.pipe(
  targetJsonSchema,
  v.transform((target) => ({ ...target, defaultShell: target.defaultShell })),
);

/** An audit whose target is as {@link targetSchema} gives it. */
export const auditSchema: v.GenericSchema<unknown, Audit> = v.pipe(
  jsonSchema,
  v.transform(({ target, ...audit }) => ({ ...audit, target: { ...target, defaultShell: target.defaultShell } })),
);
