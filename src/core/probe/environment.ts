import { PRESENCE, VALUES } from '../environment/variables';
import type { EnvironmentVariable, Installation } from '../model/snapshot';
import type { ProbeContext } from './context';

/** A home variable → the tool whose active copy should lie inside of it. */
const HOMES: Readonly<Record<string, string>> = {
  JAVA_HOME: 'java',
  JDK_HOME: 'java',
  GOROOT: 'go',
  M2_HOME: 'maven',
  MAVEN_HOME: 'maven',
  GRADLE_HOME: 'gradle',
  KOTLIN_HOME: 'kotlin',
  DOTNET_ROOT: 'dotnet',
  VIRTUAL_ENV: 'python',
  CONDA_PREFIX: 'python',
};

/** Variables that name one folder or file. */
const PLACES = new Set([
  'ANDROID_HOME',
  'ANDROID_NDK_HOME',
  'ANDROID_SDK_ROOT',
  'CARGO_HOME',
  'GEM_HOME',
  'GOPATH',
  'NODE_EXTRA_CA_CERTS',
  'NVM_DIR',
  'PYENV_ROOT',
  'PYTHONHOME',
  'RBENV_ROOT',
  'RUSTUP_HOME',
  'SDKMAN_DIR',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  'NIX_SSL_CERT_FILE',
  'VOLTA_HOME',
]);

/** A manager's own folder → its name: what it has on PATH should lie inside of it. */
const ROOTS: Readonly<Record<string, string>> = {
  ASDF_DATA_DIR: 'asdf',
  BUN_INSTALL: 'bun',
  CARGO_HOME: 'cargo',
  DENO_INSTALL: 'deno',
  FNM_DIR: 'fnm',
  GEM_HOME: 'gem',
  GOPATH: 'go',
  HOMEBREW_PREFIX: 'homebrew',
  MISE_DATA_DIR: 'mise',
  NVM_DIR: 'nvm',
  PNPM_HOME: 'pnpm',
  PYENV_ROOT: 'pyenv',
  RBENV_ROOT: 'rbenv',
  SDKMAN_DIR: 'sdkman',
  VOLTA_HOME: 'volta',
};

/** Lists of folders. */
const LISTS = new Set(['NODE_PATH', 'PYTHONPATH', 'GEM_PATH', 'RUBYLIB']);

/** The allowed part of the environment, by name, with what contradicts PATH. Other variables are never looked at. */
export function readEnvironment(
  context: ProbeContext,
  installations: readonly Installation[],
): readonly EnvironmentVariable[] {
  const { env } = context.host;
  const values = VALUES.flatMap((name): EnvironmentVariable[] => {
    const value = env[name];
    if (value === undefined || value === '') {
      return [];
    }
    const finding = findingOf(name, value, context, installations);
    return [finding === undefined ? { name, value } : { name, value, finding }];
  });
  const present = PRESENCE.filter((name) => (env[name] ?? '') !== '').map((name) => ({ name }));
  return [...values, ...present].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function findingOf(
  name: string,
  value: string,
  context: ProbeContext,
  installations: readonly Installation[],
): string | undefined {
  if (HOMES[name] !== undefined) {
    return contradiction(name, value, context, installations);
  }
  const { host, paths } = context;
  if (PLACES.has(name)) {
    const first = name === 'GOPATH' ? (value.split(paths.delimiter)[0] ?? '') : value;
    if (!paths.isAbsolute(first)) {
      return `${name} is ${value}, which is relative: it means another place wherever you are`;
    }
    // Go makes its folder when it first needs it.
    if (name !== 'GOPATH' && !host.fs.stat(first).ok) {
      return `${name} is ${value}, which is not there`;
    }
  }
  if (ROOTS[name] !== undefined) {
    return strayOf(name, value, context, installations);
  }
  if (LISTS.has(name)) {
    const missing = value.split(paths.delimiter).filter((part) => paths.isAbsolute(part) && !host.fs.stat(part).ok);
    return missing.length === 0 ? undefined : `${name} names ${missing.slice(0, 3).join(', ')}, which is not there`;
  }
  return localeFinding(name, value);
}

/** What PATH starts of a manager from another folder than the one that the variable names. */
function strayOf(
  name: string,
  value: string,
  { host, paths, realFolder }: ProbeContext,
  installations: readonly Installation[],
): string | undefined {
  const roots = (name === 'GOPATH' ? value.split(paths.delimiter) : [value])
    .filter((root) => paths.isAbsolute(root))
    .flatMap((root) => [root, realFolder(root)])
    .map((root) => `${paths.key(root).replace(/[\\/]+$/, '')}${paths.separator}`);
  const isInside = (path: string | undefined) =>
    path !== undefined && roots.some((root) => paths.key(path).startsWith(root));
  const stray = installations.find(({ manager, active, path, realPath, leadsTo }) => {
    const places = [path, realPath, leadsTo];
    // A link in a folder of PATH may lead to what lies inside.
    return manager === ROOTS[name] && active && !places.some(isInside) && host.fs.stat(path).ok;
  });
  return stray === undefined || roots.length === 0 ? undefined : `${name} is ${value}, but PATH starts ${stray.path}`;
}

/** Tools take `C` for plain ASCII; a name without a character set leaves them to guess. */
function localeFinding(name: string, value: string): string | undefined {
  if (name !== 'LANG' && name !== 'LC_ALL' && name !== 'LC_CTYPE') {
    return undefined;
  }
  if (/^(?:C|POSIX)$/.test(value)) {
    return `${name} is ${value}: tools take text for ASCII, and names with other letters may break`;
  }
  return /\.(?!utf-?8)/i.test(value) ? `${name} is ${value}: text is not UTF-8` : undefined;
}

function contradiction(
  name: string,
  value: string,
  { host, paths, realFolder }: ProbeContext,
  installations: readonly Installation[],
): string | undefined {
  const tool = HOMES[name];
  if (tool === undefined) {
    return undefined;
  }
  const folder = host.fs.stat(value);
  if (!folder.ok) {
    return `${name} is ${value}, which is not there`;
  }
  const active = installations.find((installation) => installation.tool === tool && installation.active);
  const home = `${paths.key(realFolder(value))}${paths.separator}`;
  const started = active?.leadsTo ?? active?.realPath;
  if (started === undefined) {
    return undefined;
  }
  const real = host.fs.realPath(started);
  const inside = [active!.path, started, real.ok ? real.value : started].some((path) =>
    paths.key(path).startsWith(home),
  );
  return inside ? undefined : `${name} is ${value}, but PATH starts ${active!.path}`;
}
