import * as v from 'valibot';
import type { AuditProgress } from '../core/model/audit';
import type { Problem } from '../core/model/problem';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const problemSchema: v.GenericSchema<unknown, Problem> = v.object({
  code: text,
  message: text,
  hint: v.exactOptional(text),
  position: v.exactOptional(v.object({ file: text, line: count, column: count })),
  detail: v.exactOptional(text),
});

export const progressSchema: v.GenericSchema<unknown, AuditProgress> = v.object({
  phase: v.picklist(['snapshot', 'target', 'diff']),
  message: text,
  done: v.exactOptional(v.number()),
  total: v.exactOptional(v.number()),
});
