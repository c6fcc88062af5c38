import * as v from 'valibot';

/** One way to export, as the window lists it. */
export const reportFormatSchema = v.object({
  id: v.string(),
  title: v.string(),
  purpose: v.string(),
  extension: v.string(),
});

export type ReportFormat = v.InferOutput<typeof reportFormatSchema>;

export const reportRequestSchema = v.strictObject({
  format: v.pipe(v.string(), v.maxLength(40)),
  redact: v.boolean(),
  /** Only these rows of the audit, in this order. */
  rows: v.exactOptional(
    v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))), v.maxLength(100_000)),
  ),
});

export type ReportRequest = v.InferOutput<typeof reportRequestSchema>;

/** One text that redaction takes out: shown in the window, never written to a report. */
const redactionSchema = v.object({
  kind: v.string(),
  original: v.string(),
  replacement: v.string(),
  count: v.number(),
});

export const reportPreviewSchema = v.object({
  text: v.string(),
  bytes: v.exactOptional(v.number()),
  /** True when `text` is only the beginning. */
  cut: v.boolean(),
  redactions: v.array(redactionSchema),
});

export type ReportPreview = v.InferOutput<typeof reportPreviewSchema>;
