import type { OperatingSystem } from '../model/snapshot';

/** How one family of systems spells paths. Pure text: nothing is looked up. */
export interface PathRules {
  readonly separator: '/' | '\\';
  /** Between the entries of PATH. */
  readonly delimiter: ':' | ';';
  isAbsolute(path: string): boolean;
  /** Joins and normalizes; a later absolute part starts over. */
  join(...parts: readonly string[]): string;
  /** The folder above; a root is its own. */
  dirname(path: string): string;
  basename(path: string): string;
  /** Without `.`, `..`, doubled and trailing separators. */
  normalize(path: string): string;
  /** Equal for two spellings of one path; on Windows case and slashes do not count. */
  key(path: string): string;
  /** With `/` throughout: for matching layouts. */
  slashed(path: string): string;
}

const posix: PathRules = {
  separator: '/',
  delimiter: ':',
  isAbsolute: (path) => path.startsWith('/'),
  join: (...parts) => normalizePosix(joinParts(parts, '/', posix.isAbsolute)),
  dirname(path) {
    const end = path.lastIndexOf('/');
    return end < 0 ? '.' : end === 0 ? '/' : path.slice(0, end);
  },
  basename: (path) => path.slice(path.lastIndexOf('/') + 1),
  normalize: normalizePosix,
  key: normalizePosix,
  slashed: (path) => path,
};

const windows: PathRules = {
  separator: '\\',
  delimiter: ';',
  isAbsolute: (path) => /^(?:[A-Za-z]:[\\/]|[\\/]{2})/.test(path),
  join: (...parts) => normalizeWindows(joinParts(parts, '\\', windows.isAbsolute)),
  dirname(path) {
    const end = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
    return end < 0 ? '.' : /^[A-Za-z]:$/.test(path.slice(0, end)) ? path.slice(0, end + 1) : path.slice(0, end);
  },
  basename: (path) => path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1),
  normalize: normalizeWindows,
  key: (path) => normalizeWindows(path).toLowerCase(),
  slashed: (path) => path.replace(/\\/g, '/'),
};

/** The path rules of a system. */
export function pathRulesOf(os: OperatingSystem): PathRules {
  return os === 'windows' ? windows : posix;
}

function joinParts(parts: readonly string[], separator: string, isAbsolute: (path: string) => boolean): string {
  let joined = '';
  for (const part of parts) {
    if (part !== '') {
      joined = joined === '' || isAbsolute(part) ? part : `${joined}${separator}${part}`;
    }
  }
  return joined;
}

function normalizePosix(path: string): string {
  if (!/\/\/|\/\.\.?(?:\/|$)|^\.|\/$/.test(path)) {
    return path;
  }
  const absolute = path.startsWith('/');
  const text = resolveDots(path.split('/'), absolute).join('/');
  return absolute ? `/${text}` : text === '' ? '.' : text;
}

function normalizeWindows(path: string): string {
  const root = /^(?:[A-Za-z]:[\\/]|[\\/]{2}[^\\/]+[\\/]+[^\\/]+[\\/]?)/.exec(path)?.[0];
  const rest = resolveDots(path.slice(root?.length ?? 0).split(/[\\/]/), root !== undefined).join('\\');
  if (root === undefined) {
    return rest === '' ? '.' : rest;
  }
  const drive = root.replace(/\//g, '\\');
  return rest === '' ? drive : `${drive}${drive.endsWith('\\') ? '' : '\\'}${rest}`;
}

function resolveDots(segments: readonly string[], absolute: boolean): readonly string[] {
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') {
      if (kept.length > 0 && kept.at(-1) !== '..') {
        kept.pop();
      } else if (!absolute) {
        kept.push(segment);
      }
    } else if (segment !== '' && segment !== '.') {
      kept.push(segment);
    }
  }
  return kept;
}
