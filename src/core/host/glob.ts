import type { Host } from './host';
import { type PathRules, pathRulesOf } from './paths';

/** More is no installation that people or managers made. */
const MAX_MATCHES = 10_000;

/**
 * Existing paths that a pattern names, sorted by name; at most 10,000; the host is told of more, and of
 * what may not be read.
 *
 * @param pattern absolute; `~` at the start is the home folder, `%NAME%` a variable of the host, `*` any run of
 * characters inside one name (links are followed, hidden names only match where the pattern says the dot)
 */
export function glob(host: Host, pattern: string): readonly string[] {
  if (host.otherHomes !== undefined && /^(?:~|%(?:LOCAL)?APPDATA%|%USERPROFILE%)/.test(pattern)) {
    const { otherHomes, ...alone } = host;
    return [host.home, ...otherHomes].flatMap((home) => glob({ ...alone, home, env: envOf(host, home) }, pattern));
  }
  const paths = pathRulesOf(host.os);
  const expanded = expandPlace(host, pattern, paths);
  // A variable may hold anything.
  if (expanded === undefined || !paths.isAbsolute(expanded)) {
    return [];
  }
  const isThere = (path: string) => {
    const stat = host.fs.lstat(path);
    if (!stat.ok && stat.code === 'denied') {
      host.onDenied?.(path);
    }
    return stat.ok;
  };
  if (!expanded.includes('*')) {
    return isThere(expanded) ? [expanded] : [];
  }
  const segments = paths.normalize(expanded).split(paths.separator);
  let found: readonly string[] = [''];
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    found = found.flatMap((base) => {
      const here = base === '' && index === 0 ? segment : `${base}${paths.separator}${segment}`;
      if (!segment.includes('*')) {
        return index === 0 || !last || isThere(here) ? [here] : [];
      }
      const listed = host.fs.readDir(base === '' ? paths.separator : base);
      if (!listed.ok) {
        if (listed.code === 'denied') {
          host.onDenied?.(base);
        }
        return [];
      }
      const test = nameTest(segment, host.os === 'windows');
      return listed.value
        .filter(({ name }) => test(name))
        .map(({ name }) => `${base}${paths.separator}${name}`)
        .sort();
    });
    if (found.length > MAX_MATCHES) {
      host.onCut?.(`more than ${MAX_MATCHES} places match ${pattern}`);
      found = found.slice(0, MAX_MATCHES);
    }
  }
  return found;
}

/** The variables of another account: those that lead into the home lead into its own. */
function envOf({ env, home: own }: Host, home: string): Host['env'] {
  const moved = ['APPDATA', 'LOCALAPPDATA', 'USERPROFILE'].flatMap((name) => {
    const value = env[name];
    return value?.startsWith(own) === true ? [[name, `${home}${value.slice(own.length)}`] as const] : [];
  });
  return home === own || moved.length === 0 ? env : { ...env, ...Object.fromEntries(moved) };
}

/** A place with `~` and `%NAME%` filled in; undefined where the host has no such variable, or one with a `*`. */
export function expandPlace(host: Host, place: string, paths: PathRules = pathRulesOf(host.os)): string | undefined {
  let missing = false;
  const text = place
    .replace(/^~(?=[\\/]|$)/, () => host.home)
    .replace(/%([^%]+)%/g, (_, name: string) => {
      const value = host.env[name];
      missing ||= value === undefined || value === '' || value.includes('*');
      return value ?? '';
    });
  return missing ? undefined : paths.normalize(text);
}

/** A test for names against a pattern with `*`: without a regular expression, whose making costs more than its use. */
function nameTest(pattern: string, foldCase: boolean): (name: string) => boolean {
  const folded = (text: string) => (foldCase ? text.toLowerCase() : text);
  const parts = folded(pattern).split('*');
  const first = parts.shift() ?? '';
  const last = parts.pop() ?? '';
  return (original) => {
    const name = folded(original);
    let at = first.length;
    if (!name.startsWith(first) || (first === '' && name.startsWith('.'))) {
      return false;
    }
    for (const part of parts) {
      const found = name.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}
