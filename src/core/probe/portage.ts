import type { ProbeContext } from './context';
import { openFileLists } from './file-lists';
import type { PackageDatabase } from './package-database';

const FOLDER = '/var/db/pkg';

/**
 * Gentoo's package records: a folder `<category>/<name>-<version>` a package, whose file `CONTENTS` has a line
 * `obj <path> <sum> <time>` or `sym <path> -> <target> <time>` for each of its files (portage(5)).
 */
export function openPortage(context: ProbeContext): PackageDatabase | undefined {
  const { readDir } = context;
  const categories = readDir(FOLDER);
  if (!categories.ok) {
    return undefined;
  }
  const packages = categories.value.flatMap(({ name: category }) => {
    const listed = readDir(`${FOLDER}/${category}`);
    return (listed.ok ? listed.value : []).flatMap(({ name: folder }) => {
      const [, name, version] = /^([^.-].*?)-(\d[^-]*(?:-r\d+)?)$/.exec(folder) ?? [];
      return name === undefined || version === undefined
        ? []
        : [{ name, version, source: `${FOLDER}/${category}/${folder}/CONTENTS` }];
    });
  });
  const paths = /^(?:obj|sym) (\/\S*bin\/\S+) /gm;
  return openFileLists({ manager: 'portage', packages, paths, upstream: portageUpstream }, context);
}

/** Packages whose own versions have a patch level. */
const PATCH_LEVELS: ReadonlySet<string> = new Set(['ntp', 'openssh', 'sudo']);
/** Packages whose patches count as the last number: `5.2_p37` is 5.2.37. */
const PATCH_NUMBERS: ReadonlySet<string> = new Set(['bash', 'readline', 'zsh']);

/** `2.44.0-r1` → `2.44.0`; `9.6_p1` → `9.6p1`, and where Gentoo's own patches are meant `9.6`; `1.2_rc3` → `1.2-rc3`. */
function portageUpstream(version: string, name: string): string {
  const level = PATCH_LEVELS.has(name) ? 'p' : '.';
  const keepsLevel = PATCH_LEVELS.has(name) || PATCH_NUMBERS.has(name);
  return version
    .replace(/-r\d+$/, '')
    .replace(/_p(\d+)/, (_, patch: string) => (keepsLevel ? `${level}${patch}` : ''))
    .replace(/_(?=(?:alpha|beta|pre|rc)\d*)/, '-');
}
