import { estimateVersion } from '../../src/core/nixpkgs/estimate';
import type { IndexFile } from '../../src/core/nixpkgs/file/index-file';
import { readTimelines, type Timeline } from '../../src/core/nixpkgs/timeline';
import { compareNixVersions, minorKey } from '../../src/core/version';

/** How often answers were right, over all that were asked. */
export interface Rates {
  asked: number;
  estimates: number;
  exactlyRight: number;
  rightToMinor: number;
  ranges: number;
  rangesRight: number;
}

/** A revision that is taken for unknown, and what is left out of the records with it. */
export interface LeftOut {
  readonly column: number;
  /** `undefined`: the lock does not say. */
  readonly branch: string | undefined;
  /** When its commit is said to have been made: seconds since 1970. */
  readonly time: number;
  readonly timelines: ReadonlyMap<string, Timeline>;
}

const DAY = 86_400;

/** Channels advance about a day after the commit: the records have the first, a lock has the second. */
const LAG = DAY;

/**
 * Revisions spread evenly over a line, each left out with all that were recorded within some days of it.
 *
 * @param days 0 leaves out the one revision only
 */
export function leaveOutRevisions(file: IndexFile, line: string, days: number, count: number): readonly LeftOut[] {
  const timelines = readTimelines(file);
  const timeline = timelines.get(line);
  if (timeline === undefined) {
    return [];
  }
  const { moments } = timeline;
  const step = moments.length / count;
  return Array.from({ length: count }, (_, i) => moments[Math.floor((i + 0.5) * step)]).flatMap((left) => {
    if (left === undefined) {
      return [];
    }
    const keeps = ({ column, date }: { column: number; date: number }) =>
      column !== left.column && Math.abs(date - left.date) >= days * DAY;
    const kept = moments.filter(keeps);
    const [first, last] = [kept[0]?.column ?? 0, kept.at(-1)?.column ?? 0];
    if (left.column < first || left.column > last) {
      return [];
    }
    const around = kept.filter(({ column }) => column < left.column).at(-1)?.column ?? 0;
    const after = kept.find(({ column }) => column > left.column)?.column ?? 0;
    const columns = timeline.columns.filter((column) => column <= around || column >= after);
    const without: Timeline = { ...timeline, moments: kept, columns };
    return [
      {
        column: left.column,
        branch: line === 'unstable' ? 'nixos-unstable' : line,
        time: left.date - LAG,
        timelines: new Map([...timelines, [line, without]]),
      },
    ];
  });
}

/** Revisions spread evenly over a stable line that is left out as a whole. */
export function leaveOutLine(file: IndexFile, line: string, count: number): readonly LeftOut[] {
  const all = readTimelines(file);
  const timelines = new Map([...all].filter(([name]) => name !== line));
  const moments = all.get(line)?.moments ?? [];
  return Array.from({ length: count }, (_, i) => moments[Math.floor(((i + 0.5) * moments.length) / count)]).flatMap(
    (left) => (left === undefined ? [] : [{ column: left.column, branch: line, time: left.date - LAG, timelines }]),
  );
}

/** Asks for each of some attributes that the left-out revisions have, and compares with what they have. */
export function measureRates(file: IndexFile, cases: readonly LeftOut[], only: ReadonlySet<string>): Rates {
  const rates: Rates = { asked: 0, estimates: 0, exactlyRight: 0, rightToMinor: 0, ranges: 0, rangesRight: 0 };
  const current = new Array<string | undefined>(file.columnCount);
  for (const [attribute, changes] of file.rows()) {
    if (!only.has(attribute)) {
      continue;
    }
    current.fill(undefined);
    changes.forEach(({ column, version }, i) => {
      current.fill(version, column, changes[i + 1]?.column);
    });
    const versionAt = (column: number) => current[column];
    for (const { column, branch, time, timelines } of cases) {
      const actual = versionAt(column);
      if (actual !== undefined) {
        count(rates, actual, estimateVersion({ attribute, timelines, versionAt }, { branch, lastModified: time }));
      }
    }
  }
  return rates;
}

function count(rates: Rates, actual: string, { certainty, version = '' }: ReturnType<typeof estimateVersion>): void {
  rates.asked++;
  if (certainty === 'estimate') {
    rates.estimates++;
    rates.exactlyRight += version === actual ? 1 : 0;
    rates.rightToMinor += minorKey(version) === minorKey(actual) ? 1 : 0;
  } else if (certainty === 'range') {
    const [lowest = '', highest = ''] = version.split(' – ');
    rates.ranges++;
    rates.rangesRight += compareNixVersions(lowest, actual) <= 0 && compareNixVersions(actual, highest) <= 0 ? 1 : 0;
  }
}
