import * as v from 'valibot';
import type { Matrix } from '../diff/matrix';
import type { Checklist } from '../model/checklist';

/*
 * What Lockstep writes and never reads, for whoever does: `lockstep diff --json` and `lockstep checklist --json`. The
 * published JSON Schemas are made from these; the types hold them to what is written.
 */

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const change = v.picklist(['newer', 'older', 'added', 'removed', 'differs', 'unknown', 'same']);

/** `lockstep.comparison/1`. */
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

const note = v.object({ text, at: text, by: text });

const mark = v.object({
  state: v.picklist(['done', 'skipped']),
  at: text,
  by: text,
  seen: v.exactOptional(v.literal(true)),
  asked: v.exactOptional(text),
  reason: v.exactOptional(text),
});

/** `lockstep.checklist/1`. */
export const checklistSchema: v.GenericSchema<unknown, Checklist> = v.object({
  schema: v.literal('lockstep.checklist/1'),
  title: text,
  shell: text,
  system: text,
  items: v.array(
    v.object({
      id: text,
      section: v.picklist(['manager', 'tools', 'variables', 'services', 'check']),
      title: text,
      why: text,
      asked: v.exactOptional(text),
      commands: v.array(v.object({ manager: text, command: text, title: text, risk: v.exactOptional(text) })),
      check: v.exactOptional(text),
      optional: v.exactOptional(v.literal(true)),
      // JSON has no `undefined`: what Lockstep cannot see is written without the key.
      done: v.optional(v.boolean()),
      state: v.picklist(['done', 'skipped', 'claimed', 'open', 'unseen']),
      mark: v.exactOptional(mark),
      earlier: v.exactOptional(mark),
      notes: v.array(note),
    }),
  ),
  former: v.array(
    v.object({
      step: text,
      title: text,
      open: v.exactOptional(v.literal(true)),
      mark: v.exactOptional(mark),
      notes: v.array(note),
    }),
  ),
  done: count,
  skipped: count,
  total: count,
}) as v.GenericSchema<unknown, Checklist>;
