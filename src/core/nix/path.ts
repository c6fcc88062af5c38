/** Resolves `.`, `..` and repeated slashes of an absolute path, without looking at links. Nothing is above `/`. */
export function canonicalPath(path: string): string {
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
