import type { Fix } from '../../model/diff';
import { languageManagerFixes } from './language-managers';
import type { Machine } from './machine';
import type { Need } from './need';
import { nixFixes } from './nix';
import { packageFixes } from './packages';
import { pathOrderFixes } from './path-order';
import { systemManagerFixes } from './system-managers';
import { versionManagerFixes } from './version-managers';

/** More choices than anybody reads. */
const MOST = 8;

/**
 * Commands that would bring one row in step, for what this machine has: the best first. Hidden copies: what makes
 * them win. Otherwise the flake's own shell (last where Nix is not installed), then what gives the exact version (the manager that already has the
 * winning copy before others), then what gives some version. Rows in step and extra ones need none; unknown ones get
 * what Nix can do.
 */
export function fixesFor(need: Need, machine: Machine): readonly Fix[] {
  switch (need.status) {
    case 'match':
    case 'extra':
      return [];
    case 'unknown':
      return nixFixes(need, machine);
    case 'shadowed':
      return [...pathOrderFixes(need, machine), ...nixFixes(need, machine)].slice(0, MOST);
    case 'drift':
    case 'missing': {
      const managed = [
        ...versionManagerFixes(need, machine),
        ...languageManagerFixes(need, machine),
        ...packageFixes(need, machine),
      ];
      const owner = need.winner?.manager;
      const nix = nixFixes(need, machine);
      const hasNix = machine.has('nix');
      return [
        ...(hasNix ? nix : []),
        ...managed.filter(({ manager }) => manager === owner),
        ...managed.filter(({ manager }) => manager !== owner),
        ...systemManagerFixes(need, machine),
        ...(hasNix ? [] : nix),
      ].slice(0, MOST);
    }
  }
}
