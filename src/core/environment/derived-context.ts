import type { Host } from '../host/host';
import { pathRulesOf } from '../host/paths';
import { termuxPrefix } from '../host/termux';
import type { Evidence } from '../model/evidence';
import type { ContextDoubt, PathContext, PathContextId } from '../model/snapshot';
import { accountOf, type Environment } from './env-files';
import { createWorld, type Memory, type World } from './shell/world';
import { isKnownVariable } from './variables';

/** A context before anybody looks into its folders. */
export interface DerivedContext {
  readonly id: PathContextId;
  readonly answeredBy: PathContext['answeredBy'];
  readonly shell?: string;
  /** PATH, split, in order. */
  readonly entries: readonly string[];
  /** Its variables; for those that Lockstep looks at. */
  readonly env: Readonly<Record<string, string>>;
  /** Entry → what put it there. */
  readonly origins: ReadonlyMap<string, string>;
  readonly evidence: readonly Evidence[];
  readonly doubts: readonly ContextDoubt[];
  /** How its shell is to be asked; absent where there is none to ask. */
  readonly ask?: ShellQuestion;
}

/** A shell that can be asked for its environment. */
export interface ShellQuestion {
  readonly shell: string;
  readonly login: boolean;
  readonly interactive: boolean;
  /** What it is started with. */
  readonly env: Readonly<Record<string, string>>;
}

/** A derived context as the snapshot has it, without its folders' states. */
export function deriveContext(
  id: PathContextId,
  env: Environment,
  world: World,
  more: { readonly shell?: string; readonly ask?: ShellQuestion } = {},
): DerivedContext {
  const path = env.get('PATH') ?? env.get('Path') ?? '';
  return {
    id,
    answeredBy: 'files',
    ...more,
    entries: path === '' ? [] : path.split(pathRulesOf(world.host.os).delimiter),
    env: Object.fromEntries([...env].filter(([name]) => isKnownVariable(name))),
    origins: new Map(world.origins),
    evidence: [...world.sources].slice(0, MOST_EVIDENCE).map((source) => ({ kind: 'file', source })),
    doubts: world.doubts.slice(0, MOST_EVIDENCE),
  };
}

const MOST_EVIDENCE = 200;

/** Evidence of a desktop context where nobody can log in to a desktop: it tells what one would hand on. */
export const NO_DESKTOP = 'no desktop is installed';

/** What all contexts of a Unix machine begin with. */
export interface Account {
  readonly shell: string;
  readonly isRoot: boolean;
  readonly env: ReadonlyMap<string, string>;
}

/** The person whose home it is. The shell is the one of /etc/passwd, else the one that the process names. */
export function readAccount(host: Host, memory: Memory): Account {
  const account = accountOf(host, createWorld(host, memory));
  const named = [account.shell, host.env['SHELL']].find(
    (shell) => shell?.startsWith('/') && !/\/(?:nologin|false)$/.test(shell),
  );
  const shell = named ?? usualShell(host);
  const user = account.name ?? host.home.slice(host.home.lastIndexOf('/') + 1);
  return {
    shell,
    isRoot: account.id === '0' || host.home === '/root',
    env: new Map([
      ['HOME', host.home],
      ['USER', user],
      ['LOGNAME', user],
      ['SHELL', shell],
    ]),
  };
}

/** Where nobody names the shell: the one of macOS, else the one whose files the person has, else what is there. */
function usualShell({ os, fs, home }: Host): string {
  if (os === 'darwin') {
    return '/bin/zsh';
  }
  const isThere = (path: string) => fs.stat(path).ok;
  const prefix = termuxPrefix({ fs, os });
  if (prefix !== undefined) {
    const chosen = fs.readLink(`${home}/.termux/shell`);
    return chosen.ok ? chosen.value : `${prefix}/bin/${isThere(`${prefix}/bin/bash`) ? 'bash' : 'sh'}`;
  }
  const owned = [
    ['/bin/bash', '.bashrc'],
    ['/bin/zsh', '.zshrc'],
    ['/usr/bin/fish', '.config/fish/config.fish'],
  ].find(([, file]) => isThere(`${home}/${file}`));
  return owned?.[0] ?? (isThere('/bin/bash') ? '/bin/bash' : '/bin/sh');
}
