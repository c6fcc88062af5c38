import type { Fix } from '../model/diff';
import type { Report, ReportRow } from './report';

/** One step of a checklist for somebody who sets up a machine. */
export interface ChecklistStep {
  /** Stable while the flake asks for the same: `tool:node:nodejs_20`. */
  readonly id: string;
  readonly section: 'manager' | 'tools' | 'variables' | 'check';
  readonly title: string;
  /** Why, one sentence. */
  readonly why: string;
  /** What to type, the best first. */
  readonly commands: readonly Fix[];
  /** How to see that it is done. */
  readonly check?: string;
  /** `undefined` when Lockstep cannot see it. */
  readonly done: boolean | undefined;
}

/**
 * The steps that bring this machine from where it is to where the flake wants it, in an order that works: what installs
 * the rest, the tools, the variables, then the check of the whole.
 */
export function checklistOf(report: Report): readonly ChecklistStep[] {
  const { audit, rows } = report;
  return [
    ...managerSteps(report),
    ...rows
      .filter(({ row }) => row.category === 'version-managers' || row.category === 'package-managers')
      .map(toolStep),
    ...rows
      .filter(({ row }) => row.category !== 'version-managers' && row.category !== 'package-managers')
      .map(toolStep),
    ...(audit.target.shells[audit.shell]?.variables ?? []).map(({ name, value }): ChecklistStep => {
      const set = audit.snapshot.environment.find((variable) => variable.name === name);
      return {
        id: `variable:${name}`,
        section: 'variables',
        title: `Set ${name}`,
        why: `The flake's shell sets it to ${value === '' ? 'an empty text' : value}; outside of that shell it is yours to set.`,
        commands: [],
        done: set?.value === undefined ? undefined : set.value === value,
      };
    }),
    {
      id: 'check',
      section: 'check',
      title: 'See that all of it is in step',
      why: `Now: ${report.summary.headline}.`,
      commands: [{ manager: 'lockstep', command: 'lockstep audit', title: 'Compare again' }],
      done: audit.summary.inStep,
    },
  ];
}

/** With Nix, one command brings everything at the right versions: that is the first thing to have. */
function managerSteps({ audit, rows }: Report): readonly ChecklistStep[] {
  const hasNix = audit.snapshot.installations.some(({ tool }) => tool === 'nix');
  const develop = rows.flatMap(({ row }) => row.fixes).find(({ command }) => command.startsWith('nix develop '));
  if (audit.snapshot.host.os === 'windows') {
    return [];
  }
  return [
    {
      id: 'manager:nix',
      section: 'manager',
      title: 'Install Nix, if you may',
      why: "With it the flake's own shell brings every tool below at its right version; without it, install them one by one.",
      commands: develop === undefined ? [] : [develop],
      check: 'nix --version',
      done: hasNix,
    },
  ];
}

function toolStep({ row, title, expected, reason, status }: ReportRow): ChecklistStep {
  const version = expected === '' || expected === '?' ? '' : ` ${expected}`;
  return {
    id: `tool:${row.tool}:${row.expected?.attribute ?? ''}`,
    section: 'tools',
    title: `${status === 'shadowed' ? 'Choose' : 'Have'} ${title}${version}`,
    why: reason,
    commands: row.fixes.filter(({ command }) => !command.startsWith('nix develop ')).slice(0, 2),
    done: status === 'unknown' ? undefined : status === 'match',
  };
}
