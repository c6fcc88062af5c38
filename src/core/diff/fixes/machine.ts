import type { OperatingSystem, Snapshot } from '../../model/snapshot';
import type { EnvironmentKind, Target, TargetInput, TargetShell } from '../../model/target';

/** What fixes need to know of the machine and of the flake. */
export interface Machine {
  readonly os: OperatingSystem;
  /** `Debian GNU/Linux 12`: whose packages the system's manager installs. */
  readonly system: string;
  /** Whether a command that changes the system needs `sudo`. */
  readonly sudo: string;
  /** Version of a tool that a shell here would start; `''` where it could not be read; `undefined`: not here. */
  readonly versionOf: (tool: string) => string | undefined;
  readonly has: (tool: string) => boolean;
  readonly flake: {
    readonly path: string;
    /** The shell, unless it is the one that `nix develop` opens. */
    readonly shell?: string;
    /** Whether its nixpkgs does not allow the unfree packages that its shells ask for. */
    readonly refusesUnfree: boolean;
    /** What kind of output was compared, when it was no dev shell. */
    readonly kind?: EnvironmentKind;
    /** The flake reference of an input at its locked revision: `github:NixOS/nixpkgs/<revision>`. */
    readonly lockedReference: (input: string) => string | undefined;
  };
}

/** Version managers that are shell functions or live off PATH count as well: what matters is that they are here. */
export function describeMachine(snapshot: Snapshot, target: Target, shell: string): Machine {
  const { host, environment, installations } = snapshot;
  const here = new Map<string, string>();
  for (const { tool, version, active } of installations) {
    if (active || !here.has(tool)) {
      here.set(tool, version ?? '');
    }
  }
  const isRoot =
    environment.some(({ name, value }) => name === 'HOME' && value === '/root') ||
    snapshot.pathEntries.some(({ path }) => path.startsWith('/root/'));
  return {
    os: host.os,
    system: [host.distribution ?? host.os, host.release].filter(Boolean).join(' '),
    sudo: isRoot || host.os === 'windows' ? '' : 'sudo ',
    versionOf: (tool) => here.get(tool),
    has: (tool) => here.has(tool),
    flake: {
      path: target.flake.path,
      ...(shell === target.defaultShell && isShell(target.shells[shell]) ? {} : { shell }),
      ...kindOf(target.shells[shell]),
      refusesUnfree: target.findings.some(({ code }) => code === 'package-unfree'),
      lockedReference: (input) => lockedReference(target.flake.inputs.find(({ name }) => name === input)),
    },
  };
}

function kindOf(shell: TargetShell | undefined): { readonly kind?: EnvironmentKind } {
  return shell?.kind === undefined || isShell(shell) ? {} : { kind: shell.kind };
}

/** `nix develop` opens the default one without its name; a configuration always has one. */
function isShell(shell: TargetShell | undefined): boolean {
  return shell?.kind === undefined || shell.kind === 'shell';
}

/** `github:NixOS/nixpkgs/nixos-24.05` at its revision; other kinds of input have no short form that is right. */
function lockedReference(input: TargetInput | undefined): string | undefined {
  const [, scheme, repository] = /^(github|gitlab|sourcehut):([^/?#]+\/[^/?#]+)/.exec(input?.url ?? '') ?? [];
  return input?.revision === undefined || repository === undefined || !/^[0-9a-f]{40}$/.test(input.revision)
    ? undefined
    : `${scheme}:${repository}/${input.revision}`;
}
