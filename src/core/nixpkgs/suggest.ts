import { editDistance } from '../edit-distance';
import { compareNixVersions } from '../version/nix';
import { renames } from './renames';

/** Longer names are not looked at: no attribute is that long. */
const LONGEST = 100;

/**
 * Names near to one that does not exist, best first.
 *
 * @param name what was asked for
 * @param names all names that there are
 * @param exists whether a name exists where it was asked for; called for the best candidates only
 * @param limit how many to give at most
 */
export function suggestNames(
  name: string,
  names: Iterable<string>,
  exists: (name: string) => boolean,
  limit: number,
): readonly string[] {
  if (name.length === 0 || name.length > LONGEST) {
    return [];
  }
  const known = (Object.hasOwn(renames, name.toLowerCase()) ? renames[name.toLowerCase()] : undefined) ?? [];
  const ranked: { readonly candidate: string; readonly score: number }[] = [];
  const scoreOf = scorer(name);
  const isNested = name.includes('.');
  for (const candidate of names) {
    const score = candidate.includes('.') === isNested ? scoreOf(candidate) : undefined;
    // Where the meant package is known, what merely looks like the word is noise.
    if (score !== undefined && (known.length === 0 || score <= 1)) {
      ranked.push({ candidate, score });
    }
  }
  // Of versions of one thing the newest is the most likely to be wanted.
  ranked.sort((a, b) => a.score - b.score || compareNixVersions(b.candidate, a.candidate));
  const best: string[] = [];
  for (const candidate of [...known, ...ranked.map((entry) => entry.candidate)]) {
    // A nested name from the table cannot be looked up, and is right whatever the revision.
    if (candidate !== name && !best.includes(candidate) && (candidate.includes('.') || exists(candidate))) {
      best.push(candidate);
      if (best.length === limit) {
        break;
      }
    }
  }
  return best;
}

/** How near a candidate is to the name that was asked for: lower is nearer; `undefined`: not near at all. */
function scorer(name: string): (candidate: string) => number | undefined {
  const asked = normalise(name);
  const stem = asked.replace(VERSION, '');
  const isVersioned = stem.length >= 2 && stem !== asked;
  const limit = asked.length <= 3 ? 1 : asked.length <= 6 ? 2 : 3;
  return (candidate) => {
    if (candidate.length > LONGEST) {
      return undefined;
    }
    const offered = normalise(candidate);
    if (asked === offered) {
      return 0;
    }
    if (isVersioned && offered.startsWith(stem) && offered.replace(VERSION, '') === stem) {
      return 0.5;
    }
    const distance = editDistance(asked, offered, limit);
    if (distance <= limit) {
      return distance + (asked[0] === offered[0] ? 0 : 0.4);
    }
    if (asked.length >= 4 && offered.startsWith(asked)) {
      return 2.2 + (offered.length - asked.length) / 50;
    }
    return undefined;
  };
}

const VERSION = /\d+$/;

/** Case and the separators of names do not tell packages apart: `docker_compose`, `Docker-Compose`. */
function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}
