import { readText } from '../host/text';
import type { ProbeContext } from './context';
import type { OwnedBy, PackageDatabase } from './package-database';

const LIST_LIMIT = 8 * 1024 * 1024;

/** A package whose files are listed in a text of its own. */
interface ListedPackage {
  readonly name: string;
  readonly version: string;
  /** The text. */
  readonly source: string;
}

/** What tells the form of a manager's records from another's. */
interface FileLists {
  readonly manager: string;
  readonly packages: readonly ListedPackage[];
  /** Finds the paths in a list; the first group is one, with or without the root before it. */
  readonly paths: RegExp;
  readonly upstream: (version: string, name: string) => string;
}

/**
 * A database of packages that have a text with their files each: the lists of likely packages are read when one is asked
 * for, all of them only where none of these has the file.
 */
export function openFileLists(
  { manager, packages, paths, upstream }: FileLists,
  context: ProbeContext,
): PackageDatabase {
  const byName = new Map<string, ListedPackage[]>();
  for (const one of packages) {
    byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  }
  const owners = new Map<string, ListedPackage>();
  const read = new Set<ListedPackage>();
  const readLists = (names: Iterable<string>) => {
    for (const one of [...names].flatMap((name) => byName.get(name) ?? [])) {
      if (!read.has(one)) {
        read.add(one);
        const text = readText(context.host.fs, one.source, LIST_LIMIT);
        for (const [, path = ''] of text.ok ? text.value.matchAll(paths) : []) {
          const absolute = path.startsWith('/') ? path : `/${path}`;
          owners.set(absolute, owners.get(absolute) ?? one);
        }
      }
    }
  };
  const find = (candidates: readonly string[]): OwnedBy | undefined => {
    const spellings = candidates.flatMap((path) => [path, path.replace(/^\/usr(?=\/s?bin\/)/, '')]);
    const owner = spellings.map((path) => owners.get(path)).find((one) => one !== undefined);
    return (
      owner && {
        manager,
        package: owner.name,
        packageVersion: owner.version,
        upstreamVersion: upstream(owner.version, owner.name),
        source: owner.source,
      }
    );
  };
  return {
    manager,
    ownerOf(candidates, guesses, depth = 'all') {
      readLists(guesses);
      const found = find(candidates);
      if (found !== undefined || depth === 'guesses') {
        return found;
      }
      readLists(byName.keys());
      return find(candidates);
    },
  };
}
