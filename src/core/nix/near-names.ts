const SHOWN = 5;
const MAX_DISTANCE = 2;

/** Up to five names within two edits of a misspelt one, nearest first (as Nix's suggestions). */
export function nearNames(names: Iterable<string>, wanted: string): readonly string[] {
  const found = new Map<string, number>();
  for (const name of names) {
    const distance = editDistance(name, wanted);
    if (distance <= MAX_DISTANCE) {
      found.set(name, distance);
    }
  }
  return [...found]
    .sort(([a, first], [b, second]) => first - second || (a < b ? -1 : 1))
    .slice(0, SHOWN)
    .map(([name]) => name);
}

const WIDTH = 2 * MAX_DISTANCE + 1;
const FAR = MAX_DISTANCE + 1;

/**
 * Levenshtein's distance, or more than {@link MAX_DISTANCE}. Of each row only what lies near the diagonal is worked out:
 * a set can have a million names, and a name a million letters.
 */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MAX_DISTANCE) {
    return FAR;
  }
  // The cell of a row `i` and a column `k` is at `k - i + MAX_DISTANCE`.
  let previous: number[] = [FAR, FAR, 0, 1, 2];
  let row: number[] = new Array(WIDTH).fill(FAR);
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1);
    let least = FAR;
    for (let cell = 0; cell < WIDTH; cell++) {
      const k = i + cell - MAX_DISTANCE;
      let distance = FAR;
      if (k === 0) {
        distance = i;
      } else if (k > 0 && k <= b.length) {
        const replaced = previous[cell]! + (letter === b.charCodeAt(k - 1) ? 0 : 1);
        const dropped = (cell + 1 < WIDTH ? previous[cell + 1]! : FAR) + 1;
        const inserted = (cell > 0 ? row[cell - 1]! : FAR) + 1;
        distance = Math.min(replaced, dropped, inserted);
      }
      row[cell] = distance;
      least = Math.min(least, distance);
    }
    if (least > MAX_DISTANCE) {
      return FAR;
    }
    [previous, row] = [row, previous];
  }
  return previous[b.length - a.length + MAX_DISTANCE]!;
}
