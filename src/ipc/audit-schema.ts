import * as v from 'valibot';
import type { Audit } from '../core/model/audit';
import { auditSchema as jsonSchema } from '../core/model/schemas';

/** JSON has no word for `defaultShell: undefined`: an absent key means the same. */
export const auditSchema: v.GenericSchema<unknown, Audit> = v.pipe(
  jsonSchema,
  v.transform(({ target, ...audit }) => ({ ...audit, target: { ...target, defaultShell: target.defaultShell } })),
);
