import * as v from 'valibot';
import { actualSchema, expectedSchema } from '../core/model/schemas';
import { progressSchema } from './problem-schema';

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const text = v.pipe(v.string(), v.maxLength(4096));

/** Names a kept audit; safe as the name of a file. */
export const historyIdSchema = v.pipe(v.string(), v.regex(/^[0-9A-Za-z-]{1,80}$/));

const half = v.picklist(['machine', 'target']);

/** Most columns that stand side by side. */
export const COLUMN_LIMIT = 6;

/** What is read the same whichever tab asks for it. */
const elsewhere = [
  v.strictObject({ kind: v.literal('here') }),
  v.strictObject({
    kind: v.literal('path'),
    path,
    system: v.exactOptional(text),
    shell: v.exactOptional(text),
  }),
  v.strictObject({ kind: v.literal('history'), id: historyIdSchema, half }),
] as const;

/**
 * What a column shows. `own`: this machine, or the target, of the audit that the tab shows. `path`: a saved snapshot,
 * target or audit, an image, a root folder or a flake. `here`: this machine, where the tab has no audit.
 */
export const columnSpecSchema = v.variant('kind', [v.strictObject({ kind: v.literal('own'), half }), ...elsewhere]);

export type ColumnSpec = v.InferOutput<typeof columnSpecSchema>;

/** What is to be read: a spec, where `own` has become one half of a run that the main process knows. */
export const columnSourceSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('run'), id: v.number(), half }),
  ...elsewhere,
]);

export type ColumnSource = v.InferOutput<typeof columnSourceSchema>;

/** The same shape as a cell of `src/core/diff/columns.ts`. */
const cellSchema = v.object({
  tool: text,
  title: text,
  category: text,
  scheme: v.picklist(['semver', 'pep440', 'gem', 'jdk', 'loose']),
  version: v.exactOptional(text),
  certainty: v.exactOptional(v.picklist(['exact', 'estimate', 'range', 'unknown'])),
  copies: v.exactOptional(v.pipe(v.array(actualSchema), v.readonly())),
  expected: v.exactOptional(v.pipe(v.array(expectedSchema), v.readonly())),
  unseen: v.exactOptional(text),
  failure: v.exactOptional(text),
});

/** A column that was read: its cells, and what it is for its head. */
export const columnDataSchema = v.object({
  label: text,
  kind: v.picklist(['snapshot', 'target']),
  /** A second line: the machine, the system, the shell. */
  note: text,
  /** ISO 8601; of snapshots. */
  takenAt: v.exactOptional(text),
  /** The file or folder that it was read from. */
  path: v.exactOptional(text),
  /** Of a target: the folder of its flake, to which positions are relative. */
  flake: v.exactOptional(text),
  /** Of a target: the other shells, for a choice. */
  shells: v.exactOptional(v.array(text)),
  cells: v.pipe(v.array(cellSchema), v.maxLength(100_000), v.readonly()),
});

export type ColumnData = v.InferOutput<typeof columnDataSchema>;

/** What is read at the moment for a column that is not there yet. */
export const columnProgressSchema = v.object({ key: text, progress: progressSchema });

/** What lies at a path that was dropped or chosen. */
export const pathKindSchema = v.object({
  path,
  kind: v.picklist(['flake', 'rootfs', 'image', 'document']),
});

export type PathKind = v.InferOutput<typeof pathKindSchema>;
