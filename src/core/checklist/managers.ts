import { NIX_DEVELOP } from '../diff/fixes/nix';
import { usualManager } from '../diff/fixes/usual-manager';
import type { ChecklistStep } from '../model/checklist';
import type { Fix } from '../model/diff';
import { remediesOf } from '../report/remedies';
import type { Report } from '../report/report';

/** What installs the rest: Nix and the flake's shell where there can be Nix, and the usual manager where none is. */
export function managerSteps(report: Report): readonly ChecklistStep[] {
  const { audit, rows } = report;
  const { os } = audit.snapshot.host;
  const here = new Set(audit.snapshot.installations.map(({ tool }) => tool));
  const hasNix = here.has('nix');
  const open = rows.some(({ status }) => status === 'missing' || status === 'drift' || status === 'shadowed');
  const { whole } = remediesOf(report);
  const usual = open ? usualManager(os, (tool) => here.has(tool)) : undefined;
  const step = usual === undefined ? undefined : STEPS[usual.id];
  return [
    ...(os === 'windows' ? [] : [nixStep(hasNix)]),
    ...(hasNix && whole !== undefined ? [wholeStep(report, whole)] : []),
    ...(step === undefined ? [] : [step]),
  ];
}

function nixStep(hasNix: boolean): ChecklistStep {
  return {
    id: 'manager:nix',
    section: 'manager',
    title: 'Install Nix, if you may',
    why: "With it the flake's own shell brings every tool below at its right version; without it, install them one by one.",
    commands: [
      {
        manager: 'nix',
        command: "curl --proto '=https' --tlsv1.2 -sSfL https://nixos.org/nix/install | sh -s -- --daemon",
        title: 'Install Nix as its makers advise',
        risk: 'Needs sudo: makes /nix, a service and users for builds. Read the script first.',
      },
    ],
    check: 'nix --version',
    optional: true,
    done: hasNix,
  };
}

function wholeStep({ audit }: Report, whole: Fix): ChecklistStep {
  if (!NIX_DEVELOP.test(whole.command)) {
    return {
      id: 'manager:switch',
      section: 'manager',
      title: "Switch to the flake's configuration",
      why: 'It brings every tool below at its right version.',
      commands: [whole],
      optional: true,
      done: undefined,
    };
  }
  const inside = audit.snapshot.environment.some(({ name }) => name === 'IN_NIX_SHELL');
  return {
    id: 'manager:develop',
    section: 'manager',
    title: "Open the flake's shell",
    why: 'Inside it every tool below is there at its right version, whatever else this machine has.',
    commands: [whole],
    check: 'echo "$IN_NIX_SHELL"',
    optional: true,
    done: inside ? true : undefined,
  };
}

/** How the manager is installed that a machine without any gets first. */
const STEPS: Readonly<Record<string, ChecklistStep>> = {
  brew: {
    id: 'manager:brew',
    section: 'manager',
    title: 'Install Homebrew',
    why: 'This Mac has no package manager, and the tools below are installed with one.',
    commands: [
      {
        manager: 'brew',
        command: '/bin/bash -c "$(curl -fsSL https://raw.githubusercontent.com/Homebrew/install/HEAD/install.sh)"',
        title: 'Install Homebrew as its makers advise',
        risk: "Needs an administrator; installs Apple's command line tools, too.",
      },
    ],
    check: 'brew --version',
    done: false,
  },
  scoop: {
    id: 'manager:scoop',
    section: 'manager',
    title: 'Install Scoop',
    why: 'This machine has no package manager, and the tools below are installed with one.',
    commands: [
      {
        manager: 'scoop',
        command: 'Invoke-RestMethod -Uri https://get.scoop.sh | Invoke-Expression',
        title: 'Install Scoop as its makers advise',
        risk: 'For your user only; asks for "Set-ExecutionPolicy RemoteSigned -Scope CurrentUser" first.',
      },
    ],
    check: 'scoop --version',
    done: false,
  },
};
