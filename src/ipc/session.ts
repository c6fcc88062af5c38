import * as v from 'valibot';
import { COLUMN_LIMIT, columnSpecSchema } from './column';
import { auditRequestSchema } from './run';

/** Most tabs that are kept open. */
export const TAB_LIMIT = 20;

/** One comparison as it is written down: what to read again, and how it was looked at. */
const savedTabSchema = v.object({
  request: v.exactOptional(auditRequestSchema),
  columns: v.pipe(v.array(columnSpecSchema), v.maxLength(COLUMN_LIMIT)),
  /** Index of the column that the others are measured by. */
  reference: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(COLUMN_LIMIT - 1)),
});

export type SavedTab = v.InferOutput<typeof savedTabSchema>;

/** The tabs of the window, kept from start to start. */
export const sessionSchema = v.object({
  tabs: v.pipe(v.array(savedTabSchema), v.maxLength(TAB_LIMIT)),
  active: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(TAB_LIMIT - 1)),
  /** Widths of columns of the comparison that the user has set, in pixels, by the column's name. */
  widths: v.optional(
    v.record(v.pipe(v.string(), v.maxLength(4200)), v.pipe(v.number(), v.minValue(40), v.maxValue(2000))),
    {},
  ),
});

export type Session = v.InferOutput<typeof sessionSchema>;
