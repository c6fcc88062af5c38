import { glob } from '../host/glob';
import type { Host } from '../host/host';
import { pathRulesOf } from '../host/paths';
import { readText } from '../host/text';
import type { DerivedContext } from './derived-context';
import { KNOWN_VARIABLES } from './variables';

/** Bytes of what `nix print-dev-env` writes: functions of the standard environment, and the variables. */
const LIMIT = 4 * 1024 * 1024;

/** What says that this process runs inside of a dev shell, by the most telling variable. */
function devShellOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const has = (name: string) => (env[name] ?? '') !== '';
  if (has('DEVENV_ROOT')) {
    return 'devenv';
  }
  if (has('DEVBOX_SHELL_ENABLED') || has('DEVBOX_PROJECT_ROOT')) {
    return 'devbox';
  }
  if (has('DEVSHELL_DIR')) {
    return 'devshell';
  }
  if (has('IN_NIX_SHELL')) {
    return has('DIRENV_DIR') ? 'direnv' : 'nix';
  }
  return undefined;
}

/**
 * PATH inside of the project's dev shell: this process's own where it runs inside of one, else what nix-direnv, devenv or
 * devbox have left in the project's folder. Undefined where neither is so.
 *
 * @param outer PATH outside of the shell, which stands behind its own folders
 */
export function readDevShell(
  host: Host,
  folder: string | undefined,
  outer: DerivedContext | undefined,
): DerivedContext | undefined {
  const kind = devShellOf(host.env);
  if (kind !== undefined) {
    return {
      id: 'shell',
      answeredBy: 'process',
      shell: kind,
      entries: host.pathEntries,
      env: knownOf(host.env),
      origins: new Map(),
      evidence: MARKS.filter((name) => (host.env[name] ?? '') !== '').map((name) => ({
        kind: 'environment',
        source: name,
      })),
      doubts: [],
    };
  }
  const left = folder === undefined ? undefined : leftInProject(host, folder);
  if (left === undefined) {
    return undefined;
  }
  const { path, source, by } = left;
  const entries = [...path, ...(outer?.entries ?? host.pathEntries)];
  return {
    id: 'shell',
    answeredBy: 'files',
    shell: by,
    entries,
    env: { ...(outer?.env ?? knownOf(host.env)), IN_NIX_SHELL: 'impure' },
    origins: new Map([...(outer?.origins ?? []), ...path.map((entry) => [entry, source] as const)]),
    evidence: [{ kind: 'file', source }],
    doubts: [],
  };
}

const MARKS = [
  'IN_NIX_SHELL',
  'DIRENV_DIR',
  'DEVSHELL_DIR',
  'DEVENV_ROOT',
  'DEVBOX_PROJECT_ROOT',
  'DEVBOX_SHELL_ENABLED',
];

/** The variables that Lockstep looks at. */
export function knownOf(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(KNOWN_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

interface Left {
  readonly path: readonly string[];
  readonly source: string;
  readonly by: string;
}

/** Folders that the shell of a project had when it was last entered. */
function leftInProject(host: Host, folder: string): Left | undefined {
  const paths = pathRulesOf(host.os);
  const at = (...names: string[]) => paths.join(folder, ...names);
  for (const pattern of ['flake-profile*.rc', 'nix-profile*.rc']) {
    for (const file of glob(host, at('.direnv', pattern))) {
      const text = readText(host.fs, file, LIMIT);
      const path = text.ok ? /^(?:export |declare -x )?PATH=(["']?)([^"'\n$]+)\1;?$/m.exec(text.value)?.[2] : undefined;
      if (path !== undefined) {
        return { path: path.split(':').filter((entry) => entry.startsWith('/')), source: file, by: 'direnv' };
      }
    }
  }
  const profiles: readonly (readonly [string, string])[] = [
    [at('.devenv', 'profile', 'bin'), 'devenv'],
    [at('.devbox', 'nix', 'profile', 'default', 'bin'), 'devbox'],
  ];
  const found = profiles.find(([path]) => host.fs.stat(path).ok);
  return found === undefined ? undefined : { path: [found[0]], source: found[0], by: found[1] };
}
