import type { Catalog, Tool } from '../catalog';
import { rulesOf } from '../diff/compare-to-expected';
import { actualOf, copiesByTool } from '../diff/copies';
import { fixesFor } from '../diff/fixes';
import type { Machine } from '../diff/fixes/machine';
import { removalFixes } from '../diff/fixes/path-order';
import { OTHER_CATEGORY } from '../diff/guess-tool';
import type { DiffRow, DriftSize, Expected, Fix } from '../model/diff';
import type { Policy, Tolerance, ToolRule } from '../model/policy';
import { ProblemError } from '../model/problem';
import type { Installation, OperatingSystem, Snapshot } from '../model/snapshot';
import { nearWords } from '../near-words';
import { withFullStop } from '../sentence';
import { satisfiesVersionRange } from '../version';
import { portRow, variableRow } from './environment-rows';

export interface PolicyContext {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  /** ISO 8601 day. */
  readonly today: string;
  /** A variable of the machine; its value is compared, never recorded. */
  readonly variable: (name: string) => string | undefined;
  /** Ports of the policy on which something listens. */
  readonly busyPorts: ReadonlySet<number>;
  /** What this machine installs with. */
  readonly machine: Machine;
}

/**
 * A diff's rows as a policy sees them: what it tolerates or ignores becomes a match that says so; what it asks for
 * beside the flake becomes rows of its own, before the extras.
 *
 * @throws ProblemError `policy-invalid` for a tool that neither the catalog nor the flake knows
 */
export function applyPolicy(rows: readonly DiffRow[], policy: Policy, context: PolicyContext): readonly DiffRow[] {
  const rules = new Map<string, ToolRule>();
  for (const rule of policy.tools) {
    const tool = resolveTool(rule, rows, context.catalog);
    if (rule.on?.includes(context.machine.os) !== false) {
      rules.set(tool, rule);
    }
  }
  const ruleOf = (row: DiffRow): ToolRule | undefined =>
    rules.get(row.tool) ?? (row.expected === undefined ? undefined : rules.get(row.expected.attribute));
  const asked = rows
    .filter(({ status }) => status !== 'extra')
    .map((row) => forbid(judgeAsked(row, ruleOf(row), policy, context.catalog), ruleOf(row)))
    .map((row) => ignore(row, ruleOf(row), policy, context.today));
  const askedTools = new Set(asked.map(({ tool }) => tool));
  const own = [...rules].flatMap(([id, rule]) =>
    askedTools.has(id) ? [] : ownRow(id, rule, context).map((row) => ignore(row, rule, policy, context.today)),
  );
  const ownTools = new Set(own.map(({ tool }) => tool));
  const extras = rows.filter((row) => row.status === 'extra' && !ownTools.has(row.tool));
  return [
    ...asked,
    ...own,
    ...policy.variables.map((rule) => variableRow(rule, policy, context)),
    ...policy.ports.map((rule) => portRow(rule, policy, context)),
    ...extras,
  ];
}

/** The catalog id or attribute that a rule's name means. */
function resolveTool(rule: ToolRule, rows: readonly DiffRow[], catalog: Catalog): string {
  const { tool: name } = rule;
  const row = rows.find(
    ({ tool, expected }) => tool === name || expected?.attribute === name || expected?.name === name,
  );
  const found =
    catalog.findById(name)?.id ??
    (row?.expected?.attribute === name ? name : row?.tool) ??
    catalog.findByAttribute(name)?.id;
  if (found !== undefined) {
    return found;
  }
  const known = [...catalog.tools.map(({ id }) => id), ...rows.flatMap(({ expected }) => expected?.attribute ?? [])];
  const near = nearWords(name, [...new Set(known)]);
  throw new ProblemError({
    code: 'policy-invalid',
    message: `Nobody knows the tool "${name}": it is neither in the catalog nor in the flake.`,
    hint:
      near.length === 0 ? 'Write the id of a tool or an attribute of the flake.' : `Did you mean ${near.join(' or ')}?`,
    position: rule.position,
  });
}

const SIZES: readonly DriftSize[] = ['patch', 'minor', 'major'];

/** What is ignored is accepted until its end; from then on it counts again, and says why it did not. */
function ignore(row: DiffRow, rule: ToolRule | undefined, policy: Policy, today: string): DiffRow {
  if (rule?.ignore === undefined || row.status === 'match' || row.status === 'extra') {
    return row;
  }
  return rule.until !== undefined && rule.until <= today
    ? { ...row, reason: `${row.reason} ${policy.file} ignored this until ${rule.until}.` }
    : accept(row, `Ignored${rule.until === undefined ? '' : ` until ${rule.until}`}: ${rule.ignore}`, rule.until);
}

function judgeAsked(row: DiffRow, rule: ToolRule | undefined, policy: Policy, catalog: Catalog): DiffRow {
  const { status } = row;
  if (rule?.range !== undefined && row.actual?.version !== undefined) {
    return judgeRange(row, rule.range, policy, catalog);
  }
  if (status === 'match' || status === 'extra') {
    return row;
  }
  if (status === 'missing' && rule?.required === false) {
    return accept(row, `Not installed, and ${policy.file} makes it optional.`);
  }
  const tolerance = rule?.tolerance ?? policy.tolerance;
  if (status === 'drift' && tolerates(tolerance, row)) {
    return accept(row, `${row.reason} ${policy.file} tolerates ${tolerance} drift.`);
  }
  return row;
}

/**
 * Whether a drift is within a tolerance. What has no size (letters, early access, a build) is a patch where the numbers
 * are the same, as `1.1.1t` and `1.1.1w`, and otherwise for those who tolerate anything.
 */
function tolerates(tolerance: Tolerance, { drift, expected, actual }: DiffRow): boolean {
  if (tolerance === 'exact' || drift === undefined) {
    return false;
  }
  const isPatch = drift === 'other' && numbersOf(expected?.version) === numbersOf(actual?.version);
  const size = drift === 'other' ? (isPatch ? 'patch' : 'major') : drift;
  return SIZES.indexOf(size) <= SIZES.indexOf(tolerance);
}

/** `1.1.1` of `1.1.1t` and `v1.1.1-rc1`; a text without numbers is its own. */
function numbersOf(version = ''): string {
  return /^\D?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version;
}

function judgeRange(row: DiffRow, range: string, policy: Policy, catalog: Catalog): DiffRow {
  const version = row.actual?.version ?? '';
  const isInside = satisfiesVersionRange(
    rulesOf(catalog.findById(row.tool)?.versionScheme ?? 'semver'),
    range,
    version,
  );
  if (isInside === undefined) {
    return row;
  }
  if (isInside) {
    return row.status === 'match' ? row : accept(row, `${version} is installed, and ${policy.file} allows ${range}.`);
  }
  return {
    ...row,
    status: 'drift',
    drift: row.drift ?? 'other',
    reason: `${version} is installed; ${policy.file} allows ${range}.`,
  };
}

function accept(row: DiffRow, reason: string, until?: string): DiffRow {
  return {
    ...row,
    status: 'match',
    reason,
    accepted: { by: 'policy', was: row.status, reason: row.reason, ...(until === undefined ? {} : { until }) },
  };
}

function forbid(row: DiffRow, rule: ToolRule | undefined): DiffRow {
  return rule?.forbidden !== undefined && row.copies.length > 0
    ? {
        ...row,
        status: 'drift',
        drift: 'other',
        reason: `Must not be here: ${withFullStop(rule.forbidden)}`,
        fixes: [],
      }
    : row;
}

/** A tool that the policy speaks of and the flake does not. */
function ownRow(id: string, rule: ToolRule, context: PolicyContext): readonly DiffRow[] {
  const tool = context.catalog.findById(id);
  const installations = copiesByTool(context.snapshot).get(id) ?? [];
  const winner = installations.find(({ active }) => active) ?? installations[0];
  const row = (status: OwnStatus, reason: string) => [
    policyRow({ id, tool, installations, winner, rule, context }, status, reason),
  ];
  if (rule.forbidden !== undefined) {
    return winner === undefined
      ? []
      : row('drift', `Must not be here: ${withFullStop(rule.forbidden)} It is at ${winner.path}.`);
  }
  if (rule.outside !== true || isOfOtherSystem(tool, context.machine.os)) {
    return [];
  }
  if (winner === undefined) {
    return rule.required === false ? [] : row('missing', 'Not found on this machine; needed beside the flake.');
  }
  const isInside =
    rule.range === undefined || winner.version === undefined
      ? true
      : satisfiesVersionRange(rulesOf(tool?.versionScheme ?? 'semver'), rule.range, winner.version);
  const version = winner.version ?? 'A copy';
  return isInside === false
    ? row('drift', `${version} is installed; needed is ${rule.range}.`)
    : row('match', `${version} is installed, as is needed beside the flake.`);
}

/** Xcode is an application of macOS only: elsewhere nobody can be asked to have it. */
function isOfOtherSystem(tool: Tool | undefined, os: OperatingSystem): boolean {
  return (
    tool !== undefined &&
    tool.programs.length === 0 &&
    Object.keys(tool.places).length > 0 &&
    tool.places[os] === undefined
  );
}

type OwnStatus = 'match' | 'drift' | 'missing';

interface OwnTool {
  readonly id: string;
  readonly tool: Tool | undefined;
  readonly installations: readonly Installation[];
  readonly winner: Installation | undefined;
  readonly rule: ToolRule;
  readonly context: PolicyContext;
}

function policyRow(own: OwnTool, status: OwnStatus, reason: string): DiffRow {
  const { id, tool, installations, rule } = own;
  const copies = installations.map(actualOf);
  const actual = copies.find(({ active }) => active);
  const expected: Expected = {
    attribute: id,
    name: id,
    certainty: rule.range === undefined ? 'unknown' : 'range',
    ...(rule.range === undefined ? {} : { version: rule.range }),
    position: rule.position,
  };
  return {
    tool: id,
    title: tool?.title ?? id,
    category: tool?.category ?? OTHER_CATEGORY,
    status,
    ...(status === 'drift' ? { drift: 'other' as const } : {}),
    ...(rule.forbidden === undefined ? { expected } : {}),
    ...(actual === undefined ? {} : { actual }),
    copies,
    reason,
    fixes: ownFixes(own, status, expected),
  };
}

/** The flake does not bring these: only what this machine installs with can help. */
function ownFixes({ tool, winner, rule, context }: OwnTool, status: OwnStatus, expected: Expected): readonly Fix[] {
  if (rule.forbidden !== undefined) {
    return removalFixes({ tool, winner }, context.machine);
  }
  const requirement = { expected, unresolved: false, input: 'policy' };
  return fixesFor({ tool, requirement, status, winner, hidden: undefined }, context.machine).filter(
    ({ manager }) => manager !== 'nix',
  );
}
