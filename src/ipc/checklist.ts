import * as v from 'valibot';
import { CHECKLIST_SCHEMA, type Checklist, type ChecklistChange } from '../core/model/checklist';

const text = v.string();

const mark = v.object({
  state: v.picklist(['done', 'skipped']),
  at: text,
  by: text,
  seen: v.exactOptional(v.literal(true)),
  asked: v.exactOptional(text),
  reason: v.exactOptional(text),
});

const notes = v.array(v.object({ text, at: text, by: text }));

const item = v.object({
  id: text,
  section: v.picklist(['manager', 'tools', 'variables', 'services', 'check']),
  title: text,
  why: text,
  asked: v.exactOptional(text),
  commands: v.array(v.object({ manager: text, command: text, title: text, risk: v.exactOptional(text) })),
  check: v.exactOptional(text),
  optional: v.exactOptional(v.literal(true)),
  done: v.optional(v.boolean()),
  state: v.picklist(['done', 'skipped', 'claimed', 'open', 'unseen']),
  mark: v.exactOptional(mark),
  earlier: v.exactOptional(mark),
  notes,
});

/** The checklist of the audit that the window shows, with what is remembered of it. */
export const checklistSchema: v.GenericSchema<unknown, Checklist> = v.pipe(
  v.object({
    schema: v.literal(CHECKLIST_SCHEMA),
    title: text,
    shell: text,
    system: text,
    items: v.array(item),
    former: v.array(
      v.object({
        step: text,
        title: text,
        open: v.exactOptional(v.literal(true)),
        mark: v.exactOptional(mark),
        notes,
      }),
    ),
    done: v.number(),
    skipped: v.number(),
    total: v.number(),
  }),
  // JSON has no word for `done: undefined`: an absent key means the same.
  v.transform((list) => ({ ...list, items: list.items.map((one) => ({ ...one, done: one.done })) })),
);

const note = v.pipe(v.string(), v.maxLength(2_000));

const changeSchema: v.GenericSchema<unknown, ChecklistChange> = v.variant('kind', [
  v.strictObject({ kind: v.literal('done') }),
  v.strictObject({ kind: v.literal('skip'), reason: v.exactOptional(note) }),
  v.strictObject({ kind: v.literal('reopen') }),
  v.strictObject({ kind: v.literal('note'), text: note }),
  v.strictObject({
    kind: v.literal('remove-note'),
    index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000)),
  }),
]);

export const checklistChangeSchema = v.strictObject({
  step: v.pipe(v.string(), v.maxLength(4_096)),
  change: changeSchema,
});
