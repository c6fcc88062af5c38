import * as v from 'valibot';

/** One way to export, as the window lists it. */
export const reportFormatSchema = v.object({
  id: v.string(),
  title: v.string(),
  description: v.string(),
  extension: v.string(),
});

export type ReportFormat = v.InferOutput<typeof reportFormatSchema>;

export const reportRequestSchema = v.strictObject({
  format: v.pipe(v.string(), v.maxLength(40)),
  redact: v.boolean(),
});

export type ReportRequest = v.InferOutput<typeof reportRequestSchema>;

/** What redaction takes out: each text, by what it is replaced, and how often it occurs. */
export const redactionSchema = v.object({
  original: v.string(),
  replacement: v.string(),
  count: v.number(),
});

export type Redaction = v.InferOutput<typeof redactionSchema>;

export const reportPreviewSchema = v.object({
  text: v.string(),
  bytes: v.number(),
  /** True when `text` is only the beginning. */
  cut: v.boolean(),
  redactions: v.array(redactionSchema),
});

export type ReportPreview = v.InferOutput<typeof reportPreviewSchema>;
