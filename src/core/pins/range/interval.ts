import { compareReleases, formatRelease, parseRelease, type Release } from './release';

/** One end of an interval. */
export interface Bound {
  readonly release: Release;
  readonly inclusive: boolean;
}

/** The versions between two ends; an absent end is open. */
export interface Interval {
  readonly min?: Bound;
  readonly max?: Bound;
}

/** Alternatives: a version is allowed when one interval holds it. None at all allows nothing. */
export type Intervals = readonly Interval[];

/** Every version. */
export const anyVersion: Intervals = [{}];

/** More alternatives than a person writes; keeps products of alternatives small. */
const MOST_INTERVALS = 64;

function isEmpty({ min, max }: Interval): boolean {
  if (min === undefined || max === undefined) {
    return false;
  }
  const order = compareReleases(min.release, max.release);
  return order > 0 || (order === 0 && !(min.inclusive && max.inclusive));
}

function higherMin(one: Bound | undefined, other: Bound | undefined): Bound | undefined {
  if (one === undefined || other === undefined) {
    return one ?? other;
  }
  const order = compareReleases(one.release, other.release);
  return order > 0 || (order === 0 && !one.inclusive) ? one : other;
}

function lowerMax(one: Bound | undefined, other: Bound | undefined): Bound | undefined {
  if (one === undefined || other === undefined) {
    return one ?? other;
  }
  const order = compareReleases(one.release, other.release);
  return order < 0 || (order === 0 && !one.inclusive) ? one : other;
}

function interval(min: Bound | undefined, max: Bound | undefined): Interval {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** What both allow. */
export function intersect(one: Intervals, other: Intervals): Intervals {
  const both = new Map<string, Interval>();
  for (const a of one.slice(0, MOST_INTERVALS)) {
    for (const b of other.slice(0, MOST_INTERVALS)) {
      const common = interval(higherMin(a.min, b.min), lowerMax(a.max, b.max));
      if (!isEmpty(common)) {
        both.set(formatInterval(common), common);
      }
    }
  }
  return [...both.values()].slice(0, MOST_INTERVALS);
}

/** True when a version exists that both allow. */
export function overlap(one: Intervals, other: Intervals): boolean {
  return one.some((a) => other.some((b) => !isEmpty(interval(higherMin(a.min, b.min), lowerMax(a.max, b.max)))));
}

/** Exactly one version. */
export function only(release: Release): Intervals {
  const bound = { release, inclusive: true };
  return [{ min: bound, max: bound }];
}

/** Everything but one version. */
export function except(release: Release): Intervals {
  const bound = { release, inclusive: false };
  return [{ max: bound }, { min: bound }];
}

/** The notation of `Pin.range`: `>=18.0.0 <19.0.0-0 || >=20.0.0`; `*` for every version. */
export function formatIntervals(intervals: Intervals): string {
  return intervals.map(formatInterval).join(' || ');
}

function formatInterval({ min, max }: Interval): string {
  if (min !== undefined && max !== undefined && compareReleases(min.release, max.release) === 0) {
    return formatRelease(min.release);
  }
  const parts: string[] = [];
  if (min !== undefined) {
    parts.push(`${min.inclusive ? '>=' : '>'}${formatRelease(min.release)}`);
  }
  if (max !== undefined) {
    parts.push(`${max.inclusive ? '<=' : '<'}${formatRelease(max.release)}`);
  }
  return parts.length === 0 ? '*' : parts.join(' ');
}

/**
 * Reads what {@link formatIntervals} wrote.
 *
 * @returns undefined when the text is not in that notation
 */
export function parseIntervals(text: string): Intervals | undefined {
  const intervals: Interval[] = [];
  for (const alternative of text.split('||')) {
    let current: Interval = {};
    for (const word of alternative.trim().split(/\s+/)) {
      const match = /^(>=|<=|>|<|)(.+)$/.exec(word);
      const release = match === null || word === '*' ? undefined : parseRelease(match[2]!);
      if (match === null || (release === undefined && word !== '*')) {
        return undefined;
      }
      if (release !== undefined) {
        const bound = { release, inclusive: match[1] === '' || match[1]!.endsWith('=') };
        const min = match[1]!.startsWith('<') ? undefined : bound;
        const max = match[1]!.startsWith('>') ? undefined : bound;
        current = interval(higherMin(current.min, min), lowerMax(current.max, max));
      }
    }
    intervals.push(current);
  }
  return intervals;
}
