import * as v from 'valibot';
import type { Matrix } from '../diff/matrix';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const change = v.picklist(['newer', 'older', 'added', 'removed', 'differs', 'unknown', 'same']);

/**
 * `lockstep.comparison/1`, which Lockstep writes and never reads: the published JSON Schema is made from this, and the type
 * holds it to what is written.
 */
export const comparisonSchema: v.GenericSchema<unknown, Matrix> = v.object({
  schema: v.literal('lockstep.comparison/1'),
  columns: v.array(v.object({ label: text, kind: v.picklist(['snapshot', 'target']), note: text })),
  rows: v.array(
    v.object({
      tool: text,
      title: text,
      category: text,
      change,
      size: v.exactOptional(v.picklist(['patch', 'minor', 'major', 'other'])),
      cells: v.array(
        v.nullable(
          v.object({
            version: v.exactOptional(text),
            certainty: v.exactOptional(v.picklist(['exact', 'estimate', 'range', 'unknown'])),
          }),
        ),
      ),
    }),
  ),
  summary: v.object({
    newer: count,
    older: count,
    added: count,
    removed: count,
    differs: count,
    unknown: count,
    same: count,
    headline: text,
    highlights: v.array(text),
  }),
});
