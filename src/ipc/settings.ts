import * as v from 'valibot';

/** `contrast` keeps the system's light or dark and raises every contrast. */
export const themes = ['system', 'light', 'dark', 'contrast'] as const;

/**
 * Whose PATH the audit goes by. `auto`: this process's own where a terminal has started it, else the one that a terminal
 * would have: what is launched from the desktop has a short PATH.
 */
export const pathContexts = ['auto', 'process', 'login', 'interactive', 'desktop'] as const;

/** Milliseconds that one program may take, and all of them together. */
const each = v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(60_000));
const total = v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(600_000));

const recentSchema = v.object({
  folder: v.string(),
  /** ISO 8601. */
  openedAt: v.string(),
});

/** What the user has chosen. Kept as one JSON file; unknown keys are dropped, absent ones get their defaults. */
export const settingsSchema = v.object({
  theme: v.optional(v.picklist(themes), 'system'),
  /** Takes user names, host names and home folders out of what is exported. */
  redact: v.optional(v.boolean(), true),
  /** Audits again when the flake or its lock changes. */
  watch: v.optional(v.boolean(), true),
  /** Id of the exporter that was used last. */
  reportFormat: v.optional(v.string(), 'html'),
  /** Where reports go; the system's folder for downloads when absent. */
  reportFolder: v.exactOptional(v.string()),
  /** How many audits are kept for the history; 0 keeps none. */
  keepAudits: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)), 50),
  /** Under which name the user ticks checklists; the account's when absent. */
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(120))),
  pathContext: v.optional(v.picklist(pathContexts), 'auto'),
  /** How long a program may take that is asked for its version. */
  deadlineEach: v.optional(each, 2000),
  deadlineTotal: v.optional(total, 4000),
  /** Asks a real `nix` for versions, too, where there is one. */
  askNix: v.optional(v.boolean(), false),
  /** Flakes that were opened, the latest first. */
  recents: v.optional(v.array(recentSchema), []),
});

export type Settings = v.InferOutput<typeof settingsSchema>;
export type Theme = Settings['theme'];

/** The settings that an audit depends on. */
export type AuditSettings = Pick<Settings, 'pathContext' | 'deadlineEach' | 'deadlineTotal' | 'askNix'>;

/** What the window may change; the rest is kept by the main process. */
export const settingsChangeSchema = v.strictObject({
  theme: v.exactOptional(v.picklist(themes)),
  redact: v.exactOptional(v.boolean()),
  watch: v.exactOptional(v.boolean()),
  /** An empty name takes it away. */
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(120))),
  pathContext: v.exactOptional(v.picklist(pathContexts)),
  deadlineEach: v.exactOptional(each),
  deadlineTotal: v.exactOptional(total),
  askNix: v.exactOptional(v.boolean()),
  keepAudits: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))),
});

export type SettingsChange = v.InferOutput<typeof settingsChangeSchema>;

/** The settings of a fresh installation. */
export function defaultSettings(): Settings {
  return v.parse(settingsSchema, {});
}
