import { satisfies as satisfiesPep440, valid, validRange } from '@renovatebot/pep440';
import { coerce, type Range, satisfies as satisfiesSemver, validRange as validSemverRange } from 'semver';
import { compareByScheme } from './compare';
import { MAX_VERSION_LENGTH, type VersionScheme } from './scheme';

/**
 * How a pin is written.
 *
 * - `semver`: npm's ranges (`^20.11`, `>=18 <21`, `20.x || 22.x`)
 * - `pep440`: Python's specifiers (`>=3.10,<3.13`, `~=3.11`)
 * - `poetry`: Poetry's constraints: Python's, and `^3.11`, `~3.11`, `3.11.*`, `||`
 * - `nvmrc`: a version or its beginning, `lts/*`, `lts/iron`, `node`
 * - `prefix`: a version or its beginning (`3.11` is any 3.11.x): .python-version, .tool-versions, rust-toolchain
 * - `minimum`: this version or a later one (`go 1.21` of go.mod, `rust-version`)
 */
export type RangeKind = 'semver' | 'pep440' | 'poetry' | 'nvmrc' | 'prefix' | 'minimum';

/**
 * Whether a version is what a pin allows.
 *
 * @param scheme by which versions are ordered, for `minimum`
 * @returns `undefined` when the pin or the version is not understood, or names no version (`stable`, `system`)
 */
export function satisfiesRange(
  kind: RangeKind,
  range: string,
  version: string,
  scheme: VersionScheme = 'semver',
): boolean | undefined {
  const [wanted, actual] = [range.trim(), version.trim().replace(/^(?:v|go)(?=\d)/, '')];
  if (wanted === '' || actual === '' || wanted.length > MAX_VERSION_LENGTH || actual.length > MAX_VERSION_LENGTH) {
    return undefined;
  }
  switch (kind) {
    case 'semver':
      return bySemver(wanted, actual);
    case 'pep440':
      return byPep440(wanted, actual);
    case 'poetry':
      return byPoetry(wanted, actual);
    case 'nvmrc':
      return byNvmrc(wanted, actual);
    case 'prefix':
      return byPrefix(wanted, actual);
    case 'minimum': {
      const least = wanted.replace(/^(?:v|go)(?=\d)/, '');
      return /^\d/.test(least) ? compareByScheme(scheme, actual, least) >= 0 : undefined;
    }
  }
}

function bySemver(range: string, version: string): boolean | undefined {
  const full = coerce(version, { includePrerelease: true });
  if (full === null || validSemverRange(range, { loose: true }) === null) {
    return undefined;
  }
  return satisfiesSemver(full, range as string | Range, { loose: true });
}

function byPep440(specifiers: string, version: string): boolean | undefined {
  const wanted = /^\d/.test(specifiers) ? `==${specifiers}` : specifiers;
  if (valid(version) === null || !validRange(wanted)) {
    return undefined;
  }
  return satisfiesPep440(version, wanted, { prereleases: true });
}

/** python-poetry.org/docs/dependency-specification: alternatives of lists of constraints. */
function byPoetry(constraint: string, version: string): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const alternative of constraint.split(/\|\|?/)) {
    const parts = alternative.split(',').map((part) => part.trim().replace(/\s+/g, ''));
    const answers = parts.map((part) => byPep440(poetryToPep440(part), version));
    if (answers.every((found) => found === true)) {
      return true;
    }
    if (answers.includes(undefined)) {
      answer = undefined;
    }
  }
  return answer;
}

function poetryToPep440(part: string): string {
  const match = /^([\^~])(\d+(?:\.\d+)*)$/.exec(part);
  if (match === null) {
    return part === '*' ? '>=0' : part;
  }
  const numbers = (match[2] as string).split('.').map(Number);
  const firstSet = numbers.findIndex((number) => number > 0);
  // ^ lets all change after the first number that is not 0, ~ after the second one.
  const fixed = match[1] === '~' ? Math.min(1, numbers.length - 1) : firstSet < 0 ? numbers.length - 1 : firstSet;
  const next = numbers.slice(0, fixed + 1).map((number, i) => (i === fixed ? number + 1 : number));
  return `>=${match[2]},<${next.join('.')}`;
}

/** nodejs.org/about/previous-releases: names of the long-term support lines. */
const LTS: Readonly<Record<string, number>> = {
  argon: 4,
  boron: 6,
  carbon: 8,
  dubnium: 10,
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
};

function byNvmrc(wanted: string, version: string): boolean | undefined {
  const lts = /^lts\/([\w*-]+)$/i.exec(wanted)?.[1]?.toLowerCase();
  const major = Number(/^\d+/.exec(version)?.[0]);
  if (lts === '*') {
    return Number.isNaN(major) ? undefined : major >= 4 && major % 2 === 0;
  }
  if (lts !== undefined) {
    const line = Object.hasOwn(LTS, lts) ? LTS[lts] : undefined;
    return line === undefined || Number.isNaN(major) ? undefined : major === line;
  }
  return byPrefix(wanted.replace(/^node-/i, ''), version);
}

function byPrefix(wanted: string, version: string): boolean | undefined {
  const prefix = wanted.replace(/^(?:v|go)(?=\d)/i, '').replace(/(?:\.[x*])+$/i, '');
  if (!/^\d/.test(prefix)) {
    return undefined;
  }
  const rest = version.slice(prefix.length);
  return version.startsWith(prefix) && !/^\d/.test(rest);
}
