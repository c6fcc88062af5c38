import type { Position } from './problem';
import type { OperatingSystem } from './snapshot';

/** The largest drift that is still in step. `exact`: none. */
export type Tolerance = 'exact' | 'patch' | 'minor' | 'major';

/** What a project says of one tool. */
export interface ToolRule {
  /** Catalog id, nixpkgs attribute or package name, as it was written. */
  readonly tool: string;
  readonly position: Position;
  readonly tolerance?: Tolerance;
  /** Versions that are in step, whatever the flake asks for: `>=20.11 <21`. */
  readonly range?: string;
  /** False: when it is missing, that is no difference. */
  readonly required?: boolean;
  /** Why differences of it do not count. */
  readonly ignore?: string;
  /** ISO 8601 day: from then on `ignore` does not hold any more. */
  readonly until?: string;
  /** Why it must not be here. */
  readonly forbidden?: string;
  /** Needed, though the flake does not bring it: Docker Desktop, Xcode. */
  readonly outside?: boolean;
  /** The systems that the rule is for; left out: all. */
  readonly on?: readonly OperatingSystem[];
}

export interface VariableRule {
  readonly name: string;
  readonly position: Position;
  /** Left out: any value will do. */
  readonly value?: string;
}

export interface PortRule {
  readonly port: number;
  /** What needs it. */
  readonly reason: string;
  readonly position: Position;
}

/** What counts as drift, for one project. */
export interface Policy {
  /** The file that it was read from, as messages name it. */
  readonly file: string;
  readonly tolerance: Tolerance;
  readonly tools: readonly ToolRule[];
  readonly variables: readonly VariableRule[];
  readonly ports: readonly PortRule[];
  /** In the words of `--fail-on`. */
  readonly failOn?: string;
  /** Path of a baseline, relative to the flake's folder. */
  readonly baseline?: string;
}
