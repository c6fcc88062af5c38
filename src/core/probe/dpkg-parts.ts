import { readText } from '../host/text';
import type { ProbeContext } from './context';
import { debianUpstream } from './dpkg';
import type { OwnedBy, PackageDatabase } from './package-database';

const FOLDER = '/var/lib/dpkg/status.d';
const LIMIT = 1024 * 1024;
/** Two for each package. */
const MAX_FILES = 20_000;

/**
 * The package records of Debian images without dpkg ("distroless"): a file a package with its control fields, and beside
 * it `<package>.md5sums` with the files, a sum and a path a line (deb-md5sums(5)). Their links stand in no list.
 */
export function openDpkgParts(context: ProbeContext): PackageDatabase | undefined {
  const { fs } = context.host;
  const listed = fs.readDir(FOLDER);
  if (!listed.ok) {
    return listed.code === 'not-found' || listed.code === 'not-a-directory'
      ? undefined
      : { manager: 'dpkg', ownerOf: () => undefined, problem: `${FOLDER} could not be read (${listed.code})` };
  }
  const names = listed.value.map(({ name }) => name).sort();
  let owners: ReadonlyMap<string, OwnedBy> | undefined;
  return {
    manager: 'dpkg',
    ...(names.length > MAX_FILES
      ? { problem: `${FOLDER} has more than ${MAX_FILES} files: the rest was not read` }
      : {}),
    ownerOf(paths) {
      owners ??= indexParts(context, names.slice(0, MAX_FILES));
      for (const path of paths) {
        // `/bin` is a link to `/usr/bin`, and a package may list either.
        const owner = owners.get(path) ?? owners.get(path.replace(/^\/usr(?=\/s?bin\/)/, ''));
        if (owner !== undefined) {
          return owner;
        }
      }
      return undefined;
    },
  };
}

function indexParts({ host }: ProbeContext, names: readonly string[]): ReadonlyMap<string, OwnedBy> {
  const owners = new Map<string, OwnedBy>();
  for (const file of names.filter((name) => !name.endsWith('.md5sums'))) {
    const source = `${FOLDER}/${file}`;
    const control = readText(host.fs, source, LIMIT);
    const name = control.ok ? /^Package: (.+)$/m.exec(control.value)?.[1]?.trim() : undefined;
    const version = control.ok ? /^Version: (.+)$/m.exec(control.value)?.[1]?.trim() : undefined;
    const sums =
      name === undefined || version === undefined ? undefined : readText(host.fs, `${source}.md5sums`, LIMIT);
    if (sums?.ok !== true) {
      continue;
    }
    const owner: OwnedBy = {
      manager: 'dpkg',
      package: name!,
      packageVersion: version!,
      upstreamVersion: debianUpstream(version!),
      source,
    };
    for (const [, path] of sums.value.matchAll(/^[0-9a-f]{32}\s+\/?(\S*bin\/\S+)$/gm)) {
      owners.set(`/${path}`, owner);
    }
  }
  return owners;
}
