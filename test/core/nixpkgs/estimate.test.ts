import { describe, expect, it } from 'vitest';
import { openIndex } from '../../../src/core/nixpkgs';
import { at, revisionOf, syntheticIndex } from './synthetic';

/** Unstable 0 to 5; the third date is off by months; nixos-22.05 6 and 7; a hole before nixos-23.11 leaves. */
const index = openIndex(
  syntheticIndex(
    [
      {
        line: 'unstable',
        days: ['2022-01-01', '2022-02-01', '2021-06-01', '2022-03-01', '2023-11-10', '2024-04-01'],
      },
      { line: 'nixos-22.05', days: ['2022-06-01', '2022-08-01'] },
    ],
    {
      steady: ['1.0', '1.0', '1.0', '1.0', '1.0', '1.0', '1.0', '1.0'],
      moving: ['1.0', '1.1', '1.1', '2.0', '2.4', '2.4', '2.0', '2.1'],
      new: [undefined, undefined, undefined, '0.1', '0.2', '0.2', undefined, undefined],
      gone: ['3.0', '3.0', undefined, undefined, undefined, undefined, undefined, undefined],
      gap: ['5', '5', undefined, '5', '5', '6', '5', '5'],
      go_1_21: [undefined, undefined, undefined, undefined, '1.21.3', '1.21.3', undefined, undefined],
    },
  ),
);

const estimate = (attribute: string, branch: string | undefined, day: string) => {
  const { version, certainty } = index.estimate(attribute, { branch, lastModified: at(day) });
  return version === undefined ? certainty : `${certainty} ${version}`;
};
const existence = (attribute: string, branch: string | undefined, day: string) =>
  index.existence(attribute, { branch, lastModified: at(day) }).state;

describe('an estimate', () => {
  it('is what both neighbours say, or from one to the other', () => {
    expect(estimate('steady', 'nixos-unstable', '2022-02-10')).toBe('estimate 1.0');
    expect(estimate('moving', 'nixpkgs-unstable', '2022-01-10')).toBe('range 1.0 – 1.1');
    expect(estimate('moving', 'master', '2022-02-10')).toBe('range 1.1 – 2.0');
  });

  it('looks past a revision with a wrong date, and a gap in the records', () => {
    expect(estimate('gap', 'nixos-unstable', '2022-02-10')).toBe('estimate 5');
    expect(existence('gap', 'nixos-unstable', '2022-02-10')).toBe('exists');
    expect(estimate('gap', 'nixos-unstable', '2021-06-05')).toBe('unknown');
  });

  it('does not take a revision that was recorded just after a commit to be newer than it', () => {
    expect(estimate('moving', 'nixos-unstable', '2022-01-31')).toBe('range 1.0 – 2.0');
    expect(estimate('moving', 'nixos-unstable', '2022-01-27')).toBe('range 1.0 – 1.1');
  });

  it('is unknown outside of the records, with what is known', () => {
    const late = index.estimate('moving', { branch: 'nixos-unstable', lastModified: at('2024-05-01') });
    expect(late).toEqual({
      certainty: 'unknown',
      reason: 'Records of unstable end on 2024-04-01; it was 2.4 then. `lockstep index update` brings newer records.',
    });
    expect(estimate('go_1_21', 'nixos-unstable', '2024-05-01')).toBe('estimate 1.21.3');
    expect(estimate('moving', 'nixos-unstable', '2020-01-01')).toBe('unknown');
    expect(index.estimate('moving', { branch: 'nixos-22.05' }).reason).toBe(
      'Not locked; on 2022-08-01 nixos-22.05 had 2.1.',
    );
    expect(index.estimate('moving', { revision: 'c'.repeat(40) }).reason).toMatch(
      /^Nothing says of when this nixpkgs is/,
    );
    expect(index.estimate('nonsense', { lastModified: at('2022-01-10') }).certainty).toBe('unknown');
  });

  it('knows stable lines that are recorded', () => {
    expect(estimate('moving', 'nixos-22.05-small', '2022-06-20')).toBe('range 2.0 – 2.1');
    expect(estimate('steady', 'release-22.05', '2022-06-20')).toBe('estimate 1.0');
  });

  it('takes a stable line that is not recorded to be what it left unstable with, where that is steady', () => {
    expect(estimate('steady', 'nixos-23.11', '2024-02-01')).toBe('estimate 1.0');
    expect(estimate('moving', 'nixos-23.11', '2024-02-01')).toBe('estimate 2.4');
    expect(estimate('gap', 'nixos-23.11', '2024-02-01')).toBe('range 5 – 6');
    expect(estimate('moving', 'nixos-23.11', '2025-02-01')).toBe('unknown');
    expect(estimate('go_1_21', 'nixos-23.11', '2025-02-01')).toBe('estimate 1.21.3');
    expect(estimate('steady', 'nixos-23.11', '2023-01-01')).toBe('estimate 1.0');
    expect(estimate('steady', 'nixos-31.05', '2023-01-01')).toBe('unknown');
  });

  it('without a branch is what all lines of the time agree on', () => {
    expect(estimate('steady', undefined, '2022-07-10')).toBe('estimate 1.0');
    expect(estimate('moving', 'my-fork', '2022-07-10')).toBe('range 2.0 – 2.4');
    expect(estimate('moving', undefined, '2022-12-10')).toBe('unknown');
  });
});

describe('existence', () => {
  it('is exact at a recorded revision', () => {
    const state = (attribute: string, column: number) =>
      index.existence(attribute, { revision: revisionOf(column) }).state;
    expect(state('steady', 3)).toBe('exists');
    expect(state('new', 0)).toBe('absent');
    expect(state('gone', 5)).toBe('absent');
    expect(state('gap', 2)).toBe('unknown');
    expect(state('mkShell', 0)).toBe('unlisted');
  });

  it('is what both neighbours say elsewhere', () => {
    expect(existence('new', 'nixos-unstable', '2022-01-10')).toBe('absent');
    expect(existence('new', 'nixos-unstable', '2022-02-10')).toBe('unknown');
    expect(existence('new', 'nixos-unstable', '2022-03-10')).toBe('exists');
    expect(existence('new', 'nixos-unstable', '2025-01-01')).toBe('unknown');
    expect(existence('steady', 'nixos-23.11', '2024-02-01')).toBe('exists');
  });
});

describe('resolve', () => {
  it('prefers the records of the revision itself', () => {
    const pin = { branch: 'nixos-unstable', lastModified: at('2022-02-10') };
    expect(index.resolve('moving', { ...pin, revision: revisionOf(1) })).toEqual({
      version: '1.1',
      certainty: 'exact',
    });
    expect(index.resolve('moving', { ...pin, revision: revisionOf(99) })).toMatchObject({ version: '1.1 – 2.0' });
    expect(index.resolve('new', { ...pin, revision: revisionOf(1) })).toEqual({
      certainty: 'unknown',
      reason: 'new is not in the records of this revision of nixpkgs.',
    });
  });
});
