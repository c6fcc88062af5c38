import type { ProbeContext } from './context';
import type { OwnedBy, PackageDatabase } from './package-database';

const FOLDER = '/var/lib/pacman/local';
const CONFIGURATION = '/etc/pacman.conf';

/**
 * Arch's package records: a folder `<name>-<version>-<release>` a package, whose file `files` lists paths without the
 * leading slash (alpm's local database). Likely packages are looked at first, the rest in one pass.
 */
export function openPacman(context: ProbeContext): PackageDatabase | undefined {
  const usual = context.host.fs.readDir(FOLDER);
  const moved = usual.ok || usual.code !== 'not-found' ? undefined : movedFolder(context);
  const root = moved ?? FOLDER;
  const listed = moved === undefined ? usual : context.host.fs.readDir(moved);
  if (!listed.ok) {
    return listed.code === 'denied'
      ? { manager: 'pacman', ownerOf: () => undefined, problem: `${root} may not be read` }
      : undefined;
  }
  const folders = new Map<string, { readonly folder: string; readonly version: string }>();
  for (const { name } of listed.value) {
    const parts = /^(.+)-([^-]+-[^-]+)$/.exec(name);
    if (parts !== null) {
      folders.set(parts[1]!, { folder: name, version: parts[2]! });
    }
  }
  const owns = (name: string, wanted: readonly string[]): OwnedBy | undefined => {
    const record = folders.get(name);
    const source = `${root}/${record?.folder}/files`;
    const text = record === undefined ? undefined : context.readText(source);
    if (record === undefined || text?.ok !== true) {
      return undefined;
    }
    const lines = `\n${text.value}`;
    return wanted.some((line) => lines.includes(line))
      ? {
          manager: 'pacman',
          package: name,
          packageVersion: record.version,
          upstreamVersion: pacmanUpstream(record.version),
          source,
        }
      : undefined;
  };
  return {
    manager: 'pacman',
    ownerOf(paths, guesses, depth = 'all') {
      const wanted = paths.map((path) => `\n${path.slice(1)}\n`);
      for (const name of depth === 'guesses' ? guesses : [...guesses, ...folders.keys()]) {
        const owner = owns(name, wanted);
        if (owner !== undefined) {
          return owner;
        }
      }
      return undefined;
    },
  };
}

/** Where pacman.conf says that the records are: SteamOS keeps them in the part of the disk that updates replace. */
function movedFolder({ readText }: ProbeContext): string | undefined {
  const text = readText(CONFIGURATION);
  const root = text.ok ? /^[ \t]*DBPath[ \t]*=[ \t]*(\/\S*?)\/?[ \t]*$/m.exec(text.value)?.[1] : undefined;
  return root === undefined ? undefined : `${root}/local`;
}

/** `1:2.45.2-1` → `2.45.2`, also of packages that are made from a checkout: `2.44+r94+gfe459e33c676-1`. */
export function pacmanUpstream(version: string): string {
  return version
    .replace(/^\d+:/, '')
    .replace(/-[^-]+$/, '')
    .replace(/[+.](?:r?\d+[+.])?g[0-9a-f]{6,}(?:\+\d+)?$/, '');
}
