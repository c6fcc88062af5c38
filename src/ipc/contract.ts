import * as v from 'valibot';
import { auditSchema } from './audit-schema';
import { commandIdSchema } from './commands';
import { reportFormatSchema, reportPreviewSchema, reportRequestSchema } from './report';
import { auditRequestSchema, runStateSchema } from './run';
import { settingsChangeSchema, settingsSchema } from './settings';

const nothing = v.undefined();
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const historyId = v.pipe(v.string(), v.regex(/^[0-9A-Za-z-]{1,80}$/));

const appInfoSchema = v.object({
  version: v.string(),
  platform: v.picklist(['linux', 'darwin', 'win32', 'other']),
  electron: v.string(),
  chromium: v.string(),
  node: v.string(),
  /** What went wrong before there was a window to say it. */
  notices: v.array(v.string()),
});

export const historyEntrySchema = v.object({
  id: v.string(),
  takenAt: v.string(),
  folder: v.string(),
  shell: v.string(),
  system: v.string(),
  total: v.number(),
  match: v.number(),
  drift: v.number(),
  missing: v.number(),
  shadowed: v.number(),
  unknown: v.number(),
});

export type AppInfo = v.InferOutput<typeof appInfoSchema>;
export type HistoryEntry = v.InferOutput<typeof historyEntrySchema>;

/**
 * Everything that the window can ask of the main process: method → arguments and result. Both ends check against
 * this: main checks the arguments (the window is not trusted), the window checks the results.
 */
export const contract = {
  getAppInfo: { args: nothing, result: appInfoSchema },
  getRun: { args: nothing, result: runStateSchema },
  startAudit: { args: auditRequestSchema, result: v.object({ id: v.number() }) },
  cancelAudit: { args: nothing, result: v.void() },
  /** Shows the system's dialog for folders; `null` when it was dismissed. */
  chooseFlake: { args: nothing, result: v.nullable(v.object({ folder: v.string() })) },
  /** Text of a file inside the flake that is open. */
  readSource: { args: v.strictObject({ file: path }), result: v.object({ text: v.string(), cut: v.boolean() }) },
  /** Shows a file that the current audit names, or a report just written, in the system's file manager. */
  revealFile: { args: v.strictObject({ path }), result: v.void() },
  writeClipboard: {
    args: v.strictObject({ text: v.pipe(v.string(), v.maxLength(5_000_000)) }),
    result: v.void(),
  },
  listReportFormats: { args: nothing, result: v.array(reportFormatSchema) },
  previewReport: { args: reportRequestSchema, result: reportPreviewSchema },
  /** Writes a report to the last used place, or where the user says when `ask`; `null` when dismissed. */
  exportReport: {
    args: v.strictObject({ ...reportRequestSchema.entries, ask: v.boolean() }),
    result: v.nullable(v.object({ path: v.string() })),
  },
  /** Puts the report on the clipboard, as HTML and Markdown together. */
  copyReport: { args: v.strictObject({ redact: v.boolean() }), result: v.void() },
  getSettings: { args: nothing, result: settingsSchema },
  changeSettings: { args: settingsChangeSchema, result: settingsSchema },
  forgetRecent: { args: v.strictObject({ folder: path }), result: settingsSchema },
  listHistory: { args: v.strictObject({ folder: v.exactOptional(path) }), result: v.array(historyEntrySchema) },
  openHistory: { args: v.strictObject({ id: historyId }), result: auditSchema },
  removeHistory: { args: v.strictObject({ id: historyId }), result: v.void() },
} as const satisfies Readonly<Record<string, { args: v.GenericSchema; result: v.GenericSchema }>>;

type Contract = typeof contract;
export type Method = keyof Contract;
export type Arguments<M extends Method> = v.InferOutput<Contract[M]['args']>;
export type Result<M extends Method> = v.InferOutput<Contract[M]['result']>;

/** What the main process tells the window without being asked. */
export const events = {
  run: runStateSchema,
  command: commandIdSchema,
  settings: settingsSchema,
  notice: v.string(),
} as const satisfies Readonly<Record<string, v.GenericSchema>>;

type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = v.InferOutput<Events[E]>;
