import { editDistance } from './edit-distance';

/** At most `limit` of the known words that are nearest to what was typed, best first; none that is far. */
export function nearWords(typed: string, known: readonly string[], limit = 3): readonly string[] {
  const word = typed.toLowerCase();
  return known
    .map((candidate) => ({ candidate, distance: distance(word, candidate.toLowerCase()) }))
    .filter(({ candidate, distance: far }) => far <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** Edits (insert, remove, replace, swap of neighbours) from one word to another; a beginning is nearer than any edit. */
function distance(a: string, b: string): number {
  if (a.length > 40) {
    return a.length;
  }
  if (a.length > 1 && b.startsWith(a)) {
    return 0.5;
  }
  return editDistance(a, b, Math.max(a.length, b.length));
}
