import type { VersionScheme } from '../catalog';
import type { Actual, DriftSize, Expected, RowStatus } from '../model/diff';
import type { ProbeFailure } from '../model/snapshot';
import { type Comparison, compareToExpected, nearestCopy } from './compare-to-expected';
import { versionFixedByAttribute } from './fixed-by-attribute';
import { languageOf, whyNotToBeSeen } from './not-to-be-seen';
import type { Requirement } from './requirements';

/** What was decided about one requirement. */
export interface Judgement {
  readonly status: RowStatus;
  readonly drift?: DriftSize;
  /** One sentence. */
  readonly reason: string;
  /** The copy with the version that the target asks for, when another one wins. */
  readonly hidden?: Actual;
}

/** What the machine has of the tool that a requirement asks for. */
export interface Possession {
  /** The winner first, then in PATH order, then those off PATH. */
  readonly copies: readonly Actual[];
  /** What could not be read of this tool. */
  readonly failures: readonly ProbeFailure[];
  /** False when the flake was read without a lock: then only what the attribute's name fixes is asked for. */
  readonly locked: boolean;
}

/**
 * Judges one requirement. Never says more than is known: what could not be looked for is `unknown`, not missing; a
 * version that is only estimated is called so.
 */
export function judge(requirement: Requirement, possession: Possession): Judgement {
  const { expected, tool } = requirement;
  const { copies } = possession;
  const winner = copies.find((copy) => copy.active);
  if (tool === undefined || tool.programs.length === 0) {
    return { status: 'unknown', reason: whyNotToBeSeen(requirement) };
  }
  if (copies.length === 0) {
    return judgeAbsence(expected, possession.failures);
  }
  if (winner === undefined) {
    return judgeOffPath(requirement, copies);
  }
  if (winner.version === undefined) {
    const why = possession.failures.find((failure) => failure.path === undefined || failure.path === winner.path);
    if (why?.code === 'shim-leads-nowhere') {
      return judgeDeadShim(requirement, winner, copies, why);
    }
    return {
      status: 'unknown',
      reason: `Installed at ${winner.path}, but its version could not be read${why === undefined ? '' : `: ${clause(why.reason)}`}.`,
    };
  }
  if (expected.version === undefined) {
    return judgeWithoutVersion(requirement, winner.version, possession.locked);
  }
  const comparison = compareToExpected(tool.versionScheme, expected, winner.version);
  if (comparison.kind !== 'apart') {
    return judgeAgreement(expected, comparison.kind, winner.version);
  }
  const hidden = copies.find(
    (copy) =>
      copy !== winner &&
      copy.version !== undefined &&
      compareToExpected(tool.versionScheme, expected, copy.version).kind === 'same',
  );
  if (hidden !== undefined) {
    return {
      status: 'shadowed',
      drift: comparison.size,
      hidden,
      reason: hidden.onPath
        ? `${hidden.version} is at ${hidden.path}, but a shell starts ${winner.version} at ${winner.path}.`
        : `${hidden.version} is at ${hidden.path}, which is not on PATH; a shell starts ${winner.version} at ${winner.path}.`,
    };
  }
  return {
    status: 'drift',
    drift: comparison.size,
    reason: `${winner.version} is installed; the flake asks for ${wanted(expected)}: ${apart(comparison)}.`,
  };
}

/**
 * Judges a package of a language by what the machine records of that language's packages.
 *
 * @param copies those of the interpreter that wins first
 */
export function judgePackage({ expected }: Requirement, copies: readonly Actual[]): Judgement {
  const language = languageOf(expected.attribute) ?? '';
  const [winner] = copies;
  if (winner === undefined) {
    const asked = expected.version === undefined ? 'the flake asks for it' : `the flake asks for ${wanted(expected)}`;
    return { status: 'missing', reason: `Not among the packages of ${language} on this machine; ${asked}.` };
  }
  if (winner.version === undefined) {
    return { status: 'unknown', reason: `Installed at ${winner.path}, but its version could not be read.` };
  }
  if (expected.version === undefined) {
    const why = expected.reason === undefined ? '' : `: ${clause(expected.reason)}`;
    return {
      status: 'unknown',
      reason: `${winner.version} is installed; which version the flake asks for is not known${why}.`,
    };
  }
  const comparison = compareToExpected(PACKAGE_SCHEMES[language] ?? 'loose', expected, winner.version);
  return comparison.kind === 'apart'
    ? {
        status: 'drift',
        drift: comparison.size,
        reason: `${winner.version} is installed; the flake asks for ${wanted(expected)}: ${apart(comparison)}.`,
      }
    : judgeAgreement(expected, comparison.kind, winner.version);
}

const PACKAGE_SCHEMES: Readonly<Record<string, VersionScheme>> = { Python: 'pep440', 'Node.js': 'semver', Ruby: 'gem' };

function judgeAbsence(expected: Expected, failures: readonly ProbeFailure[]): Judgement {
  const failure = failures[0];
  if (failure !== undefined) {
    const place = failure.path === undefined ? '' : ` at ${failure.path}`;
    return { status: 'unknown', reason: `Could not be read${place}: ${clause(failure.reason)}.` };
  }
  const asked = expected.version === undefined ? `the flake asks for it` : `the flake asks for ${wanted(expected)}`;
  return { status: 'missing', reason: `Not found on this machine; ${asked}.` };
}

/** A version manager's shim that starts nothing: what it selects is not installed, whatever else is. */
function judgeDeadShim(
  { expected, tool }: Requirement,
  shim: Actual,
  copies: readonly Actual[],
  { reason }: ProbeFailure,
): Judgement {
  const why = `The shim at ${shim.path} starts nothing: ${clause(reason)}`;
  const hidden = copies.find(
    (copy) =>
      copy.version !== undefined &&
      expected.version !== undefined &&
      tool !== undefined &&
      compareToExpected(tool.versionScheme, expected, copy.version).kind === 'same',
  );
  return hidden === undefined
    ? { status: 'missing', reason: `${why}.` }
    : { status: 'shadowed', hidden, reason: `${hidden.version} is at ${hidden.path}, but comes second. ${why}.` };
}

/** Copies there are, but no shell would start one: their folders are not on PATH, or a shim leads nowhere. */
function judgeOffPath(requirement: Requirement, copies: readonly Actual[]): Judgement {
  const { expected, tool } = requirement;
  const right = copies.find(
    ({ version }) =>
      version !== undefined &&
      expected.version !== undefined &&
      tool !== undefined &&
      compareToExpected(tool.versionScheme, expected, version).kind === 'same',
  );
  if (right !== undefined) {
    return {
      status: 'shadowed',
      hidden: right,
      reason: `${right.version} is at ${right.path}, but no shell finds it: that folder is not on PATH.`,
    };
  }
  const nearest = tool === undefined ? copies[0] : nearestCopy(copies, expected, tool.versionScheme);
  return {
    status: 'missing',
    reason: `Not on PATH; off it there is ${nearest?.version ?? 'a copy'} at ${nearest?.path}.`,
  };
}

function judgeWithoutVersion({ expected }: Requirement, installed: string, locked: boolean): Judgement {
  const fixed = versionFixedByAttribute(expected.attribute);
  const why = expected.reason === undefined ? '' : `: ${clause(expected.reason)}`;
  if (fixed === undefined) {
    return {
      status: 'unknown',
      reason: `${installed} is installed; which version the flake asks for is not known${why}.`,
    };
  }
  if (!startsWithVersion(installed, fixed)) {
    return {
      status: 'drift',
      drift: fixed.split('.')[0] === /\d+/.exec(installed)?.[0] ? 'minor' : 'major',
      reason: `${installed} is installed; ${expected.attribute} is always ${fixed}.`,
    };
  }
  return locked
    ? {
        status: 'unknown',
        reason: `${installed} is installed and is ${fixed}, as ${expected.attribute} asks; its exact version is not known${why}.`,
      }
    : {
        status: 'match',
        reason: `${installed} is installed, and ${expected.attribute} asks for ${fixed}; without a lock the flake asks for no more.`,
      };
}

function judgeAgreement(expected: Expected, kind: 'same' | 'within', installed: string): Judgement {
  if (kind === 'within') {
    return {
      status: 'unknown',
      reason: `${installed} is installed and lies in what the lock can mean (${expected.version}); which of these it is cannot be told.`,
    };
  }
  return {
    status: 'match',
    reason:
      expected.certainty === 'exact'
        ? `${installed} is installed, as the flake asks.`
        : `${installed} is installed, which is most likely what the lock gives (≈ ${expected.version}).`,
  };
}

function apart({ size, direction }: Extract<Comparison, { kind: 'apart' }>): string {
  const words = { patch: 'a patch', minor: 'a minor version', major: 'a major version' } as const;
  if (size === 'other') {
    return 'another version';
  }
  return direction === undefined ? `${words[size]} apart` : `${words[size]} ${direction}`;
}

/** The asked version, as a reader should take it: `20.11.1`, `≈ 20.11.1`, `between 1.2 and 1.4`. */
function wanted({ version, certainty }: Expected): string {
  switch (certainty) {
    case 'estimate':
      return `≈ ${version}`;
    case 'range':
      return `one of ${version}`;
    default:
      return `${version}`;
  }
}

function startsWithVersion(version: string, prefix: string): boolean {
  const rest = version.slice(prefix.length);
  return version.startsWith(prefix) && !/^\d/.test(rest);
}

/** Words that have their capital only from where they stand; others may be names. */
const BEGINS =
  /^(?:An?|Another|Its?|Neither|Nobody|Nothing|Not?|Only|Several|That|The|There|They|This|What|Whether|Which)\b/;

/** A sentence as the end of another one. */
function clause(sentence: string): string {
  return sentence
    .trim()
    .replace(/\.+$/, '')
    .replace(BEGINS, (word) => word.toLowerCase());
}
