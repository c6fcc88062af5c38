import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { commandFor } from '../diff/fixes/quote';
import { setVariable } from '../diff/fixes/set-variable';
import type { Checklist, ChecklistStep } from '../model/checklist';
import { isWhole } from '../report/remedies';
import type { Report, ReportRow } from '../report/report';
import { managerSteps } from './managers';
import { checklistOf } from './progress';

/** More commands than this for one step is a choice that nobody wants to make. */
const COMMANDS = 3;

/**
 * The steps that bring this machine from where it is to where the flake and the policy want it, in an order that works:
 * what installs the rest, the tools (those that install others first), the variables, what must be free, then the check
 * of the whole.
 */
export function checklistSteps(report: Report): readonly ChecklistStep[] {
  const { rows } = report;
  const tools = rows.filter(({ row }) => row.category !== 'environment');
  const installers = tools.filter(({ row }) => isInstaller(row.category));
  const others = tools.filter(({ row }) => !isInstaller(row.category));
  const demands = rows.filter(({ row }) => row.category === 'environment');
  const variables = new Map<string, ChecklistStep>();
  for (const step of [...flakeVariables(report), ...demands.filter(isVariable).map(demandStep)]) {
    // What the policy asks for is judged; what the flake sets is only known to be different, but known by its value.
    const commands = step.commands.length > 0 ? step.commands : (variables.get(step.id)?.commands ?? []);
    variables.set(step.id, { ...step, commands });
  }
  return [
    ...managerSteps(report),
    ...withOwnIds([...installers, ...others].map(toolStep), [...installers, ...others]),
    ...variables.values(),
    ...hookStep(report),
    ...demands.filter((row) => !isVariable(row)).map(demandStep),
    checkStep(report),
  ];
}

function isInstaller(category: string): boolean {
  return category === 'version-managers' || category === 'package-managers';
}

function isVariable({ row }: ReportRow): boolean {
  return row.tool.startsWith('variable:');
}

function toolStep({ row, title, expected, reason, status, place }: ReportRow): ChecklistStep {
  const { expected: asked } = row;
  const version = asked?.version === undefined ? '' : ` ${expected}`;
  const isUnwanted = asked === undefined || (status === 'drift' && reason.startsWith('Must not be here'));
  const verb = isUnwanted ? 'Remove' : status === 'shadowed' ? 'Choose' : 'Have';
  return {
    id: `tool:${row.tool}`,
    section: 'tools',
    title: isUnwanted ? `${verb} ${title}` : `${verb} ${title}${version}`,
    why: reason,
    ...(asked?.version === undefined ? {} : { asked: asked.version }),
    commands: row.fixes.filter((fix) => !isWhole(fix)).slice(0, COMMANDS),
    check: isUnwanted
      ? `Lockstep looks for ${title} on PATH and off it.`
      : `Lockstep looks which ${title} comes first on PATH, and at its version${place === '' ? '' : ` (asked for at ${place})`}.`,
    ...(row.accepted === undefined && status !== 'unknown' ? {} : { optional: true }),
    done: status === 'unknown' ? undefined : status === 'match',
  };
}

/** Two rows of one tool are two steps: from the second one on, the attribute tells them apart. */
function withOwnIds(steps: readonly ChecklistStep[], rows: readonly ReportRow[]): readonly ChecklistStep[] {
  const seen = new Set<string>();
  return steps.map((step, index) => {
    const attribute = rows[index]?.row.expected?.attribute ?? String(index);
    let id = seen.has(step.id) ? `${step.id}:${attribute}` : step.id;
    while (seen.has(id)) {
      id = `${id}+`;
    }
    seen.add(id);
    return { ...step, id };
  });
}

/** What the flake's own shell sets; outside of it, it is the user's to set. */
function flakeVariables({ audit }: Report): readonly ChecklistStep[] {
  const { os } = audit.snapshot.host;
  return (audit.target.shells[audit.shell]?.variables ?? []).map(({ name, value }) => {
    const set = audit.snapshot.environment.find((variable) => variable.name === name);
    const isOfStore = value.includes('/nix/store/');
    const line = isOfStore ? undefined : setVariable(name, value, os);
    return {
      id: `variable:${name}`,
      section: 'variables',
      title: `Set ${name}`,
      why: isOfStore
        ? "The flake's shell sets it to a place in the Nix store: only that shell can."
        : `The flake's shell sets it to ${value === '' ? 'an empty text' : quoted(value)}; outside of that shell it is yours to set.`,
      asked: value,
      commands: line === undefined ? [] : [line],
      check: os === 'windows' ? `$env:${name}` : `echo "$${name}"`,
      ...(isOfStore ? { optional: true as const } : {}),
      done: set?.value === undefined ? undefined : set.value === value,
    };
  });
}

function quoted(value: string): string {
  return `"${value.length > 200 ? `${value.slice(0, 200)}…` : value}"`;
}

/** A variable, port or the like that the policy asks for. */
function demandStep(reportRow: ReportRow): ChecklistStep {
  const { row, title, reason, status } = reportRow;
  const isOfEnvironment = isVariable(reportRow);
  return {
    id: row.tool,
    section: isOfEnvironment ? 'variables' : 'services',
    title: isOfEnvironment ? `Set ${title}` : `Keep ${title.toLowerCase()} free`,
    why: reason,
    commands: row.fixes,
    check: isOfEnvironment
      ? 'Lockstep looks whether it is set where it was started, and never records the value.'
      : 'Lockstep looks whether something answers there.',
    done: status === 'unknown' ? undefined : status === 'match',
  };
}

/** What the shell runs when it opens: without Nix nobody does. */
function hookStep({ audit }: Report): readonly ChecklistStep[] {
  const hook = audit.target.shells[audit.shell]?.shellHook ?? '';
  if (hook.trim() === '') {
    return [];
  }
  return [
    {
      id: 'hook',
      section: 'variables',
      title: "Read what the flake's shell runs when it opens",
      why: '"nix develop" runs it by itself; without Nix, what it sets up is yours to do.',
      asked: bytesToHex(sha256(utf8ToBytes(hook))).slice(0, 16),
      commands: [],
      check: `The text is in "lockstep target" under ${audit.shell}.`,
      optional: true,
      done: undefined,
    },
  ];
}

function checkStep(report: Report): ChecklistStep {
  const { audit, summary } = report;
  const line = commandFor(audit.snapshot.host.os)`lockstep audit ${audit.target.flake.path}`;
  return {
    id: 'check',
    section: 'check',
    title: 'See that nothing is out of step',
    why: `Now: ${summary.headline}.`,
    commands: [{ manager: 'lockstep', command: line ?? 'lockstep audit', title: 'Compare again' }],
    check: 'Lockstep compares everything once more.',
    done: audit.summary.inStep,
  };
}

/** A report's steps with what its reader has done of them. */
export function checklistOfReport(report: Report): Checklist {
  const { title, audit, progress } = report;
  const { host } = audit.snapshot;
  // Flakes know no Windows: what is compared there is the flake's for Linux, and what is set up is Windows.
  const system = host.os === 'windows' ? host.system : audit.target.system;
  return checklistOf({ title, shell: audit.shell, system }, checklistSteps(report), progress);
}
