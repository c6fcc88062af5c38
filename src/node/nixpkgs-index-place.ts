import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../core/model/problem';
import { dataFolder } from './data-folder';

/** Where the index lies below the folder that Lockstep is installed in. */
const BUILT_IN = join('resources', 'nixpkgs-index', 'nixpkgs-index.bin');

/** Where `lockstep index update` keeps the user's index. */
export function updatedIndexPath(folder: string = dataFolder()): string {
  return join(folder, 'nixpkgs-index.bin');
}

/**
 * The index that Lockstep came with: in the nearest folder above this module that has it, which holds for the sources,
 * the bundles in `out/` and the packaged app alike.
 *
 * @throws ProblemError `index-missing`
 */
export function builtInIndexPath(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, BUILT_IN);
    if (existsSync(path)) {
      return path;
    }
    if (folder === dirname(folder)) {
      throw new ProblemError({
        code: 'index-missing',
        message: 'The nixpkgs version index is missing from this installation.',
        hint: 'Install Lockstep again; in a checkout, restore resources/nixpkgs-index.',
        detail: `looked for ${BUILT_IN} in ${start} and above`,
      });
    }
  }
}
