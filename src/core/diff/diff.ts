import type { Catalog, Tool } from '../catalog';
import { shellNamed } from '../flake/shell-names';
import type { Actual, DiffRow, DiffSummary, Expected } from '../model/diff';
import { type Problem, ProblemError } from '../model/problem';
import type { Installation, Snapshot } from '../model/snapshot';
import type { Target, TargetShell } from '../model/target';
import { companionOf } from './companions';
import { actualOf, copiesByTool } from './copies';
import { fixesFor } from './fixes';
import { describeMachine, type Machine } from './fixes/machine';
import { guessTool, OTHER_CATEGORY } from './guess-tool';
import { judge, judgePackage } from './judge';
import { copiesOfPackage } from './language-packages';
import { type Requirement, requirementsOf } from './requirements';
import { summarize } from './summary';

export interface DiffRequest {
  readonly snapshot: Snapshot;
  readonly target: Target;
  /** Left out: the shell that `nix develop` opens. */
  readonly shell?: string | undefined;
  readonly catalog: Catalog;
}

export interface Diff {
  /** The shell that was compared. */
  readonly shell: string;
  /** What the flake asks for, by category and title; then what only the machine has, likewise. */
  readonly rows: readonly DiffRow[];
  readonly summary: DiffSummary;
  readonly findings: readonly Problem[];
}

/**
 * Compares what a machine has with what a shell of a flake asks for. Pure: the same facts give the same rows in the
 * same order.
 *
 * @throws ProblemError `shell-not-found` when the flake has no shell of that name (or none at all); the shell's own
 *   problem when it could not be read as a whole
 */
export function diffWithTarget({ snapshot, target, shell: asked, catalog }: DiffRequest): Diff {
  const name = chooseShell(target, asked);
  const shell = target.shells[name] as TargetShell;
  if (shell.problem !== undefined) {
    throw new ProblemError(shell.problem);
  }
  const requirements = requirementsOf(shell, catalog);
  const installed = copiesByTool(snapshot);
  const order = rowOrder(catalog);
  const machine = describeMachine(snapshot, target, name);

  const toRow = (asked: Requirement): DiffRow => {
    const requirement = withGuess(withCompanion(asked, installed, catalog), installed);
    const { tool, expected } = requirement;
    const members = tool === undefined ? copiesOfPackage(snapshot, expected.attribute, expected.name) : undefined;
    if (members !== undefined && !requirement.unresolved) {
      return packageRow(requirement, members, machine);
    }
    const installations = tool === undefined ? [] : (installed.get(tool.id) ?? []);
    const copies = installations.map(actualOf);
    const failures = snapshot.failures.filter(({ tool: failed }) => tool !== undefined && failed === tool.id);
    const { status, drift, reason, hidden } = judge(requirement, { copies, failures, locked: target.flake.locked });
    const actual = copies.find((copy) => copy.active);
    const fixes = fixesFor(
      { tool, requirement, status, winner: find(installations, actual), hidden: find(installations, hidden) },
      machine,
    );
    return {
      tool: tool?.id ?? expected.attribute,
      title: tool?.title ?? expected.name,
      category: tool?.category ?? OTHER_CATEGORY,
      status,
      ...(drift === undefined ? {} : { drift }),
      expected,
      ...(actual === undefined ? {} : { actual }),
      copies,
      reason,
      fixes,
    };
  };

  const rows = requirements.map(toRow).sort(order);
  const asks = new Set(rows.map(({ tool }) => tool));
  const brought = requirementsOf({ ...shell, packages: shell.implied ?? [], unresolved: [] }, catalog);
  const extras = [...installed]
    .filter(([id]) => !asks.has(id))
    .map(([id, copies]) => {
      const implied = brought.find(({ tool }) => tool?.id === id)?.expected;
      return extraRow(id, catalog.findById(id), copies.map(actualOf), implied);
    })
    .sort(order);
  return {
    shell: name,
    rows: [...rows, ...extras],
    summary: summarize([...rows, ...extras]),
    findings: findingsOf(snapshot, target),
  };
}

/** Where only the client of a package is installed, it stands for the package. */
function withCompanion(
  requirement: Requirement,
  installed: ReadonlyMap<string, readonly Installation[]>,
  catalog: Catalog,
): Requirement {
  const { tool } = requirement;
  const isThere = (id: string) => (installed.get(id) ?? []).some(({ onPath }) => onPath);
  const companion = tool === undefined || isThere(tool.id) ? undefined : companionOf(tool.id);
  const client = companion === undefined || !isThere(companion) ? undefined : catalog.findById(companion);
  return client === undefined ? requirement : { ...requirement, tool: client };
}

/** What the catalog does not know, and was found all the same under its own name, is compared like any tool. */
function withGuess(requirement: Requirement, installed: ReadonlyMap<string, readonly Installation[]>): Requirement {
  const guess = requirement.tool === undefined ? guessTool(requirement) : undefined;
  return guess !== undefined && installed.has(guess.id) ? { ...requirement, tool: guess } : requirement;
}

/**
 * @throws ProblemError `shell-not-found`
 */
export function chooseShell(target: Target, asked: string | undefined): string {
  const names = Object.keys(target.shells).sort();
  const name =
    (asked === undefined ? undefined : shellNamed(target, asked)) ??
    asked ??
    target.defaultShell ??
    (names.length === 1 ? names[0] : undefined);
  if (name !== undefined && Object.hasOwn(target.shells, name)) {
    return name;
  }
  const outputs = (target.environments ?? []).map(({ output }) => output);
  const has = names.length === 0 ? 'has no dev shell' : `has the dev shells ${names.join(', ')}`;
  const [first] = [...names, ...outputs];
  throw new ProblemError({
    code: 'shell-not-found',
    message:
      name !== undefined
        ? `The flake has no dev shell "${name}" for ${target.system}; it ${has}.`
        : names.length > 0
          ? `The flake ${has} for ${target.system}, and none of them is the default.`
          : outputs.length > 0
            ? `The flake has no dev shell for ${target.system}; it has ${listed(outputs)}.`
            : `The flake has no dev shell for ${target.system}.`,
    hint: first === undefined ? 'Choose another system.' : `Choose one with --shell, such as --shell ${first}.`,
  });
}

function listed(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} … (${names.length} in all)` : names.join(', ');
}

/** A package of a language: found by its interpreter, not by PATH. */
function packageRow(requirement: Requirement, copies: readonly Actual[], machine: Machine): DiffRow {
  const { expected } = requirement;
  const { status, drift, reason } = judgePackage(requirement, copies);
  const [actual] = copies;
  return {
    tool: expected.attribute,
    title: expected.name,
    category: OTHER_CATEGORY,
    status,
    ...(drift === undefined ? {} : { drift }),
    expected,
    ...(actual === undefined ? {} : { actual }),
    copies,
    reason,
    fixes: fixesFor({ tool: undefined, requirement, status, winner: undefined, hidden: undefined }, machine),
  };
}

/**
 * What only the machine has.
 *
 * @param implied what the shell brings of it without being asked, as mkShell does a compiler
 */
export function extraRow(
  id: string,
  tool: Tool | undefined,
  copies: readonly Actual[],
  implied: Expected | undefined,
): DiffRow {
  const actual = copies.find((copy) => copy.active);
  const shown = actual ?? copies[0];
  const what = shown?.version ?? 'A copy';
  return {
    tool: id,
    title: tool?.title ?? id,
    category: tool?.category ?? OTHER_CATEGORY,
    status: 'extra',
    ...(implied === undefined ? {} : { expected: implied }),
    ...(actual === undefined ? {} : { actual }),
    copies,
    reason:
      implied === undefined
        ? `${what} is installed at ${shown?.path}; the flake does not ask for it.`
        : `${what} is installed at ${shown?.path}; the flake's shell brings ${implied.version ?? 'one'} of its own, so either will do.`,
    fixes: [],
  };
}

function find(installations: readonly Installation[], copy: Actual | undefined): Installation | undefined {
  return copy === undefined ? undefined : installations.find(({ path }) => path === copy.path);
}

/** By category as the catalog lists them, then title, then tool, then attribute: all of it independent of locale. */
export function rowOrder(catalog: Catalog): (a: DiffRow, b: DiffRow) => number {
  const ranks = new Map(catalog.categories.map(({ id }, index) => [id, index]));
  const key = (row: DiffRow) => [row.title.toLowerCase(), row.tool, row.expected?.attribute ?? '', row.reason];
  return (a, b) => {
    const byCategory = (ranks.get(a.category) ?? ranks.size) - (ranks.get(b.category) ?? ranks.size);
    if (byCategory !== 0) {
      return byCategory;
    }
    const [ka, kb] = [key(a), key(b)];
    for (const [index, text] of ka.entries()) {
      const other = kb[index] ?? '';
      if (text !== other) {
        return text < other ? -1 : 1;
      }
    }
    return 0;
  };
}

/** What concerns the comparison as a whole; the target's own findings stay with the target. */
function findingsOf(snapshot: Snapshot, target: Target): readonly Problem[] {
  if (snapshot.host.system === target.system) {
    return [];
  }
  return [
    {
      code: 'system-differs',
      message: `The flake was read for ${target.system}, but the machine is ${snapshot.host.system}.`,
      hint: `Read it for the machine's own system with --system ${snapshot.host.system}, unless this is meant.`,
    },
  ];
}
