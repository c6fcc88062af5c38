import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { sep } from 'node:path';
import type { HostFileSystem } from '../core/host/host';
import { ProblemError } from '../core/model/problem';
import { type NixpkgsIndex, openIndex, peekIndex } from '../core/nixpkgs';
import { builtInIndexPath, updatedIndexPath } from './nixpkgs-index-place';

/**
 * Opens the nixpkgs version index: one read, then a fraction of a millisecond for each attribute that is asked.
 *
 * @param path another file than the one that is in use
 * @throws ProblemError `index-missing`, `index-unreadable`, `index-broken`
 */
export function loadIndex(path: string = chooseIndex().path): NixpkgsIndex {
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

/** Has a file system look at what decides which index is in use, and at the index. */
export function noteIndex(fs: HostFileSystem): void {
  for (const path of [updatedIndexPath(), builtInIndexPath()]) {
    // What lies in the archive of the packaged app has no times of its own; the name of the build stands for it.
    if (!path.includes(`.asar${sep}`)) {
      fs.stat(path);
    }
  }
}

/** Which index file is in use. */
export interface ChosenIndex {
  readonly path: string;
  /** `built-in`: the one that Lockstep came with; `updated`: the user's, made by `lockstep index update`. */
  readonly kind: 'built-in' | 'updated';
  /** Why the user's file is there and not used, a sentence. */
  readonly notice?: string;
}

/**
 * The user's index where it has more revisions than the built-in one, which a newer Lockstep may have overtaken.
 *
 * @param updated where the user's may be
 * @param path of the built-in one
 * @throws ProblemError `index-missing`
 */
export function chooseIndex(updated: string = updatedIndexPath(), path: string = builtInIndexPath()): ChosenIndex {
  const own = peek(updated);
  if (own === 'missing') {
    return { path, kind: 'built-in' };
  }
  if (own === 'broken') {
    const notice = `${updated} is broken and not used; "lockstep index update" makes it anew.`;
    return { path, kind: 'built-in', notice };
  }
  const builtIn = peek(path);
  return typeof builtIn === 'object' && builtIn.revisions >= own.revisions
    ? { path, kind: 'built-in', notice: `${updated} is older than the index that Lockstep came with, and not used.` }
    : { path: updated, kind: 'updated' };
}

function peek(path: string): { readonly revisions: number } | 'missing' | 'broken' {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'broken';
  }
  try {
    const head = new Uint8Array(64);
    return peekIndex(head.subarray(0, readSync(file, head, 0, head.length, 0))) ?? 'broken';
  } catch {
    return 'broken';
  } finally {
    closeSync(file);
  }
}
