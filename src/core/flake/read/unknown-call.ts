import { Attrs, type Opaque, type Slot, UnknownResult } from '../../nix';
import { attempt, type Session } from '../session';

/** The function that was called: `mkShell`, which `mkShell.override { … }` is as well. */
export function calledName({ path }: Opaque): string {
  return (path.at(-2) === 'override' ? path.at(-3) : path.at(-2)) ?? '';
}

/** The set that a function of a flake that is not known was called with, where it was one. */
export function givenArguments(session: Session, value: Opaque): Attrs | undefined {
  const given = value instanceof UnknownResult ? attempt(() => session.evaluator.force(value.argument)) : undefined;
  return given?.ok && given.value instanceof Attrs ? given.value : undefined;
}

/**
 * What a function of a flake that is not known joins under one name, as `buildEnv` does: what it makes of that has
 * those packages, and none of its own.
 *
 * @returns undefined where no such function was called, or not with a list that can be read
 */
export function joinedParts(session: Session, value: Opaque): Slot | undefined {
  const given = /^(?:buildEnv|symlinkJoin)$/.test(calledName(value)) ? givenArguments(session, value) : undefined;
  const paths = given?.get('paths');
  const list = paths === undefined ? undefined : attempt(() => session.evaluator.force(paths));
  return list?.ok && Array.isArray(list.value) ? paths : undefined;
}
