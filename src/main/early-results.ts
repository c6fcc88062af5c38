import { catalog } from '../core/catalog';
import { chooseShell } from '../core/diff/diff';
import { type MachineSoFar, rowsSoFar } from '../core/diff/rows-so-far';
import type { Snapshot } from '../core/model/snapshot';
import type { Target, TargetShell } from '../core/model/target';
import type { EarlyResults } from '../ipc/run';

/** Nothing is told before (milliseconds): what is read at once is compared at once, and nobody sees rows change twice. */
const quiet = 300;

/** Told at most this often (milliseconds): nobody reads faster. */
const interval = 150;

/** One more (milliseconds) for so many rows: they have to be carried, checked and drawn. */
const rowsInOne = 20;

export interface EarlyCollector {
  /** More is known of the machine. */
  readonly soFar: (machine: () => MachineSoFar) => void;
  /** One half was read as a whole. */
  readonly half: (half: Snapshot | Target) => void;
  /** The comparison is there, or will never be: nothing more is told. */
  readonly close: () => void;
}

/**
 * Gathers what a reader can look at before the comparison is there: its rows, as soon as one half was read, with what is
 * known of the other.
 *
 * @param asked the shell that is asked for; left out: the flake's default
 * @param tell is given all that is known so far
 */
export function collectEarly(asked: string | undefined, tell: (results: EarlyResults) => void): EarlyCollector {
  let machine: (() => MachineSoFar) | undefined;
  let snapshot: Snapshot | undefined;
  let target: Target | undefined;
  let changed = false;
  let timer: NodeJS.Timeout | undefined;
  wait(quiet);

  function wait(milliseconds: number): void {
    timer = setTimeout(() => {
      timer = undefined;
      if (changed) {
        tellNow();
      }
    }, milliseconds);
  }

  function tellNow(): void {
    changed = false;
    const results = resultsOf();
    if (results !== undefined) {
      tell(results);
    }
    wait(interval + (results?.rows.length ?? 0) / rowsInOne);
  }

  function resultsOf(): EarlyResults | undefined {
    const shell = target === undefined ? undefined : shellOf(target, asked);
    if (shell === undefined && (target !== undefined || snapshot === undefined)) {
      return undefined;
    }
    const rows = rowsSoFar({
      wanted: shell === undefined ? undefined : { shell, locked: target?.flake.locked === true },
      machine: snapshot === undefined ? machine?.() : { ...snapshot, open: [], everywhere: true },
      catalog,
    });
    return { rows: [...rows], read: { machine: snapshot !== undefined, target: target !== undefined } };
  }

  function news(): void {
    changed = true;
    if (timer === undefined) {
      tellNow();
    }
  }

  return {
    soFar: (known) => {
      machine = known;
      news();
    },
    half: (half) => {
      if ('installations' in half) {
        snapshot = half;
      } else {
        target = half;
      }
      news();
    },
    close: () => clearTimeout(timer),
  };
}

/** The shell that will be compared; undefined where that is an error, which the audit will tell. */
function shellOf(target: Target, asked: string | undefined): TargetShell | undefined {
  try {
    const shell = target.shells[chooseShell(target, asked)];
    return shell?.problem === undefined ? shell : undefined;
  } catch {
    return undefined;
  }
}
