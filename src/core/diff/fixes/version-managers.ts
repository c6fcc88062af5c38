import { packageNames } from '../../catalog/package-names';
import type { Fix } from '../../model/diff';
import type { Machine } from './machine';
import { type Need, pinOf } from './need';
import { type CommandTag, commandFor } from './quote';

interface VersionManager {
  /** Catalog id of the manager. */
  readonly id: string;
  /** Catalog ids of what it manages; left out: whatever has a name there. */
  readonly tools?: readonly string[];
  readonly command: (line: CommandTag, version: string, need: Need, machine: Machine) => string | undefined;
  readonly risk: string;
  /** On Windows, where the program of that name is another one. */
  readonly riskOnWindows?: string;
}

const DEFAULT_CHANGES = 'Becomes the default of your user: projects that name no version get it, too.';

/** Managers that install any version beside the others, without touching the system. */
export const versionManagers: readonly VersionManager[] = [
  {
    id: 'nvm',
    tools: ['node'],
    command: (line, version, _, { os }) =>
      // nvm for Windows is another program: it has no alias.
      os === 'windows'
        ? line`nvm install ${version} && nvm use ${version}`
        : line`nvm install ${version} && nvm alias default ${version}`,
    risk: `${DEFAULT_CHANGES} Global npm packages stay with the version that they were installed for.`,
    riskOnWindows:
      'Every program gets it from then on; needs an administrator. Global npm packages stay with their version.',
  },
  {
    id: 'fnm',
    tools: ['node'],
    command: (line, version) => line`fnm install ${version} && fnm default ${version}`,
    risk: `${DEFAULT_CHANGES} Global npm packages stay with the version that they were installed for.`,
  },
  {
    id: 'volta',
    tools: ['node', 'npm', 'yarn', 'pnpm'],
    command: (line, version, need) => line`volta install ${`${need.tool?.id}@${version}`}`,
    risk: DEFAULT_CHANGES,
  },
  {
    id: 'pyenv',
    tools: ['python'],
    command: (line, version) => line`pyenv install ${version} && pyenv global ${version}`,
    risk: `${DEFAULT_CHANGES} It is compiled here, which takes minutes and needs a C compiler.`,
    riskOnWindows: `${DEFAULT_CHANGES} Its installer comes from python.org.`,
  },
  {
    id: 'uv',
    tools: ['python'],
    command: (line, version) => line`uv python install ${version}`,
    risk: 'Used by uv; other programs go on with the Python that PATH gives.',
  },
  {
    id: 'rustup',
    tools: ['rustc', 'cargo'],
    command: (line, version) => line`rustup toolchain install ${version} && rustup default ${version}`,
    risk: `${DEFAULT_CHANGES} A rust-toolchain.toml in a project still goes first.`,
  },
  {
    id: 'nodenv',
    tools: ['node'],
    command: (line, version) => line`nodenv install ${version} && nodenv global ${version}`,
    risk: DEFAULT_CHANGES,
  },
  {
    id: 'n',
    tools: ['node'],
    command: (line, version) => line`n ${version}`,
    risk: 'Replaces the Node.js that n has put on PATH, for every project.',
  },
  {
    id: 'corepack',
    tools: ['pnpm', 'yarn'],
    command: (line, version, need) => line`corepack install --global ${`${need.tool?.id}@${version}`}`,
    risk: `${DEFAULT_CHANGES} A packageManager key in package.json still goes first.`,
  },
  {
    id: 'rbenv',
    tools: ['ruby'],
    command: (line, version) => line`rbenv install ${version} && rbenv global ${version}`,
    risk: `${DEFAULT_CHANGES} It is compiled here, which takes minutes.`,
  },
  {
    id: 'goenv',
    tools: ['go'],
    command: (line, version) => line`goenv install ${version} && goenv global ${version}`,
    risk: DEFAULT_CHANGES,
  },
  {
    id: 'tfenv',
    tools: ['terraform'],
    command: (line, version) => line`tfenv install ${version} && tfenv use ${version}`,
    risk: DEFAULT_CHANGES,
  },
  {
    id: 'tenv',
    tools: ['terraform', 'opentofu', 'terragrunt'],
    command: (line, version, need) => {
      const name = { terraform: 'tf', opentofu: 'tofu', terragrunt: 'tg' }[need.tool?.id ?? ''];
      return name === undefined ? undefined : line`tenv ${name} install ${version} && tenv ${name} use ${version}`;
    },
    risk: DEFAULT_CHANGES,
  },
  {
    id: 'phpenv',
    tools: ['php'],
    command: (line, version) => line`phpenv install ${version} && phpenv global ${version}`,
    risk: `${DEFAULT_CHANGES} It is compiled here, which takes minutes.`,
  },
  {
    id: 'juliaup',
    tools: ['julia'],
    command: (line, version) => line`juliaup add ${version} && juliaup default ${version}`,
    risk: DEFAULT_CHANGES,
  },
  {
    id: 'opam',
    tools: ['ocaml'],
    command: (line, version) => line`opam switch create ${version}`,
    risk: 'A switch of its own, which becomes the current one; packages of other switches stay there.',
  },
  {
    id: 'ghcup',
    tools: ['ghc', 'cabal', 'stack', 'haskell-language-server'],
    command: (line, version, need) =>
      line`ghcup install ${ghcupName(need)} ${version} && ghcup set ${ghcupName(need)} ${version}`,
    risk: DEFAULT_CHANGES,
  },
  {
    id: 'mise',
    command: (line, version, need) => {
      const name = need.tool && packageNames(need.tool, 'mise')[0];
      return name === undefined ? undefined : line`mise use --global ${`${name}@${version}`}`;
    },
    risk: `${DEFAULT_CHANGES} Writes mise's global configuration.`,
  },
  {
    id: 'asdf',
    command: (line, version, need, machine) => {
      const name = need.tool && packageNames(need.tool, 'asdf')[0];
      if (name === undefined) {
        return undefined;
      }
      // The rewrite of 0.16 replaced `global` by `set --home`.
      return /^0\.(?:\d|1[0-5])\b/.test(machine.versionOf('asdf') ?? '')
        ? line`asdf install ${name} ${version} && asdf global ${name} ${version}`
        : line`asdf install ${name} ${version} && asdf set --home ${name} ${version}`;
    },
    risk: `${DEFAULT_CHANGES} Needs asdf's plugin of that name.`,
  },
  {
    id: 'sdkman',
    command: (line, version, need) => {
      const name = need.tool && packageNames(need.tool, 'sdkman')[0];
      // Java's versions carry their vendor there (`17.0.11-tem`), and lose what follows the plus sign.
      const own = name === 'java' ? `${version.replace(/\+.*$/, '')}-tem` : version;
      return name === undefined ? undefined : line`sdk install ${name} ${own}`;
    },
    risk: DEFAULT_CHANGES,
  },
];

/** Fixes at the exact version, by the version managers of this machine. */
export function versionManagerFixes(need: Need, machine: Machine): readonly Fix[] {
  const version = pinOf(need);
  const { tool } = need;
  if (version === undefined || tool === undefined) {
    return [];
  }
  const line = commandFor(machine.os);
  return versionManagers
    .filter(({ id, tools }) => id !== tool.id && machine.has(id) && (tools?.includes(tool.id) ?? true))
    .flatMap(({ id, command, risk, riskOnWindows }) => {
      const text = command(line, version, need, machine);
      return text === undefined
        ? []
        : [
            {
              manager: id,
              command: machine.os === 'windows' ? inPowerShell(text) : text,
              title: `Install ${tool.title} ${version} with ${id}`,
              risk: machine.os === 'windows' ? (riskOnWindows ?? risk) : risk,
            },
          ];
    });
}

/** The PowerShell that comes with Windows has no `&&`. */
function inPowerShell(command: string): string {
  const [first = '', ...rest] = command.split(' && ');
  return rest.reduce((line, next) => `${line}; if ($?) { ${next} }`, first);
}

function ghcupName({ tool }: Need): string {
  return tool?.id === 'haskell-language-server' ? 'hls' : (tool?.id ?? '');
}
