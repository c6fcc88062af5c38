import { type Catalog, catalog as everything } from '../catalog';
import { shellNamed } from '../flake/shell-names';
import type { ContradictionSeverity, PinContradiction, ProjectPins } from '../model/pins';
import type { Snapshot } from '../model/snapshot';
import type { Target } from '../model/target';
import { formatIntervals, intersect, overlap } from './range/interval';
import { contradictionSentence } from './sentence';
import { gatherStatements, type Speaker, type Statement } from './statements';
import { toolTitle } from './tool-names';

/** What pins are compared with beside each other. */
export interface PinComparison {
  readonly target?: Target | undefined;
  /** A key of `target.shells`; left out: the default shell. */
  readonly shell?: string | undefined;
  /** Asked only for tools that the flake does not give: for those the comparison itself tells. */
  readonly snapshot?: Snapshot | undefined;
  readonly catalog?: Catalog;
}

/**
 * Finds the tools for which the project's declarations cannot all be kept: no version satisfies two of them, or all of
 * them together. Moving names (`lts/*`, `latest`) contradict nothing, except that a nightly toolchain is none of the
 * flake's stable ones. Parts of a repository are compared with what stands above them, not with each other.
 *
 * @returns sorted by severity, then tool
 */
export function comparePins(pins: ProjectPins, comparison: PinComparison = {}): readonly PinContradiction[] {
  const { target, snapshot, catalog = everything } = comparison;
  const asked = target === undefined ? undefined : shellNamed(target, comparison.shell ?? target.defaultShell ?? '');
  const shell = asked === undefined ? undefined : target?.shells[asked];
  const found: PinContradiction[] = [];
  for (const [tool, statements] of gatherStatements(pins, shell, snapshot, catalog)) {
    const conflict = findConflict(statements);
    if (conflict.length > 0) {
      const severity = severityOf(conflict);
      const title = toolTitle(tool, catalog);
      const ordered = conflict.map(({ statement }) => statement);
      found.push({
        tool,
        title,
        severity,
        message: contradictionSentence(title, ordered),
        places: ordered.flatMap(({ places }) => places),
      });
    }
  }
  const order: readonly ContradictionSeverity[] = ['error', 'warning', 'info'];
  return found.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || (a.tool < b.tool ? -1 : 1));
}

/** A statement that takes part, and those that it cannot be kept together with. */
interface Party {
  readonly statement: Statement;
  readonly against: readonly Statement[];
}

/** Who contradicts whom, the odd one out first. When only all together leave nothing, everyone takes part. */
function findConflict(statements: readonly Statement[]): readonly Party[] {
  // A repository has hundreds of jobs that say the same: only what differs is compared pair by pair.
  const alike = new Map<string, Statement[]>();
  for (const statement of statements) {
    const key = likeness(statement);
    alike.set(key, [...(alike.get(key) ?? []), statement]);
  }
  const kinds = [...alike.values()];
  const parties = kinds.flatMap((kind) => {
    const against = kinds.filter((other) => contradicts(kind[0]!, other[0]!)).flat();
    return against.length === 0 ? [] : kind.map((statement) => ({ statement, against }));
  });
  if (parties.length > 0) {
    return parties.sort((a, b) => b.against.length - a.against.length || rank(a.statement) - rank(b.statement));
  }
  const known = statements.filter((one) => one.allowed !== undefined && !one.deliberate && one.parts[0] === '');
  const common = known.reduce((left, { allowed }) => intersect(left, allowed!), known[0]?.allowed ?? []);
  return known.length > 2 && common.length === 0
    ? known.map((statement) => ({ statement, against: known.filter((other) => other !== statement) }))
    : [];
}

/** What runs in a container or a pipeline, is fetched by the project itself, or wrote a lock, is not asked of this machine. */
function isElsewhere(one: Statement, other: Statement): boolean {
  return one.speaker === 'machine' && /^(?:container|dev-container|ci|dependency|lock)$/.test(other.speaker);
}

/** Equal for statements that contradict the same others. */
function likeness({ speaker, allowed, channel, parts, deliberate }: Statement): string {
  const range = allowed === undefined ? undefined : formatIntervals(allowed);
  return JSON.stringify([speaker, range, channel, parts, deliberate]);
}

function contradicts(one: Statement, other: Statement): boolean {
  if (one === other || one.deliberate || other.deliberate || !concernEachOther(one, other)) {
    return false;
  }
  if (isElsewhere(one, other) || isElsewhere(other, one)) {
    return false;
  }
  if (one.allowed !== undefined && other.allowed !== undefined) {
    return one.allowed.length > 0 && other.allowed.length > 0 && !overlap(one.allowed, other.allowed);
  }
  return isNightlyAgainstStable(one, other) || isNightlyAgainstStable(other, one);
}

/** Two parts of a repository may differ from each other; each is held to what stands above it, and to the flake. */
function concernEachOther(one: Statement, other: Statement): boolean {
  return one.parts.some((a) => other.parts.some((b) => isWithin(a, b) || isWithin(b, a)));
}

function isWithin(part: string, above: string): boolean {
  return above === '' || part === above || part.startsWith(`${above}/`);
}

/** A nightly toolchain is asked for because a stable one will not do. */
function isNightlyAgainstStable(one: Statement, other: Statement): boolean {
  const stable = other.allowed?.every(({ min }) => min !== undefined && min.release.preview.length === 0) ?? false;
  return one.channel === 'nightly' && one.speaker === 'version-file' && other.speaker === 'flake' && stable;
}

const speakers: readonly Speaker[] = [
  'container',
  'ci',
  'flake',
  'version-file',
  'manifest',
  'environment',
  'dev-container',
  'dependency',
  'lock',
  'machine',
];

function rank({ speaker }: Statement): number {
  return speakers.indexOf(speaker);
}

/** What a developer is told to use, as against what runs somewhere else. */
function bindsDevelopers({ speaker }: Statement): boolean {
  return !/^(?:container|ci|dependency|lock|machine)$/.test(speaker);
}

function severityOf(parties: readonly Party[]): ContradictionSeverity {
  const binding = parties.filter(({ statement }) => bindsDevelopers(statement));
  if (binding.some(({ against }) => against.some(bindsDevelopers))) {
    return 'error';
  }
  return binding.some(({ against }) => against.some(({ speaker }) => speaker !== 'lock')) ? 'warning' : 'info';
}
