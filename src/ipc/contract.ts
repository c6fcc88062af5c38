import * as v from 'valibot';
import { globalPackageSchema, snapshotSchema } from '../core/model/schemas';
import { auditSchema } from './audit-schema';
import { checklistChangeSchema, checklistSchema } from './checklist';
import { columnDataSchema, columnProgressSchema, columnSourceSchema, historyIdSchema, pathKindSchema } from './column';
import { commandIdSchema } from './commands';
import { machineSoFarSchema } from './machine';
import { reportFormatSchema, reportPreviewSchema, reportRequestSchema } from './report';
import { auditRequestSchema, runStateSchema } from './run';
import { sessionSchema } from './session';
import { settingsChangeSchema, settingsSchema } from './settings';

const nothing = v.undefined();
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const columnKey = v.pipe(v.string(), v.minLength(1), v.maxLength(80));

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
  /** What the user calls it. */
  name: v.exactOptional(v.string()),
  /** True: it stays, whatever the limit. */
  pinned: v.exactOptional(v.boolean()),
  /** Changes when a version that wins on the machine does. Absent in entries of earlier versions, like what follows. */
  machine: v.exactOptional(v.string()),
  /** Changes when the status or a version of a row does. */
  result: v.exactOptional(v.string()),
  /** How many tools the machine had. */
  tools: v.exactOptional(v.number()),
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
  /**
   * Another tab comes to the front: its audit, by the number of its run, is the one that reports and watching go by;
   * `null` when it has none. Gives the number that the run has from now on; `null` when it is no longer known.
   */
  resumeRun: { args: v.strictObject({ id: v.nullable(v.number()) }), result: v.object({ id: v.nullable(v.number()) }) },
  getSession: { args: nothing, result: sessionSchema },
  saveSession: { args: sessionSchema, result: v.void() },
  /** What a dropped or chosen path is. */
  identifyPath: { args: v.strictObject({ path }), result: pathKindSchema },
  /** Shows the system's dialog for a snapshot, an image or a folder; `null` when it was dismissed. */
  chooseSide: { args: v.strictObject({ what: v.picklist(['file', 'folder']) }), result: v.nullable(pathKindSchema) },
  /** Reads one column of a comparison. `key` names it in progress messages, and to cancel it. */
  readColumn: { args: v.strictObject({ key: columnKey, source: columnSourceSchema }), result: columnDataSchema },
  cancelColumn: { args: v.strictObject({ key: columnKey }), result: v.void() },
  /** This machine by itself, as `lockstep snapshot` reads it; one that is being read already is given up. */
  readMachine: { args: nothing, result: snapshotSchema },
  cancelMachine: { args: nothing, result: v.void() },
  /**
   * The global packages of this machine, which audits do not carry: npm, pip, gem, cargo, the system's own … `key` is
   * that of a column: in `columnProgress`, and for `cancelColumn`.
   */
  readPackages: { args: v.strictObject({ key: columnKey }), result: v.array(globalPackageSchema) },
  /** Shows the system's dialog for folders; `null` when it was dismissed. */
  chooseFlake: { args: nothing, result: v.nullable(v.object({ folder: v.string() })) },
  /**
   * Text of a file inside the flake that is open, or that could not be read; with `past`, as it was kept with that audit.
   */
  readSource: {
    args: v.strictObject({ file: path, past: v.exactOptional(historyIdSchema) }),
    result: v.object({ text: v.string(), cut: v.boolean() }),
  },
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
  /** Writes the snapshot of this machine that is shown, as `lockstep snapshot --json` does, where the user says; `null` when dismissed. */
  saveSnapshot: {
    args: v.strictObject({ redact: v.boolean() }),
    result: v.nullable(v.object({ path: v.string() })),
  },
  /** Puts the report on the clipboard, as HTML and Markdown together. */
  copyReport: {
    args: v.strictObject({ redact: v.boolean(), what: v.exactOptional(v.picklist(['report', 'checklist'])) }),
    result: v.void(),
  },
  /** Puts the text of a report in one format on the clipboard, all of it. */
  copyReportText: { args: reportRequestSchema, result: v.void() },
  /** The checklist of the audit that is shown, with what is remembered of it. */
  getChecklist: { args: nothing, result: checklistSchema },
  changeChecklist: { args: checklistChangeSchema, result: checklistSchema },
  getSettings: { args: nothing, result: settingsSchema },
  changeSettings: { args: settingsChangeSchema, result: settingsSchema },
  forgetRecent: { args: v.strictObject({ folder: path }), result: settingsSchema },
  listHistory: { args: v.strictObject({ folder: v.exactOptional(path) }), result: v.array(historyEntrySchema) },
  openHistory: { args: v.strictObject({ id: historyIdSchema }), result: auditSchema },
  /** An empty name takes the name away. */
  changeHistory: {
    args: v.strictObject({
      id: historyIdSchema,
      name: v.exactOptional(v.pipe(v.string(), v.maxLength(120))),
      pinned: v.exactOptional(v.boolean()),
    }),
    result: historyEntrySchema,
  },
  removeHistory: { args: v.strictObject({ id: historyIdSchema }), result: v.void() },
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
  columnProgress: columnProgressSchema,
  machine: machineSoFarSchema,
  /** An audit was kept, a moment after it was done. */
  history: v.object({ folder: v.string() }),
  /** The flake of a tab in the background has changed. */
  stale: v.object({ folder: v.string() }),
  /** A folder that a second start of the application was given. */
  openFolder: v.object({ folder: v.string() }),
} as const satisfies Readonly<Record<string, v.GenericSchema>>;

type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = v.InferOutput<Events[E]>;
