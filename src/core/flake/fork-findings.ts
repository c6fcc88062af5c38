import type { Problem } from '../model/problem';
import type { NixpkgsIndex } from '../nixpkgs';
import type { DeclaredInput } from './declared-inputs';
import { type FlakeRef, formatFlakeRef, refText } from './flake-ref';
import { originalOf, queryOf } from './inputs';
import { type Lock, rootInputs } from './lock';
import { recogniseNixpkgs } from './nixpkgs/pin';

/**
 * Inputs that are somebody's copies of a flake which is known here: they are read as the original, and what they do
 * otherwise nobody would see.
 *
 * @param declared what `flake.nix` says
 * @param lock the lock, where there is one: what it has counts
 * @param index the revisions of nixpkgs proper, which are the same in a fork
 */
export function forkFindings(
  declared: ReadonlyMap<string, DeclaredInput>,
  lock: Lock | undefined,
  index: NixpkgsIndex,
): readonly Problem[] {
  const locked = lock === undefined ? new Map() : rootInputs(lock);
  return [...declared.values()].flatMap((input): readonly Problem[] => {
    const node = locked.get(input.name);
    const ref = node?.original ?? node?.locked ?? input.ref;
    // What a company's own GitHub has may well be a mirror.
    const query = queryOf(input.name, ref, node?.locked);
    const isMirror = refText(ref, 'host') !== undefined;
    const isNixpkgs = !isMirror && isNixpkgsFork(ref, node?.locked, index);
    const original = isMirror ? undefined : isNixpkgs ? 'NixOS/nixpkgs' : originalOf(query);
    const otherwise = isNixpkgs ? 'packages that it changes are not seen' : 'what it does otherwise is not seen';
    return original === undefined
      ? []
      : [
          {
            code: 'input-fork',
            message: `Input \`${input.name}\` is a fork of ${original}, and is read as the original: ${otherwise}.`,
            hint: 'Only Nix itself can tell: add `--evaluator nix` where it is installed.',
            ...(input.position === undefined ? {} : { position: input.position }),
          },
        ];
  });
}

/** Whether a reference is somebody's nixpkgs on a forge where mirrors are rare, at a revision that is not of nixpkgs proper. */
function isNixpkgsFork(ref: FlakeRef | undefined, locked: FlakeRef | undefined, index: NixpkgsIndex): boolean {
  const found = recogniseNixpkgs(ref, locked);
  const isThere = ref !== undefined && /^(?:github|gitlab|sourcehut):|\bgithub\.com[/:]/.test(formatFlakeRef(ref));
  const revision = found?.pin.revision;
  return isThere && found?.fork !== undefined && (revision === undefined || index.revisionInfo(revision) === undefined);
}
