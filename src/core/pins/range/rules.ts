import { Range } from 'semver';
import type { PinScheme } from '../../model/pins';
import { type Grammar, readComparators, startingWith } from './comparators';
import { anyVersion, type Interval, type Intervals, intersect, only } from './interval';
import { nextRelease, parseRelease } from './release';

/** What a constraint allows: `allowed` is absent for what moves (`channel`) or cannot be read (`scheme: 'unknown'`). */
export interface Reading {
  readonly scheme: PinScheme;
  readonly allowed?: Intervals;
  readonly channel?: string;
}

/** Reads a constraint by the rules of the place that declares it. Never throws. */
export type Rule = (constraint: string) => Reading;

const unknown: Reading = { scheme: 'unknown' };

function ruleOf(scheme: PinScheme, grammar: Grammar): Rule {
  return (constraint) => {
    const allowed = readComparators(constraint, grammar);
    return allowed === undefined ? unknown : { scheme, allowed };
  };
}

/** Python's version specifiers (PEP 440, "Version specifiers"); a bare version is itself, as uv reads it. */
export const pep440 = ruleOf('pep440', {
  bare: 'exact',
  equals: 'exact',
  wholeBounds: false,
  and: /\s*,\s*/,
  or: /\s*\|\|\s*/,
});

/** Poetry's constraints: PEP 440 with `^`, `~` and alternatives; a bare version is itself. */
export const poetry = ruleOf('poetry', {
  bare: 'exact',
  equals: 'exact',
  wholeBounds: false,
  and: /\s*,\s*|\s+/,
  or: /\s*\|\|?\s*/,
});

/** Conda's match specifications: `=3.11` and a bare version are prefixes, `==` is exact. */
export const conda = ruleOf('conda', {
  bare: 'prefix',
  equals: 'prefix',
  wholeBounds: false,
  and: /\s*,\s*/,
  or: /\s*\|\s*/,
});

/** RubyGems requirements, also Terraform's and Elixir's: `~>` keeps all but the last number. */
export const gem = ruleOf('rubygems', {
  bare: 'exact',
  equals: 'exact',
  wholeBounds: false,
  and: /\s*,\s*|\s+and\s+/,
  or: /\s+or\s+/,
});

/** Composer's constraints: `|` between alternatives, comma or blank between comparators. */
export const composer = ruleOf('composer', {
  bare: 'exact',
  equals: 'exact',
  wholeBounds: false,
  and: /\s*,\s*|\s+/,
  or: /\s*\|\|?\s*/,
});

/** npm's ranges (node-semver), in its loose mode as npm and setup-node use them; also `latest` and its kin. */
export const semver: Rule = (constraint) => {
  const text = constraint.trim();
  if (/^(?:latest|lts|current|next|canary|nightly|node|stable)$/.test(text)) {
    return { scheme: 'channel', channel: text };
  }
  if (text.length > 512) {
    return unknown;
  }
  try {
    const { set } = new Range(text, { loose: true });
    return { scheme: 'semver', allowed: set.map(comparatorsToInterval).filter((found) => found !== undefined) };
  } catch {
    return unknown;
  }
};

function comparatorsToInterval(comparators: Range['set'][number]): Interval | undefined {
  let allowed = anyVersion;
  for (const { operator, semver: version } of comparators) {
    const release = version.version === undefined ? undefined : parseRelease(version.version);
    if (release !== undefined) {
      const bound = { release, inclusive: operator !== '>' && operator !== '<' };
      const above = operator.startsWith('>') ? [{ min: bound }] : [{ max: bound }];
      allowed = intersect(allowed, operator === '' ? only(release) : above);
    }
  }
  return allowed[0];
}

/** A version as version managers and image tags write it: `v20.11.1` is exact, `20` and `20.x` all that begin so. */
export const prefix: Rule = (constraint) => {
  const text = constraint.trim().replace(/(?:\.[xX*])+$/, '');
  const release = parseRelease(text);
  if (release === undefined) {
    return /^[xX*]$/.test(text) ? { scheme: 'prefix', allowed: anyVersion } : channelOf(text);
  }
  const full = release.numbers.length >= 3 || release.preview.length > 0;
  return full ? { scheme: 'exact', allowed: only(release) } : { scheme: 'prefix', allowed: startingWith(release) };
};

/** A lowest version: `go 1.22`, `rust-version = "1.70"`. */
export const minimum: Rule = (constraint) => {
  const release = parseRelease(constraint);
  return release === undefined ? unknown : { scheme: 'minimum', allowed: [{ min: { release, inclusive: true } }] };
};

/** Exactly what is written, whatever its length. */
export const exact: Rule = (constraint) => {
  const release = parseRelease(constraint);
  return release === undefined ? channelOf(constraint.trim()) : { scheme: 'exact', allowed: only(release) };
};

/** Names that move with time. */
function channelOf(text: string): Reading {
  return /^[a-z][a-z0-9./*-]*$/i.test(text) ? { scheme: 'channel', channel: text.toLowerCase() } : unknown;
}

/**
 * .NET's `global.json`: the SDK version and how far it may roll forward. An SDK's last number holds the feature band
 * in its hundreds. Source: "global.json overview", learn.microsoft.com.
 *
 * @param policy `rollForward`; `latestPatch` when the file does not say
 */
export function rollForward(policy: string): Rule {
  return (constraint) => {
    const release = parseRelease(constraint);
    const [major = 0, minor = 0, patch = 0] = release?.numbers ?? [];
    if (release === undefined) {
      return unknown;
    }
    const min = { release, inclusive: true };
    const below = (numbers: readonly number[]): Reading => ({
      scheme: 'roll-forward',
      allowed: [{ min, max: { release: { numbers, preview: [0] }, inclusive: false } }],
    });
    switch (policy.toLowerCase()) {
      case 'disable':
        return { scheme: 'exact', allowed: only(release) };
      case 'patch':
      case 'latestpatch':
        return below([major, minor, (Math.floor(patch / 100) + 1) * 100]);
      case 'feature':
      case 'latestfeature':
        return below(nextRelease(release, 2).numbers);
      case 'minor':
      case 'latestminor':
        return below(nextRelease(release, 1).numbers);
      case 'major':
      case 'latestmajor':
        return { scheme: 'roll-forward', allowed: [{ min }] };
      default:
        return unknown;
    }
  };
}
