import { glob } from '../../host/glob';
import { TERMUX } from '../../host/termux';
import type { GlobalPackage } from '../../model/snapshot';
import type { ProbeContext } from '../context';
import { debianUpstream } from '../dpkg';
import { parseStatus } from '../dpkg-status';
import { asObject, type PackageSource, packageOf, readObject } from './package-source';

const STATUS_LIMIT = 64 * 1024 * 1024;

/**
 * Debian's packages that somebody asked for: all that are installed, without those that apt marked as brought by others
 * (`Auto-Installed: 1` of /var/lib/apt/extended_states). Where apt marked nothing yet, that is all of them, as
 * apt-mark(8) says, too.
 */
export const dpkgPackages: PackageSource = (context) =>
  ['', `${TERMUX}/usr`].flatMap((prefix) => markedManual(prefix, context));

function markedManual(prefix: string, context: ProbeContext): readonly GlobalPackage[] {
  const path = `${prefix}/var/lib/dpkg/status`;
  const marks = context.readText(`${prefix}/var/lib/apt/extended_states`, STATUS_LIMIT);
  const hasMarks = marks.ok || (marks.code === 'not-found' && context.host.fs.stat(`${prefix}/var/lib/apt`).ok);
  const status = hasMarks ? context.readText(path, STATUS_LIMIT) : undefined;
  if (status?.ok !== true) {
    return [];
  }
  const automatic = new Set(
    (marks.ok ? marks.value : '')
      .split('\n\n')
      .filter((stanza) => /^Auto-Installed: 1$/m.test(stanza))
      .map((stanza) => /^Package: (.+)$/m.exec(stanza)?.[1]),
  );
  return [...parseStatus(status.value)]
    .filter(([name]) => !automatic.has(name))
    .map(([name, { version }]) => packageOf('dpkg', name, debianUpstream(version), path));
}

/**
 * Homebrew's leaves: formulae that somebody asked for (`installed_on_request` of their receipts) and that no other
 * installed one needs at run time (`runtime_dependencies`), as `brew leaves --installed-on-request` lists them.
 */
export const homebrewPackages: PackageSource = (context) => {
  const { host, paths } = context;
  const cellars = ['/opt/homebrew/Cellar', '/usr/local/Cellar', '/home/linuxbrew/.linuxbrew/Cellar'];
  return cellars.flatMap((cellar) => {
    const kegs = glob(host, `${cellar}/*/*`).map((folder) => ({
      folder,
      name: paths.basename(paths.dirname(folder)),
      receipt: readObject(context, paths.join(folder, 'INSTALL_RECEIPT.json')),
    }));
    const needed = new Set(
      kegs.flatMap(({ name, receipt }) => {
        const dependencies = receipt?.['runtime_dependencies'];
        return (Array.isArray(dependencies) ? dependencies : [])
          .map((one: unknown) => String(asObject(one)?.['full_name']).replace(/^.*\//, ''))
          .filter((dependency) => dependency !== name);
      }),
    );
    return kegs
      .filter(({ name, receipt }) => receipt?.['installed_on_request'] === true && !needed.has(name))
      .map(({ folder, name }) => packageOf('homebrew', name, paths.basename(folder).replace(/_\d+$/, ''), folder));
  });
};

const STORE_NAME = /\/nix\/store\/[0-9a-z]{32}-(.+?)(?:-(\d[^/]*?))?(?:-(?:bin|out|dev|lib|man|doc|info|env))?$/;

/** The profile's manifest: `nix profile`'s JSON (all three versions of it), or `nix-env`'s Nix file. */
export const nixPackages: PackageSource = (context) => {
  const profiles = new Set(
    [
      '~/.nix-profile',
      '~/.local/state/nix/profile',
      '~/.local/state/nix/profiles/profile',
      '/nix/var/nix/profiles/default',
      '/nix/var/nix/profiles/per-user/*/profile',
    ].flatMap((place) => glob(context.host, place)),
  );
  // The first is a link to one of the others.
  const own = new Map([...profiles].reverse().map((profile) => [context.realFolder(profile), profile]));
  const found = [...own.values()].flatMap((profile): readonly GlobalPackage[] => {
    const path = context.paths.join(profile, 'manifest.json');
    const elements = readObject(context, path, 4 * 1024 * 1024)?.['elements'];
    if (elements !== undefined) {
      const list: readonly unknown[] = Array.isArray(elements) ? elements : Object.values(asObject(elements) ?? {});
      return list
        .map(asObject)
        .filter((element) => element?.['active'] !== false)
        .flatMap((element) => storePackages(element?.['storePaths'], path));
    }
    const old = context.readText(context.paths.join(profile, 'manifest.nix'), 4 * 1024 * 1024);
    const outputs = old.ok ? [...old.value.matchAll(/\boutPath = "([^"]+)"/g)].map(([, out]) => out!) : [];
    return storePackages(outputs, context.paths.join(profile, 'manifest.nix'));
  });
  const seen = new Set<string>();
  return found.filter(({ name, version, path }) => {
    const key = `${name} ${version} ${path}`;
    return !seen.has(key) && seen.add(key);
  });
};

function storePackages(storePaths: unknown, path: string): readonly GlobalPackage[] {
  return (Array.isArray(storePaths) ? storePaths : []).flatMap((one: unknown) => {
    const parts = typeof one === 'string' ? STORE_NAME.exec(one) : null;
    return parts === null ? [] : [packageOf('nix', parts[1]!, parts[2], path)];
  });
}
