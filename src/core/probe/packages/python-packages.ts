import { glob } from '../../host/glob';
import type { GlobalPackage } from '../../model/snapshot';
import type { ProbeContext } from '../context';
import { asObject, namesIn, type PackageSource, packageOf, prefixesOf, readObject } from './package-source';

const RECORD = /^(.+?)-(\d[^-]*)(?:-py[\d.]+(?:-[\w.-]+)?)?\.(?:dist-info|egg-info|egg)$/;

/** What every Python's site-packages record (PEP 376), Debian's dist-packages and the user's own. */
export const pythonPackages: PackageSource = (context, installations) => {
  const { host, paths } = context;
  const prefixes = prefixesOf(['python', 'pypy'], context, installations);
  const folders = [
    ...prefixes.flatMap((prefix) => libraries(prefix, context)),
    ...glob(host, '~/.local/lib/python3*/site-packages'),
    ...glob(host, '%PYTHONUSERBASE%/lib/python3*/site-packages'),
    ...glob(host, '~/Library/Python/*/lib/python/site-packages'),
    ...glob(host, '%APPDATA%\\Python\\Python*\\site-packages'),
    // What the Python of the Microsoft Store takes for %APPDATA%.
    ...glob(
      host,
      '%LOCALAPPDATA%\\Packages\\PythonSoftwareFoundation.Python.*\\LocalCache\\local-packages\\Python*\\site-packages',
    ),
    ...(host.os === 'linux'
      ? ['/usr/lib/python3/dist-packages', ...glob(host, '/usr/local/lib/python3*/dist-packages')]
      : []),
  ];
  // `lib64` is often a link to `lib`, and Homebrew links the folder of each Python to one place.
  const own = new Map(folders.map((folder) => [context.realFolder(folder), paths.normalize(folder)]));
  return [...own.values()].flatMap((folder) => recordsIn('python', folder, context));
};

function libraries(prefix: string, context: ProbeContext): readonly string[] {
  const { paths } = context;
  const windows = paths.join(prefix, 'Lib', 'site-packages');
  return [
    ...['lib', 'lib64'].flatMap((folder) =>
      namesIn(context, paths.join(prefix, folder))
        .filter((name) => /^(?:python|pypy)\d/.test(name))
        .map((name) => paths.join(prefix, folder, name, 'site-packages')),
    ),
    ...(context.host.os === 'windows' ? [windows] : []),
  ];
}

function recordsIn(ecosystem: string, folder: string, context: ProbeContext): readonly GlobalPackage[] {
  return namesIn(context, folder).flatMap((entry) => {
    const path = context.paths.join(folder, entry);
    const parts = RECORD.exec(entry);
    return parts === null ? developed(ecosystem, path, context) : [packageOf(ecosystem, parts[1]!, parts[2], path)];
  });
}

/**
 * What setuptools records without a version in the name: `name.egg-info`, or `name.egg-link` with the folder that
 * somebody works in, where `name.egg-info` lies (`pip install --editable` of old).
 */
function developed(ecosystem: string, path: string, context: ProbeContext): readonly GlobalPackage[] {
  const { paths } = context;
  const [, name, kind] = /^(.+)\.(egg-info|egg-link)$/.exec(paths.basename(path)) ?? [];
  if (name === undefined) {
    return [];
  }
  const link = kind === 'egg-link' ? context.readText(path) : undefined;
  const place = link?.ok === true ? link.value.split(/\r?\n/)[0]?.trim() : undefined;
  const folder =
    kind === 'egg-info' ? path : paths.isAbsolute(place ?? '') ? paths.join(place!, `${name}.egg-info`) : '';
  const metadata = folder === '' ? undefined : context.readText(paths.join(folder, 'PKG-INFO'));
  const version = metadata?.ok === true ? /^Version: *(\S+)/m.exec(metadata.value)?.[1] : undefined;
  return [packageOf(ecosystem, name, version, path)];
}

/** pipx keeps a virtual environment an application, with `pipx_metadata.json` in it. */
export const pipxPackages: PackageSource = (context) =>
  [
    '%PIPX_HOME%/venvs/*',
    '~/.local/share/pipx/venvs/*',
    '~/.local/pipx/venvs/*',
    '~/pipx/venvs/*',
    '~/Library/Application Support/pipx/venvs/*',
    '%LOCALAPPDATA%\\pipx\\pipx\\venvs\\*',
    '/opt/pipx/venvs/*',
  ]
    .flatMap((place) => glob(context.host, place))
    .map((folder) => {
      const metadata = readObject(context, context.paths.join(folder, 'pipx_metadata.json'));
      const main = asObject(metadata?.['main_package']);
      const name = main?.['package'];
      const known = typeof name === 'string' ? name : context.paths.basename(folder);
      return packageOf('pipx', known, main?.['package_version'], folder);
    });

/** `uv tool install` keeps a virtual environment a tool; its own record in there tells the version. */
export const uvPackages: PackageSource = (context) =>
  [
    '%UV_TOOL_DIR%/*',
    '%XDG_DATA_HOME%/uv/tools/*',
    '~/.local/share/uv/tools/*',
    '%APPDATA%\\uv\\tools\\*',
    '%APPDATA%\\uv\\data\\tools\\*',
  ]
    .flatMap((place) => glob(context.host, place))
    .filter((folder) => context.host.fs.stat(context.paths.join(folder, 'uv-receipt.toml')).ok)
    .map((folder) => {
      const name = context.paths.basename(folder);
      const record = libraries(folder, context)
        .flatMap((library) => recordsIn('uv', library, context))
        .find((one) => plainName(one.name) === plainName(name));
      return packageOf('uv', name, record?.version, folder);
    });

/** PEP 503. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
