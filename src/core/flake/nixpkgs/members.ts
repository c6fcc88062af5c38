import { branchOffOf, lineOfBranch, suggestNames, UNSTABLE } from '../../nixpkgs';
import { aliasedMember, closedSet, goneMember, popularMembers } from './known-members';
import { dateOf, type PackageContext } from './package';

/** How many near names to tell. */
const NEAR = 5;

/** Members that records lack because they have no version, or are functions. */
const UNRECORDED =
  /[Hh]ook|[wW]rap|^(?:build|call|disabled|extend|fetch|has|is|make|mk|new|override|python|recurse|required|to|with)(?:[A-Z]|$)|^_|^(?:bootstrap|overrides|pkgs|stdenv)$/;

const DAY = 86_400;

/** A revision with no known branch may be of a stable one, which left the main branch at most this long before. */
const LIFE_OF_A_BRANCH = 240 * DAY;
/** Channels follow the main branch by days. */
const LAG = 15 * DAY;

/**
 * Whether a set has a member: by the records of the very revision, where these have nested sets; else by what is known of
 * some sets by hand, as far as the records reach.
 *
 * @returns undefined where it cannot be told
 */
export function hasMember(context: PackageContext, set: string, member: string): boolean | undefined {
  const { index } = context.session;
  const { pin, fork } = context.source;
  if (fork !== undefined || !context.overlays.areKnown || context.prefix !== '') {
    return undefined;
  }
  const recorded = pin.revision === undefined ? undefined : index.hasMember(set, member, pin.revision);
  if (recorded === true) {
    return true;
  }
  if (recorded === false) {
    const like = (name: string) => name.toLowerCase().replaceAll(/[-_.]/g, '');
    const mayBeAlias =
      aliasedMember(set, member) ||
      index.suggestMembers(set, member, pin.revision ?? '').some((name) => like(name) === like(member));
    return UNRECORDED.test(member) || mayBeAlias ? undefined : false;
  }
  if (wasRemoved(context, set, member) !== undefined) {
    return false;
  }
  const closed = closedSet(set);
  return closed === undefined || !isWithinRecords(context)
    ? undefined
    : closed.names.has(member) || (closed.others?.test(member) ?? false);
}

/** Why a set lacks a member, as far as it is known. */
export function memberAbsence(context: PackageContext, set: string, member: string): string {
  const what = wasRemoved(context, set, member);
  return what === undefined
    ? `this nixpkgs has no ${set}.${member}`
    : `nixpkgs took ${set}.${member} out on ${what[0]}: ${what[1]}`;
}

/** Near names among the members of a set. */
export function nearMembers(context: PackageContext, set: string, member: string): readonly string[] {
  const { revision } = context.source.pin;
  const recorded = revision === undefined ? [] : context.session.index.suggestMembers(set, member, revision, NEAR);
  const known = closedSet(set)?.names ?? popularMembers(set) ?? new Set<string>();
  return recorded.length > 0 ? recorded : suggestNames(member, known, (name) => known.has(name), NEAR);
}

/** Whether this nixpkgs is not newer than the records: what nixpkgs got later nobody here can know. */
export function isWithinRecords(context: Pick<PackageContext, 'session' | 'source'>): boolean {
  const date = dateOf(context);
  const end = Math.max(...context.session.index.info().lines.map((line) => line.last.date));
  return date !== undefined && date <= end;
}

function wasRemoved(context: PackageContext, set: string, member: string): ReturnType<typeof goneMember> {
  const gone = goneMember(set, member);
  const date = dateOf(context);
  if (gone === undefined || date === undefined) {
    return undefined;
  }
  const { branch, revision } = context.source.pin;
  const line =
    (revision === undefined ? undefined : context.session.index.revisionInfo(revision)?.line) ??
    (branch === undefined ? undefined : lineOfBranch(branch));
  const left = line === UNSTABLE ? date - LAG : line === undefined ? date - LIFE_OF_A_BRANCH : branchOffOf(line)?.from;
  return left !== undefined && Math.min(left, date) > Date.parse(gone[0]) / 1000 ? gone : undefined;
}
