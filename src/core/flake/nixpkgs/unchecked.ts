import { suggestNames } from '../../nixpkgs';
import { closedSet, popularMembers } from './known-members';

const UPDATE = '`lockstep index update` brings the rest.';

/** Why the version of a member of a set is not known, and whether its name could be checked. */
export function unchecked(set: string, member: string): string {
  if (closedSet(set)?.names.has(member)) {
    return `The built-in index of versions has top-level packages only; ${UPDATE}`;
  }
  const popular = popularMembers(set);
  const [near] =
    popular === undefined || popular.has(member) ? [] : suggestNames(member, popular, (name) => popular.has(name), 1);
  const hint = near === undefined ? '' : ` ${set}.${near} is surely there.`;
  return `Not checked: the built-in index has top-level names only; ${UPDATE}${hint}`;
}
