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
 * `cargo install`'s record: `"ripgrep 14.1.0 (registry+…)": { … }` of `.crates2.json`; before 2020 only the same keys in
 * `.crates.toml`.
 */
export const cargoPackages: PackageSource = (context) => {
  const { host, paths } = context;
  const { CARGO_HOME, CARGO_INSTALL_ROOT } = host.env;
  const homes = [CARGO_INSTALL_ROOT, CARGO_HOME, ...glob(host, '~/.cargo')].filter((home) => home !== undefined);
  return [...new Set(homes)].flatMap((home) => {
    const path = paths.join(home, '.crates2.json');
    const installs = asObject(readObject(context, path)?.['installs']);
    const [place, keys] =
      installs === undefined ? oldCargoKeys(paths.join(home, '.crates.toml'), context) : [path, Object.keys(installs)];
    return keys.flatMap((key) => {
      const [name, version] = key.split(' ');
      return name === undefined || name === '' ? [] : [packageOf('cargo', name, version, place)];
    });
  });
};

function oldCargoKeys(path: string, context: ProbeContext): readonly [path: string, keys: readonly string[]] {
  const text = context.readText(path);
  return [path, text.ok ? [...text.value.matchAll(/^"([^"\n]+)"\s*=/gm)].map(([, key]) => key!) : []];
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

/** `go install`: module and version stand in the programs. */
export const goPackages: PackageSource = (context) => {
  const { host, paths } = context;
  const { GOBIN, GOPATH } = host.env;
  const folders = [
    ...(GOBIN === undefined ? [] : [GOBIN]),
    ...(GOPATH?.split(paths.delimiter) ?? []).map((folder) => paths.join(folder, 'bin')),
    ...glob(host, '~/go/bin'),
    ...glob(host, '~/go/*/bin'),
  ];
  return [...new Set(folders)].flatMap((folder) =>
    namesIn(context, folder).flatMap((name): readonly GlobalPackage[] => {
      const path = paths.join(folder, name);
      const reader = openBytes(host.fs, path);
      const executable = readExecutable(reader);
      const info = executable === undefined ? undefined : readGoBuildInfo(reader, executable);
      return info?.path === undefined ? [] : [packageOf('go', info.path, info.version?.replace(/^v(?=\d)/, ''), path)];
    }),
  );
};

/** `composer global`: what is installed stands in vendor/composer/installed.json. */
export const composerPackages: PackageSource = (context) =>
  ['~/.composer', '~/.config/composer', '%APPDATA%\\Composer']
    .flatMap((place) => placesIn(context, place))
    .flatMap((folder) => {
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
  glob(context.host, '~/.dotnet/tools/.store/*/*')
    .filter((path) => /^\d/.test(context.paths.basename(path)))
    .map((path) =>
      packageOf('dotnet', context.paths.basename(context.paths.dirname(path)), context.paths.basename(path), path),
    );
