import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../core/model/problem';
import { type NixpkgsIndex, openIndex } from '../core/nixpkgs';

/** Where the index lies below the folder that Lockstep is installed in. */
const BUILT_IN = join('resources', 'nixpkgs-index', 'nixpkgs-index.bin');

/**
 * Opens the nixpkgs version index: one read of 1.2 MB, a fraction of a millisecond for each attribute that is asked.
 *
 * @param path another file than the one that Lockstep came with
 * @throws ProblemError `index-missing`, `index-unreadable`, `index-broken`
 */
export function loadIndex(path: string = builtInIndexPath()): NixpkgsIndex {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new ProblemError(
      {
        code: 'index-unreadable',
        message: `The nixpkgs version index ${path} cannot be read.`,
        hint: 'Check that the file is there and readable, or install Lockstep again.',
        detail: error instanceof Error ? error.message : String(error),
      },
      { cause: error },
    );
  }
  return openIndex(bytes);
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
