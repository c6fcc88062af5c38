import type { Evidence } from './evidence';

export const SNAPSHOT_SCHEMA = 'lockstep.snapshot/1';

export type OperatingSystem = 'linux' | 'darwin' | 'windows';

/** The machine that was read. Absent keys were not to be known. */
export interface HostFacts {
  /** `local`, `rootfs:DIR`, `image:FILE`, `recorded:NAME`. */
  readonly source: string;
  readonly os: OperatingSystem;
  /** `x86_64`, `aarch64`, …: the word that Nix uses. */
  readonly arch: string;
  /** Nix's name for the pair: `x86_64-linux`, `aarch64-darwin`. */
  readonly system: string;
  readonly name?: string;
  /** `Debian GNU/Linux`, `macOS`, `Windows 11 Pro`. */
  readonly distribution?: string;
  readonly release?: string;
  readonly kernel?: string;
  readonly cpu?: string;
  readonly cores?: number;
  readonly memoryBytes?: number;
}

/** One copy of one tool. */
export interface Installation {
  /** Catalog id, such as `node`. */
  readonly tool: string;
  /** Absent when it could not be learnt; then `failures` says why. */
  readonly version?: string;
  /** As found: the entry on PATH, or the place off PATH. */
  readonly path: string;
  /** With every link resolved. */
  readonly realPath: string;
  /** Who installed it: `dpkg`, `homebrew`, `nvm`, `nix`, `rustup`, `manual`, … */
  readonly manager: string;
  /** The package that owns it in the manager's words, such as `nodejs`. */
  readonly package?: string;
  /** True for the copy that a shell would start. */
  readonly active: boolean;
  readonly onPath: boolean;
  /** The path of the copy that hides this one on PATH. */
  readonly shadowedBy?: string;
  /** For a shim: the program that it would start here. */
  readonly leadsTo?: string;
  readonly architecture?: string;
  readonly evidence: readonly Evidence[];
}

/** `failed`: it is there, but could not be read; `skipped`: was not tried. Both with a reason in a sentence. */
export interface ProbeFailure {
  readonly status: 'failed' | 'skipped';
  readonly tool?: string;
  readonly path?: string;
  readonly code: string;
  readonly reason: string;
}

/** One entry of PATH, in order. */
export interface PathEntry {
  readonly path: string;
  readonly state: 'ok' | 'missing' | 'not-a-directory' | 'unreadable' | 'duplicate' | 'relative';
  readonly writableByOthers?: boolean;
  readonly executables?: number;
  /** `file:line`, registry key or program that put it there, where that is known. */
  readonly addedBy?: string;
}

/**
 * Where a program is started from: this process; a login shell (`-l`); the terminal (an interactive shell, as terminals
 * start it on that system); the desktop (Dock, menu, Explorer); inside of the project's dev shell.
 */
export type PathContextId = 'process' | 'login' | 'interactive' | 'desktop' | 'shell';

/** Something that files do not tell about a context. */
export interface ContextDoubt {
  /** `file:line`, or a file. */
  readonly source: string;
  readonly reason: string;
}

/** PATH as a program finds it that is started from somewhere. */
export interface PathContext {
  readonly id: PathContextId;
  /** `process`: its own; `files`: derived from configuration; `program`: the shell was asked. */
  readonly answeredBy: 'process' | 'files' | 'program';
  /** The shell whose files or answer these are. */
  readonly shell?: string;
  readonly pathEntries: readonly PathEntry[];
  /** Files that were read, or the command that was run. */
  readonly evidence: readonly Evidence[];
  /** Where files cannot tell; empty when they tell all. */
  readonly doubts: readonly ContextDoubt[];
}

/** A tool that is not the same in every context. */
export interface ContextDifference {
  readonly tool: string;
  /** For each context: which copy is started; without `path` there is none. */
  readonly starts: readonly {
    readonly context: PathContextId;
    readonly path?: string;
    readonly version?: string;
    readonly manager?: string;
  }[];
}

/** Something about the environment that a person should know. */
export interface EnvironmentFinding {
  readonly code: string;
  readonly severity: 'warning' | 'info';
  /** One sentence. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
  /** `file:line`, where it can be changed. */
  readonly source?: string;
}

export interface EnvironmentVariable {
  readonly name: string;
  /** Absent when only presence is recorded (proxies, tokens). */
  readonly value?: string;
  /** Present when the variable contradicts what PATH gives. */
  readonly finding?: string;
}

/** A package that a language's or the system's package manager installed for everybody, or for a user. */
export interface GlobalPackage {
  /** `npm`, `pnpm`, `yarn`, `bun`, `python`, `pipx`, `uv`, `cargo`, `gem`, `go`, `composer`, `dotnet`, `dpkg`, `homebrew`, `nix`. */
  readonly ecosystem: string;
  readonly name: string;
  readonly version?: string;
  /** The folder, file or program where it was found. */
  readonly path: string;
}

/** One copy, asked although its files had answered. */
export interface Verified {
  readonly tool: string;
  readonly path: string;
  /** What files told; absent where only the program could say. */
  readonly files?: string;
  /** What the program told. */
  readonly program?: string;
  /** The line of its output that told. */
  readonly detail?: string;
  /**
   * `agrees`: both tell the same; `disagrees`: they do not; `program-only`: no file told; `no-answer`: the program told
   * nothing, for `reason`; `not-asked`: it was not started, for `reason`.
   */
  readonly outcome: 'agrees' | 'disagrees' | 'program-only' | 'no-answer' | 'not-asked';
  readonly reason?: string;
}

/** What a machine has. Sorted: installations by tool, then PATH order; the rest by name or order. */
export interface Snapshot {
  readonly schema: typeof SNAPSHOT_SCHEMA;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly host: HostFacts;
  readonly pathEntries: readonly PathEntry[];
  readonly installations: readonly Installation[];
  readonly environment: readonly EnvironmentVariable[];
  readonly failures: readonly ProbeFailure[];
  /** By ecosystem, name and path; absent when they were not asked for. */
  readonly packages?: readonly GlobalPackage[];
  /** The context whose PATH decides what is active; absent in snapshots that knew only one. */
  readonly pathContext?: PathContextId;
  /** PATH in each context that is known, the deciding one among them. */
  readonly contexts?: readonly PathContext[];
  /** Tools that the contexts start differently, by tool. A tool that is not here is the same in all of them. */
  readonly contextDifferences?: readonly ContextDifference[];
  /** What is noteworthy about PATH and the variables, the worst first. */
  readonly findings?: readonly EnvironmentFinding[];
  /** What programs said beside what files told, by tool and path; absent when they were not all asked. */
  readonly verification?: readonly Verified[];
}
