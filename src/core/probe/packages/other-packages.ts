import { glob } from '../../host/glob';
import type { GlobalPackage } from '../../model/snapshot';
import { openBytes } from '../binary/byte-reader';
import { readExecutable } from '../binary/executable';
import { readGoBuildInfo } from '../binary/go-build-info';
import type { ProbeContext } from '../context';
import {
  asObject,
  namesIn,
  type PackageSource,
  packageOf,
  placesIn,
  prefixesOf,
  readJson,
  readObject,
} from './package-source';

/**
 * `cargo install`'s record: `"ripgrep 14.1.0 (registry+…)" = …` of `.crates.toml`, which Cargo itself trusts more than the
 * same keys in `.crates2.json`.
 */
export const cargoPackages: PackageSource = (context) => {
  const { host, paths } = context;
  const { CARGO_HOME, CARGO_INSTALL_ROOT } = host.env;
  const own = [CARGO_HOME, ...glob(host, '~/.cargo')].filter((home) => home !== undefined);
  const roots = own.flatMap((home) => installRoot(home, context) ?? []);
  const homes = [CARGO_INSTALL_ROOT, ...roots, ...own].filter((home) => home !== undefined);
  return [...new Set(homes)].flatMap((home) => {
    const newer = paths.join(home, '.crates2.json');
    const older = paths.join(home, '.crates.toml');
    const keysOfOlder = cargoKeys(older, context);
    const [place, keys] =
      keysOfOlder === undefined
        ? [newer, Object.keys(asObject(readObject(context, newer)?.['installs']) ?? {})]
        : [older, keysOfOlder];
    return keys.flatMap((key) => {
      const [name, version] = key.split(' ');
      return name === undefined || name === '' ? [] : [packageOf('cargo', name, version, place)];
    });
  });
};

/** `[install] root` of Cargo's configuration; relative to the folder that `.cargo` lies in. */
function installRoot(home: string, { readText, paths }: ProbeContext): string | undefined {
  for (const name of ['config.toml', 'config']) {
    const text = readText(paths.join(home, name));
    const section = text.ok ? /^\s*\[install\]\s*$([^[]*)/m.exec(text.value)?.[1] : undefined;
    const root = /^\s*root\s*=\s*["']([^"'\n]+)["']/m.exec(section ?? '')?.[1];
    if (root !== undefined) {
      return paths.join(paths.dirname(home), root);
    }
  }
  return undefined;
}

function cargoKeys(path: string, context: ProbeContext): readonly string[] | undefined {
  const text = context.readText(path);
  return text.ok ? [...text.value.matchAll(/^"([^"\n]+)"\s*=/gm)].map(([, key]) => key!) : undefined;
}

/** Where systems, Homebrew, RVM and RubyGems itself keep gems apart from the Ruby. */
const GEM_FOLDERS: readonly string[] = [
  '/var/lib/gems/*',
  '/usr/share/rubygems-integration/*',
  // Fedora
  '/usr/share/gems',
  '/usr/local/share/gems',
  '~/.local/share/gem/ruby',
  '/Library/Ruby/Gems/*',
  ...['/opt/homebrew', '/usr/local', '/home/linuxbrew/.linuxbrew'].map((prefix) => `${prefix}/lib/ruby/gems/*`),
  '~/.rvm/gems/*',
  '/usr/local/rvm/gems/*',
  '~/.gem/ruby/*',
  '~/.local/share/gem/ruby/*',
];

/** Gems by their specifications, `<name>-<version>[-<platform>].gemspec`; those that Ruby brings stand apart. */
export const gemPackages: PackageSource = (context, installations) => {
  const { host, paths } = context;
  const prefixes = prefixesOf(['ruby'], context, installations);
  const folders = [
    ...prefixes.flatMap((prefix) =>
      ['lib', 'lib64'].flatMap((lib) => glob(host, paths.join(prefix, lib, 'ruby', 'gems', '*', 'specifications'))),
    ),
    ...(host.env['GEM_HOME'] === undefined ? [] : [paths.join(host.env['GEM_HOME'], 'specifications')]),
    ...GEM_FOLDERS.flatMap((place) => placesIn(context, `${place}/specifications`)),
  ];
  return [...new Set(folders)].flatMap((folder) =>
    namesIn(context, folder).flatMap((entry) => {
      const parts = /^(.+?)-(\d[\w.]*)(?:-[\w-]+)?\.gemspec$/.exec(entry);
      return parts === null ? [] : [packageOf('gem', parts[1]!, parts[2], paths.join(folder, entry))];
    }),
  );
};

/** Where `go install` puts programs: the usual place, goenv's, and what asdf, mise and gvm set for each Go. */
const GO_FOLDERS: readonly string[] = [
  '~/go/bin',
  '~/go/*/bin',
  '~/.asdf/installs/golang/*/packages/bin',
  '~/.asdf/installs/golang/*/bin',
  '~/.local/share/mise/installs/go/*/bin',
  '~/.gvm/pkgsets/*/*/bin',
];

/** What `go env -w` wrote, `NAME=value` a line. */
function goSettings(context: ProbeContext): readonly Readonly<Record<string, string>>[] {
  return ['~/.config/go/env', '~/Library/Application Support/go/env', '%APPDATA%\\go\\env']
    .flatMap((place) => glob(context.host, place))
    .map((path) => {
      const text = context.readText(path);
      const lines = text.ok ? [...text.value.matchAll(/^(GOBIN|GOPATH)=(.+?)\r?$/gm)] : [];
      return Object.fromEntries(lines.map(([, name, value]) => [name!, value!]));
    });
}

/** `go install`: module and version stand in the programs. */
export const goPackages: PackageSource = (context) => {
  const { host, paths } = context;
  const settings = [host.env, ...goSettings(context)];
  const folders = [
    ...settings.flatMap(({ GOBIN, GOPATH }) => [
      ...(GOBIN === undefined ? [] : [GOBIN]),
      ...(GOPATH?.split(paths.delimiter) ?? []).map((folder) => paths.join(folder, 'bin')),
    ]),
    ...GO_FOLDERS.flatMap((place) => glob(host, place)),
  ].filter(paths.isAbsolute);
  // mise links `1.22` and `latest` to a version.
  const own = new Map([...folders].reverse().map((folder) => [context.realFolder(folder), folder]));
  return [...own.values()].reverse().flatMap((folder) =>
    namesIn(context, folder).flatMap((name): readonly GlobalPackage[] => {
      const path = paths.join(folder, name);
      const reader = openBytes(host.fs, path);
      const executable = readExecutable(reader);
      const info = executable === undefined ? undefined : readGoBuildInfo(reader, executable);
      // Go's own programs lie beside what it installed.
      return info?.path === undefined || info.path.startsWith('cmd/')
        ? []
        : [packageOf('go', info.path, info.version?.replace(/^v(?=\d)/, ''), path)];
    }),
  );
};

const COMPOSER_FOLDERS = ['~/.composer', '~/.config/composer', '%XDG_CONFIG_HOME%/composer', '%APPDATA%\\Composer'];

/** `composer global`: what is installed stands in vendor/composer/installed.json. */
export const composerPackages: PackageSource = (context) =>
  [...new Set(COMPOSER_FOLDERS.flatMap((place) => placesIn(context, place)))].flatMap((folder) => {
    const path = context.paths.join(folder, 'vendor', 'composer', 'installed.json');
    const installed = readJson(context, path, 4 * 1024 * 1024);
    // Composer 1 wrote the list itself.
    const packages = asObject(installed)?.['packages'] ?? installed;
    return (Array.isArray(packages) ? packages : []).flatMap((one: unknown) => {
      const entry = asObject(one);
      const name = entry?.['name'];
      const version = entry?.['version'];
      const plain = typeof version === 'string' ? version.replace(/^v(?=\d)/, '') : undefined;
      return typeof name === 'string' ? [packageOf('composer', name, plain, path)] : [];
    });
  });

/** `dotnet tool install -g`: `.store/<name>/<version>`. */
export const dotnetPackages: PackageSource = (context) =>
  ['~/.dotnet/tools/.store/*/*', '%DOTNET_CLI_HOME%/.dotnet/tools/.store/*/*']
    .flatMap((place) => glob(context.host, place))
    .filter((path) => /^\d/.test(context.paths.basename(path)))
    .map((path) =>
      packageOf('dotnet', context.paths.basename(context.paths.dirname(path)), context.paths.basename(path), path),
    );
