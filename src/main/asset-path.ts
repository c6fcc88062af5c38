import { realpathSync } from 'node:fs';
import { extname, isAbsolute, join, relative, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export interface Asset {
  readonly path: string;
  readonly type: string;
}

/**
 * The file that an `app://lockstep/…` address names: inside `root` after every link and `..` is resolved, and of a
 * kind that the window uses. Anything else gives `undefined`.
 *
 * @param root real path of the folder with the built window
 */
export function assetOf(url: string, root: string): Asset | undefined {
  let pathname: string;
  try {
    const parsed = new URL(url);
    if (parsed.protocol !== 'app:' || parsed.host !== 'lockstep') {
      return undefined;
    }
    pathname = decodeURIComponent(parsed.pathname);
  } catch {
    return undefined;
  }
  if (pathname.includes('\0') || pathname.includes('\\')) {
    return undefined;
  }
  const type = types[extname(pathname === '/' ? '/index.html' : pathname)];
  if (type === undefined) {
    return undefined;
  }
  try {
    const path = realpathSync(join(root, pathname === '/' ? 'index.html' : pathname));
    return isInside(path, root) ? { path, type } : undefined;
  } catch {
    return undefined;
  }
}

/** True when `path` is `folder` or below it. Both absolute, with links resolved. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
