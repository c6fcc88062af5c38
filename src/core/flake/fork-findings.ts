import type { Problem } from '../model/problem';
import type { DeclaredInput } from './declared-inputs';
import { refText } from './flake-ref';
import { originalOf, queryOf } from './inputs';
import { type Lock, rootInputs } from './lock';

/**
 * Inputs that are somebody's copies of a flake which is known here: they are read as the original, and what they do
 * otherwise nobody would see.
 *
 * @param declared what `flake.nix` says
 * @param lock the lock, where there is one: what it has counts
 */
export function forkFindings(declared: ReadonlyMap<string, DeclaredInput>, lock: Lock | undefined): readonly Problem[] {
  const locked = lock === undefined ? new Map() : rootInputs(lock);
  return [...declared.values()].flatMap((input): readonly Problem[] => {
    const node = locked.get(input.name);
    const ref = node?.original ?? node?.locked ?? input.ref;
    // What a company's own GitHub has may well be a mirror.
    const query = queryOf(input.name, ref, node?.locked);
    const original = refText(ref, 'host') === undefined ? originalOf(query) : undefined;
    return original === undefined
      ? []
      : [
          {
            code: 'input-fork',
            message: `Input \`${input.name}\` is a fork of ${original}, and is read as the original: what it does otherwise is not seen.`,
            hint: 'Only Nix itself can tell: add `--evaluator nix` where it is installed.',
            ...(input.position === undefined ? {} : { position: input.position }),
          },
        ];
  });
}
