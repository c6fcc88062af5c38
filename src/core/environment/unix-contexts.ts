import { glob } from '../host/glob';
import type { Host } from '../host/host';
import { termuxPrefix } from '../host/termux';
import { type DerivedContext, deriveContext, NO_DESKTOP, readAccount, type ShellQuestion } from './derived-context';
import {
  type Environment,
  loginPath,
  readEnvironmentD,
  readPamConfiguration,
  readPamEnvironment,
  setVariable,
} from './env-files';
import { createMemory, createWorld, type World } from './shell/world';
import { startShell } from './startup';

const LINUX_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const LAUNCHD_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

/** Login shell, terminal and desktop of a Linux machine or a Mac, from its files. */
export function readUnixContexts(host: Host): readonly DerivedContext[] {
  const memory = createMemory();
  const { shell, isRoot, env: account } = readAccount(host, memory);
  const world = () => createWorld(host, memory);
  const desktopWorld = world();
  const desktop =
    host.os === 'darwin' ? launchdEnvironment(account, desktopWorld) : sessionEnvironment(account, shell, desktopWorld);

  const loginWorld = world();
  const base =
    host.os === 'darwin' ? launchdEnvironment(account, loginWorld) : loginEnvironment(account, isRoot, loginWorld);
  const login = askable({ shell, login: true, interactive: false }, base);
  const loginEnv = startShell(loginWorld, login);

  // Terminals of a Linux desktop start a plain interactive shell inside of the session; others a login shell.
  const inSession = host.os === 'linux' && hasDesktop(host);
  const terminalWorld = world();
  const terminalBase = inSession
    ? inherit(desktop, desktopWorld, terminalWorld)
    : host.os === 'darwin'
      ? launchdEnvironment(account, terminalWorld)
      : loginEnvironment(account, isRoot, terminalWorld);
  terminalBase.set('TERM', 'xterm-256color');
  const terminal = askable({ shell, login: !inSession, interactive: true }, terminalBase);
  const terminalEnv = startShell(terminalWorld, terminal);

  const desktopContext = deriveContext('desktop', desktop, desktopWorld);
  return [
    deriveContext('login', loginEnv, loginWorld, { shell, ask: login.question }),
    deriveContext('interactive', terminalEnv, terminalWorld, { shell, ask: terminal.question }),
    host.os === 'linux' && !inSession ? withoutDesktop(desktopContext) : desktopContext,
  ];
}

function withoutDesktop(context: DerivedContext): DerivedContext {
  return { ...context, evidence: [{ kind: 'path', source: NO_DESKTOP }, ...context.evidence] };
}

function askable(
  start: Omit<ShellQuestion, 'env'>,
  env: Environment,
): Omit<ShellQuestion, 'env'> & { readonly env: Environment; readonly question: ShellQuestion } {
  return { ...start, env, question: { ...start, env: Object.fromEntries(env) } };
}

/** A world that goes on where another one stopped. */
function inherit(env: Environment, from: World, to: World): Environment {
  for (const [entry, source] of from.origins) {
    to.origins.set(entry, source);
  }
  for (const source of from.sources) {
    to.sources.add(source);
  }
  to.doubts.push(...from.doubts);
  return new Map(env);
}

/** What a login on the console or over SSH begins with: login.defs, then PAM, in WSL the folders of Windows. */
function loginEnvironment(account: ReadonlyMap<string, string>, isRoot: boolean, world: World): Environment {
  const env: Environment = new Map(account);
  const prefix = termuxPrefix(world.host);
  if (prefix !== undefined) {
    // No login.defs, no PAM: Termux starts the shell itself.
    env.set('PREFIX', prefix);
    setVariable(env, 'PATH', `${prefix}/bin`, world, 'Termux');
    return env;
  }
  const [path, source] = loginPath(world, isRoot) ?? [LINUX_PATH, 'login'];
  setVariable(env, 'PATH', path, world, source);
  readPamEnvironment(env, world);
  readPamConfiguration(env, world);
  addInterop(env, world);
  return env;
}

/** WSL appends the PATH of Windows, unless /etc/wsl.conf says otherwise. */
function addInterop(env: Environment, world: World): void {
  const { host } = world;
  if (host.env['WSL_DISTRO_NAME'] === undefined) {
    return;
  }
  env.set('WSL_DISTRO_NAME', host.env['WSL_DISTRO_NAME']);
  const conf = world.readText('/etc/wsl.conf');
  if (conf.ok && /^\s*appendWindowsPath\s*=\s*false\b/im.test(conf.value)) {
    world.sources.add('/etc/wsl.conf');
    return;
  }
  const folders = host.pathEntries.filter((entry) => /^\/mnt\/[a-z]\//.test(entry));
  setVariable(env, 'PATH', [env.get('PATH') ?? '', ...new Set(folders)].join(':'), world, 'WSL interop');
}

/** Whether somebody can log in to a desktop here. */
function hasDesktop({ fs, env }: Host): boolean {
  return (
    env['WSL_DISTRO_NAME'] === undefined &&
    [
      '/etc/systemd/system/display-manager.service',
      '/etc/X11/default-display-manager',
      '/usr/share/wayland-sessions',
      '/usr/share/xsessions',
      '/run/current-system/sw/share/wayland-sessions',
      '/run/current-system/sw/share/xsessions',
    ].some((path) => fs.lstat(path).ok)
  );
}

/**
 * What a Linux desktop hands to what it starts: PAM, environment.d, then what the display manager reads: GDM and SDDM
 * go through the login shell of the user, others read /etc/profile and ~/.profile as `sh`.
 */
function sessionEnvironment(account: ReadonlyMap<string, string>, shell: string, world: World): Environment {
  const { host } = world;
  const isRoot = host.home === '/root';
  const base = loginEnvironment(account, isRoot, world);
  readEnvironmentD(base, world);
  const manager = displayManager(host);
  const usesShell = manager === 'gdm' || manager === 'sddm';
  const env = startShell(world, {
    shell: usesShell ? shell : '/bin/sh',
    login: true,
    interactive: false,
    env: base,
  });
  if (manager !== 'lightdm') {
    return env;
  }
  return startShell(world, {
    shell: '/bin/sh',
    login: false,
    interactive: true,
    env: new Map([...env, ['ENV', `${host.home}/.xprofile`]]),
  });
}

function displayManager({ fs }: Host): string | undefined {
  const link = fs.readLink('/etc/systemd/system/display-manager.service');
  const named = link.ok ? link.value : '';
  return /(gdm|sddm|lightdm)[^/]*$/.exec(named)?.[1];
}

/**
 * What launchd hands to apps of the Dock: its own four folders, or what `launchctl config user path` has set, and
 * variables that agents set with `launchctl setenv`.
 */
function launchdEnvironment(account: ReadonlyMap<string, string>, world: World): Environment {
  const { host } = world;
  const env: Environment = new Map(account);
  setVariable(env, 'PATH', LAUNCHD_PATH, world, 'launchd');
  const config = '/private/var/db/com.apple.xpc.launchd/config/user.plist';
  const set = world.readText(config);
  const path = set.ok
    ? /<key>PathEnvironmentVariable<\/key>\s*<string>([^<]*)<\/string>/.exec(set.value)?.[1]
    : undefined;
  if (path !== undefined) {
    world.sources.add(config);
    setVariable(env, 'PATH', path, world, config);
  }
  for (const agent of glob(host, `${host.home}/Library/LaunchAgents/*.plist`).slice(0, 50)) {
    const read = world.readText(agent);
    const words = read.ok ? [...read.value.matchAll(/<string>([^<]*)<\/string>/g)].map(([, word = '']) => word) : [];
    const at = words.indexOf('setenv');
    const [name, value] = words.slice(at + 1);
    if (at > 0 && words[at - 1]?.endsWith('launchctl') === true && name !== undefined && value !== undefined) {
      world.sources.add(agent);
      setVariable(env, name, value, world, agent);
    }
  }
  return env;
}
