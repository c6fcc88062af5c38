import type { VersionFacts } from './source';

/** How far a revision may move from where its date puts it, in revisions. */
const REACH = 80;
/** Moves that save less are not looked for. */
const LEAST_GAIN = 20;
const ROUNDS = 8;

/**
 * Orders the revisions so that neighbours differ in as few attributes as possible. Dates of some revisions are off, and
 * two channels on one line advance at different times: by likeness each revision finds its place in history again.
 * Stable lines are put where they left the unstable one. This makes a third fewer changes to store, and is what
 * estimates between neighbours stand on.
 *
 * @returns columns of `facts`, each once; deterministic
 */
export function orderByLikeness(facts: VersionFacts): readonly number[] {
  const distance = distances(facts);
  const [unstable, ...others] = [...facts.lines]
    .sort(([a], [b]) => (a === 'unstable' ? -1 : b === 'unstable' ? 1 : a < b ? -1 : 1))
    .map(([, columns]) => settle([...columns], distance));
  let axis = unstable ?? [];
  for (const line of others) {
    axis = insertLine(axis, line, distance);
  }
  return axis;
}

type Distance = (a: number | undefined, b: number | undefined) => number;

/** In how many attributes two columns differ, remembered; 0 where one is missing (beyond an end). */
function distances(facts: VersionFacts): Distance {
  const width = facts.revisions.length;
  const ids = Array.from({ length: width }, () => new Uint16Array(facts.attributes.length));
  facts.attributes.forEach(({ versions }, row) => {
    const known = new Map<string | undefined, number>([[undefined, 0]]);
    versions.forEach((version, column) => {
      const id = known.get(version) ?? known.size;
      known.set(version, id);
      (ids[column] as Uint16Array)[row] = id;
    });
  });
  const memory = new Map<number, number>();
  return (a, b) => {
    if (a === undefined || b === undefined) {
      return 0;
    }
    const key = Math.min(a, b) * width + Math.max(a, b);
    let count = memory.get(key);
    if (count === undefined) {
      const left = ids[a] as Uint16Array;
      const right = ids[b] as Uint16Array;
      count = 0;
      for (let row = 0; row < left.length; row++) {
        count += left[row] === right[row] ? 0 : 1;
      }
      memory.set(key, count);
    }
    return count;
  };
}

/** Moves single revisions to better places until no move pays. */
function settle(line: number[], distance: Distance): number[] {
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (let from = 0; from < line.length; from++) {
      const column = line[from] as number;
      const gain = detour(line[from - 1], column, line[from + 1], distance);
      const to = gain < LEAST_GAIN ? undefined : betterPlace(line, from, gain, distance);
      if (to !== undefined) {
        line.splice(from, 1);
        line.splice(to > from ? to - 1 : to, 0, column);
        moved = true;
      }
    }
    if (!moved) {
      break;
    }
  }
  return line;
}

/** What a revision costs between two others. */
function detour(before: number | undefined, column: number, after: number | undefined, distance: Distance): number {
  return distance(before, column) + distance(column, after) - distance(before, after);
}

function betterPlace(line: readonly number[], from: number, gain: number, distance: Distance): number | undefined {
  let best: number | undefined;
  let least = gain;
  for (let to = Math.max(0, from - REACH); to <= Math.min(line.length, from + REACH); to++) {
    if (to !== from && to !== from + 1) {
      const cost = detour(line[to - 1], line[from] as number, line[to], distance);
      if (cost < least) {
        least = cost;
        best = to;
      }
    }
  }
  return best;
}

function insertLine(axis: readonly number[], line: readonly number[], distance: Distance): number[] {
  let best = axis.length;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at <= axis.length; at++) {
    const cost = distance(axis[at - 1], line[0]) + distance(line.at(-1), axis[at]) - distance(axis[at - 1], axis[at]);
    if (cost < least) {
      least = cost;
      best = at;
    }
  }
  return [...axis.slice(0, best), ...line, ...axis.slice(best)];
}
