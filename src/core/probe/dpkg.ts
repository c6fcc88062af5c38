import type { LineSearch } from '../host/host';
import { linesWith, searchLines } from '../host/line-search';
import { TERMUX } from '../host/termux';
import { readLatin1 } from '../host/text';
import type { ProbeContext } from './context';
import { type DpkgPackage, indexStatus, packageAt } from './dpkg-status';
import type { OwnedBy, PackageDatabase } from './package-database';

const FOLDER = '/var/lib/dpkg';
const STATUS_LIMIT = 64 * 1024 * 1024;
const LIST_LIMIT = 8 * 1024 * 1024;

/** `libc6:amd64` is the list of `libc6`. */
const ARCHITECTURE_END = /:[^:]+$/;

/** Termux has dpkg's records below its own prefix, and names its files from there. */
export const openTermux = (context: ProbeContext) => openDpkg(context, `${TERMUX}/usr`);

/**
 * Debian's package records (dpkg(1): `status` has the versions, `info/<package>.list` the files). List files are read
 * when a likely package is asked for; only what none of them explains costs one pass over the rest.
 */
export function openDpkg(context: ProbeContext, prefix = ''): PackageDatabase | undefined {
  const { host } = context;
  const statusPath = `${prefix}${FOLDER}/status`;
  /** The files of a package, a line each. */
  const listPath = (list: string) => `${prefix}${FOLDER}/info/${list}.list`;
  if (!host.fs.stat(statusPath).ok) {
    return undefined;
  }
  // Names and versions are ASCII; descriptions, which nobody reads here, are not.
  const status = readLatin1(host.fs, statusPath, STATUS_LIMIT);
  if (!status.ok) {
    return { manager: 'dpkg', ownerOf: () => undefined, problem: `${statusPath} could not be read (${status.code})` };
  }
  const places = indexStatus(status.value);
  const packages = new Map<string, DpkgPackage | undefined>();
  const packageOf = (name: string): DpkgPackage | undefined => {
    if (!packages.has(name)) {
      packages.set(name, packageAt(status.value, name, places.get(name) ?? []));
    }
    return packages.get(name);
  };
  const lists = new Map<string, LineSearch>();
  /** Asks one list, which may have megabytes. */
  const listOf = (name: string): LineSearch => {
    const known = lists.get(name);
    if (known !== undefined) {
      return known;
    }
    const opened = searchLines(host.fs, listPath(name), LIST_LIMIT);
    const search = opened.ok ? opened.value : () => false;
    lists.set(name, search);
    return search;
  };
  let owners: Map<string, string> | undefined;
  let words: ReadonlyMap<string, readonly string[]> | undefined;
  const answer = (name: string, list: string): OwnedBy | undefined => {
    const record = packageOf(name);
    return record === undefined
      ? undefined
      : {
          manager: 'dpkg',
          package: name,
          packageVersion: record.version,
          upstreamVersion: debianUpstream(record.version),
          source: listPath(list),
        };
  };
  return {
    manager: 'dpkg',
    ...(status.value.length < STATUS_LIMIT
      ? {}
      : { problem: `${statusPath} is longer than 64 MiB: its end was not read` }),
    ownerOf(paths, guesses, depth = 'all') {
      const spellings = paths.flatMap(mergedSpellings);
      words ??= indexWords(places.keys());
      const likely = [...new Set([...guesses, ...relatedPackages(paths[0] ?? '', words)])];
      // The real file first: `llvm` owns the link `llvm-config`, `llvm-14` the program.
      for (const path of [...new Set(paths)]) {
        const wanted = mergedSpellings(path);
        for (const name of likely) {
          for (const list of packageOf(name)?.lists ?? []) {
            if (wanted.some(listOf(list))) {
              return answer(name, list);
            }
          }
        }
      }
      if (depth === 'guesses' || !paths.some(isSharedFolder)) {
        return undefined;
      }
      owners ??= indexPrograms(
        [...places.keys()].flatMap((name) => packageOf(name)?.lists ?? []),
        listPath,
        context,
      );
      for (const path of spellings) {
        const list = owners.get(path);
        if (list !== undefined) {
          return answer(list.replace(ARCHITECTURE_END, ''), list);
        }
      }
      return undefined;
    },
  };
}

/** `/bin/x` and `/usr/bin/x` are one file where `/bin` is a link, but a package may list either. */
function mergedSpellings(path: string): readonly string[] {
  if (/^\/usr\/(?:s?bin|lib)/.test(path)) {
    return [path, path.slice(4)];
  }
  return /^\/(?:s?bin|lib)/.test(path) ? [path, `/usr${path}`] : [path];
}

/** Folders whose names tell nothing of who filled them, unlike `/usr/lib/llvm-14/bin` or `/opt/google/chrome`. */
function isSharedFolder(path: string): boolean {
  return /^\/(?:data\/data\/com\.termux\/files\/)?(?:usr\/)?s?bin\/[^/]+$/.test(path);
}

/** The parts of package names → the packages that have them: `golang`, `1.19`, `go` → `golang-1.19-go`. */
function indexWords(names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  for (const name of names) {
    for (const word of name.split('-')) {
      const known = words.get(word);
      if (known === undefined) {
        words.set(word, [name]);
      } else {
        known.push(name);
      }
    }
  }
  return words;
}

/** Packages whose names share words with a path, those that share most first. */
function relatedPackages(path: string, words: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const scores = new Map<string, number>();
  for (const word of new Set(path.toLowerCase().split(/[/\-_]/))) {
    const names = COMMON_WORDS.has(word) ? undefined : words.get(word);
    for (const name of names !== undefined && names.length <= MAX_RELATED ? names : []) {
      scores.set(name, (scores.get(name) ?? 0) + 1);
    }
  }
  return [...scores.keys()].sort((one, other) => scores.get(other)! - scores.get(one)!).slice(0, MAX_RELATED);
}

/** Words of paths that tell no package from another. */
const COMMON_WORDS: ReadonlySet<string> = new Set(['', 'usr', 'lib', 'bin', 'sbin', 'opt', 'share', 'linux', 'gnu']);
const MAX_RELATED = 24;

/** Every program of every package: path → list name. */
function indexPrograms(
  lists: readonly string[],
  listPath: (list: string) => string,
  { host }: ProbeContext,
): Map<string, string> {
  const owners = new Map<string, string>();
  for (const list of lists) {
    const lines = linesWith(host.fs, listPath(list), LIST_LIMIT, 'bin/');
    for (const line of lines.ok ? lines.value : []) {
      owners.set(line, list);
    }
  }
  return owners;
}

/**
 * `1:2.39.5-0+deb12u2` → `2.39.5`; repackaging marks (`+dfsg`, `~ds1`) go too (Debian policy 5.6.12). `4.8+really4.7.5`
 * is 4.7.5: the package went back and its number may not. `4.0.2+~cs54.26` has other packages of npm in it. A tilde before a word sorts it first, as others write `-beta3`.
 */
export function debianUpstream(version: string): string {
  const withoutEpoch = version.replace(/^\d+:/, '');
  const revision = withoutEpoch.lastIndexOf('-');
  const upstream = revision < 0 ? withoutEpoch : withoutEpoch.slice(0, revision);
  return upstream
    .replace(/^.*[+~.]really(?=\d)/i, '')
    .replace(/\+~.*$/, '')
    .replace(/[+~.-](?:dfsg|ds|real|repack|debian|git|deb|ubuntu|svn|bzr|hg|cvs)[\w.+~-]*$/i, '')
    .replace(/~(?=(?:alpha|beta|pre|rc|a|b)\.?\d)/i, '-');
}
