import { glob } from '../../host/glob';
import type { GlobalPackage, Installation } from '../../model/snapshot';
import type { ProbeContext } from '../context';

/** Reads what one package manager installed. Never throws: what cannot be read is not there. */
export type PackageSource = (context: ProbeContext, installations: readonly Installation[]) => readonly GlobalPackage[];

/** Packages of one folder; more is no installation that a person made. */
const MAX_PACKAGES = 10_000;

/** The names in a folder, sorted; none where it cannot be read. */
export function namesIn(context: ProbeContext, folder: string): readonly string[] {
  const listed = context.readDir(folder);
  const names = listed.ok ? listed.value.map(({ name }) => name).sort() : [];
  if (names.length > MAX_PACKAGES) {
    context.host.onCut?.(`more than ${MAX_PACKAGES} packages lie in ${folder}`);
  }
  return names.slice(0, MAX_PACKAGES);
}

/** What a pattern of the catalog names, also where a variable says that its manager was moved to. */
export function placesIn({ host, homes }: ProbeContext, pattern: string): readonly string[] {
  return homes.placesOf(pattern).flatMap((place) => glob(host, place));
}

/** JSON from a file; undefined when it is not there or is none. */
export function readJson(context: ProbeContext, path: string, limit?: number): unknown {
  const text = context.readText(path, limit);
  if (!text.ok) {
    return undefined;
  }
  try {
    return JSON.parse(text.value) as unknown;
  } catch {
    return undefined;
  }
}

/** A JSON object from a file; undefined when it is not there or is none. */
export function readObject(
  context: ProbeContext,
  path: string,
  limit?: number,
): Readonly<Record<string, unknown>> | undefined {
  return asObject(readJson(context, path, limit));
}

/** The value as an object, or undefined. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** A package, its version left out where it is none. */
export function packageOf(ecosystem: string, name: string, version: unknown, path: string): GlobalPackage {
  return typeof version === 'string' && version !== '' ? { ecosystem, name, version, path } : { ecosystem, name, path };
}

/** Folders above the programs of a tool: for `<prefix>/bin/node` the prefix. Each once. */
export function prefixesOf(
  tools: readonly string[],
  { paths, host }: ProbeContext,
  installations: readonly Installation[],
): readonly string[] {
  const prefixes = installations
    .filter(({ tool }) => tools.includes(tool))
    .flatMap(({ realPath, leadsTo }) => [leadsTo, realPath])
    .filter((path) => path !== undefined)
    .map((path) => {
      const real = host.fs.realPath(path);
      const folder = paths.dirname(real.ok ? real.value : path);
      return /^s?bin$/i.test(paths.basename(folder)) ? paths.dirname(folder) : folder;
    });
  return [...new Set(prefixes)];
}
