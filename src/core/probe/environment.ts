import type { EnvironmentVariable, Installation } from '../model/snapshot';
import type { ProbeContext } from './context';

/** Variables whose values matter and tell nothing private beyond a path. */
const VALUES: readonly string[] = [
  'ANDROID_HOME',
  'ANDROID_SDK_ROOT',
  'CARGO_HOME',
  'CC',
  'CONDA_PREFIX',
  'CXX',
  'DENO_INSTALL',
  'DOTNET_ROOT',
  'EDITOR',
  'GOBIN',
  'GOPATH',
  'GOROOT',
  'GOTOOLCHAIN',
  'GRADLE_HOME',
  'IN_NIX_SHELL',
  'JAVA_HOME',
  'LANG',
  'LC_ALL',
  'M2_HOME',
  'MAVEN_HOME',
  'NIX_PATH',
  'NIX_PROFILES',
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_PATH',
  'NVM_DIR',
  'PNPM_HOME',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'PYTHONHOME',
  'PYTHONPATH',
  'RBENV_VERSION',
  'RUSTUP_HOME',
  'RUSTUP_TOOLCHAIN',
  'SDKMAN_DIR',
  'SHELL',
  'TERM_PROGRAM',
  'TZ',
  'VIRTUAL_ENV',
  'VISUAL',
  'VOLTA_HOME',
  'WSL_DISTRO_NAME',
];

/** Variables of which only presence is told: they may hold addresses, names or passwords. */
const PRESENCE: readonly string[] = [
  'ALL_PROXY',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'all_proxy',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** A home variable → the tool whose active copy should lie inside of it. */
const HOMES: Readonly<Record<string, string>> = {
  JAVA_HOME: 'java',
  GOROOT: 'go',
  M2_HOME: 'maven',
  MAVEN_HOME: 'maven',
  GRADLE_HOME: 'gradle',
  DOTNET_ROOT: 'dotnet',
  VIRTUAL_ENV: 'python',
  CONDA_PREFIX: 'python',
};

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
    const finding = contradiction(name, value, context, installations);
    return [finding === undefined ? { name, value } : { name, value, finding }];
  });
  const present = PRESENCE.filter((name) => (env[name] ?? '') !== '').map((name) => ({ name }));
  return [...values, ...present].sort((one, other) => (one.name < other.name ? -1 : 1));
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
