const SHOWN = 5;
const MAX_DISTANCE = 2;

/** Up to five names within two edits of a misspelt one, nearest first (as Nix's suggestions). */
export function nearNames(names: Iterable<string>, wanted: string): readonly string[] {
  const found: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    if (Math.abs(name.length - wanted.length) <= MAX_DISTANCE) {
      const distance = editDistance(name, wanted);
      if (distance <= MAX_DISTANCE) {
        found.push({ name, distance });
      }
    }
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return found.slice(0, SHOWN).map(({ name }) => name);
}

/** Levenshtein's distance; gives up beyond what is of interest. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let k = 1; k <= b.length; k++) {
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(k - 1) ? 0 : 1;
      const distance = Math.min(previous[k]! + 1, row[k - 1]! + 1, previous[k - 1]! + cost);
      row.push(distance);
      least = Math.min(least, distance);
    }
    if (least > MAX_DISTANCE) {
      return least;
    }
    previous = row;
  }
  return previous[b.length]!;
}
