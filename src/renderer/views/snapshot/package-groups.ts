import type { GlobalPackage } from '../../../core/model/snapshot';
import { parentOf } from '../../lib/paths';
import { compareText } from '../../lib/status';

/** The packages of one ecosystem that are in one place: of one Python, say. */
export interface PackageGroup {
  readonly title: string;
  readonly place: string;
  readonly packages: readonly GlobalPackage[];
}

const TITLES: Readonly<Record<string, string>> = {
  npm: 'npm',
  pnpm: 'pnpm',
  yarn: 'Yarn',
  bun: 'Bun',
  python: 'Python',
  pipx: 'pipx',
  uv: 'uv tools',
  cargo: 'Cargo',
  gem: 'RubyGems',
  go: 'Go',
  composer: 'Composer',
  dotnet: '.NET tools',
  dpkg: 'Debian, asked for by hand',
  homebrew: 'Homebrew',
  nix: 'Nix profiles',
};

/**
 * By ecosystem and place.
 *
 * @param wanted only packages whose name, version or place has this text
 */
export function groupPackages(packages: readonly GlobalPackage[], wanted = ''): readonly PackageGroup[] {
  const text = wanted.trim().toLowerCase();
  const groups = new Map<string, { title: string; place: string; packages: GlobalPackage[] }>();
  for (const item of packages) {
    const title = TITLES[item.ecosystem] ?? item.ecosystem;
    const place = placeOf(item);
    if (text === '' || `${item.name} ${item.version ?? ''}\n${title}\n${place}`.toLowerCase().includes(text)) {
      const key = `${item.ecosystem}\0${place}`;
      const group = groups.get(key) ?? { title, place, packages: [] };
      group.packages.push(item);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map((group) => ({ ...group, packages: group.packages.sort((a, b) => compareText(a.name, b.name)) }))
    .sort((a, b) => compareText(a.title, b.title) || compareText(a.place, b.place));
}

/** The folder that holds a package; of a package that a list names, the list. A scope (`@types`) is part of the name. */
function placeOf({ name, path, ecosystem }: GlobalPackage): string {
  if (ecosystem === 'dpkg') {
    return path;
  }
  const parent = parentOf(path);
  return name.startsWith('@') && /[/\\]@[^/\\]+$/u.test(parent) ? parentOf(parent) : parent;
}
