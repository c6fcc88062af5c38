import { catalog, createCatalog } from '../core/catalog';
import { guessedTools } from '../core/diff/guess-tool';
import type { Host } from '../core/host/host';
import type { Installation, Snapshot } from '../core/model/snapshot';
import type { Target } from '../core/model/target';
import { probeMachine } from '../core/probe';

/**
 * A snapshot with what the flake asks for and the catalog does not know, as far as it is on the machine under its own
 * name. Read from files only: a program that nobody knows is never started.
 *
 * @param folder the project: its version files count when shims are followed
 */
export async function withGuesses(
  host: Host,
  snapshot: Snapshot,
  target: Target,
  folder: string | undefined,
): Promise<Snapshot> {
  const tools = guessedTools(target, catalog);
  if (tools.length === 0) {
    return snapshot;
  }
  const { installations, failures } = await probeMachine({
    host,
    catalog: createCatalog(tools),
    folder,
    clock: () => performance.now(),
    run: false,
  });
  const failed = failures.filter(({ tool }) => tool !== undefined);
  return installations.length + failed.length === 0
    ? snapshot
    : {
        ...snapshot,
        installations: [...snapshot.installations, ...installations].sort(byTool),
        failures: [...snapshot.failures, ...failed],
      };
}

/** Stable: copies of one tool keep their order. */
function byTool(a: Installation, b: Installation): number {
  return a.tool < b.tool ? -1 : a.tool > b.tool ? 1 : 0;
}
