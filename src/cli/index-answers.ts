import { ProblemError } from '../core/model/problem';
import type { Existence, NixpkgsIndex, NixpkgsPin, Resolution, RevisionInfo, VersionRun } from '../core/nixpkgs';
import { compareNixVersions } from '../core/version';

/** What `lockstep index lookup` says of one attribute. */
export interface PackageAnswer extends Resolution {
  readonly attribute: string;
  readonly existence: Existence['state'];
  /** Near names, where there is no version. */
  readonly suggestions?: readonly string[];
}

/** A revision as JSON has it: dates as ISO 8601. */
export interface RevisionAnswer extends Omit<RevisionInfo, 'date'> {
  readonly date: string;
}

/** A run of a version as JSON has it. */
export interface RunAnswer {
  readonly line: string;
  readonly version: string;
  readonly revisions: number;
  readonly first: RevisionAnswer;
  readonly last: RevisionAnswer;
}

/** What the index knows of one attribute at a pin, with near names where there is none of that name. */
export function answerPackage(index: NixpkgsIndex, attribute: string, pin: NixpkgsPin): PackageAnswer {
  const resolution = index.resolve(attribute, pin);
  const existence = index.existence(attribute, pin).state;
  const suggestions = existence === 'unlisted' || existence === 'absent' ? index.suggest(attribute, pin) : [];
  return { attribute, ...resolution, existence, ...(suggestions.length > 0 ? { suggestions } : {}) };
}

/** A revision for scripts and people: its date as ISO 8601. */
export function answerRevision(revision: RevisionInfo): RevisionAnswer {
  return { ...revision, date: isoTime(revision.date) };
}

/**
 * Where an attribute had which version, newest last.
 *
 * @throws ProblemError `attribute-unknown`, with near names
 */
export function answerRuns(index: NixpkgsIndex, attribute: string): readonly RunAnswer[] {
  const runs = index.history(attribute);
  if (runs.length === 0) {
    const near = index.suggest(attribute);
    throw new ProblemError({
      code: 'attribute-unknown',
      message: `No recorded revision of nixpkgs has ${attribute} with a version.`,
      hint:
        near.length > 0
          ? `Did you mean ${near.join(', ')}?`
          : attribute.includes('.')
            ? 'Nested sets are recorded of the releases that `lockstep index update` brings.'
            : 'See its name with `nix search nixpkgs`, or at search.nixos.org.',
    });
  }
  return runs.map(answerRun);
}

function answerRun({ line, version, revisions, first, last }: VersionRun): RunAnswer {
  return { line, version, revisions, first: answerRevision(first), last: answerRevision(last) };
}

/** The runs of a version: this one, or any that begins with it (`20.11` finds 20.11.1). */
export function runsOfVersion(runs: readonly RunAnswer[], version: string): readonly RunAnswer[] {
  const wanted = version.replace(/^v(?=\d)/, '');
  const same = runs.filter((run) => run.version === wanted);
  return same.length > 0
    ? same
    : runs.filter((run) => run.version.startsWith(wanted) && !/^\d/.test(run.version.slice(wanted.length)));
}

/** The versions on either side of one that was never recorded. */
export function neighboursOf(runs: readonly RunAnswer[], version: string): readonly string[] {
  const versions = [...new Set(runs.map((run) => run.version))].sort(compareNixVersions);
  const next = versions.findIndex((candidate) => compareNixVersions(candidate, version) > 0);
  const around = next < 0 ? [versions.at(-1)] : [versions[next - 1], versions[next]];
  return around.filter((found) => found !== undefined);
}

/** Seconds since 1970 as ISO 8601, to the second. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** How many attributes of a family are looked through. */
const FAMILY_LIMIT = 60;

/** Other attributes of the same family that had a version: `nodejs_20` for `nodejs` 20.3.1. */
export function familyWithVersion(
  index: NixpkgsIndex,
  attribute: string,
  version: string,
): readonly { readonly attribute: string; readonly runs: readonly RunAnswer[] }[] {
  const stem = attribute.replace(/[-_]?\d[\w.]*$/, '');
  const family = index
    .names()
    .filter(
      (name) => name !== attribute && name.startsWith(stem) && /^(?:[-_]?\d[\w.]*)?$/.test(name.slice(stem.length)),
    );
  return family
    .slice(0, FAMILY_LIMIT)
    .map((name) => ({ attribute: name, runs: runsOfVersion(answerRuns(index, name), version) }))
    .filter(({ runs }) => runs.length > 0);
}
