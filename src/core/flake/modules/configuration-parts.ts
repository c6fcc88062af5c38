import type { Attrs, NixError, Slot, Value } from '../../nix';
import type { Session } from '../session';
import type { Configuration } from './configuration';
import type { Definition, RawDefinition } from './definition';

/** Which tool's modules a configuration is made of. */
export type ConfigurationKind = 'nixos' | 'home' | 'darwin';

/** Where an option is: `['programs', 'git', 'enable']`; names are byte strings. */
export type OptionPath = readonly string[];

export interface ConfigurationParts {
  readonly session: Session;
  readonly kind: ConfigurationKind;
  /** A list of modules. */
  readonly modules: Slot;
  /** More arguments of the modules: `specialArgs`, `extraSpecialArgs`. */
  readonly specialArgs: Attrs;
  /** What modules get as `lib`. */
  readonly lib: Slot;
  /** The package set, where no definition says otherwise. */
  readonly pkgs: (configuration: Configuration) => Value;
  /** What an option is when nobody defines it; undefined when only the tool itself knows. */
  readonly fallback: (configuration: Configuration, path: OptionPath) => Slot | undefined;
  /** Whether the option is the tool's own, so that nobody else declares it. */
  readonly isOwnOption: (path: OptionPath) => boolean;
  /** Whether a module outside of the flake is known to bring no packages. */
  readonly isHarmless: (path: string) => boolean;
  /** Where the tool's own modules are: `modulesPath`. */
  readonly modulesPath: Slot;
}

/** A definition of which nobody knows whether it counts, or that fails. */
export interface Doubt {
  readonly definition: RawDefinition;
  readonly reason: string;
  /** Set when the definition itself fails. */
  readonly error?: NixError;
}

/** Definitions of one option that count, strongest only, and those that are in doubt. */
export interface Effective {
  readonly definitions: readonly Definition[];
  readonly doubts: readonly Doubt[];
}
