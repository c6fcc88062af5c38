/** Last part of a path in either system's spelling. */
export function baseName(path: string): string {
  return path.split(/[/\\]/u).findLast((part) => part !== '') ?? path;
}

/** The path without its last part. */
export function parentOf(path: string): string {
  const cut = path.search(/[/\\][^/\\]*[/\\]?$/u);
  return cut <= 0 ? '' : path.slice(0, cut);
}
