import { UNSTABLE } from './channels';
import type { IndexFile } from './file/index-file';
import type { RevisionInfo } from './model';

/** One recorded revision of a line. */
export interface Moment {
  readonly column: number;
  readonly date: number;
}

/** The recorded revisions of one line of development, in the order of its history. */
export interface Timeline {
  readonly line: string;
  /** Columns ascend: they are in the order of history, whatever the dates say. */
  readonly columns: readonly number[];
  /**
   * Those whose dates can be relied on: the longest series in which dates ascend with the columns. Dates of some
   * revisions are off by weeks, so they do not fit between their neighbours.
   */
  readonly moments: readonly Moment[];
  readonly first: RevisionInfo;
  readonly last: RevisionInfo;
}

/**
 * The timelines of an index by line: `unstable` first, then by name.
 *
 * @param nestedOnly only revisions of which nested sets are recorded, too
 */
export function readTimelines(file: IndexFile, nestedOnly = false): ReadonlyMap<string, Timeline> {
  const momentsOf = new Map<string, Moment[]>();
  for (let column = 0; column < file.columnCount; column++) {
    if (nestedOnly && !file.isNested(column)) {
      continue;
    }
    const { date, line } = file.momentOf(column);
    const moments = momentsOf.get(line) ?? [];
    moments.push({ column, date });
    momentsOf.set(line, moments);
  }
  const lines = [...momentsOf].sort(([a], [b]) => (a === UNSTABLE ? -1 : b === UNSTABLE ? 1 : a < b ? -1 : 1));
  return new Map(
    lines.map(([line, moments]) => {
      const columns = moments.map(({ column }) => column);
      const [first, last] = [file.column(columns[0] as number), file.column(columns.at(-1) as number)];
      return [line, { line, columns, moments: longestAscending(moments), first, last }];
    }),
  );
}

/** A longest series of moments whose dates do not fall, by patience sorting: n log n. */
export function longestAscending(moments: readonly Moment[]): readonly Moment[] {
  /** `ends[n]`: which moment ends a series of n + 1 with the lowest date. */
  const ends: number[] = [];
  const before = new Array<number>(moments.length).fill(-1);
  moments.forEach(({ date }, i) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((moments[ends[middle] as number] as Moment).date <= date) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    before[i] = ends[low - 1] ?? -1;
    ends[low] = i;
  });
  const series: Moment[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] as number) {
    series.push(moments[i] as Moment);
  }
  return series.reverse();
}

/**
 * How long after its commit a revision is recorded, at most: the channel advances when the builds are done (15 to 42
 * hours on seven locks of public flakes), and some revisions were first seen days after that. So a revision recorded by the time of a commit is older
 * than it, and one recorded this much later is newer.
 */
const RECORDING_LAG = 4 * 86_400;

/** Recorded revisions around a commit: `before` is surely not newer than it, `after` surely not older. */
export interface Bracket {
  readonly before: Moment | undefined;
  readonly after: Moment | undefined;
}

/** @param time when the commit was made: seconds since 1970 */
export function bracketAt({ moments }: Timeline, time: number): Bracket {
  const later = countUntil(moments, time);
  const after = moments[countUntil(moments, time + RECORDING_LAG - 1)];
  return { before: moments[later - 1], after };
}

/** How many moments are not later than `time`. */
function countUntil(moments: readonly Moment[], time: number): number {
  return countWhile(moments.length, (i) => (moments[i] as Moment).date <= time);
}

/**
 * The different versions of an attribute in a line between two columns, both included; `undefined` among them where it
 * was absent.
 */
export function versionsBetween(
  { columns }: Timeline,
  versionAt: (column: number) => string | undefined,
  from: number,
  to: number,
): ReadonlySet<string | undefined> {
  const start = countWhile(columns.length, (i) => (columns[i] as number) < from);
  const end = countWhile(columns.length, (i) => (columns[i] as number) <= to);
  return new Set(columns.slice(start, end).map(versionAt));
}

/** How many of the numbers 0 to `length - 1` satisfy a condition that all lower ones satisfy, too. */
function countWhile(length: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
