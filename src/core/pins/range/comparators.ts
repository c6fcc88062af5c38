import { anyVersion, type Bound, except, type Intervals, intersect, only } from './interval';
import { nextRelease, parseRelease, type Release } from './release';

/** How one ecosystem writes a list of comparators. Operators mean the same in all; bare and partial versions do not. */
export interface Grammar {
  /** What a version without operator allows: itself (`3.2` is 3.2.0), or all that begin with it. */
  readonly bare: 'exact' | 'prefix';
  /** The same for `=` (`==` and `===` are always exact). */
  readonly equals: 'exact' | 'prefix';
  /** True where `>20` means the versions after all of 20, and `<=20` those up to the end of 20. */
  readonly wholeBounds: boolean;
  /** Between comparators that must all hold; blanks between version and operator never count. */
  readonly and: RegExp;
  /** Between alternatives. */
  readonly or: RegExp;
}

interface Written {
  readonly release: Release;
  /** How many numbers were written before the end or a wildcard. */
  readonly parts: number;
  readonly wildcard: boolean;
}

/** Longer constraints are not read. */
const MOST_CHARACTERS = 512;

/**
 * Reads a constraint by an ecosystem's grammar.
 *
 * @returns undefined when a part of it is not of that grammar
 */
export function readComparators(text: string, grammar: Grammar): Intervals | undefined {
  if (text.length > MOST_CHARACTERS) {
    return undefined;
  }
  const alternatives = text.split(grammar.or).map((part) => readAlternative(part, grammar));
  return alternatives.every((found) => found !== undefined) ? alternatives.flat() : undefined;
}

function readAlternative(text: string, grammar: Grammar): Intervals | undefined {
  const glued = text.trim().replace(/([<>=!~^])\s+(?=[\dvV])/g, '$1');
  if (glued === '') {
    return undefined;
  }
  let allowed = anyVersion;
  for (const part of glued.split(grammar.and)) {
    const found = part === '' ? undefined : readComparator(part, grammar);
    if (found === undefined) {
      return undefined;
    }
    allowed = intersect(allowed, found);
  }
  return allowed;
}

function readComparator(text: string, grammar: Grammar): Intervals | undefined {
  const match = /^(===|==|=|!=|<>|<=|<|>=|~>|~=|~|\^|>|)\s*(.+)$/.exec(text);
  const written = match === null ? undefined : readWritten(match[2]!);
  if (match === null || written === undefined) {
    return undefined;
  }
  return written.parts === 0 ? anyVersion : applyOperator(match[1]!, written, grammar);
}

/** `3.11.*`, `20.x`, `*`; wildcards end the version. */
function readWritten(text: string): Written | undefined {
  const match = /^[vV]?((?:\d+\.)*)([*xX])(?:\.[*xX])*$/.exec(text);
  if (match !== null) {
    const numbers = match[1]!
      .split('.')
      .filter((part) => part !== '')
      .map(Number);
    return { release: { numbers, preview: [] }, parts: numbers.length, wildcard: true };
  }
  const release = /\s/.test(text) ? undefined : parseRelease(text);
  return release === undefined ? undefined : { release, parts: release.numbers.length, wildcard: false };
}

function applyOperator(operator: string, written: Written, grammar: Grammar): Intervals | undefined {
  const { release, parts } = written;
  const from: Bound = { release, inclusive: true };
  const whole = written.wildcard || grammar.wholeBounds;
  switch (operator) {
    case '':
      return written.wildcard || grammar.bare === 'prefix' ? startingWith(release) : only(release);
    case '=':
      return written.wildcard || grammar.equals === 'prefix' ? startingWith(release) : only(release);
    case '==':
    case '===':
      return written.wildcard ? startingWith(release) : only(release);
    case '!=':
    case '<>':
      return written.wildcard
        ? [{ max: { release, inclusive: false } }, { min: { release: nextRelease(release, parts), inclusive: true } }]
        : except(release);
    case '>=':
      return [{ min: from }];
    case '<':
      return [{ max: { release: beforePreviews(release), inclusive: false } }];
    case '>':
      return whole && parts < 3
        ? [{ min: { release: nextRelease(release, parts), inclusive: true } }]
        : [{ min: { release, inclusive: false } }];
    case '<=':
      return whole && parts < 3
        ? [{ max: { release: nextRelease(release, parts), inclusive: false } }]
        : [{ max: { release, inclusive: true } }];
    case '~>':
    case '~=':
      return upTo(from, nextRelease(release, Math.max(1, parts - 1)));
    case '~':
      return upTo(from, nextRelease(release, Math.min(2, parts)));
    case '^':
      return upTo(from, nextRelease(release, caretParts(release)));
    default:
      return undefined;
  }
}

/** Versions below a release do not take in its previews. */
function beforePreviews(release: Release): Release {
  return release.preview.length === 0 ? { numbers: release.numbers, preview: [0] } : release;
}

/** Caret: what keeps the first number that is not 0; `^0.0` keeps both, `^0` the first. */
function caretParts(release: Release): number {
  const first = release.numbers.findIndex((number) => number !== 0);
  return first < 0 ? release.numbers.length : first + 1;
}

function upTo(min: Bound, end: Release): Intervals {
  return [{ min, max: { release: end, inclusive: false } }];
}

/** All versions that begin with these numbers; a full version with preview is only itself. */
export function startingWith(release: Release): Intervals {
  return release.preview.length > 0
    ? only(release)
    : upTo({ release, inclusive: true }, nextRelease(release, release.numbers.length));
}
