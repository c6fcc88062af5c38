/**
 * How many single edits (insert, drop, replace, swap of neighbours) turn one text into the other: the optimal string
 * alignment distance. Stops early.
 *
 * @param limit above it the exact number does not matter
 * @returns the distance, or `limit + 1` when it is more than `limit`
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) {
    return limit + 1;
  }
  const over = limit + 1;
  let beforePrevious = new Array<number>(b.length + 2).fill(over);
  let previous = Array.from(beforePrevious, (_, j) => Math.min(j, over));
  let current = beforePrevious.slice();
  for (let i = 1; i <= a.length; i++) {
    // Farther from the diagonal every distance is above the limit.
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    current[from - 1] = from === 1 ? Math.min(i, over) : over;
    let least = current[from - 1] as number;
    for (let j = from; j <= to; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + (same ? 0 : 1),
        over,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforePrevious[j - 2] as number) + 1);
      }
      current[j] = cost;
      least = Math.min(least, cost);
    }
    current[to + 1] = over;
    if (least > limit) {
      return over;
    }
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return previous[b.length] as number;
}
