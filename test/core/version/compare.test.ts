import fc from 'fast-check';
import { compare as referenceCompare } from 'semver';
import { describe, expect, it, vi } from 'vitest';
import { compareByScheme, type VersionScheme } from '../../../src/core/version';

vi.setConfig({ testTimeout: 30_000 });

/** Real versions, each list from oldest to newest; what stands together is the same version. */
const chains: Readonly<Record<VersionScheme, readonly (string | readonly string[])[]>> = {
  semver: [
    '0.9.10',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    ['1.0.0', '1.0', 'v1.0.0', '1.0.0+build.5'],
    '1.0.1',
    '1.2.9',
    '1.2.10',
    '20.11.1',
    '20.11.1.5',
  ],
  pep440: [
    '3.11.0a7',
    '3.11.0b5',
    '3.11.0rc2',
    ['3.11.0', '3.11'],
    '3.11.0.post1',
    '3.11.2.dev0',
    '3.11.2',
    '3.12.0',
    '1!0.1',
  ],
  deb: [
    '1.0~rc1-1',
    '1.0-1~deb12u1',
    ['1.0-1', '0:1.0-1'],
    '1.0-1ubuntu1',
    '1.0-1+deb12u1',
    '1.0-2',
    '1.0+dfsg-1',
    '1.0.1-1',
    '1.9-1',
    '1.10-1',
    '1:0.5-1',
  ],
  rpm: ['1.0~rc1-1', '1.0-1.el8', '1.0-1.el9', '1.0-2.el8', '1.0^git1-1', '1.0a-1', '1.0.1-1', '1.10-1', '1:0.1-1'],
  apk: [
    '1.2_alpha',
    '1.2_rc1',
    '1.2_rc2',
    '1.2-r0',
    '1.2-r1',
    '1.2_git20200101',
    '1.2_p1-r0',
    '1.2a',
    '1.2.1',
    '1.10',
    '2.05',
    '2.1',
  ],
  pacman: ['1.0alpha-1', '1.0beta-1', '1.0rc1-1', '1.0-1', '1.0-2', '1.0.a-1', '1.0.1-1', '1.10-1', '1:0.9-1'],
  jdk: [
    ['1.8.0_392', '8u392'],
    ['1.8.0_392-b08', '8u392-b08', '1.8.0.392.b08'],
    '8u402',
    '11.0.21',
    '11.0.21+9',
    '17.0.9+8',
    ['17.0.9+9', '17.0.9+9-Debian-1deb12u1', '17.0.9+9-LTS'],
    '17.0.10',
    '21-ea',
    ['21', '21.0.0'],
    '21.0.1+12',
  ],
  go: [
    'go1.9',
    'go1.20',
    'go1.21beta1',
    'go1.21rc2',
    ['go1.21.0', '1.21', '1.21.0'],
    '1.21.3',
    'go1.22.0',
    'go1.100.0',
  ],
  openssl: [
    '0.9.8zh',
    '1.0.2',
    '1.0.2a',
    '1.0.2z',
    '1.0.2za',
    '1.1.1-pre9',
    '1.1.1',
    '1.1.1w',
    '3.0.0-alpha1',
    '3.0.0',
    '3.0.11',
    '9.2p1',
  ],
  date: [
    '2019-12-31',
    ['2022-02-11', '2022-02-11'],
    '20220212',
    '2022.03.01',
    '0-unstable-2023-01-02',
    'unstable-2023-01-03',
  ],
  nix: ['1.0pre1', '1.0', '1.0a', '1.0.1', '1.1', '2.3.16', '2.18'],
};

describe.each(Object.entries(chains))('%s', (name, chain) => {
  const scheme = name as VersionScheme;

  it('orders real versions', () => {
    const flat = chain.flatMap((entry, rank) => [entry].flat().map((version) => ({ version, rank })));
    for (const a of flat) {
      for (const b of flat) {
        const found = compareByScheme(scheme, a.version, b.version);
        expect({ a: a.version, b: b.version, found }).toEqual({
          a: a.version,
          b: b.version,
          found: Math.sign(a.rank - b.rank),
        });
      }
    }
  });

  it('is a total order, whatever it is given', () => {
    const known = chain.flat();
    const written = fc.oneof(
      fc.constantFrom(...known),
      fc.string({ maxLength: 12 }),
      fc
        .array(
          fc.constantFrom(
            '0',
            '1',
            '02',
            '10',
            '.',
            '-',
            '_',
            '~',
            '^',
            '+',
            ':',
            'a',
            'rc',
            'p',
            'u',
            'b',
            '-r',
            'go',
            '2024',
          ),
          {
            maxLength: 8,
          },
        )
        .map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom(...known), fc.constantFrom('.1', '-1', 'a', '~', '+b1', 'rc1'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(written, written, written, (a, b, c) => {
        const order = (x: string, y: string) => compareByScheme(scheme, x, y);
        expect(order(a, a)).toBe(0);
        expect(order(a, b) + order(b, a)).toBe(0);
        if (order(a, b) <= 0 && order(b, c) <= 0) {
          expect(order(a, c)).toBeLessThanOrEqual(0);
          if (order(a, b) < 0 || order(b, c) < 0) {
            expect(order(a, c)).toBe(-1);
          }
        }
      }),
      { numRuns: 600 },
    );
  });
});

describe('semver', () => {
  it('agrees with the reference on whole versions', () => {
    const number = fc.nat({ max: 12 });
    const part = fc.constantFrom('0', '1', '10', 'alpha', 'beta', 'rc', '1a', 'a-b');
    const version = fc
      .tuple(number, number, number, fc.array(part, { maxLength: 3 }))
      .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre.length > 0 ? `-${pre.join('.')}` : ''}`);
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(compareByScheme('semver', a, b)).toBe(referenceCompare(a, b));
      }),
    );
  });
});

describe('hostile texts', () => {
  it.each(Object.keys(chains))('%s takes long ones', (scheme) => {
    for (const unit of ['1', '1.', 'a', '~', '-', '1a', '_rc']) {
      const long = unit.repeat(50_000);
      expect(compareByScheme(scheme as VersionScheme, long, `${long}1`)).toBeTypeOf('number');
    }
  });
});
