import { glob } from '../../host/glob';
import type { GlobalPackage } from '../../model/snapshot';
import type { ProbeContext } from '../context';
import { asObject, namesIn, type PackageSource, packageOf, placesIn, prefixesOf, readObject } from './package-source';

/** `lib/node_modules` of every Node.js (npm-folders(5)), the prefixes that users set, and what Volta installed. */
export const npmPackages: PackageSource = (context, installations) => {
  const { host, paths } = context;
  const folders =
    host.os === 'windows'
      ? [
          ...prefixesOf(['node'], context, installations),
          ...ownPrefixes(context),
          ...glob(host, '%APPDATA%\\npm'),
          ...placesIn(context, '%LOCALAPPDATA%\\Volta\\tools\\image\\packages\\*'),
          ...placesIn(context, '%LOCALAPPDATA%\\Volta\\tools\\image\\packages\\@*\\*'),
        ]
      : [
          ...prefixesOf(['node'], context, installations),
          '/usr/local',
          ...ownPrefixes(context),
          ...glob(host, '~/.npm-global'),
          ...glob(host, '~/.npm-packages'),
          ...placesIn(context, '~/.volta/tools/image/packages/*'),
          ...placesIn(context, '~/.volta/tools/image/packages/@*/*'),
        ].map((prefix) => paths.join(prefix, 'lib'));
  return [...new Set(folders)].flatMap((folder) => modulesIn('npm', paths.join(folder, 'node_modules'), context));
};

/** `prefix` of the user's settings: a variable, or the line of ~/.npmrc. Nothing else of that file is looked at. */
function ownPrefixes(context: ProbeContext): readonly string[] {
  const { host, paths } = context;
  const variable = host.env['NPM_CONFIG_PREFIX'] ?? host.env['npm_config_prefix'];
  const settings = context.readText(paths.join(host.home, '.npmrc'));
  const line = settings.ok ? /^\s*prefix\s*=\s*"?([^"\n]+?)"?\s*$/m.exec(settings.value)?.[1] : undefined;
  return [variable, line]
    .filter((prefix) => prefix !== undefined)
    .map((prefix) => prefix.replace(/^~(?=[\\/])|\$\{HOME\}/, () => host.home))
    .filter((prefix) => paths.isAbsolute(prefix));
}

function modulesIn(ecosystem: string, folder: string, context: ProbeContext): readonly GlobalPackage[] {
  const { paths } = context;
  const names = namesIn(context, folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? namesIn(context, paths.join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
    );
  return names.flatMap((name) => moduleAt(ecosystem, paths.join(folder, ...name.split('/')), context));
}

function moduleAt(ecosystem: string, path: string, context: ProbeContext): readonly GlobalPackage[] {
  const manifest = readObject(context, context.paths.join(path, 'package.json'));
  const name = manifest?.['name'];
  return typeof name === 'string' ? [packageOf(ecosystem, name, bareVersion(manifest?.['version']), path)] : [];
}

/** Where the others keep one package.json whose dependencies are what the user installed. */
const GLOBAL_PROJECTS: readonly { readonly ecosystem: string; readonly places: readonly string[] }[] = [
  {
    ecosystem: 'pnpm',
    places: [
      '~/.local/share/pnpm/global/*',
      '~/Library/pnpm/global/*',
      '%PNPM_HOME%/global/*',
      '%XDG_DATA_HOME%/pnpm/global/*',
      '%LOCALAPPDATA%\\pnpm\\global\\*',
    ],
  },
  {
    ecosystem: 'yarn',
    places: [
      '~/.config/yarn/global',
      // root's
      '/usr/local/share/.config/yarn/global',
      '%XDG_DATA_HOME%/yarn/global',
      '%LOCALAPPDATA%\\Yarn\\Data\\global',
    ],
  },
  { ecosystem: 'bun', places: ['~/.bun/install/global', '%BUN_INSTALL%/install/global'] },
];

/** pnpm, yarn and bun: the dependencies of a project of their own. */
export const projectPackages: PackageSource = (context) =>
  GLOBAL_PROJECTS.flatMap(({ ecosystem, places }) => {
    const folders = new Set(places.flatMap((place) => glob(context.host, place)).map(context.realFolder));
    return [...folders].flatMap((folder) => dependenciesOf(ecosystem, folder, context));
  });

function dependenciesOf(ecosystem: string, folder: string, context: ProbeContext): readonly GlobalPackage[] {
  const { paths } = context;
  const manifest = readObject(context, paths.join(folder, 'package.json'));
  return Object.entries(asObject(manifest?.['dependencies']) ?? {}).map(([name, wanted]) => {
    const path = paths.join(folder, 'node_modules', ...name.split('/'));
    // Asked for as one version, it is that one wherever it lies.
    const exact = typeof wanted === 'string' && /^\d+\.\d+\.\d+/.test(wanted) ? wanted : undefined;
    return moduleAt(ecosystem, path, context)[0] ?? packageOf(ecosystem, name, exact, path);
  });
}

/** Some packages write `v1.2.3`, which npm and pnpm list without the letter. */
function bareVersion(version: unknown): unknown {
  return typeof version === 'string' ? version.replace(/^v(?=\d)/, '') : version;
}
