import { suggestNames } from '../../nixpkgs';
import type { Session } from '../session';
import { closedSet, popularMembers } from './known-members';

const UPDATE = '`lockstep index update` brings the rest.';

/** Each search looks at all that a set is known to have: who asks for thousands of unknown names mistyped no one of them. */
const MAX_SEARCHES = 256;

/** Why the version of a member of a set is not known, and whether its name could be checked. */
export function unchecked({ nearestMembers }: Session, set: string, member: string): string {
  if (closedSet(set)?.names.has(member)) {
    return `The built-in index of versions has top-level packages only; ${UPDATE}`;
  }
  const popular = popularMembers(set);
  const asked = `${set}.${member}`;
  if (
    popular !== undefined &&
    !popular.has(member) &&
    nearestMembers.size < MAX_SEARCHES &&
    !nearestMembers.has(asked)
  ) {
    nearestMembers.set(asked, suggestNames(member, popular, (name) => popular.has(name), 1)[0]);
  }
  const near = nearestMembers.get(asked);
  const hint = near === undefined ? '' : ` ${set}.${near} is surely there.`;
  return `Not checked: the built-in index has top-level names only; ${UPDATE}${hint}`;
}
