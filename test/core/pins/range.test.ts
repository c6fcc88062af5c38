import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIntervals, intersect, only, overlap, parseIntervals } from '../../../src/core/pins/range/interval';
import { compareReleases, parseRelease } from '../../../src/core/pins/range/release';
import * as rules from '../../../src/core/pins/range/rules';
import { go, java, node, python, ruby, rust, spec } from '../../../src/core/pins/range/tool-rules';
import { satisfiesRange } from '../../../src/core/version';

const named: Readonly<Record<string, rules.Rule>> = {
  pep440: rules.pep440,
  poetry: rules.poetry,
  conda: rules.conda,
  gem: rules.gem,
  composer: rules.composer,
  semver: rules.semver,
  prefix: rules.prefix,
  minimum: rules.minimum,
  node,
  python,
  java,
  ruby,
  rust,
  go,
  spec,
};

function read(rule: rules.Rule, constraint: string): string {
  const { scheme, allowed, channel } = rule(constraint);
  return allowed === undefined ? `${scheme} ${channel ?? ''}`.trim() : formatIntervals(allowed);
}

function allows(rule: rules.Rule, constraint: string, version: string): boolean | undefined {
  const { allowed } = rule(constraint);
  return allowed === undefined ? undefined : overlap(allowed, only(parseRelease(version)!));
}

describe('releases', () => {
  it.each([
    ['v20.11.1', '20.11.1', 0],
    ['3.9', '3.10', -1],
    ['20', '20.0.0', 0],
    ['3.13.0rc1', '3.13.0', -1],
    ['3.13.0a1', '3.13.0rc1', -1],
    ['3.13.0.dev1', '3.13.0a1', -1],
    ['1.22rc2', '1.22rc10', -1],
    ['1.0.0-alpha', '1.0.0-alpha.1', -1],
    ['17.0.9+9', '17.0.9', 0],
    ['17.0.10-tem', '17.0.10', 0],
    ['20-alpine', '20.0.0', 0],
    ['1.2.3.4', '1.2.3', 1],
  ])('%s against %s', (one, other, order) => {
    expect(compareReleases(parseRelease(one)!, parseRelease(other)!)).toBe(order);
    expect(compareReleases(parseRelease(other)!, parseRelease(one)!)).toBe(order === 0 ? 0 : -order);
  });

  it('says when there is no version', () => {
    expect(parseRelease('lts/iron')).toBeUndefined();
    expect(parseRelease('')).toBeUndefined();
  });
});

describe('rules', () => {
  it.each([
    ['pep440', '>=3.9,<4', '>=3.9.0 <4.0.0-0'],
    ['pep440', '~=3.10', '>=3.10.0 <4.0.0-0'],
    ['pep440', '~=3.10.2', '>=3.10.2 <3.11.0-0'],
    ['pep440', '==3.11.*', '>=3.11.0 <3.12.0-0'],
    ['pep440', '>=3.8,!=3.9.0', '>=3.8.0 <3.9.0 || >3.9.0'],
    ['pep440', '!=3.9.*', '<3.9.0 || >=3.10.0-0'],
    ['pep440', '>= 3.9', '>=3.9.0'],
    ['pep440', 'three', 'unknown'],
    ['poetry', '^3.9', '>=3.9.0 <4.0.0-0'],
    ['poetry', '~3.9', '>=3.9.0 <3.10.0-0'],
    ['poetry', '3.11', '3.11.0'],
    ['poetry', '>=3.9,<3.12 || ^4', '>=3.9.0 <3.12.0-0 || >=4.0.0 <5.0.0-0'],
    ['poetry', '^0.2.3', '>=0.2.3 <0.3.0-0'],
    ['conda', '=3.11', '>=3.11.0 <3.12.0-0'],
    ['conda', '==3.11.4', '3.11.4'],
    ['conda', '3.10.*|3.12.*', '>=3.10.0 <3.11.0-0 || >=3.12.0 <3.13.0-0'],
    ['gem', '~> 3.2', '>=3.2.0 <4.0.0-0'],
    ['gem', '~> 3.2.1', '>=3.2.1 <3.3.0-0'],
    ['gem', '>= 3.0, < 3.4', '>=3.0.0 <3.4.0-0'],
    ['gem', '~> 1.14 or ~> 2.0', '>=1.14.0 <2.0.0-0 || >=2.0.0 <3.0.0-0'],
    ['composer', '^8.1|^9', '>=8.1.0 <9.0.0-0 || >=9.0.0 <10.0.0-0'],
    ['semver', '^18 || >=20', '>=18.0.0 <19.0.0-0 || >=20.0.0'],
    ['semver', '18 - 20', '>=18.0.0 <21.0.0-0'],
    ['semver', '*', '*'],
    ['semver', 'latest', 'channel latest'],
    ['semver', 'not a range!', 'unknown'],
    ['prefix', '20', '>=20.0.0 <21.0.0-0'],
    ['prefix', '3.11', '>=3.11.0 <3.12.0-0'],
    ['prefix', 'v20.11.1', '20.11.1'],
    ['minimum', '1.22', '>=1.22.0'],
    ['latestPatch', '8.0.110', '>=8.0.110 <8.0.200-0'],
    ['latestFeature', '8.0.110', '>=8.0.110 <8.1.0-0'],
    ['latestMinor', '8.0.110', '>=8.0.110 <9.0.0-0'],
    ['latestMajor', '8.0.110', '>=8.0.110'],
    ['disable', '8.0.110', '8.0.110'],
    ['sideways', '8.0.110', 'unknown'],
    ['node', 'lts/iron', '>=20.0.0 <21.0.0-0'],
    ['node', 'lts/*', 'channel lts'],
    ['node', 'jod', '>=22.0.0 <23.0.0-0'],
    ['node', '>=18 <21', '>=18.0.0 <21.0.0-0'],
    ['node', '20.x', '>=20.0.0 <21.0.0-0'],
    ['python', 'cpython-3.12', '>=3.12.0 <3.13.0-0'],
    ['python', '3.13-dev', '>=3.13.0 <3.14.0-0'],
    ['python', '3.13t', '>=3.13.0 <3.14.0-0'],
    ['python', '3.13.0rc1', '3.13.0-rc.1'],
    ['python', '>=3.9 <3.12', '>=3.9.0 <3.12.0-0'],
    ['java', '17', '>=17.0.0 <18.0.0-0'],
    ['java', '1.8', '>=8.0.0 <9.0.0-0'],
    ['java', '8u392', '>=8.0.0 <9.0.0-0'],
    ['java', 'temurin-17.0.9+9', '17.0.9'],
    ['java', '17.0.10-tem', '17.0.10'],
    ['java', 'openjdk64-11.0.2', '11.0.2'],
    ['java', 'openjdk64-1.8.0.292', '8.0.292'],
    ['java', 'corretto-21', '>=21.0.0 <22.0.0-0'],
    ['java', 'zulu-jre-javafx-11.0.21', '11.0.21'],
    ['java', '21-ea', '>=21.0.0 <22.0.0-0'],
    ['java', '11.0.x', '>=11.0.0 <11.1.0-0'],
    ['ruby', 'ruby-3.2.2', '3.2.2'],
    ['ruby', '2.7.8-p225', '2.7.8'],
    ['rust', 'stable', 'channel stable'],
    ['rust', 'nightly-2024-01-01', 'channel nightly'],
    ['rust', '1.75', '>=1.75.0 <1.76.0-0'],
    ['rust', '1.75.0-x86_64-unknown-linux-gnu', '1.75.0'],
    ['rust', 'stable-aarch64-apple-darwin', 'channel stable'],
    ['go', 'go1.22.3', '1.22.3'],
    ['go', '^1.21', '>=1.21.0 <2.0.0-0'],
    ['spec', 'stable', 'channel stable'],
  ] as const)('%s reads %s', (name, constraint, expected) => {
    expect(read(named[name] ?? rules.rollForward(name), constraint)).toBe(expected);
  });

  it('gives an empty set for what no version satisfies', () => {
    expect(rules.semver('>=20 <18').allowed).toEqual([]);
    expect(rules.pep440('>=3.12,<3.9').allowed).toEqual([]);
  });

  it('never throws and never takes a constraint apart that is too long', () => {
    const all = [rules.pep440, rules.poetry, rules.conda, rules.gem, rules.composer, rules.semver, rules.prefix];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom('__proto__', 'constructor', 'toString'),
          fc.string({ unit: fc.constantFrom(...'0123456789.,|<>=~^!*x -') }),
        ),
        (text) => {
          for (const rule of [...all, rules.minimum, rules.exact, node, python, java, ruby, rust, go]) {
            const { scheme, allowed } = rule(text);
            expect(allowed === undefined || scheme !== 'unknown').toBe(true);
          }
        },
      ),
    );
    expect(rules.semver('1 || '.repeat(10_000)).scheme).toBe('unknown');
    expect(rules.pep440('>=1,'.repeat(10_000)).scheme).toBe('unknown');
  });
});

describe('against the version rules that tell single versions', () => {
  const number = fc.integer({ min: 0, max: 4 });
  const version = fc.tuple(number, number, number).map((parts) => parts.join('.'));
  const written = fc.oneof(
    version,
    fc.tuple(number, number).map((parts) => parts.join('.')),
    number.map(String),
  );
  const comparator = (operators: readonly string[]) =>
    fc.tuple(fc.constantFrom(...operators), written).map(([operator, text]) => `${operator}${text}`);

  it('agrees on npm ranges', () => {
    const range = fc
      .array(fc.array(comparator(['', '^', '~', '>=', '<', '>', '<=', '=']), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((alternatives) => alternatives.map((parts) => parts.join(' ')).join(' || '));
    fc.assert(
      fc.property(range, version, (constraint, actual) => {
        expect(allows(rules.semver, constraint, actual)).toBe(satisfiesRange('semver', constraint, actual));
      }),
      { numRuns: 500 },
    );
  });

  it('agrees on Python specifiers', () => {
    const range = fc
      .array(comparator(['>=', '<', '>', '<=', '==', '!=']), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(','));
    fc.assert(
      fc.property(range, version, (constraint, actual) => {
        expect(allows(rules.pep440, constraint, actual)).toBe(satisfiesRange('pep440', constraint, actual));
      }),
      { numRuns: 500 },
    );
  });

  it('agrees on Poetry constraints with a caret or tilde', () => {
    const text = fc.tuple(fc.constantFrom('^', '~'), fc.integer({ min: 1, max: 4 }), number);
    fc.assert(
      fc.property(text, version, ([operator, major, minor], actual) => {
        const constraint = `${operator}${major}.${minor}`;
        expect(allows(rules.poetry, constraint, actual)).toBe(satisfiesRange('poetry', constraint, actual));
      }),
    );
  });

  it('agrees on prefixes and lowest versions', () => {
    fc.assert(
      fc.property(written, version, (constraint, actual) => {
        expect(allows(rules.prefix, constraint, actual)).toBe(satisfiesRange('prefix', constraint, actual));
        expect(allows(rules.minimum, constraint, actual)).toBe(satisfiesRange('minimum', constraint, actual));
      }),
    );
  });

  it('overlaps exactly where a version satisfies both, and what both allow is what intersect says', () => {
    const range = fc
      .array(comparator(['', '^', '~', '>=', '<']), { minLength: 1, maxLength: 2 })
      .map((parts) => parts.join(' || '));
    const everyVersion = [0, 1, 2, 3, 4, 5].flatMap((a) =>
      [0, 1, 2, 3, 4, 5].flatMap((b) => [0, 1, 2, 3, 4, 5].map((c) => `${a}.${b}.${c}`)),
    );
    fc.assert(
      fc.property(range, range, (one, other) => {
        const [a, b] = [rules.semver(one).allowed!, rules.semver(other).allowed!];
        const shared = everyVersion.some(
          (text) => allows(rules.semver, one, text) && allows(rules.semver, other, text),
        );
        if (shared) {
          expect(overlap(a, b)).toBe(true);
        }
        expect(intersect(a, b).length > 0).toBe(overlap(a, b));
        expect(overlap(b, a)).toBe(overlap(a, b));
      }),
    );
  });

  it('reads its own notation back', () => {
    fc.assert(
      fc.property(
        fc.array(comparator(['', '^', '~', '>=', '<', '>', '<=']), { minLength: 1, maxLength: 3 }),
        (parts) => {
          const allowed = rules.semver(parts.join(' || ')).allowed!;
          fc.pre(allowed.length > 0);
          expect(formatIntervals(parseIntervals(formatIntervals(allowed))!)).toBe(formatIntervals(allowed));
        },
      ),
    );
    expect(parseIntervals('about 3')).toBeUndefined();
  });
});
