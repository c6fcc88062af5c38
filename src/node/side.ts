import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Column } from '../core/diff/columns';
import type { AuditProgress } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import type { Snapshot } from '../core/model/snapshot';
import type { LockstepDocument } from '../core/report/read-document';
import { readDocumentFile } from './document-file';
import { checkOutRevision, hasRevision } from './git-revision';
import { openHost } from './host-spec';
import { localHost } from './local-host';
import { loadIndex } from './nixpkgs-index';
import type { SnapshotOptions } from './probe-host';
import { FLAKE_FILE, sideKindOf } from './side-kind';
import { takeSnapshot } from './snapshot';
import { readTarget } from './target';

export interface SideOptions extends Pick<SnapshotOptions, 'pathContext' | 'deadlines'> {
  /** Relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The time of a snapshot that is taken. */
  readonly now: Date;
  /** Of flakes; left out: this machine's own. */
  readonly system?: string | undefined;
  /** Of flakes; left out: the shell that `nix develop` opens. */
  readonly shell?: string | undefined;
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const HOST_WORD = /^(?:rootfs|image|recorded):./s;

/**
 * One side of a comparison: a saved snapshot, target or audit (whose snapshot is taken), a container image, a root file
 * system, a flake's folder or `flake.nix`, either of them at a git revision (`flake.nix@HEAD~1`), a host
 * (`rootfs:DIR`, `image:FILE`, `recorded:FILE`), or `here` (or `local`) for this machine.
 *
 * @throws ProblemError for what cannot be read
 */
export async function readSide(word: string, options: SideOptions): Promise<Column> {
  const { cwd, env } = options;
  if (word === 'here' || (word === 'local' && sideKindOf(resolve(cwd, word)) === undefined)) {
    return { label: 'here', kind: 'snapshot', snapshot: await snapshotOf('local', options) };
  }
  if (HOST_WORD.test(word)) {
    return { label: word, kind: 'snapshot', snapshot: await snapshotOf(word, options) };
  }
  const path = resolve(cwd, word);
  switch (sideKindOf(path)) {
    case 'document':
      return documentSide(path, options.shell);
    case 'image':
      return { label: basename(path), kind: 'snapshot', snapshot: await snapshotOf(`image:${path}`, options) };
    case 'rootfs':
      return { label: basename(path), kind: 'snapshot', snapshot: await snapshotOf(`rootfs:${path}`, options) };
    case 'flake':
      return flakeSide(path, word, options);
    case undefined:
      break;
  }
  const [place, revision] = placeAndRevision(word, cwd);
  if (place === undefined || revision === undefined) {
    throw new ProblemError({
      code: 'operand-not-found',
      message: `There is no ${word}.`,
      hint: 'Give a saved snapshot, target or audit, an image, a flake (also as flake.nix@HEAD~1), or "here" for this machine.',
    });
  }
  const at = resolve(cwd, place === '' ? '.' : place);
  const checkout = checkOutRevision(FLAKE_FILE.test(basename(at)) ? dirname(at) : at, revision);
  try {
    return await flakeSide(checkout.folder, word, { ...options, env });
  } finally {
    checkout.remove();
  }
}

/**
 * `flake.nix@HEAD~1` → `flake.nix`, `HEAD~1`; Git's `HEAD@{2}` has an `@` of its own, `@{2}` is one, and a revision alone
 * is of the flake here.
 */
function placeAndRevision(
  word: string,
  cwd: string,
): readonly [place: string | undefined, revision: string | undefined] {
  const [, place, named] = /^(.*?)@([^@]*@\{[^{}]*\})$/.exec(word) ?? /^(.*)@([^@]+)$/.exec(word) ?? [];
  const revision = named?.startsWith('{') ? `@${named}` : named;
  if (place !== undefined && (place === '' || existsSync(resolve(cwd, place)))) {
    return [place, revision];
  }
  return existsSync(join(cwd, 'flake.nix')) && hasRevision(cwd, word) ? ['.', word] : [place, revision];
}

function documentSide(path: string, shell: string | undefined): Column {
  return documentColumn(readDocumentFile(path), basename(path).replace(/\.json$/, ''), shell);
}

/** A saved snapshot or target, or the snapshot of a saved audit, as one side. */
export function documentColumn(read: LockstepDocument, label: string, shell: string | undefined): Column {
  return read.kind === 'target'
    ? { label, kind: 'target', target: read.document, shell }
    : { label, kind: 'snapshot', snapshot: read.kind === 'audit' ? read.document.snapshot : read.document };
}

async function snapshotOf(
  spec: string,
  { cwd, env, now, onProgress, signal, pathContext, deadlines }: SideOptions,
): Promise<Snapshot> {
  const host = await openHost(spec, cwd, env);
  try {
    signal?.throwIfAborted();
    // Whose PATH it is, and how long programs may be asked, is this machine's affair.
    const here = spec === 'local' ? { pathContext, deadlines } : {};
    return await takeSnapshot({ host, now, onProgress, signal, ...here });
  } finally {
    host.close?.();
  }
}

async function flakeSide(path: string, label: string, options: SideOptions): Promise<Column> {
  const { system, shell, onProgress, signal } = options;
  const { arch, os } = localHost(options.env);
  const target = await readTarget({
    folder: FLAKE_FILE.test(basename(path)) ? dirname(path) : path,
    system: system ?? `${arch}-${os === 'windows' ? 'linux' : os}`,
    index: loadIndex(),
    outputs: shell === undefined ? undefined : [shell],
    onProgress,
    signal,
  });
  return { label, kind: 'target', target, shell };
}
