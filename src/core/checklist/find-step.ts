import type { ChecklistItem } from '../model/checklist';
import { ProblemError } from '../model/problem';
import { nearWords } from '../near-words';

/**
 * The step that a person means: its number in the list, its id, or what comes after the colon (`node`).
 *
 * @throws ProblemError `step-unknown`, with near names
 */
export function findStep(items: readonly ChecklistItem[], word: string): ChecklistItem {
  const wanted = word.trim().toLowerCase();
  const byNumber = /^\d{1,5}$/.test(wanted) ? items[Number(wanted) - 1] : undefined;
  const found =
    byNumber ??
    items.find(({ id }) => id.toLowerCase() === wanted) ??
    items.find(({ id }) => id.slice(id.indexOf(':') + 1).toLowerCase() === wanted);
  if (found !== undefined) {
    return found;
  }
  // No name is near to a number.
  const names = items.flatMap(({ id }) => [id, id.slice(id.indexOf(':') + 1)]);
  const near = /^\d+$/.test(wanted) ? [] : nearWords(word, names);
  throw new ProblemError({
    code: 'step-unknown',
    message: `The checklist has no step "${word}".`,
    hint:
      near.length > 0
        ? `Did you mean ${near.join(' or ')}?`
        : `Give the number of a step from 1 to ${items.length}, or its name, such as ${items[0]?.id ?? 'check'}.`,
  });
}
