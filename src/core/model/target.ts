import type { Policy } from './policy';
import type { Position, Problem } from './problem';

export const TARGET_SCHEMA = 'lockstep.target/1';

/**
 * How sure a version is. `exact`: the index (or the real Nix) has this revision; `estimate`: the nearest known
 * revisions on both sides agree (shown as ≈); `range`: they do not, `version` is then `1.2 – 1.4`; `unknown`: see
 * `reason`.
 */
export type Certainty = 'exact' | 'estimate' | 'range' | 'unknown';

/** One package that a shell asks for. */
export interface TargetPackage {
  /** Path below nixpkgs, such as `python3Packages.numpy`; for packages from elsewhere what the flake says. */
  readonly attribute: string;
  /** Nix's `pname`, or the name when there is none. */
  readonly name: string;
  readonly version?: string;
  readonly certainty: Certainty;
  /** Why the certainty is not `exact`, in a sentence. */
  readonly reason?: string;
  /** Where in the flake it is asked for. */
  readonly position?: Position;
  /**
   * Which flake input it comes from: `nixpkgs`, `rust-overlay`, `self`; `a or b` where only one of them can be meant;
   * outside of Nix who installs it: `homebrew`.
   */
  readonly input?: string;
  /**
   * In a configuration, the option that asks for it: `environment.systemPackages`, `programs.git.enable`; in a shell
   * `shellHook` for what its hook puts on PATH.
   */
  readonly option?: string;
  /** Set for what a configuration has installed outside of Nix. */
  readonly manager?: OutsideManager;
}

/** The `option` of a package that is in a shell since the text of its hook puts it on PATH. */
export const SHELL_HOOK = 'shellHook';

/** Who installs what a configuration asks for outside of Nix: a formula, a cask, an app of the App Store. */
export type OutsideManager = 'homebrew' | 'homebrew-cask' | 'mac-app-store' | 'whalebrew';

export interface TargetVariable {
  readonly name: string;
  readonly value: string;
  readonly position?: Position;
}

/** Something that the shell asks for and that could not be read, with its cause. */
export interface Unresolved {
  /** What was asked, in the flake's words. */
  readonly what: string;
  readonly reason: string;
  readonly position?: Position;
}

/**
 * What kind of output an environment was read from. `shell`: a dev shell; `package`: what a package is built with;
 * `app`: a program that `nix run` starts; the others: everything that a configuration installs.
 */
export type EnvironmentKind = 'shell' | 'package' | 'app' | 'nixos' | 'darwin' | 'home';

/** Something besides dev shells that can be read and compared with; its packages are read when it is asked for. */
export interface TargetEnvironment {
  /** `nixosConfigurations.laptop`, `packages.x86_64-linux.default`: how it is asked for. */
  readonly output: string;
  readonly kind: EnvironmentKind;
}

export interface TargetShell {
  readonly packages: readonly TargetPackage[];
  readonly variables: readonly TargetVariable[];
  readonly unresolved: readonly Unresolved[];
  /** Text of the hook: shown, never run. */
  readonly shellHook?: string;
  /** `devShells.x86_64-linux.default`: the output that was read. */
  readonly output: string;
  /** Why the shell as a whole could not be read; nothing can be said of its packages then. */
  readonly problem?: Problem;
  /**
   * What the shell has without asking: the C compiler of mkShell, the compiler of a package in `inputsFrom`, and what its
   * hook puts on PATH.
   */
  readonly implied?: readonly TargetPackage[];
  /** Absent for a dev shell. */
  readonly kind?: EnvironmentKind;
  /** What is built: the package itself, the app's package; its own name and version. */
  readonly builds?: TargetPackage;
}

/**
 * How well an input is pinned. `firm`: everybody gets the same files, and Nix checks that; `weak`: the same files are meant,
 * but something speaks against relying on it; `loose`: it may be something else tomorrow, or on another machine.
 */
export interface InputPin {
  readonly level: 'firm' | 'weak' | 'loose';
  /** Why it is not firm, and what else is worth knowing; sentences. */
  readonly notes: readonly string[];
}

/** One input of the lock file. */
export interface TargetInput {
  readonly name: string;
  /** `github`, `git`, `tarball`, `path`, `indirect` … */
  readonly type: string;
  /** `github:NixOS/nixpkgs/nixos-24.05`. */
  readonly url: string;
  readonly revision?: string;
  readonly branch?: string;
  /** ISO 8601. */
  readonly lastModified?: string;
  readonly narHash?: string;
  readonly pin?: InputPin;
  /** True for an input of the flake itself. */
  readonly direct?: true;
  /** Names of the input's own inputs → names in this list (or path for follows). */
  readonly inputs: Readonly<Record<string, string>>;
}

interface TargetFlake {
  /** The folder. */
  readonly path: string;
  /** Where it is in its Git repository, as `examples/web`; absent at the top of one, and outside of any. */
  readonly directory?: string;
  readonly description?: string;
  readonly inputs: readonly TargetInput[];
  readonly locked: boolean;
}

/**
 * What an entry of an output is, in the words of `nix flake show`. Besides: `opaque` (cannot be known), `failed` (its
 * evaluation does), `wrong` (something else than Nix wants there), `omitted` (named only).
 */
export type OutputType =
  | 'derivation'
  | 'app'
  | 'bundler'
  | 'template'
  | 'nixpkgs-overlay'
  | 'nixos-module'
  | 'darwin-module'
  | 'home-module'
  | 'nixos-configuration'
  | 'darwin-configuration'
  | 'home-configuration'
  | 'unknown'
  | 'omitted'
  | 'opaque'
  | 'failed'
  | 'wrong';

/** One thing that a flake offers. */
export interface TargetOutputEntry {
  /** Below the output: `['x86_64-linux', 'default']`; empty for an output that is one thing. */
  readonly path: readonly string[];
  readonly type: OutputType;
  /** Of a derivation: `hello-2.12.1`. */
  readonly name?: string;
  readonly description?: string;
  /** Why it is opaque, failed, wrong or omitted. */
  readonly reason?: string;
  readonly position?: Position;
}

/** One output of a flake. */
export interface TargetOutput {
  /** `packages`, `overlays`, `nixosConfigurations` … */
  readonly name: string;
  /** For outputs by system: the systems. */
  readonly systems?: readonly string[];
  /** Its members: for outputs by system, those of the system that was read. */
  readonly members: readonly string[];
  /** Everything in it, each with what it is; those of other systems are `omitted`. */
  readonly entries?: readonly TargetOutputEntry[];
}

/** What a project declares. */
export interface Target {
  readonly schema: typeof TARGET_SCHEMA;
  readonly flake: TargetFlake;
  /** `x86_64-linux`. */
  readonly system: string;
  /** Systems for which the flake has shells. */
  readonly systems: readonly string[];
  readonly evaluator: 'lockstep' | 'nix';
  /** Dev shells by name; other outputs that were asked for by their `output`. */
  readonly shells: Readonly<Record<string, TargetShell>>;
  /** What can be asked for besides dev shells, for the system that was read and for configurations whatever theirs is. */
  readonly environments?: readonly TargetEnvironment[];
  /** Name of the shell that `nix develop` would open. */
  readonly defaultShell: string | undefined;
  /** What counts as drift, where the flake says it itself, in its output `lockstep`. */
  readonly policy?: Policy;
  /** Everything that the flake offers, sorted by name. */
  readonly outputs?: readonly TargetOutput[];
  /** What is wrong with flake and lock but did not stop the reading: stale lock, unused input … */
  readonly findings: readonly Problem[];
}
