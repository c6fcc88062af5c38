import { describe, expect, it } from 'vitest';
import { indexFindings } from '../../../src/core/flake/index-findings';
import { parseLock } from '../../../src/core/flake/lock';
import { openIndex } from '../../../src/core/nixpkgs';
import { at, revisionOf, syntheticIndex } from '../nixpkgs/synthetic';

const index = openIndex(syntheticIndex([{ line: 'unstable', days: ['2025-09-01', '2025-10-01'] }], { go: ['1', '1'] }));

function findings(ref: string, rev: string, day: string, owner = 'NixOS') {
  const original = { type: 'github', owner, repo: 'nixpkgs', ref };
  const locked = { type: 'github', owner, repo: 'nixpkgs', rev, lastModified: at(day), narHash: 'sha256-x' };
  const nodes = { root: { inputs: { pkgs: 'pkgs' } }, pkgs: { locked, original } };
  return indexFindings(index, parseLock(JSON.stringify({ version: 7, root: 'root', nodes }), 'flake.lock'));
}

describe('findings about the version index', () => {
  it('say that a lock is newer than the records', () => {
    expect(findings('nixos-unstable', 'a'.repeat(40), '2026-03-01')).toEqual([
      {
        code: 'index-outdated',
        message: 'Input `pkgs` is of 2026-03-01, and the version index ends on 2025-10-01.',
        hint: expect.stringContaining('lockstep index update --flake .'),
      },
    ]);
  });

  it('say that a stable line is not on record', () => {
    expect(findings('nixos-25.05', 'a'.repeat(40), '2025-09-15')).toMatchObject([{ code: 'index-without-line' }]);
  });

  it('are none where versions are known or can be estimated, or are not those of nixpkgs', () => {
    expect(findings('nixos-unstable', 'a'.repeat(40), '2025-09-15')).toEqual([]);
    expect(findings('nixos-25.05', revisionOf(1), '2026-03-01')).toEqual([]);
    expect(findings('nixos-unstable', 'a'.repeat(40), '2026-03-01', 'someone')).toEqual([]);
  });
});
