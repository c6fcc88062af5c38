import type { PackageSource, Tool } from '../../catalog';
import { packageNames } from '../../catalog/package-names';
import type { Fix } from '../../model/diff';
import { compareToExpected } from '../compare-to-expected';
import { hasReleaseLine, releaseLines } from './apt-releases';
import type { Machine } from './machine';
import { lineOf, type Need, pinOf } from './need';
import { type CommandTag, commandFor } from './quote';
import { usualManager } from './usual-manager';

interface SystemManager {
  /** Catalog id of the program that installs. */
  readonly id: string;
  /** How installations name it, where that is another word. */
  readonly owner?: string;
  readonly source: PackageSource;
  /** `version` is given to managers that can be asked for one. */
  readonly command: (line: CommandTag, name: string, request: Request) => string | undefined;
  /** Whether the command asks for the exact version. */
  readonly exact: boolean;
  /** Names of packages of one release line. */
  readonly lines?: Readonly<Record<string, readonly [parts: 1 | 2, template: string]>>;
  /** @param others the release lines that the system has of the tool, where the asked one is known not to be among them */
  readonly risk: (machine: Machine, others: string | undefined) => string;
}

interface Request {
  readonly version: string | undefined;
  readonly upgrade: boolean;
  readonly sudo: string;
}

const releaseDecides = ({ system }: Machine, others: string | undefined): string =>
  others === undefined
    ? `${system} decides the version, which may differ; changes the copy of every user and project.`
    : `${system} has ${others}, which is not what is asked for; changes the copy of every user and project.`;

export const systemManagers: readonly SystemManager[] = [
  {
    id: 'brew',
    owner: 'homebrew',
    source: 'brew',
    exact: false,
    command: (line, name, { upgrade }) => (upgrade ? line`brew upgrade ${name}` : line`brew install ${name}`),
    lines: {
      node: [1, 'node@*'],
      python: [2, 'python@*'],
      postgres: [1, 'postgresql@*'],
      psql: [1, 'postgresql@*'],
      java: [1, 'openjdk@*'],
      go: [2, 'go@*'],
      ruby: [2, 'ruby@*'],
      php: [2, 'php@*'],
      llvm: [1, 'llvm@*'],
      gcc: [1, 'gcc@*'],
      mysql: [2, 'mysql@*'],
    },
    risk: () =>
      'Homebrew has one version a formula, which may differ, and may upgrade what depends on it; formulas with @ are not linked by themselves.',
  },
  {
    id: 'brew',
    owner: 'homebrew',
    source: 'cask',
    exact: false,
    command: (line, name, { upgrade }) =>
      upgrade ? line`brew upgrade --cask ${name}` : line`brew install --cask ${name}`,
    risk: () => 'An application for every user; Homebrew has one version of it, which may differ.',
  },
  {
    id: 'apt',
    owner: 'dpkg',
    source: 'apt',
    exact: false,
    command: (line, name, { upgrade, sudo }) => {
      const command = upgrade ? line`apt-get install --only-upgrade ${name}` : line`apt-get install ${name}`;
      return command === undefined ? undefined : sudo + command;
    },
    lines: {
      python: [2, 'python*'],
      postgres: [1, 'postgresql-*'],
      psql: [1, 'postgresql-client-*'],
      java: [1, 'openjdk-*-jdk'],
      gcc: [1, 'gcc-*'],
      clang: [1, 'clang-*'],
      llvm: [1, 'llvm-*'],
      go: [2, 'golang-*-go'],
      php: [2, 'php*-cli'],
    },
    risk: releaseDecides,
  },
  ...(['dnf', 'apk', 'pacman'] as const).map((id): SystemManager => {
    const verbs = {
      dnf: ['install', 'upgrade'],
      apk: ['add', 'add --upgrade'],
      pacman: ['-S --needed', '-S --needed'],
    };
    return {
      id,
      ...(id === 'dnf' ? { owner: 'rpm' } : {}),
      source: id,
      exact: false,
      command: (line, name, { sudo, upgrade }) => {
        const word = line`${name}`;
        return word === undefined ? undefined : `${sudo}${id} ${verbs[id][upgrade ? 1 : 0]} ${word}`;
      },
      risk: releaseDecides,
    };
  }),
  {
    id: 'winget',
    source: 'winget',
    exact: true,
    command: (line, name, { version }) =>
      version === undefined
        ? line`winget install --exact --id ${name}`
        : line`winget install --exact --id ${name} --version ${version}`,
    risk: () => 'Replaces the copy of every project; refused where the catalogue of winget lacks that version.',
  },
  {
    id: 'scoop',
    source: 'scoop',
    exact: true,
    command: (line, name, { version, upgrade }) => {
      const install = line`scoop install ${version === undefined ? name : `${name}@${version}`}`;
      // Scoop installs no second version of what is there.
      return upgrade && install !== undefined ? line`scoop uninstall ${name}`?.concat('; ', install) : install;
    },
    risk: () => 'Replaces the copy of your user; a bucket with that very version must be known to Scoop.',
  },
  {
    id: 'choco',
    owner: 'chocolatey',
    source: 'choco',
    exact: true,
    command: (line, name, { version }) =>
      version === undefined
        ? line`choco install ${name}`
        : line`choco install ${name} --version ${version} --allow-downgrade`,
    risk: () => 'Needs an administrator; replaces the copy of every user and project.',
  },
];

/** Fixes by the package managers of the system. */
export function systemManagerFixes(need: Need, machine: Machine): readonly Fix[] {
  const { tool, status, winner } = need;
  if (tool === undefined) {
    return [];
  }
  const line = commandFor(machine.os);
  const version = pinOf(need);
  const toCome = usualManager(machine.os, machine.has);
  return systemManagers.flatMap((manager) => {
    const { id, owner = id, source, exact } = manager;
    const ofRelease = releaseName(manager, need, tool, machine);
    // A `#` stands for any number: such names find packages, they install none.
    const name = ofRelease ?? packageNames(tool, source).find((candidate) => !candidate.includes('#'));
    const isPointless =
      !exact &&
      (isAhead(need, tool, hasRelease(manager, need, tool, ofRelease)) || isOfOtherLine(manager, need, tool, machine));
    const isToCome = id === toCome?.id;
    if (!(machine.has(id) || isToCome) || id === tool.id || name === undefined || isPointless) {
      return [];
    }
    const upgrade = status === 'drift' && ofRelease === undefined && winner?.manager === owner;
    const command = manager.command(line, name, { version, upgrade, sudo: machine.sudo });
    if (command === undefined) {
      return [];
    }
    const what = exact && version !== undefined ? `${tool.title} ${version}` : `${tool.title} (${name})`;
    const title = `${upgrade ? 'Upgrade' : 'Install'} ${what} with ${id}`;
    const risk = manager.risk(machine, otherLines(manager, need, tool, machine));
    const first = isToCome ? `${toCome?.name} is not installed here: install it first. ` : '';
    return [{ manager: id, command, title, risk: first + risk }];
  });
}

/** `3.12`: the release line that is asked for, where the manager has a package for each; else undefined. */
function releaseLine({ lines }: SystemManager, need: Need, tool: Tool): string | undefined {
  const parts = lines?.[tool.id]?.[0];
  return parts === undefined ? undefined : lineOf(need, parts);
}

/** Whether the package of the release line that is asked for brings another line than the copy that is here. */
function hasRelease(manager: SystemManager, need: Need, tool: Tool, name: string | undefined): boolean {
  const release = name === undefined ? undefined : releaseLine(manager, need, tool);
  return release !== undefined && !`${need.winner?.version}.`.startsWith(`${release}.`);
}

/** A manager that cannot be asked for a version does not make a newer copy older, unless it has the older line. */
function isAhead({ winner, requirement, status }: Need, tool: Tool, hasLine: boolean): boolean {
  if (status !== 'drift' || winner?.version === undefined || requirement.expected.version === undefined) {
    return false;
  }
  const comparison = compareToExpected(tool.versionScheme, requirement.expected, winner.version);
  return comparison.kind === 'apart' && comparison.direction === 'ahead' && !hasLine;
}

/** Where it is known that a distribution has another release line only, its package would change nothing. */
function isOfOtherLine(manager: SystemManager, need: Need, tool: Tool, { system }: Machine): boolean {
  const release = releaseLine(manager, need, tool);
  return (
    need.status === 'drift' &&
    manager.id === 'apt' &&
    release !== undefined &&
    !hasReleaseLine(system, tool.id, release)
  );
}

/** `3.11`: the lines of a release that is known to lack the one that is asked for. */
function otherLines(manager: SystemManager, need: Need, tool: Tool, { system }: Machine): string | undefined {
  const release = releaseLine(manager, need, tool);
  return manager.id === 'apt' && release !== undefined && !hasReleaseLine(system, tool.id, release)
    ? releaseLines(system, tool.id)
    : undefined;
}

/** `node@20`, `postgresql-client-15`: the package of the release line that is asked for. */
function releaseName(manager: SystemManager, need: Need, tool: Tool, { system }: Machine): string | undefined {
  const template = manager.lines?.[tool.id]?.[1];
  const release = releaseLine(manager, need, tool);
  // Homebrew keeps `node@` for the even majors, which are supported for long.
  if (release === undefined || template === undefined || (template === 'node@*' && Number(release) % 2 === 1)) {
    return undefined;
  }
  return manager.id === 'apt' && !hasReleaseLine(system, tool.id, release) ? undefined : template.replace('*', release);
}
