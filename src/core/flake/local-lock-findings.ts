import type { Problem } from '../model/problem';
import { declaredAt, localFolder } from './flake-inputs';
import { type Lock, rootInputs } from './lock';
import { attempt, type Session } from './session';

/**
 * Inputs that flakes in folders of this one have been given since it was locked: Nix would lock them anew.
 *
 * @param lock the lock of the flake itself
 */
export function localLockFindings(session: Session, lock: Lock): readonly Problem[] {
  return [...rootInputs(lock)].flatMap(([name, node]) => {
    const source = { input: name, original: node.original, locked: node.locked };
    const isOwn = node.isFlake && (node.parent ?? []).length === 0;
    const folder = isOwn ? localFolder(session, session.folder, source) : undefined;
    // What is wrong with the flake itself is told where something of it is asked for.
    const declared = folder === undefined ? undefined : attempt(() => declaredAt(session, folder));
    return [...(declared?.ok ? (declared.value ?? []) : [])]
      .filter(([own]) => !node.inputs.has(own))
      .map(([own, { position }]) => ({
        code: 'lock-stale',
        message: `The lock file does not have the input \`${own}\` of \`${name}\`, which the flake.nix of \`${name}\` declares.`,
        hint: 'Run `nix flake lock` and commit flake.lock.',
        ...(position === undefined ? {} : { position }),
      }));
  });
}
