import { NixError } from './errors';
import type { Pos } from './source';

/** No system has paths of such a length; taking one apart would take more memory than it is worth. */
const MAX_LENGTH = 1 << 20;

/**
 * Resolves `.`, `..` and repeated slashes of an absolute path, without looking at links. Nothing is above `/`.
 *
 * @throws NixError of kind `limit` for one that is longer than any file's
 */
export function canonicalPath(path: string, pos?: Pos): string {
  if (path.length > MAX_LENGTH) {
    throw new NixError('limit', `a path of ${path.length} bytes is too long`, pos);
  }
  if (!/\/(?:\.{0,2}(?:\/|$))/.test(path)) {
    return path;
  }
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `/${parts.join('/')}`;
}

/** `dirOf` of a canonical path. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}
