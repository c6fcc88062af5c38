import { findMatch } from '../../nix/regex/match';
import { compileRegex } from '../../nix/regex/program';
import { parseRegex, RegexError } from '../../nix/regex/syntax';
import { isUnknown, type World } from './world';

/** Names that are listed where nothing else is asked for (run-parts(8) of Debian). */
const PLAIN_NAME = '^[a-zA-Z0-9_-]+$';

/**
 * What `run-parts --list` prints, by which the /etc/profile of Debian 13 finds the files of /etc/profile.d: the files of a
 * folder whose names match a POSIX extended expression, in the order of their bytes, a line each.
 *
 * @returns undefined where it would run something, or is asked in a way that files do not answer
 */
export function listParts(world: World, args: readonly string[]): string | undefined {
  let pattern = PLAIN_NAME;
  let folder: string | undefined;
  let lists = false;
  let reversed = false;
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    if (word === '--list') {
      lists = true;
    } else if (word === '--reverse') {
      reversed = true;
    } else if (word === '--regex') {
      i += 1;
      pattern = args[i] ?? '';
    } else if (word.startsWith('--regex=')) {
      pattern = word.slice('--regex='.length);
    } else if (word.startsWith('-') || folder !== undefined) {
      return undefined;
    } else {
      folder = word.replace(/\/+$/, '');
    }
  }
  const matches = isUnknown(pattern) ? undefined : matcher(pattern);
  if (!lists || folder === undefined || matches === undefined) {
    return undefined;
  }
  world.fuel -= 10;
  const listed = world.fuel > 0 ? world.host.fs.readDir(folder) : undefined;
  if (listed?.ok !== true) {
    return undefined;
  }
  const names = listed.value.filter(({ name, kind }) => kind !== 'directory' && matches(name)).map(({ name }) => name);
  names.sort();
  return (reversed ? names.reverse() : names).map((name) => `${folder}/${name}\n`).join('');
}

function matcher(pattern: string): ((name: string) => boolean) | undefined {
  try {
    const program = compileRegex(parseRegex(pattern));
    const options = { from: 0, anchored: false, whole: false, notEmpty: false, spend: () => undefined };
    return (name) => findMatch(program, name, options) !== undefined;
  } catch (error) {
    if (error instanceof RegexError) {
      return undefined;
    }
    throw error;
  }
}
