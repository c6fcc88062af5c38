import { resolve } from 'node:path';
import { ProblemError } from '../core/model/problem';
import { linkStatOf } from '../node/stat';

/** What a user means by a word on the command line. */
export interface FlakeWord {
  readonly folder: string;
  /** `nixosConfigurations.laptop` of `.#nixosConfigurations.laptop`. */
  readonly output?: string;
}

/**
 * A flake's folder, also as `path:FOLDER`, with an output after `#` as Nix writes it. What is there under the whole word is
 * meant as it is: a folder's name may have a `#` or a colon.
 *
 * @param cwd what relative folders start from
 * @throws ProblemError `flake-elsewhere` for a flake that would have to be fetched
 */
export function parseFlakeWord(word: string, cwd: string): FlakeWord {
  if (linkStatOf(resolve(cwd, word)) !== undefined) {
    return { folder: resolve(cwd, word) };
  }
  const [, scheme, rest = word] = /^([a-z][a-z+]+):(.*)$/s.exec(word) ?? [];
  if (scheme !== undefined && scheme !== 'path') {
    throw new ProblemError({
      code: 'flake-elsewhere',
      message: `${word} is not on this machine, and Lockstep fetches nothing.`,
      hint: 'Clone it, and name its folder.',
    });
  }
  const [, place = '', output = ''] = /^([^#]*)#?(.*)$/s.exec(rest) ?? [];
  const folder = resolve(cwd, place === '' ? '.' : place);
  return output === '' ? { folder } : { folder, output };
}
