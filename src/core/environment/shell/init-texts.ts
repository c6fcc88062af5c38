import { pathHelper } from '../path-helper';
import type { Outcome } from './commands';
import { miseFolders, nvmDefault, opamBin } from './managers';
import { brewPrefix } from './programs';
import { getText, type Scope, whichProgram } from './scope';
import { hole, isUnknown } from './world';

/** What the code does that a program prints for a shell to run. */
interface Init {
  /** Taken to the front of PATH. */
  readonly front?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Where files cannot tell. */
  readonly unknown?: string;
}

type MakeInit = (scope: Scope, args: readonly string[], program: string) => Init | undefined;

/**
 * The code that `brew shellenv`, `pyenv init -` and their like print for `eval`, worked out from the files of the host;
 * undefined for programs that do not do that. A program that is not there prints nothing.
 */
export function initText(scope: Scope, base: string, args: readonly string[], name: string): Outcome | undefined {
  const make = Object.hasOwn(INITS, base) ? INITS[base] : undefined;
  const isPlain = make === undefined && (PROMPTS.has(base) || isCompletion(args));
  if (make === undefined && !isPlain) {
    return undefined;
  }
  if (args.some(isUnknown)) {
    return { status: undefined, out: hole(scope.world, `what "${base}" is asked`) };
  }
  const program = base === 'path_helper' ? name : whichProgram(scope, name);
  if (program === null) {
    return { status: false, out: '' };
  }
  const init = make === undefined ? {} : make(scope, args, program ?? name);
  if (init === undefined) {
    return undefined;
  }
  return init.unknown === undefined
    ? { status: true, out: textOf(init) }
    : { status: true, out: hole(scope.world, init.unknown) };
}

/** As code of a POSIX shell, with one command a line; a folder goes to the front by `__lockstep_front`. */
function textOf({ front = [], variables = {} }: Init): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`),
    ...(front.length > 0 ? [`${TO_FRONT} ${front.map(quote).join(' ')}`] : []),
  ].join('\n');
}

/** The command of our own that takes folders to the front of PATH. */
export const TO_FRONT = '__lockstep_to_front';

/** Programs whose code sets prompts, aliases, hooks for keys and agents. */
const PROMPTS = new Set(
  'starship zoxide direnv atuin fzf thefuck mcfly navi oh-my-posh carapace ssh-agent dircolors gdircolors lesspipe lesspipe.sh keychain gpg-agent hub tmuxifier broot vivid zellij batpipe batman ng register-python-argcomplete cod pazi fasd scmpuff jump antibody sheldon antidote zinit sharship worktrunk wt switcher op pipenv navi just'.split(
    ' ',
  ),
);

function isCompletion(args: readonly string[]): boolean {
  return args.some((word) => /^(?:--?)?(?:generate-)?(?:shell-)?completions?(?:[-=]\w+)?$/.test(word));
}

/** pyenv and those that copied it. */
function shims(variable: string, folder: string): MakeInit {
  return (scope, args) => (args[0] === 'init' ? { front: [`${rootOf(scope, variable, folder)}/shims`] } : undefined);
}

function rootOf(scope: Scope, variable: string, folder: string): string {
  return getText(scope, variable) || `${getText(scope, 'HOME') ?? ''}/${folder}`;
}

const INITS: Readonly<Record<string, MakeInit>> = {
  brew: (scope, args, program) => {
    const prefix = args[0] === 'shellenv' ? brewPrefix(scope, program) : undefined;
    return prefix === undefined
      ? undefined
      : { front: [`${prefix}/bin`, `${prefix}/sbin`], variables: { HOMEBREW_PREFIX: prefix } };
  },
  path_helper: (scope) => ({ variables: { PATH: pathHelper(scope.world.host, getText(scope, 'PATH') ?? '') } }),
  pyenv: (scope, args) => {
    const root = rootOf(scope, 'PYENV_ROOT', '.pyenv');
    return args[0] === 'virtualenv-init'
      ? { front: [`${root}/plugins/pyenv-virtualenv/shims`] }
      : shims('PYENV_ROOT', '.pyenv')(scope, args, '');
  },
  rbenv: shims('RBENV_ROOT', '.rbenv'),
  nodenv: shims('NODENV_ROOT', '.nodenv'),
  goenv: shims('GOENV_ROOT', '.goenv'),
  jenv: shims('JENV_ROOT', '.jenv'),
  phpenv: shims('PHPENV_ROOT', '.phpenv'),
  plenv: shims('PLENV_ROOT', '.plenv'),
  mise: (scope, args) => activate(scope, args),
  rtx: (scope, args) => activate(scope, args),
  fnm: (scope, args) => {
    if (args[0] !== 'env') {
      return undefined;
    }
    const { fs, os } = scope.world.host;
    const home = getText(scope, 'HOME') ?? '';
    const roots = [
      getText(scope, 'FNM_DIR'),
      `${getText(scope, 'XDG_DATA_HOME') || `${home}/.local/share`}/fnm`,
      ...(os === 'darwin' ? [`${home}/Library/Application Support/fnm`] : []),
      `${home}/.fnm`,
    ];
    const root = roots.find((folder) => folder !== undefined && folder !== '' && fs.stat(folder).ok);
    const bin = `${root}/aliases/default/bin`;
    return root !== undefined && fs.stat(bin).ok ? { front: [bin] } : {};
  },
  conda: (scope, args, program) => (args.join(' ').includes('hook') ? condaHook(scope, program) : undefined),
  mamba: (_scope, args) => (args.join(' ').includes('hook') ? {} : undefined),
  micromamba: (_scope, args) => (args.join(' ').includes('hook') ? {} : undefined),
  opam: (scope, args) => {
    const bin = args[0] === 'env' ? opamBin(scope) : undefined;
    return args[0] === 'env' ? (bin === undefined ? {} : { front: [bin] }) : undefined;
  },
  perl: (scope, args) =>
    args.some((word) => word.includes('local::lib'))
      ? { front: [`${getText(scope, 'HOME') ?? ''}/perl5/bin`] }
      : undefined,
  luarocks: (scope, args) =>
    args[0] === 'path' ? { front: [`${getText(scope, 'HOME') ?? ''}/.luarocks/bin`] } : undefined,
  devbox: (scope, args) =>
    args[0] === 'global' && args[1] === 'shellenv'
      ? {
          front: [`${getText(scope, 'HOME') ?? ''}/.local/share/devbox/global/default/.devbox/nix/profile/default/bin`],
        }
      : undefined,
};

function activate(scope: Scope, args: readonly string[]): Init | undefined {
  if (args[0] !== 'activate') {
    return undefined;
  }
  const data =
    getText(scope, 'MISE_DATA_DIR') ||
    `${getText(scope, 'XDG_DATA_HOME') || `${getText(scope, 'HOME') ?? ''}/.local/share`}/mise`;
  return args.includes('--shims') ? { front: [`${data}/shims`] } : { front: miseFolders(scope, data) };
}

/** conda's hook puts `condabin` on PATH and activates `base`, unless `.condarc` says otherwise. */
function condaHook(scope: Scope, program: string): Init | undefined {
  const root = /^(.+)\/(?:bin|condabin)\/conda$/.exec(program)?.[1];
  if (root === undefined) {
    return { unknown: 'what "conda" sets up' };
  }
  const rc = scope.world.readText(`${getText(scope, 'HOME') ?? ''}/.condarc`);
  const isOff = rc.ok && /^\s*auto_activate(?:_base)?\s*:\s*(?:false|no|off)\b/im.test(rc.value);
  return isOff
    ? { front: [`${root}/condabin`] }
    : {
        front: [`${root}/bin`, `${root}/condabin`],
        variables: { CONDA_PREFIX: root, CONDA_DEFAULT_ENV: 'base', CONDA_EXE: `${root}/bin/conda` },
      };
}

/** nvm's own folder for the version that a new shell uses. */
export function nvmFront(scope: Scope, folder: string): readonly string[] {
  const version = nvmDefault(scope, folder);
  return version === undefined ? [] : [`${folder}/versions/node/${version}/bin`];
}
