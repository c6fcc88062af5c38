import { termuxPrefix } from '../host/termux';
import { own } from '../own';
import { runCsh } from './csh/startup';
import { runElvish } from './elvish/startup';
import { userId } from './env-files';
import { runFish } from './fish/startup';
import { runNushell } from './nushell/startup';
import { pathHelper } from './path-helper';
import { readPowerShellProfiles } from './powershell';
import { capture, runFile } from './shell/run';
import { createScope, exportedTexts, getText, type Scope, setValue } from './shell/scope';
import type { Dialect } from './shell/syntax';
import { doubt, hostName, type World } from './shell/world';
import { runXonsh } from './xonsh/startup';

/** How a shell is started. */
export interface ShellStart {
  /** The program, or only its name. */
  readonly shell: string;
  readonly login: boolean;
  readonly interactive: boolean;
  /** What it is given. */
  readonly env: ReadonlyMap<string, string>;
}

/** Shells that hand over to one another. */
const MAX_HANDOVERS = 3;

const DIALECTS: Readonly<Record<string, Dialect>> = {
  bash: 'bash',
  zsh: 'zsh',
  sh: 'sh',
  dash: 'sh',
  ash: 'sh',
  ksh: 'sh',
  ksh93: 'sh',
  mksh: 'sh',
  lksh: 'sh',
  oksh: 'sh',
};

/** Shells with languages of their own. */
const OTHERS: Readonly<Record<string, (world: World, start: ShellStart) => Map<string, string>>> = {
  csh: runCsh,
  tcsh: runCsh,
  fish: runFish,
  elvish: runElvish,
  nu: runNushell,
  pwsh: runPowerShell,
  xonsh: runXonsh,
};

/** What Korn shells read where ENV says nothing. */
const OWN_FILES: Readonly<Record<string, string>> = {
  mksh: '.mkshrc',
  lksh: '.mkshrc',
  ksh: '.kshrc',
  ksh93: '.kshrc',
};

/** The name of a shell: `zsh` of `/bin/zsh`. */
export function shellName(shell: string): string {
  return shell.slice(shell.lastIndexOf('/') + 1).replace(/\.exe$/, '');
}

/** Whether the files of this shell can be read. */
export function isKnownShell(shell: string): boolean {
  const name = shellName(shell);
  return own(OTHERS, name) !== undefined || own(DIALECTS, name) !== undefined;
}

/**
 * The environment that a shell has when it has read its files, worked out from these files. What they do not tell is
 * among the doubts of the world; an entry of PATH that is not known is left out there.
 */
export function startShell(world: World, start: ShellStart, handovers = 0): Map<string, string> {
  const name = shellName(start.shell);
  const dialect = own(DIALECTS, name);
  const run = own(OTHERS, name);
  if (run !== undefined) {
    return withoutUnknown(world, run(world, start));
  }
  if (dialect === undefined) {
    doubt(
      world,
      start.shell,
      `the files of ${name} are not read: Lockstep knows those of bash, zsh, fish, Nushell, Elvish, xonsh, tcsh, PowerShell and sh`,
    );
    return new Map(start.env);
  }
  const scope = createScope(world, { ...start, dialect, capture });
  prepare(scope, start);
  for (const files of startupFiles(scope, start.shell)) {
    readFirst(scope, files);
    if (scope.stop === 'exit') {
      break;
    }
    scope.stop = undefined;
  }
  const env = exportedTexts(scope);
  if (scope.handover !== undefined && handovers < MAX_HANDOVERS) {
    return startShell(world, { ...start, shell: scope.handover, login: false, env }, handovers + 1);
  }
  return withoutUnknown(world, env);
}

/** What a shell knows before it reads anything. */
function prepare(scope: Scope, { shell, interactive }: ShellStart): void {
  const { host } = scope.world;
  const own = (name: string, value: string | readonly string[]) => {
    if (getText(scope, name) === undefined) {
      scope.vars.set(name, { value, exported: false });
    }
  };
  own('UID', userId(scope.world));
  own('EUID', getText(scope, 'UID') ?? '1000');
  own('SHLVL', '1');
  own('OSTYPE', host.os === 'darwin' ? 'darwin23.0' : 'linux-gnu');
  own('HOSTNAME', hostName(scope.world));
  own('HOST', hostName(scope.world));
  if (interactive) {
    own('PS1', '$ ');
  }
  if (scope.dialect === 'bash') {
    own('BASH', shell);
    own('BASH_VERSION', '5.2.0(1)-release');
    own('BASH_VERSINFO', ['5', '2', '0', '1', 'release', 'linux-gnu']);
  }
  if (scope.dialect === 'zsh') {
    own('ZSH_VERSION', '5.9');
    own('ZSH_NAME', 'zsh');
  }
}

/** Groups of files in their order; of each group the first that is there is read. */
function* startupFiles(scope: Scope, shell: string): Generator<readonly string[]> {
  const home = getText(scope, 'HOME') ?? scope.world.host.home;
  const etc = `${termuxPrefix(scope.world.host) ?? ''}/etc`;
  const { dialect, login, interactive, world } = scope;
  if (dialect === 'zsh') {
    const system = (name: string) => [`${etc}/zsh/${name}`, `${etc}/${name}`];
    // A file before may have moved the user's own.
    const own = (name: string) => [`${getText(scope, 'ZDOTDIR') || home}/${name}`];
    yield system('zshenv');
    yield own('.zshenv');
    if (login) {
      yield system('zprofile');
      yield own('.zprofile');
    }
    if (interactive) {
      yield system('zshrc');
      yield own('.zshrc');
    }
    if (login) {
      yield system('zlogin');
      yield own('.zlogin');
    }
    return;
  }
  if (login) {
    yield [`${etc}/profile`];
    yield dialect === 'bash'
      ? [`${home}/.bash_profile`, `${home}/.bash_login`, `${home}/.profile`]
      : [`${home}/.profile`];
  } else if (interactive && dialect === 'bash') {
    // Debian, Arch and SUSE build it with the first; NixOS with the second.
    yield [`${etc}/bash.bashrc`, ...(world.host.fs.stat('/etc/NIXOS').ok ? ['/etc/bashrc'] : [])];
    yield [`${home}/.bashrc`];
  }
  const usual = OWN_FILES[shellName(shell)];
  const named = getText(scope, 'ENV') ?? (usual === undefined ? undefined : `${home}/${usual}`);
  const file = dialect === 'sh' && interactive ? named : undefined;
  if (file?.startsWith('/')) {
    yield [file];
  }
}

function readFirst(scope: Scope, files: readonly string[]): void {
  const { world } = scope;
  const found = files.find((file) => world.host.fs.stat(file).ok);
  if (found !== undefined) {
    runFile(scope, found);
    return;
  }
  // Every Mac has these two; a recording may have left them out.
  if (world.host.os === 'darwin' && files.some((file) => file === '/etc/zprofile' || file === '/etc/profile')) {
    scope.file = '/usr/libexec/path_helper';
    scope.line = 0;
    setValue(scope, 'PATH', pathHelper(world.host, getText(scope, 'PATH') ?? ''), true);
  }
}

/** PowerShell has `sh` read the files of a login, then its own. Source: "about_Pwsh", `-Login`. */
function runPowerShell(world: World, start: ShellStart): Map<string, string> {
  const env = start.login ? startShell(world, { ...start, shell: '/bin/sh', interactive: false }) : new Map(start.env);
  readPowerShellProfiles(env, world);
  return env;
}

/** Takes unknown entries out of PATH and unknown variables out altogether, and says so. */
function withoutUnknown(world: World, env: ReadonlyMap<string, string>): Map<string, string> {
  const known = new Map<string, string>();
  for (const [name, value] of env) {
    if (!value.includes('\0')) {
      known.set(name, value);
    } else if (name === 'PATH') {
      const entries = value.split(':');
      for (const entry of entries.filter((one) => one.includes('\0'))) {
        const reason = world.holes[Number(/\0(\d+)\0/.exec(entry)?.[1])] ?? 'it is not known';
        doubt(world, 'PATH', `an entry of PATH is not known: ${reason}`);
      }
      known.set(name, entries.filter((one) => !one.includes('\0')).join(':'));
    }
  }
  return known;
}
