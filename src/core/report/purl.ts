import type { HostFacts, Installation } from '../model/snapshot';
import { plain } from './plain';

/** Package managers of ours and the types of package URLs (github.com/package-url/purl-spec). */
const TYPES: Readonly<Record<string, string>> = {
  dpkg: 'deb',
  apt: 'deb',
  rpm: 'rpm',
  dnf: 'rpm',
  apk: 'apk',
  pacman: 'alpm',
  homebrew: 'brew',
  npm: 'npm',
  pip: 'pypi',
  pipx: 'pypi',
  uv: 'pypi',
  cargo: 'cargo',
  gem: 'gem',
  conda: 'conda',
  nix: 'nix',
};

/** `pkg:deb/debian/nodejs@18.19.0?arch=amd64`; `pkg:generic/…` where nobody's package owns the copy. */
export function purlOf(installation: Installation, host: HostFacts): string {
  const { manager, tool, version } = installation;
  const known = TYPES[manager];
  const owned = known !== undefined && (installation.package !== undefined || known === 'nix');
  const type = owned ? known : 'generic';
  const name = owned ? (installation.package?.replace(/:\w+$/, '') ?? tool) : tool;
  const namespace = type === 'deb' || type === 'rpm' || type === 'apk' || type === 'alpm' ? distribution(host) : [];
  return packageUrl(type, [...namespace, ...nameParts(type, name)], version);
}

/**
 * A package URL.
 *
 * @param path namespace and name
 */
export function packageUrl(type: string, path: readonly string[], version: string | undefined): string {
  const suffix = version === undefined ? '' : `@${encode(version)}`;
  return `pkg:${type}/${path.map(encode).join('/')}${suffix}`;
}

function nameParts(type: string, name: string): readonly string[] {
  switch (type) {
    case 'npm':
      return name.split('/');
    case 'pypi':
      return [name.toLowerCase().replace(/_/g, '-')];
    default:
      return [name];
  }
}

/** `Debian GNU/Linux` → `debian`. */
function distribution({ distribution: name }: HostFacts): readonly string[] {
  const [word] = (name ?? '').toLowerCase().match(/[a-z]+/) ?? [];
  return word === undefined ? [] : [word];
}

function encode(text: string): string {
  return encodeURIComponent(plain(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
