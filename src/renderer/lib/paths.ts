import { plain } from '../../core/report/plain';

/** Last part of a path in either system's spelling, to be shown. */
export function baseName(path: string): string {
  return plain(path.split(/[/\\]/u).findLast((part) => part !== '') ?? path);
}

/** A file of a flake with its folder: positions name files below the flake by their relative path. */
export function pathInFlake(file: string, flake: string): string {
  return /^(?:[A-Za-z]:)?[/\\]/u.test(file) ? file : `${flake}${flake.includes('\\') ? '\\' : '/'}${file}`;
}

/** The path without its last part, to be shown. */
export function parentOf(path: string): string {
  const cut = path.search(/[/\\][^/\\]*[/\\]?$/u);
  return cut <= 0 ? '' : plain(path.slice(0, cut));
}
