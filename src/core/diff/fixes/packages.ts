import type { Fix } from '../../model/diff';
import { languageOf } from '../not-to-be-seen';
import type { Machine } from './machine';
import { type Need, pinOf } from './need';
import { type CommandTag, commandFor } from './quote';

interface Installer {
  /** Catalog id of the program that installs. */
  readonly id: string;
  readonly command: (line: CommandTag, name: string, version: string | undefined) => string | undefined;
  readonly risk: string;
}

const VENV = 'Goes into the virtual environment that is active, as it should: a Python of the system refuses it.';

/** Who installs packages of a language, the best first. */
const INSTALLERS: Readonly<Record<string, readonly Installer[]>> = {
  Python: [
    { id: 'uv', command: (line, name, version) => line`uv pip install ${pinned(name, '==', version)}`, risk: VENV },
    {
      id: 'python',
      command: (line, name, version) => line`python3 -m pip install ${pinned(name, '==', version)}`,
      risk: VENV,
    },
  ],
  'Node.js': [
    {
      id: 'npm',
      command: (line, name, version) => line`npm install --global ${pinned(name, '@', version)}`,
      risk: 'Replaces the global copy of the Node.js that is active now, for every project.',
    },
  ],
  Ruby: [
    {
      id: 'gem',
      command: (line, name, version) =>
        version === undefined ? line`gem install ${name}` : line`gem install ${name} --version ${version}`,
      risk: 'Other versions of the gem stay; the newest one starts.',
    },
  ],
};

/** Fixes for a package of a language, by the installers of that language that are here. */
export function packageFixes(need: Need, machine: Machine): readonly Fix[] {
  const { expected, unresolved } = need.requirement;
  const language = languageOf(expected.attribute);
  if (
    need.tool !== undefined ||
    unresolved ||
    language === undefined ||
    !/^@?[\w][\w./-]{0,100}$/.test(expected.name)
  ) {
    return [];
  }
  const installers = Object.hasOwn(INSTALLERS, language) ? (INSTALLERS[language] ?? []) : [];
  const line = commandFor(machine.os);
  const version = pinOf(need);
  const what = version === undefined ? expected.name : `${expected.name} ${version}`;
  return installers.flatMap(({ id, command, risk }) => {
    const text = machine.has(id) ? command(line, expected.name, version) : undefined;
    return text === undefined ? [] : [{ manager: id, command: text, title: `Install ${what} with ${id}`, risk }];
  });
}

function pinned(name: string, sign: string, version: string | undefined): string {
  return version === undefined ? name : `${name}${sign}${version}`;
}
