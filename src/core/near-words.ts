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
  const rows: number[][] = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(rows, i - 1, j) + 1,
          (row[j - 1] ?? 0) + 1,
          at(rows, i - 1, j - 1) + same,
          swapped ? at(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(row);
  }
  return at(rows, a.length, b.length);
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
}
