import * as v from 'valibot';
import { CHECKLIST_SCHEMA, type Checklist } from './checklist';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const note = v.object({ text, at: text, by: text });

const mark = v.object({
  state: v.picklist(['done', 'skipped']),
  at: text,
  by: text,
  seen: v.exactOptional(v.literal(true)),
  asked: v.exactOptional(text),
  reason: v.exactOptional(text),
});

/**
 * `lockstep.checklist/1`: what `lockstep checklist --json` writes and the window is sent. The published JSON Schema is made
 * from this.
 */
export const checklistSchema: v.GenericSchema<unknown, Checklist> = v.object({
  schema: v.literal(CHECKLIST_SCHEMA),
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
