import type { ProbeContext } from '../context';
import { findUp, nextOnPath, programIn, type Shim, type ShimFollower } from './shim';

interface EnvManager {
  readonly manager: string;
  readonly variable: string;
  readonly file: string;
  /** Optional word before the version in version files: `python-3.12.1`. */
  readonly prefix: string;
  /** The one program that it stands for, where that lies in `bin` beside the manager's own and not in `shims`. */
  readonly program?: string;
}

/** pyenv and those that copied it: a `shims` folder, `versions/<version>/bin`, one variable, one version file. */
const MANAGERS: readonly EnvManager[] = [
  { manager: 'pyenv', variable: 'PYENV_VERSION', file: '.python-version', prefix: 'python-' },
  { manager: 'rbenv', variable: 'RBENV_VERSION', file: '.ruby-version', prefix: 'ruby-' },
  { manager: 'nodenv', variable: 'NODENV_VERSION', file: '.node-version', prefix: 'v' },
  { manager: 'goenv', variable: 'GOENV_VERSION', file: '.go-version', prefix: 'go' },
  { manager: 'jenv', variable: 'JENV_VERSION', file: '.java-version', prefix: 'java-' },
  { manager: 'phpenv', variable: 'PHPENV_VERSION', file: '.php-version', prefix: 'php-' },
  { manager: 'plenv', variable: 'PLENV_VERSION', file: '.perl-version', prefix: 'perl-' },
  { manager: 'crenv', variable: 'CRENV_VERSION', file: '.crystal-version', prefix: 'crystal-' },
  { manager: 'exenv', variable: 'EXENV_VERSION', file: '.exenv-version', prefix: '' },
  { manager: 'luaenv', variable: 'LUAENV_VERSION', file: '.lua-version', prefix: 'lua-' },
  {
    manager: 'tfenv',
    variable: 'TFENV_TERRAFORM_VERSION',
    file: '.terraform-version',
    prefix: 'v',
    program: 'terraform',
  },
  { manager: 'tofuenv', variable: 'TOFUENV_TOFU_VERSION', file: '.opentofu-version', prefix: 'v', program: 'tofu' },
  { manager: 'tgenv', variable: 'TGENV_VERSION', file: '.terragrunt-version', prefix: 'v', program: 'terragrunt' },
];

/**
 * Follows the shims of pyenv, rbenv, nodenv and their like, and what tfenv and its like put in their place. Versions come from the variable, then the
 * version file of the folder or above it, then `<root>/version`; the first version that has the program is started.
 */
export const followEnvFamily: ShimFollower = ({ program, path, realPath }, context) => {
  const { paths } = context;
  const alone = MANAGERS.find((manager) => manager.program === program);
  // Homebrew links to it.
  const folder = paths.dirname(alone === undefined ? path : realPath);
  if (paths.basename(folder) !== (alone === undefined ? 'shims' : 'bin')) {
    return undefined;
  }
  const root = paths.dirname(folder);
  const rootName = context.homes.usualPath(folder).toLowerCase();
  const known = MANAGERS.find((one) => one.program === alone?.program && rootName.includes(one.manager));
  return known === undefined ? undefined : follow(known, program, root, folder, context);
};

function follow(known: EnvManager, program: string, root: string, shims: string, context: ProbeContext): Shim {
  const chosen = chooseVersions(known, root, context);
  for (const wanted of chosen.versions) {
    const target =
      wanted === 'system' ? nextOnPath(context, program, shims) : inVersion(known, root, wanted, program, context);
    if (target !== undefined) {
      return { manager: known.manager, leadsTo: target, source: chosen.source, detail: wanted };
    }
  }
  return {
    manager: known.manager,
    source: chosen.source,
    reason: `${known.manager} selects ${chosen.versions.join(', ')} (${chosen.source}), which has no ${program}`,
  };
}

function chooseVersions(
  { variable, file }: EnvManager,
  root: string,
  context: ProbeContext,
): { readonly versions: readonly string[]; readonly source: string } {
  const set = context.host.env[variable];
  if (set !== undefined && set !== '') {
    return { versions: set.split(':'), source: `$${variable}` };
  }
  const local = findUp(context, [file]);
  if (local !== undefined) {
    return { versions: words(local.text), source: local.path };
  }
  const path = context.paths.join(root, 'version');
  const global = context.readText(path);
  const versions = global.ok ? words(global.value) : [];
  return versions.length > 0 ? { versions, source: path } : { versions: ['system'], source: root };
}

function words(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .flatMap((line) => (line === '' ? [] : line.split(/\s+/)));
}

function inVersion(
  { prefix }: EnvManager,
  root: string,
  wanted: string,
  program: string,
  context: ProbeContext,
): string | undefined {
  const { paths } = context;
  const versions = paths.join(root, 'versions');
  const plain = wanted.startsWith(prefix) ? wanted.slice(prefix.length) : wanted;
  const listed = context.readDir(versions);
  const names = listed.ok ? listed.value.map(({ name }) => name) : [];
  const isLatest = /^latest(?::|$)/.test(plain);
  const start = plain.replace(/^latest:\^?/, '');
  // A prefix selects the newest version that it begins (`3.11` → `3.11.7`).
  const newest = names
    .filter((name) => name.startsWith(`${plain}.`) || (isLatest && (start === 'latest' || name.startsWith(start))))
    .sort(byNumbers);
  for (const version of [wanted, plain, newest.at(-1)]) {
    if (version !== undefined && names.includes(version)) {
      const folder = paths.join(versions, version);
      return programIn(context, paths.join(folder, 'bin'), program) ?? programIn(context, folder, program);
    }
  }
  return undefined;
}

/** Orders names by their numbers: `3.9.1` before `3.10.0`. */
export function byNumbers(one: string, other: string): number {
  const numbers = [one, other].map((name) => (name.match(/\d+/g) ?? []).map(Number));
  const [first = [], second = []] = numbers;
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const difference = (first[index] ?? -1) - (second[index] ?? -1);
    if (difference !== 0) {
      return difference;
    }
  }
  return one < other ? -1 : one > other ? 1 : 0;
}
