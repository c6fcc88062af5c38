import type { PackageSource } from '../../catalog';
import { packageNames } from '../../catalog/package-names';
import type { Fix } from '../../model/diff';
import type { Machine } from './machine';
import { type Need, pinOf } from './need';
import { type CommandTag, commandFor } from './quote';

interface LanguageManager {
  /** Catalog id of the program that installs. */
  readonly id: string;
  /** Where the catalog has the name. */
  readonly source: PackageSource;
  readonly command: (line: CommandTag, name: string, version: string, isDrift: boolean) => string | undefined;
  readonly risk: string;
}

/** Managers that install a program written in their language, at an exact version. */
export const languageManagers: readonly LanguageManager[] = [
  {
    id: 'uv',
    source: 'pip',
    command: (line, name, version) => line`uv tool install ${`${name}==${version}`}`,
    risk: 'In an environment of its own; replaces the version that uv has of it.',
  },
  {
    id: 'pipx',
    source: 'pip',
    command: (line, name, version, isDrift) =>
      isDrift ? line`pipx install --force ${`${name}==${version}`}` : line`pipx install ${`${name}==${version}`}`,
    risk: 'In an environment of its own; replaces the version that pipx has of it.',
  },
  {
    id: 'npm',
    source: 'npm',
    command: (line, name, version) => line`npm install --global ${`${name}@${version}`}`,
    risk: 'Replaces the global copy of the Node.js that is active now, for every project.',
  },
  {
    id: 'cargo',
    source: 'cargo',
    command: (line, name, version) => line`cargo install --locked ${`${name}@${version}`}`,
    risk: 'Compiled here, which takes minutes; replaces the copy in ~/.cargo/bin.',
  },
  {
    id: 'gem',
    source: 'gem',
    command: (line, name, version) => line`gem install ${name} --version ${version}`,
    risk: 'Other versions of the gem stay; the newest one starts.',
  },
  {
    id: 'go',
    source: 'go',
    command: (line, name, version) => line`go install ${`${name}@v${version}`}`,
    risk: 'Compiled here; replaces the copy in ~/go/bin. Downloads from the module proxy.',
  },
];

/** Fixes at the exact version, by the package managers of languages that are on this machine. */
export function languageManagerFixes(need: Need, machine: Machine): readonly Fix[] {
  const version = pinOf(need);
  const { tool } = need;
  if (version === undefined || tool === undefined) {
    return [];
  }
  const line = commandFor(machine.os);
  return languageManagers.flatMap(({ id, source, command, risk }) => {
    const name = packageNames(tool, source)[0];
    const text =
      name === undefined || id === tool.id || !machine.has(id)
        ? undefined
        : command(line, name, version, need.status === 'drift');
    return text === undefined
      ? []
      : [{ manager: id, command: text, title: `Install ${tool.title} ${version} with ${id}`, risk }];
  });
}
