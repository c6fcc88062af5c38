import type { HostFacts, Installation } from '../model/snapshot';
import type { Target, TargetPackage } from '../model/target';
import { plain } from './plain';

/** A package as its package URL names it. */
interface Package {
  /** Of github.com/package-url/purl-spec, `types/`; `nix` is a candidate there, as SBOM tools of Nix write it. */
  readonly type: string;
  /** Namespace and name. */
  readonly path: readonly string[];
  readonly version?: string | undefined;
  readonly qualifiers?: Readonly<Record<string, string | undefined>>;
}

/**
 * `pkg:deb/debian/nodejs@20.20.2-1?arch=amd64&distro=debian-12`, `pkg:pypi/pytest@9.0.3`; `pkg:generic/…` where nobody's
 * package owns the copy. Versions are the package's own, with epoch and revision: that is what advisories speak of.
 */
export function purlOf(installation: Installation, host: HostFacts): string {
  return packageUrl(
    ofNix(installation) ??
      ofSystem(installation, host) ??
      ofLanguage(installation) ??
      ofManager(installation) ?? { type: 'generic', path: [installation.tool], version: installation.version },
  );
}

/** `pkg:nix/nixpkgs/nodejs_20@20.11.1?commit=…`: what a flake asks for, by its attribute. */
export function purlOfTarget(
  { attribute, name, version, certainty, input = 'nixpkgs' }: TargetPackage,
  target: Target,
): string {
  const source = target.flake.inputs.find((one) => one.name === input);
  const known = certainty === 'exact' ? version : undefined;
  const isNixpkgs = source !== undefined && /\/nixpkgs\b/i.test(source.url);
  return packageUrl(
    isNixpkgs
      ? { type: 'nix', path: ['nixpkgs', attribute], version: known, qualifiers: { commit: source.revision } }
      : { type: 'nix', path: [name], version: known },
  );
}

/** A package URL in its canonical form: components encoded but for colons, qualifiers sorted. */
function packageUrl({ type, path, version, qualifiers = {} }: Package): string {
  const suffix = version === undefined || version === '' ? '' : `@${encode(version)}`;
  const pairs = Object.entries(qualifiers)
    .flatMap(([key, value]) => (value === undefined || value === '' ? [] : [`${key}=${encode(value)}`]))
    .sort();
  return `pkg:${type}/${path.map(encode).join('/')}${suffix}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

function ofNix({ manager, realPath, tool, version, package: name }: Installation): Package | undefined {
  const stored = /^\/nix\/store\/[0-9a-z]{32}-([^/]+)/.exec(realPath)?.[1];
  if (manager !== 'nix' && stored === undefined) {
    return undefined;
  }
  const end = version === undefined ? -1 : (stored?.indexOf(`-${version}`) ?? -1);
  return { type: 'nix', path: [name ?? (end > 0 ? stored?.slice(0, end) : undefined) ?? tool], version };
}

/** What each system's own packages are called. */
const SYSTEM_TYPES: Readonly<Record<string, string>> = { dpkg: 'deb', rpm: 'rpm', apk: 'apk', pacman: 'alpm' };

function ofSystem(installation: Installation, host: HostFacts): Package | undefined {
  const { manager, package: owner, version, evidence, architecture } = installation;
  const type = Object.hasOwn(SYSTEM_TYPES, manager) ? SYSTEM_TYPES[manager] : undefined;
  if (type === undefined || owner === undefined) {
    return undefined;
  }
  const name = owner.replace(/:\w+$/, '');
  const record = evidence.find(({ kind, detail }) => kind === 'package-database' && detail?.startsWith(`${owner} `));
  const recorded = record?.detail?.slice(owner.length + 1);
  const [, epoch, bare] = /^(?:(\d+):)?(.+)$/.exec(recorded ?? '') ?? [];
  // Node.js' package brings an npm of another version: that one is known by its own ecosystem.
  const isOther = record !== undefined && evidence[0] !== record && bare?.startsWith(version ?? '') !== true;
  if (isOther && ofLanguage(installation) !== undefined) {
    return undefined;
  }
  const vendor = vendorOf(host);
  return {
    type,
    path: [...(vendor === undefined ? [] : [vendor]), type === 'rpm' ? name : name.toLowerCase()],
    version: type === 'rpm' ? (bare ?? version) : (recorded ?? version),
    qualifiers: {
      // What has no headers to tell is often a package for all architectures.
      arch: type === 'deb' ? DEBIAN_ARCHITECTURES.get(architecture ?? '') : architecture,
      distro: vendor === undefined || host.release === undefined ? undefined : `${vendor}-${host.release}`,
      epoch: type === 'rpm' ? epoch : undefined,
    },
  };
}

const DEBIAN_ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['aarch64', 'arm64'],
  ['i686', 'i386'],
  ['x86', 'i386'],
  ['arm', 'armhf'],
  ['armv7l', 'armhf'],
  ['riscv64', 'riscv64'],
]);

/** Packages of a language, by the record that told the version. */
function ofLanguage({ evidence, manager, version }: Installation): Package | undefined {
  for (const { source, detail, kind } of evidence) {
    const path = source.replaceAll('\\', '/');
    const [, wheel, wheelVersion] =
      /\/(?:site|dist)-packages\/([^/]+?)-(\d[^/]*?)(?:-py[\d.]+)?\.(?:dist|egg)-info(?:\/|$)/.exec(path) ?? [];
    if (wheel !== undefined) {
      return { type: 'pypi', path: [wheel.toLowerCase().replace(/[-_.]+/g, '-')], version: wheelVersion };
    }
    const module = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1];
    if (module !== undefined) {
      return { type: 'npm', path: module.toLowerCase().split('/'), version };
    }
    if (kind === 'package-database' && manager === 'cargo' && detail !== undefined) {
      const [name = '', release] = detail.split(' ');
      return { type: 'cargo', path: [name], version: release };
    }
    const [, gem, gemVersion] = /\/specifications\/(?:default\/)?([^/]+)-(\d[^/-]*)\.gemspec$/.exec(path) ?? [];
    if (gem !== undefined) {
      return { type: 'gem', path: [gem], version: gemVersion };
    }
  }
  return undefined;
}

function ofManager({ manager, package: name, version }: Installation): Package | undefined {
  const type = manager === 'homebrew' ? 'brew' : manager === 'conda' ? 'conda' : undefined;
  return type === undefined || name === undefined ? undefined : { type, path: [name.toLowerCase()], version };
}

/** Distributions whose first word is not the vendor that advisories name. */
const VENDORS: readonly (readonly [RegExp, string])[] = [
  [/^red hat/, 'redhat'],
  [/^linux mint/, 'linuxmint'],
  [/^opensuse/, 'opensuse'],
];

/** `Debian GNU/Linux` → `debian`. */
function vendorOf({ distribution }: HostFacts): string | undefined {
  const name = (distribution ?? '').toLowerCase();
  return VENDORS.find(([pattern]) => pattern.test(name))?.[1] ?? name.match(/[a-z]+/)?.[0];
}

function encode(text: string): string {
  return encodeURIComponent(plain(text))
    .replace(/%3A/g, ':')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
