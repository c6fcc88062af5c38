import { minorKey } from '../version/minor-key';
import { compareNixVersions } from '../version/nix';
import { type BranchOff, branchOffOf, lineOfBranch, stableLinesAt, UNSTABLE } from './channels';
import type { Estimate, NixpkgsPin } from './model';
import { nameSaysMinor, steadiness } from './stable-lines';
import { bracketAt, type Timeline, versionsBetween } from './timeline';

/** What to do about a lock that is newer than the records. */
const UPDATE = '`lockstep index update` brings newer records.';

/** What an estimate is made from. */
export interface EstimateSource {
  readonly timelines: ReadonlyMap<string, Timeline>;
  /** Version of the attribute by column. */
  readonly versionAt: (column: number) => string | undefined;
  readonly attribute: string;
}

/** What one line of development says: `versions` holds those that the attribute may have had, `undefined` for absent. */
interface Guess {
  readonly versions?: ReadonlySet<string | undefined>;
  readonly reason: string;
}

/**
 * The likely version of an attribute where its revision is not recorded.
 *
 * On a recorded line: the versions that it had between the last revision that is surely older and the first that is
 * surely newer. On a stable line that is not recorded: the version with which the line left the unstable one, if the
 * attribute kept its minor version in all stable lines that are recorded, else from that one to what unstable had at
 * the time. Without a branch: what all lines of the time agree on. After the end of the records: nothing, unless the
 * name says the minor version (`python312`).
 */
export function estimateVersion(source: EstimateSource, pin: NixpkgsPin): Estimate {
  const time = pin.lastModified;
  if (time === undefined) {
    const what = pin.revision === undefined ? 'Not locked' : 'Nothing says of when this nixpkgs is';
    return unknown(`${what}${latestKnown(source, pin.branch)}.`);
  }
  const line = pin.branch === undefined ? undefined : lineOfBranch(pin.branch);
  if (line !== undefined) {
    return conclude(guessOn(source, line, time));
  }
  const what = pin.branch === undefined ? 'No branch is named' : `Branch ${pin.branch} is not a channel`;
  const guesses = [UNSTABLE, ...stableLinesAt(time)].map((candidate) => guessOn(source, candidate, time));
  const open = guesses.find(({ versions }) => versions === undefined);
  if (open !== undefined) {
    return unknown(`${what}. ${open.reason}`);
  }
  const versions = new Set(guesses.flatMap((guess) => [...(guess.versions ?? [])]));
  return conclude({ versions, reason: `${what}: this is what the channels had on ${day(time)}.` });
}

function guessOn(source: EstimateSource, line: string, time: number): Guess {
  const timeline = source.timelines.get(line);
  const branchOff = branchOffOf(line);
  if (timeline !== undefined && (branchOff === undefined || time >= branchOff.to)) {
    return between(source, timeline, time, time);
  }
  if (branchOff === undefined) {
    return { reason: `Nothing is recorded of ${line}.` };
  }
  const unstable = source.timelines.get(UNSTABLE);
  return unstable !== undefined && time < branchOff.from
    ? between(source, unstable, time, time)
    : afterBranchOff(source, line, branchOff, time);
}

function between(source: EstimateSource, timeline: Timeline, from: number, to: number): Guess {
  const { before } = bracketAt(timeline, from);
  const { after } = bracketAt(timeline, to);
  if (before === undefined) {
    return { reason: `Records of ${timeline.line} begin on ${day(timeline.first.date)}.` };
  }
  if (after === undefined) {
    const version = source.versionAt(timeline.columns.at(-1) as number);
    const end = `Records of ${timeline.line} end on ${day(timeline.last.date)}`;
    if (version !== undefined && nameSaysMinor(source.attribute, version)) {
      return { versions: new Set([version]), reason: `${end} with ${version}; the name says the minor version.` };
    }
    return {
      reason: `${end}; ${version === undefined ? 'it was not there then' : `it was ${version} then`}. ${UPDATE}`,
    };
  }
  return {
    versions: versionsBetween(timeline, source.versionAt, before.column, after.column),
    reason: `Between the recorded revisions of ${day(before.date)} and ${day(after.date)} on ${timeline.line}`,
  };
}

/** A stable line starts with what unstable had, moves seldom, and never past unstable. */
function afterBranchOff(source: EstimateSource, line: string, branchOff: BranchOff, time: number): Guess {
  const unstable = source.timelines.get(UNSTABLE);
  const start = unstable && between(source, unstable, branchOff.from, branchOff.to).versions;
  const left = `${line} is not recorded; it left unstable around ${day(branchOff.to)}`;
  if (unstable === undefined || start === undefined) {
    return { reason: `${left}, where the records do not reach.` };
  }
  const had = `${left} with ${listed(start)}`;
  const versions = [...start].filter((version) => version !== undefined).sort(compareNixVersions);
  const latest = versions.at(-1);
  if (latest !== undefined && new Set(versions.map(minorKey)).size === 1 && steadiness(source, latest) === 'steady') {
    return { versions: new Set([latest]), reason: `${had}, and stable lines keep its minor version.` };
  }
  const now = between(source, unstable, time, time).versions;
  if (now === undefined) {
    return { reason: `${had}, and may have moved since.` };
  }
  return { versions: new Set([...start, ...now]), reason: `${had}; unstable had ${listed(now)} at this time.` };
}

function listed(versions: ReadonlySet<string | undefined>): string {
  return [...versions].map((version) => version ?? 'none').join(' or ');
}

function conclude({ versions, reason }: Guess): Estimate {
  if (versions === undefined) {
    return unknown(reason);
  }
  const present = [...versions].filter((version) => version !== undefined).sort(compareNixVersions);
  const [lowest, highest] = [present[0], present.at(-1)];
  if (lowest === undefined || highest === undefined) {
    return unknown(reason.endsWith('.') ? reason : `${reason} it was not there.`);
  }
  if (present.length === 1) {
    return {
      version: lowest,
      certainty: 'estimate',
      reason: reason.endsWith('.') ? reason : `${reason} it was ${lowest}.`,
    };
  }
  return {
    version: `${lowest} – ${highest}`,
    certainty: 'range',
    reason: reason.endsWith('.') ? reason : `${reason} it went from ${lowest} to ${highest}.`,
  };
}

function unknown(reason: string): Estimate {
  return { certainty: 'unknown', reason };
}

function latestKnown(source: EstimateSource, branch: string | undefined): string {
  const timeline = source.timelines.get((branch && lineOfBranch(branch)) ?? UNSTABLE);
  const version = timeline && source.versionAt(timeline.columns.at(-1) as number);
  return version === undefined ? '' : `; on ${day(timeline?.last.date ?? 0)} ${timeline?.line} had ${version}`;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
