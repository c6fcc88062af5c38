import { describe, expect, test } from 'vitest';
import { satisfiesVersionRange } from '../../../src/core/version';
import { isVersionRange } from '../../../src/core/version/range-expression';
import type { VersionScheme } from '../../../src/core/version/scheme';

describe('a range by the rules of its ecosystem', () => {
  test.each<[VersionScheme, string, string, boolean]>([
    ['semver', '>=20.11 <21', '20.11.0', true],
    ['semver', '>=20.11 <21', '20.10.9', false],
    ['semver', '>=20.11 <21', '21.0.0', false],
    ['semver', '>=20.11 <21', '21.0.0-rc.1', false],
    ['semver', '>= 20.11, < 21', '20.12.0', true],
    ['semver', '^20.11', '20.99.0', true],
    ['semver', '^0.2.3', '0.3.0', false],
    ['semver', '^0.2.3', '0.2.9', true],
    ['semver', '~1.2', '1.3.0', false],
    ['semver', '20.x || 22', '22.4.1', true],
    ['semver', '20.x || 22', '21.0.0', false],
    ['semver', '1.2 - 1.4', '1.4.9', true],
    ['semver', '>20', '20.9.0', false],
    ['semver', '>20', '21.0.0', true],
    ['semver', '<=20', '20.9.0', true],
    ['semver', '*', '3.0.0', true],
    ['semver', '2', '20.0.0', false],
    ['semver', '>=1.90', '1.97.0-nightly', true],
    ['pep440', '>=3.11,<3.13', '3.12.4', true],
    ['pep440', '>=3.11,<3.13', '3.13.0rc1', false],
    ['pep440', '>=3.11 <3.13', '3.12.4', true],
    ['pep440', '~=3.11', '3.13.1', true],
    ['pep440', '~=3.11.2', '3.12.0', false],
    ['pep440', '!=3.11.5, >=3.11', '3.11.5', false],
    ['pep440', '==3.11.*', '3.11.7', true],
    ['pep440', '3.11', '3.11.7', true],
    ['jdk', '>=17 <22', '21.0.2+13', true],
    ['jdk', '8', '1.8.0_392', true],
    ['jdk', '>=11', '1.8.0_392', false],
    ['jdk', '[17,22)', '17.0.9', true],
    ['jdk', '[17,22)', '22-ea', false],
    ['jdk', '(,17]', '17.0.9', true],
    ['go', '>=1.22', 'go1.22.1', true],
    ['go', 'go1.22', 'go1.22.1', true],
    ['go', '<1.22', 'go1.22rc1', false],
    ['openssl', '>=1.1.1t', '1.1.1w', true],
    ['openssl', '<1.1.1t', '1.1.1w', false],
    ['openssl', '1.1.1', '1.1.1w', true],
    ['nix', '~> 1.5', '1.9.2', true],
    ['nix', '~> 1.5.1', '1.6.0', false],
  ])('%s: %s holds %s: %s', (scheme, range, version, expected) => {
    expect(satisfiesVersionRange(scheme, range, version)).toBe(expected);
  });

  test.each([
    '',
    'abc',
    '===x',
    '>>3',
    '^abc',
    '>=',
    '>=3,,<4',
    '[1,2',
    '1.2 -',
    '|| 3',
    '>=1 latest',
    `>=${'1'.repeat(300)}`,
  ])('%j is none', (text) => {
    expect(isVersionRange(text)).toBe(false);
    expect(satisfiesVersionRange('semver', text, '1.0.0')).toBeUndefined();
  });
});
