import type { ProbeContext } from './context';
import { openFileLists } from './file-lists';
import type { PackageDatabase } from './package-database';

/** Since Slackware 15 a link to `/var/lib/pkgtools/packages`. */
const FOLDER = '/var/log/packages';

/**
 * Slackware's package records: a text `<name>-<version>-<architecture>-<build>` a package, which ends with its files, each on
 * a line and relative to the root (Slackware Linux Essentials, "Package Management"; removepkg(8)).
 */
export function openPkgtools(context: ProbeContext): PackageDatabase | undefined {
  const listed = context.readDir(FOLDER);
  if (!listed.ok) {
    return undefined;
  }
  const packages = listed.value.flatMap(({ name: record }) => {
    const [, name, version] = /^(.+)-(\d[^-]*)-[^-]+-[^-]+$/.exec(record) ?? [];
    return name === undefined || version === undefined ? [] : [{ name, version, source: `${FOLDER}/${record}` }];
  });
  const paths = /^((?:\S+\/)?s?bin\/\S+)$/gm;
  // A kernel stands behind the version of what was built for it.
  const upstream = (version: string) => version.replace(/_.*$/, '');
  return openFileLists({ manager: 'pkgtools', packages, paths, upstream }, context);
}
