import { own } from '../../own';
/** A version as far as pins compare: its numbers, and the identifiers of a preview (empty for a release). */
export interface Release {
  readonly numbers: readonly number[];
  readonly preview: readonly (string | number)[];
}

/** More parts than any version has; the rest is not compared. */
const MOST_PARTS = 8;

const RELEASE = /^[vV=]?(\d{1,15}(?:\.\d{1,15})*)(.*)$/s;
const PREVIEW =
  /^[-._+]?((?:alpha|beta|preview|pre|rc|dev|ea|nightly|canary|next|snapshot|milestone|a|b|c|m)(?![a-z]).*)$/is;

/**
 * Reads a version of any ecosystem as numbers and preview: `v20.11.1`, `3.13.0rc1`, `1.22rc1`, `17.0.9+9`. What
 * follows the numbers and is no preview (`-alpine`, `-tem`, `+9`) is left out.
 *
 * @returns undefined when the text does not begin with a number
 */
export function parseRelease(text: string): Release | undefined {
  const match = RELEASE.exec(text.trim());
  if (match === null) {
    return undefined;
  }
  const numbers = match[1]!.split('.').slice(0, MOST_PARTS).map(Number);
  return { numbers, preview: parsePreview(match[2]!) };
}

/** `-0` is what npm writes to leave out the previews of a version. */
function parsePreview(rest: string): readonly (string | number)[] {
  if (rest === '-0') {
    return [0];
  }
  const match = PREVIEW.exec(rest);
  if (match === null) {
    return [];
  }
  const words = match[1]!.replace(/\+.*$/s, '').match(/\d{1,15}|[a-z]+/gi) ?? [];
  return words.slice(0, MOST_PARTS).map((word) => (/^\d/.test(word) ? Number(word) : previewWord(word)));
}

/** `dev` comes before `a`, `alpha` is `a`, `c` and `pre` are `rc` (PEP 440, "Pre-releases"). */
function previewWord(word: string): string {
  const lower = word.toLowerCase();
  const same: Readonly<Record<string, string>> = { dev: '', alpha: 'a', beta: 'b', c: 'rc', pre: 'rc', preview: 'rc' };
  return own(same, lower) ?? lower;
}

/** Orders two releases; missing numbers count as 0, a preview comes before its release. */
export function compareReleases(one: Release, other: Release): number {
  const length = Math.max(one.numbers.length, other.numbers.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0);
    if (difference !== 0) {
      return Math.sign(difference);
    }
  }
  return comparePreviews(one.preview, other.preview);
}

function comparePreviews(one: Release['preview'], other: Release['preview']): number {
  if (one.length === 0 || other.length === 0) {
    return Math.sign(other.length - one.length) * (one.length === other.length ? 0 : 1);
  }
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const order = compareIdentifiers(one[index], other[index]);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** Semantic Versioning 2.0, rule 11: numbers before words, fewer identifiers before more. */
function compareIdentifiers(one: string | number | undefined, other: string | number | undefined): number {
  if (one === other) {
    return 0;
  }
  if (one === undefined) {
    return -1;
  }
  if (other === undefined) {
    return 1;
  }
  if (typeof one !== typeof other) {
    return typeof one === 'number' ? -1 : 1;
  }
  return one < other ? -1 : 1;
}

/** The version with its last kept number raised by one and previews left out: `1.2.3` at 2 parts → `1.3-0`. */
export function nextRelease(release: Release, parts: number): Release {
  const numbers = Array.from({ length: parts }, (_, index) => release.numbers[index] ?? 0);
  numbers[parts - 1] = (numbers[parts - 1] ?? 0) + 1;
  return { numbers, preview: [0] };
}

/** At least three numbers, as npm writes: `20` → `20.0.0`. */
export function formatRelease(release: Release): string {
  const numbers = [...release.numbers];
  while (numbers.length < 3) {
    numbers.push(0);
  }
  const preview = release.preview.map((word) => (word === '' ? 'dev' : word)).join('.');
  return numbers.join('.') + (preview === '' ? '' : `-${preview}`);
}
