import { join } from 'node:path';
import { catalog, createCatalog } from '../core/catalog';
import { guessedTools } from '../core/diff/guess-tool';
import { askedPackages, isSamePackage } from '../core/diff/language-packages';
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

/**
 * A snapshot with the packages of languages that the target asks for (`python3Packages.numpy`), as the machine and the
 * project's own virtual environment record them. The others are nobody's business here.
 */
export async function withLanguagePackages(
  host: Host,
  snapshot: Snapshot,
  target: Target,
  folder: string | undefined,
): Promise<Snapshot> {
  const asked = askedPackages(target);
  if (asked.length === 0 || snapshot.packages !== undefined) {
    return snapshot;
  }
  const { context } = await probeMachine({
    host,
    catalog: createCatalog([]),
    folder,
    clock: () => performance.now(),
    run: false,
  });
  const { readPackages } = await import('../core/probe/packages');
  const environments = [
    host.env['VIRTUAL_ENV'],
    ...(folder === undefined ? [] : [join(folder, '.venv'), join(folder, 'venv')]),
  ]
    .filter((place) => place !== undefined && place !== '')
    .map((place): Installation => pythonOf(place as string));
  const found = readPackages(context, [...environments, ...snapshot.installations]);
  const packages = found.filter(({ ecosystem, name }) =>
    asked.some((one) => one.ecosystem === ecosystem && isSamePackage(ecosystem, one.name, name)),
  );
  return { ...snapshot, packages };
}

/** A virtual environment stands for a Python: its own program is a link to another one, so its marker tells the place. */
function pythonOf(environment: string): Installation {
  const path = join(environment, 'pyvenv.cfg');
  return { tool: 'python', path, realPath: path, manager: 'manual', active: false, onPath: false, evidence: [] };
}

/** Stable: copies of one tool keep their order. */
function byTool(a: Installation, b: Installation): number {
  return a.tool < b.tool ? -1 : a.tool > b.tool ? 1 : 0;
}
