import { glob } from '../../host/glob';
import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { isPackageOf } from '../layout';
import { asObject, readJson } from '../packages/package-source';
import { byNumbers } from '../shims/env-family';
import { cleanVersion, isOfVersion, versionInName, versionInPackage } from './version-text';

/**
 * Managers whose records are names: a folder or file `<package><separator><version>` for each package, in places that
 * follow from where the program lies.
 */
interface Records {
  /** On the program's path with `/` between names; the first group goes into the places. */
  readonly of: RegExp;
  /** Globs of the folders with records; `$` is the group. */
  readonly places: readonly string[];
  /** The first group is the package, the second its version. */
  readonly name: RegExp;
}

const RECORDS: readonly Records[] = [
  {
    // opam: what a switch holds
    of: /^(.*\/\.opam\/[^/]+)\/bin\//,
    places: ['$/.opam-switch/packages'],
    name: /^([a-z][\w+-]*)\.v?(\d\S*)$/,
  },
  {
    // MacPorts: the archives of what is installed
    of: /^(\/opt\/local)\//,
    places: ['$/var/macports/software/*'],
    name: /^(.+?)-(\d[^-_]*)_\d.*\.t[a-z0-9]+$/,
  },
  // MSYS2: what pacman installed, with the prefix of the environment that the program lies in
  ...(
    [
      ['usr', ''],
      ['mingw64', 'mingw-w64-x86_64-'],
      ['ucrt64', 'mingw-w64-ucrt-x86_64-'],
      ['clang64', 'mingw-w64-clang-x86_64-'],
      ['clangarm64', 'mingw-w64-clang-aarch64-'],
    ] as const
  ).map(([environment, prefix]) => ({
    of: new RegExp(`^(.*/msys64)/${environment}/bin/`),
    places: ['$/var/lib/pacman/local'],
    name: new RegExp(`^${prefix}(?!mingw-w64-)(.+)-(\\d[^-]*)-[\\d.]+$`),
  })),
  {
    // RubyGems: of the Ruby beside the program
    of: /^(.*)\/bin\/[^/]+$/,
    places: ['$/lib/ruby/gems/*/specifications', '$/lib/ruby/gems/*/specifications/default', '$/specifications'],
    name: /^(.+)-(\d[\w.]*)\.gemspec$/,
  },
];

/** The record of the package that is the tool. */
export function fromRecords({ subject, tool, program }: Copy, context: ProbeContext): Answer {
  const { host, paths } = context;
  const path = context.homes.usualPath(subject);
  const asked = versionInName(tool, paths.basename(subject));
  for (const { of, places, name } of RECORDS) {
    const usual = of.exec(path)?.[1];
    // The same folder as it is spelled here: what follows it is the same.
    const root = usual === undefined ? undefined : paths.slashed(subject).slice(0, usual.length - path.length);
    // Every program lies in some `bin`: gems are only looked for where the tool is one.
    if (root === undefined || (name.source.includes('gemspec') && tool.packages.gem === undefined)) {
      continue;
    }
    const versions = places
      .flatMap((place) => glob(host, place.replace('$', () => root).replace(/\//g, paths.separator)))
      .flatMap((folder) => {
        const listed = context.readDir(folder);
        return (listed.ok ? listed.value : []).flatMap((entry) => {
          const parts = name.exec(entry.name);
          const isTool = parts !== null && (parts[1] === program || isPackageOf(tool, parts[1]!));
          const version = isTool ? versionInPackage(tool, parts[2]) : undefined;
          return version === undefined || !isOfVersion(version, asked)
            ? []
            : [{ version, source: paths.join(folder, entry.name) }];
        });
      })
      .sort((one, other) => byNumbers(one.version, other.version));
    const newest = versions.at(-1);
    if (newest !== undefined) {
      return found(newest.version, 'package-database', newest.source);
    }
  }
  return ABSENT;
}

const COMPOSER_LIMIT = 4 * 1024 * 1024;

/** What Composer installed beside the program: `vendor/composer/installed.json` lists it as `maker/name`. */
export function fromComposer({ subject, tool, program }: Copy, context: ProbeContext): Answer {
  const vendor = /^(.*[\\/]vendor)[\\/]/.exec(subject)?.[1];
  if (vendor === undefined) {
    return ABSENT;
  }
  const path = context.paths.join(vendor, 'composer', 'installed.json');
  const installed = readJson(context, path, COMPOSER_LIMIT);
  // Composer 1 wrote the list itself.
  const packages = asObject(installed)?.['packages'] ?? installed;
  for (const one of Array.isArray(packages) ? packages.map(asObject) : []) {
    const name = String(one?.['name']).replace(/^.*\//, '');
    const version = cleanVersion(typeof one?.['version'] === 'string' ? one['version'] : undefined);
    if (version !== undefined && (name === program || isPackageOf(tool, name))) {
      return found(version, 'package-database', path, `${String(one?.['name'])} ${version}`);
    }
  }
  return ABSENT;
}

/** `/opt/gradle-8.10.2/bin/gradle`, `~/node-v22.11.0-linux-x64/bin/node`: how archives are called, and unpacked. */
const UNPACKED =
  /\/(?:apache-)?([A-Za-z][A-Za-z+]*(?:[-_][A-Za-z][A-Za-z+]*)*)-v?(\d+(?:\.\d+)+(?:[-.](?:rc|beta|alpha)[.\d]*)?)[^/]*\/(?:bin\/)?[^/]+$/;

/** What some put before the version: `zig-linux-x86_64-0.11.0`. */
const PLATFORM =
  /[-_](?:linux|macos|darwin|windows|freebsd|x86_64|x86|x64|amd64|aarch64|arm64|armv7a|riscv64)(?=[-_][^/]*\/)/g;

/** The SDKs of .NET lie side by side in folders that are called by their versions. */
const SDK = /\/sdk\/(\d+\.\d+\.\d+[^/]*)\/dotnet\.dll$/;

/** The folder's name, where it is called by the tool and a version. */
export function fromUnpacked({ subject, tool }: Copy, { paths }: ProbeContext): Answer {
  const sdk = SDK.exec(paths.slashed(subject))?.[1];
  if (sdk !== undefined) {
    return found(sdk, 'path', subject);
  }
  const [, name = '', version] = UNPACKED.exec(paths.slashed(subject).replace(PLATFORM, '')) ?? [];
  // A folder of a whole family (`cuda-13.0`) leaves out the end of each member's version.
  const isOwn = [tool.id, ...tool.programs].includes(name.toLowerCase());
  return version === undefined || !(isOwn || (isPackageOf(tool, name.toLowerCase()) && /\.\d+\./.test(version)))
    ? ABSENT
    : found(version, 'path', subject);
}

/** What an application of Flatpak says of itself (AppStream): the first release is the newest. */
export function fromFlatpak({ subject }: Copy, context: ProbeContext): Answer {
  const [, root = '', id = ''] = /^(.*\/flatpak)\/(?:exports\/bin|app)\/([\w.-]+)/.exec(subject) ?? [];
  if (id === '') {
    return ABSENT;
  }
  const share = `${root}/app/${id}/current/active/files/share`;
  for (const path of [
    `${share}/metainfo/${id}.metainfo.xml`,
    `${share}/appdata/${id}.appdata.xml`,
    `${share}/metainfo/${id}.appdata.xml`,
  ]) {
    const text = context.readText(path);
    const version = text.ok ? cleanVersion(/<release\b[^>]*\bversion="([^"]+)"/.exec(text.value)?.[1]) : undefined;
    if (version !== undefined) {
      return found(version, 'file', path, `release ${version}`);
    }
  }
  return ABSENT;
}
