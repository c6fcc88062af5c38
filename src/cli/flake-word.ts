import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a user means by a word on the command line. */
export interface FlakeWord {
  readonly folder: string;
  /** `nixosConfigurations.laptop` of `.#nixosConfigurations.laptop`. */
  readonly output?: string;
}

/**
 * A flake's folder, with an output after `#` as Nix writes it. A folder whose name has a `#` is meant as it is.
 *
 * @param cwd what relative folders start from
 */
export function parseFlakeWord(word: string, cwd: string): FlakeWord {
  const at = word.indexOf('#');
  if (at === -1 || lstatSync(resolve(cwd, word), { throwIfNoEntry: false }) !== undefined) {
    return { folder: resolve(cwd, word) };
  }
  const output = word.slice(at + 1);
  const folder = resolve(cwd, at === 0 ? '.' : word.slice(0, at));
  return output === '' ? { folder } : { folder, output };
}
