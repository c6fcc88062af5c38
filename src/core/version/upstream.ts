import { MAX_VERSION_LENGTH } from './scheme';

/** Who wrote a version down, and with it what was added to the upstream one. */
export type Packager =
  | 'dpkg'
  | 'rpm'
  | 'apk'
  | 'pacman'
  | 'homebrew'
  | 'nix'
  | 'conda'
  | 'chocolatey'
  | 'winget'
  | 'snap';

const strip: Readonly<Record<Packager, (version: string) => string>> = {
  dpkg: stripDebian,
  rpm: stripRpm,
  apk: (version) =>
    version
      .replace(/-r\d+$/, '')
      .replace(/~[0-9a-f]{7,}$/, '')
      .replace(/_(alpha|beta|pre|rc|p)(?=\d*$)/, (_, word: string) => (word === 'p' ? 'p' : `-${word}`)),
  pacman: (version) =>
    version
      .replace(/^\d+:/, '')
      .replace(/-[\d.]+$/, '')
      .replace(/\+(?:r?\d+\+)?g[0-9a-f]{6,}(?:\+\d+)?$/, '')
      .replace(/\.r\d+\.g[0-9a-f]+$/, ''),
  homebrew: (version) => version.replace(/_\d+$/, ''),
  nix: (version) => version,
  conda: (version) => version.replace(/-[a-z0-9]*_?\d+$/, ''),
  chocolatey: (version) => version.replace(/^(\d+\.\d+\.\d+)\.(?:0|20\d{6,})$/, '$1'),
  winget: (version) => version,
  snap: (version) => version.replace(/^v(?=\d)/, '').replace(/[-+]snap\d*$/, ''),
};

/**
 * The upstream version inside a packager's: without epoch, package revision and marks of repacking.
 * `1:3.11.2-1+deb12u1` is `3.11.2`, `1.2.3-r0` is `1.2.3`, `15.6+dfsg-2` is `15.6`.
 *
 * @returns the version itself where nothing was added
 */
export function upstreamVersion(version: string, packager: Packager): string {
  const text = version.trim();
  if (text.length > MAX_VERSION_LENGTH) {
    return text;
  }
  return strip[packager](text) || text;
}

/** Debian Policy 5.6.12, and the habits of its maintainers for what follows the upstream version. */
function stripDebian(version: string): string {
  const upstream = version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
  // 1.9+really1.8: a downgrade that has to look like an upgrade.
  const really = /[+~]really(?=\d)(.*)$/.exec(upstream)?.[1];
  return (really ?? upstream)
    .replace(/[+~.-]?(?:dfsg|ds|repack|nmu|debian)[\d.]*(?:[+~].*)?$/i, '')
    .replace(/[+~](?:deb|ubuntu|bpo|b)\d[\w.+~]*$/, '')
    .replace(/[+~-]\d*(?:ubuntu|build)\d[\w.+~]*$/, '')
    .replace(/[+~](?:git|svn|hg|r)?20\d{6}(?:[.~+-].*)?$/, '')
    .replace(/~(?=(?:a|alpha|b|beta|rc|pre)\.?\d)/, '')
    .replace(/~(?=(?:alpha|beta|rc|pre|dev)$)/, '-');
}

function stripRpm(version: string): string {
  return version
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/\^.*$/, '')
    .replace(/~(?=(?:a|alpha|b|beta|rc|pre)\.?\d)/, '');
}
