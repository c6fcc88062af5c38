import { closeSync, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Audit } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import { isInside } from './asset-path';

/** A source file is shown, not edited: more than this (bytes) is cut. */
const sourceLimit = 512 * 1024;

/** What is kept of the flake's code with an audit (characters): most flakes have a hundredth of it. */
const keptLimit = 1024 * 1024;

export interface SourceText {
  readonly text: string;
  /** True: the file goes on. */
  readonly cut: boolean;
}

/**
 * Reads a file of a flake, and no other: links are resolved before the folder is compared.
 *
 * @param flake the flake's folder
 * @param file absolute, or relative to the folder
 * @throws ProblemError `not-found`, `refused`
 */
export function readSourceFile(flake: string, file: string): SourceText {
  let root: string;
  let path: string;
  try {
    root = realpathSync(flake);
    path = realpathSync(isAbsolute(file) ? file : resolve(root, file));
  } catch {
    throw new ProblemError({ code: 'not-found', message: `${file} is no longer there.`, hint: 'Audit again.' });
  }
  if (!isInside(path, root)) {
    throw new ProblemError({ code: 'refused', message: `This was refused: ${file} is outside the flake.` });
  }
  const handle = openSync(path, 'r');
  try {
    if (!fstatSync(handle).isFile()) {
      throw new ProblemError({ code: 'refused', message: `This was refused: ${file} is not a file.` });
    }
    const buffer = Buffer.alloc(sourceLimit + 1);
    const length = readSync(handle, buffer, 0, buffer.length, 0);
    return { text: buffer.toString('utf8', 0, Math.min(length, sourceLimit)), cut: length > sourceLimit };
  } finally {
    closeSync(handle);
  }
}

/** The files of the flake that an audit's rows point into, as they are now; what cannot be read is left out. */
export function sourcesOf({ rows, target }: Pick<Audit, 'rows' | 'target'>): Readonly<Record<string, SourceText>> {
  const files = new Set(rows.flatMap(({ expected }) => expected?.position?.file ?? []));
  const sources: Record<string, SourceText> = {};
  let room = keptLimit;
  for (const file of files) {
    try {
      const source = readSourceFile(target.flake.path, file);
      room -= source.text.length;
      if (room < 0) {
        break;
      }
      sources[file] = source;
    } catch {
      // It is gone since the audit: then there is nothing to keep.
    }
  }
  return sources;
}
