import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Column } from '../core/diff/matrix';
import { ProblemError } from '../core/model/problem';
import { checkOutRevision } from '../node/git-revision';
import { localHost } from '../node/local-host';
import { loadIndex } from '../node/nixpkgs-index';
import { takeSnapshot } from '../node/snapshot';
import { readDocumentFile } from '../node/store-file';
import { readTarget } from '../node/target';
import type { CliIo } from './io';

export interface OperandOptions {
  readonly system: string | undefined;
  readonly shell: string | undefined;
}

/**
 * One side of `lockstep diff`: a saved snapshot, target or audit (whose snapshot is taken), a flake's folder or
 * `flake.nix`, either of them at a git revision (`flake.nix@HEAD~1`), or `here` for this machine.
 *
 * @throws ProblemError for what cannot be read
 */
export async function readOperand(word: string, { system, shell }: OperandOptions, io: CliIo): Promise<Column> {
  if (word === 'here') {
    const snapshot = await takeSnapshot({ host: localHost(io.env), now: io.now() });
    return { label: 'here', kind: 'snapshot', snapshot };
  }
  const path = resolve(io.cwd, word);
  const kind = kindOf(path);
  if (kind === 'file' && basename(path) !== 'flake.nix') {
    const read = readDocumentFile(path);
    const label = basename(path).replace(/\.json$/, '');
    return read.kind === 'target'
      ? { label, kind: 'target', target: read.document, shell }
      : { label, kind: 'snapshot', snapshot: read.kind === 'audit' ? read.document.snapshot : read.document };
  }
  if (kind !== undefined) {
    return flake(kind === 'file' ? dirname(path) : path, word, system, shell);
  }
  const [, place, revision] = /^(.*)@([^@]+)$/.exec(word) ?? [];
  if (place === undefined || revision === undefined) {
    throw new ProblemError({
      code: 'operand-not-found',
      message: `There is no ${word}.`,
      hint: 'Give a saved snapshot, target or audit, a flake (also as flake.nix@HEAD~1), or "here" for this machine.',
    });
  }
  const at = resolve(io.cwd, place === '' ? '.' : place);
  const checkout = checkOutRevision(basename(at) === 'flake.nix' ? dirname(at) : at, revision);
  try {
    return await flake(checkout.folder, word, system, shell);
  } finally {
    checkout.remove();
  }
}

async function flake(
  folder: string,
  label: string,
  system: string | undefined,
  shell: string | undefined,
): Promise<Column> {
  const { arch, os } = localHost();
  const target = await readTarget({
    folder,
    system: system ?? `${arch}-${os === 'windows' ? 'linux' : os}`,
    index: loadIndex(),
  });
  return { label, kind: 'target', target, shell };
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : stat.isDirectory() ? 'folder' : 'file';
}
