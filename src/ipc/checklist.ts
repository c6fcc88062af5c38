import * as v from 'valibot';
import type { Checklist, ChecklistChange } from '../core/model/checklist';
import { checklistSchema as publishedSchema } from '../core/model/checklist-schema';

/** The checklist of the audit that the window shows, with what is remembered of it. */
export const checklistSchema: v.GenericSchema<unknown, Checklist> = v.pipe(
  publishedSchema,
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
