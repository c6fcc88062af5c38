import { glob } from '../../host/glob';
import type { GlobalPackage } from '../../model/snapshot';
import type { ProbeContext } from '../context';
import { asObject, namesIn, type PackageSource, packageOf, prefixesOf, readObject } from './package-source';

/** `lib/node_modules` of every Node.js (npm-folders(5)), and the prefixes that users set. */
export const npmPackages: PackageSource = (context, installations) => {
  const { host, paths } = context;
  const folders =
    host.os === 'windows'
      ? [...prefixesOf(['node'], context, installations), ...glob(host, '%APPDATA%\\npm')]
      : [
          ...prefixesOf(['node'], context, installations),
          '/usr/local',
          ...glob(host, '~/.npm-global'),
          ...glob(host, '~/.npm-packages'),
        ].map((prefix) => paths.join(prefix, 'lib'));
  return [...new Set(folders)].flatMap((folder) => modulesIn('npm', paths.join(folder, 'node_modules'), context));
};

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
  return typeof name === 'string' ? [packageOf(ecosystem, name, manifest?.['version'], path)] : [];
}

/** Where the others keep one package.json whose dependencies are what the user installed. */
const GLOBAL_PROJECTS: readonly { readonly ecosystem: string; readonly places: readonly string[] }[] = [
  {
    ecosystem: 'pnpm',
    places: [
      '~/.local/share/pnpm/global/*',
      '~/Library/pnpm/global/*',
      '%PNPM_HOME%/global/*',
      '%LOCALAPPDATA%\\pnpm\\global\\*',
    ],
  },
  { ecosystem: 'yarn', places: ['~/.config/yarn/global', '%LOCALAPPDATA%\\Yarn\\Data\\global'] },
  { ecosystem: 'bun', places: ['~/.bun/install/global'] },
];

/** pnpm, yarn and bun: the dependencies of a project of their own. */
export const projectPackages: PackageSource = (context) =>
  GLOBAL_PROJECTS.flatMap(({ ecosystem, places }) => {
    const folders = new Set(places.flatMap((place) => glob(context.host, place)));
    return [...folders].flatMap((folder) => dependenciesOf(ecosystem, folder, context));
  });

function dependenciesOf(ecosystem: string, folder: string, context: ProbeContext): readonly GlobalPackage[] {
  const { paths } = context;
  const manifest = readObject(context, paths.join(folder, 'package.json'));
  return Object.keys(asObject(manifest?.['dependencies']) ?? {}).map((name) => {
    const path = paths.join(folder, 'node_modules', ...name.split('/'));
    return moduleAt(ecosystem, path, context)[0] ?? packageOf(ecosystem, name, undefined, path);
  });
}
