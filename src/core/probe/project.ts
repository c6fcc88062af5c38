import type { Host } from '../host/host';
import type { PathRules } from '../host/paths';

const MAX_DEPTH = 64;

/**
 * Tells what lies in the project that is looked at: the folder, and the checkout around it. Its files may say where
 * programs are (`.tool-versions`, `.direnv`, `.devenv`), and somebody else may have written them: what they bring is
 * looked at and never started. A project that is a whole home folder is the user's own.
 *
 * @param folder where shims are followed; absent: nothing is the project's
 */
export function projectOf(
  host: Host,
  paths: PathRules,
  folder: string | undefined,
): (path: string, deciding?: string) => boolean {
  const key = (path: string) => {
    const real = host.fs.realPath(path);
    return paths.slashed(paths.key(real.ok ? real.value : path)).replace(/\/$/, '');
  };
  const isIn = (path: string, root: string) => path === root || path.startsWith(`${root}/`);
  const home = key(host.home);
  const here = folder === undefined ? undefined : key(folder);
  const roots = [folder, folder === undefined ? undefined : checkoutOf(host, paths, folder)]
    .filter((root) => root !== undefined)
    .map(key);
  const isSomebodys = (root: string) => !isIn(home, root);
  return (path, deciding) => {
    if (here === undefined) {
      return false;
    }
    // A file above the folder that decides is a part of what the folder belongs to.
    const above = deciding === undefined || !paths.isAbsolute(deciding) ? undefined : key(paths.dirname(deciding));
    const all = above !== undefined && isIn(here, above) ? [...roots, above] : roots;
    const real = key(path);
    return all.some((root) => isSomebodys(root) && isIn(real, root));
  };
}

function checkoutOf({ fs }: Host, paths: PathRules, folder: string): string | undefined {
  let place = folder;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (fs.lstat(paths.join(place, '.git')).ok) {
      return place;
    }
    const above = paths.dirname(place);
    if (above === place) {
      return undefined;
    }
    place = above;
  }
  return undefined;
}
