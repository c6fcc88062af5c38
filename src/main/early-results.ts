import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalog } from '../core/catalog';
import { chooseShell } from '../core/diff/diff';
import { type MachineSoFar, rowsSoFar } from '../core/diff/rows-so-far';
import type { Snapshot } from '../core/model/snapshot';
import type { Target } from '../core/model/target';
import type { EarlyResults } from '../ipc/run';
import { POLICY_FILE } from '../node/audit-policy';
import { nowAndThen } from './now-and-then';

export interface EarlyCollector {
  /** More is known of the machine. */
  readonly soFar: (machine: () => MachineSoFar) => void;
  /** One half was read as a whole; a target may change, while Nix `isAsked` about it. */
  readonly half: (half: Snapshot | Target, isAsked?: boolean) => void;
  /** The comparison is there, or will never be: nothing more is told. */
  readonly close: () => void;
}

/**
 * Gathers what a reader can look at before the comparison is there: the rows of what is known of either half, and each
 * half when it was read as a whole.
 *
 * @param asked the shell that is asked for; left out: the flake's default
 * @param tell is given all rows, and those halves that it was not given yet
 */
export function collectEarly(asked: string | undefined, tell: (results: EarlyResults) => void): EarlyCollector {
  let machine: (() => MachineSoFar) | undefined;
  let snapshot: Snapshot | undefined;
  let target: Target | undefined;
  let isAsked = false;
  let told: { readonly machine?: Snapshot | undefined; readonly target?: Target | undefined } = {};
  const { news, close } = nowAndThen(() => {
    const results = resultsOf();
    if (results !== undefined) {
      tell(results);
    }
    return results?.rows.length ?? 0;
  });

  function resultsOf(): EarlyResults | undefined {
    const name = target === undefined ? undefined : shellOf(target, asked);
    const shell = name === undefined ? undefined : target?.shells[name];
    const known = snapshot === undefined ? machine?.() : { ...snapshot, open: [], everywhere: true };
    if (shell === undefined && (target !== undefined || known === undefined)) {
      return undefined;
    }
    const rows = rowsSoFar({
      wanted: shell === undefined ? undefined : { shell, locked: target?.flake.locked === true },
      machine: known,
      catalog,
    });
    const isNew = { machine: snapshot !== told.machine, target: target !== told.target };
    told = { machine: snapshot, target };
    return {
      rows: [...rows],
      ...(snapshot !== undefined && isNew.machine ? { machine: snapshot } : {}),
      ...(target !== undefined && name !== undefined && isNew.target
        ? { target, shell: name, isAsked, ...(hasPolicy(target) ? { policy: true } : {}) }
        : {}),
    };
  }

  return {
    soFar: (known) => {
      machine = known;
      news();
    },
    half: (half, isAskedAbout = false) => {
      if ('installations' in half) {
        snapshot = half;
      } else {
        target = half;
        isAsked = isAskedAbout;
      }
      news();
    },
    close,
  };
}

/** The name of the shell that will be compared; undefined where that is an error, which the audit will tell. */
function shellOf(target: Target, asked: string | undefined): string | undefined {
  try {
    const name = chooseShell(target, asked);
    return target.shells[name]?.problem === undefined ? name : undefined;
  } catch {
    return undefined;
  }
}

function hasPolicy({ flake, policy }: Target): boolean {
  return policy !== undefined || existsSync(join(flake.path, POLICY_FILE));
}
