import { catalog } from '../core/catalog';
import type { Snapshot } from '../core/model/snapshot';
import type { Target } from '../core/model/target';
import type { FoundTool } from '../core/probe';
import { EARLY_LIMIT, type EarlyHalf, type EarlyResults } from '../ipc/run';

/** Found tools are told at most this often (milliseconds): nobody reads faster. */
const interval = 120;

export interface EarlyCollector {
  readonly found: (tool: FoundTool) => void;
  readonly half: (half: Snapshot | Target) => void;
}

/**
 * Gathers what a reader can look at before the comparison is there: each tool as it is found, then each half as it is
 * read.
 *
 * @param asked the shell that is asked for; left out: the flake's default
 * @param tell is given all that is known so far
 */
export function collectEarly(asked: string | undefined, tell: (results: EarlyResults) => void): EarlyCollector {
  const tools = new Map<string, string | undefined>();
  let results: EarlyResults = {};
  let timer: NodeJS.Timeout | undefined;
  return {
    found: ({ title, version }) => {
      tools.set(title, tools.get(title) ?? version);
      timer ??= setTimeout(() => {
        timer = undefined;
        if (results.machine?.complete !== true) {
          results = { ...results, machine: halfOf([...tools], false) };
          tell(results);
        }
      }, interval);
    },
    half: (half) => {
      results =
        'installations' in half
          ? { ...results, machine: halfOf(winnersOf(half), true) }
          : { ...results, target: halfOf(packagesOf(half, asked), true) };
      tell(results);
    },
  };
}

type Named = readonly [title: string, version: string | undefined];

function halfOf(named: readonly Named[], complete: boolean): EarlyHalf {
  const tools = named
    .slice(0, EARLY_LIMIT)
    .map(([title, version]) => (version === undefined ? { title } : { title, version }));
  return { total: named.length, tools, complete };
}

function winnersOf({ installations }: Snapshot): readonly Named[] {
  return installations
    .filter(({ active }) => active)
    .map(({ tool, version }) => [catalog.findById(tool)?.title ?? tool, version]);
}

function packagesOf({ shells, defaultShell }: Target, asked: string | undefined): readonly Named[] {
  const packages = shells[asked ?? defaultShell ?? '']?.packages ?? [];
  return packages.map(({ name, version }) => [name, version]);
}
