import * as v from 'valibot';
import {
  CHECKLIST_SCHEMA,
  type Checklist,
  type ChecklistChange,
  type ChecklistItem,
  type ChecklistMark,
  type ChecklistProgress,
  type ChecklistStep,
  PROGRESS_SCHEMA,
  type StepRecord,
  type StepState,
} from '../model/checklist';
import { ProblemError } from '../model/problem';

/** Who does something, and when. */
export interface Doer {
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The most that is remembered: a checklist is read by people. */
const NOTES = 100;
const RECORDS = 10_000;
/** Characters of one note. */
const NOTE_LENGTH = 2_000;
/** Characters of who did it. */
const NAME_LENGTH = 200;
/** Characters of a step's id or title: what a hostile flake makes longer is not remembered, or cut. */
const SHORT = 4_096;

/** What is remembered of a checklist that nobody has begun. */
export function emptyProgress(folder: string, shell: string): ChecklistProgress {
  return { schema: PROGRESS_SCHEMA, folder, shell, records: [] };
}

/**
 * What Lockstep sees of the steps, remembered: a step that it saw open and now sees done was done by whoever is here; one
 * that is open again loses that mark. Marks and notes of people stay as they are.
 *
 * @returns the same object when there is nothing new
 */
export function observe(
  progress: ChecklistProgress,
  steps: readonly ChecklistStep[],
  { by, at }: Doer,
): ChecklistProgress {
  const records = recordsOf(progress);
  let isChanged = false;
  for (const step of steps) {
    const record = records.get(step.id);
    const next = observed(record, step, { state: 'done', at, by: by.slice(0, NAME_LENGTH), seen: true });
    if (next !== record) {
      isChanged = true;
      if (next !== undefined) {
        records.set(step.id, next);
      }
    }
  }
  return isChanged ? { ...progress, records: sorted(records) } : progress;
}

function observed(record: StepRecord | undefined, step: ChecklistStep, mark: ChecklistMark): StepRecord | undefined {
  const { open, ...rest } = record ?? { step: step.id, title: step.title, notes: [] };
  if (step.done === true && open === true) {
    return rest.mark?.state === 'done' ? rest : { ...rest, title: step.title, mark };
  }
  if (step.done === false && open !== true) {
    const { mark: before, ...bare } = rest;
    return { ...bare, ...(before === undefined || before.seen ? {} : { mark: before }), title: step.title, open: true };
  }
  return record;
}

/**
 * What a person does to a step.
 *
 * @throws ProblemError `note-missing`, `note-too-long`, `notes-full`, `name-too-long`
 */
export function changeStep(
  progress: ChecklistProgress,
  step: ChecklistStep | StepRecord,
  change: ChecklistChange,
  { by, at }: Doer,
): ChecklistProgress {
  if (by.length > NAME_LENGTH) {
    throw new ProblemError({
      code: 'name-too-long',
      message: `A name has at most ${NAME_LENGTH} characters; this one has ${by.length}.`,
      hint: 'Write a shorter one: --by Ada.',
    });
  }
  const id = 'id' in step ? step.id : step.step;
  const records = recordsOf(progress);
  const { mark, ...record } = records.get(id) ?? { step: id, title: step.title, notes: [] };
  const asked = 'asked' in step && step.asked !== undefined ? { asked: step.asked } : {};
  const kept = mark === undefined ? {} : { mark };
  switch (change.kind) {
    case 'done':
      records.set(id, { ...record, mark: { state: 'done', at, by, ...asked } });
      break;
    case 'skip': {
      const reason = fitting(change.reason ?? '');
      records.set(id, {
        ...record,
        mark: { state: 'skipped', at, by, ...asked, ...(reason === '' ? {} : { reason }) },
      });
      break;
    }
    case 'reopen':
      records.set(id, record);
      break;
    case 'note': {
      const text = fitting(change.text);
      if (text === '') {
        throw new ProblemError({ code: 'note-missing', message: 'A note needs a text.', hint: 'Write --note "…".' });
      }
      if (record.notes.length >= NOTES) {
        throw new ProblemError({
          code: 'notes-full',
          message: `The step has ${NOTES} notes already.`,
          hint: 'Remove one in the app, then write yours.',
        });
      }
      records.set(id, { ...record, ...kept, notes: [...record.notes, { text, at, by }] });
      break;
    }
    case 'remove-note':
      records.set(id, { ...record, ...kept, notes: record.notes.filter((_, index) => index !== change.index) });
      break;
  }
  return { ...progress, records: sorted(records) };
}

/** A note without the blanks around it: a part of what somebody wrote is not kept as if it were all. */
function fitting(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > NOTE_LENGTH) {
    throw new ProblemError({
      code: 'note-too-long',
      message: `A note has at most ${NOTE_LENGTH} characters; this one has ${trimmed.length}.`,
      hint: 'Keep it short, and link to the rest.',
    });
  }
  return trimmed;
}

/** Steps with what is remembered of them, as it is shown. */
export function checklistOf(
  { title, shell, system }: Pick<Checklist, 'title' | 'shell' | 'system'>,
  steps: readonly ChecklistStep[],
  progress: ChecklistProgress | undefined,
): Checklist {
  const records = progress === undefined ? new Map<string, StepRecord>() : recordsOf(progress);
  const items = steps.map((step) => itemOf(step, records.get(step.id)));
  const ids = new Set(steps.map(({ id }) => id));
  return {
    schema: CHECKLIST_SCHEMA,
    title,
    shell,
    system,
    items,
    former: [...records.values()].filter(({ step, notes }) => !ids.has(step) && notes.length > 0),
    done: items.filter(({ state }) => state === 'done').length,
    skipped: items.filter(({ state }) => state === 'skipped').length,
    total: items.filter(({ optional, state }) => optional !== true || state === 'done' || state === 'skipped').length,
  };
}

function itemOf(step: ChecklistStep, record: StepRecord | undefined): ChecklistItem {
  const { mark, notes = [] } = record ?? {};
  // What a person ticked for another version says nothing of this one.
  const isFormer = mark !== undefined && mark.seen !== true && mark.asked !== step.asked;
  const valid = isFormer ? undefined : mark;
  return {
    ...step,
    state: stateOf(step, valid),
    ...(valid === undefined || (valid.seen === true && step.done !== true) ? {} : { mark: valid }),
    ...(isFormer && step.done !== true ? { earlier: mark } : {}),
    notes,
  };
}

function stateOf({ done }: ChecklistStep, mark: ChecklistMark | undefined): StepState {
  if (done === true) {
    return 'done';
  }
  if (mark?.state === 'skipped') {
    return 'skipped';
  }
  if (mark?.state === 'done' && mark.seen !== true) {
    return done === false ? 'claimed' : 'done';
  }
  return done === false ? 'open' : 'unseen';
}

function recordsOf({ records }: ChecklistProgress): Map<string, StepRecord> {
  return new Map(records.map((record) => [record.step, record]));
}

/** By step; what remembers nothing is left out. */
function sorted(records: ReadonlyMap<string, StepRecord>): readonly StepRecord[] {
  return [...records.values()]
    .filter(
      ({ step, open, mark, notes }) =>
        step.length <= SHORT && (open === true || mark !== undefined || notes.length > 0),
    )
    .map((record) => (record.title.length > SHORT ? { ...record, title: record.title.slice(0, SHORT) } : record))
    .sort((a, b) => (a.step < b.step ? -1 : a.step > b.step ? 1 : 0))
    .slice(0, RECORDS);
}

const short = v.pipe(v.string(), v.maxLength(SHORT));
const text = v.pipe(v.string(), v.maxLength(1_048_576));

export const progressSchema: v.GenericSchema<unknown, ChecklistProgress> = v.object({
  schema: v.literal(PROGRESS_SCHEMA),
  folder: short,
  shell: short,
  records: v.pipe(
    v.array(
      v.object({
        step: short,
        title: short,
        open: v.exactOptional(v.literal(true)),
        mark: v.exactOptional(
          v.object({
            state: v.picklist(['done', 'skipped']),
            at: short,
            by: short,
            seen: v.exactOptional(v.literal(true)),
            asked: v.exactOptional(text),
            reason: v.exactOptional(short),
          }),
        ),
        notes: v.pipe(v.array(v.object({ text: short, at: short, by: short })), v.maxLength(NOTES)),
      }),
    ),
    v.maxLength(RECORDS),
  ),
});
