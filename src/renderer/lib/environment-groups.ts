import type { EnvironmentKind, Target } from '../../core/model/target';
import type { PickerGroup } from '../components/picker';
import { compareText } from './status';

const HEADINGS: readonly (readonly [kind: EnvironmentKind, label: string])[] = [
  ['nixos', 'NixOS'],
  ['darwin', 'nix-darwin'],
  ['home', 'Home Manager'],
  ['package', 'Packages'],
  ['app', 'Apps'],
];

/** Names of the dev shells that a flake has, as a person sorts them. */
export function devShells({ shells }: Target): readonly string[] {
  return Object.keys(shells)
    .filter((name) => shells[name]?.kind === undefined)
    .sort(compareText);
}

/** What a flake offers besides dev shells, by kind; the value of an option is the whole output. */
export function environmentGroups(target: Target): readonly PickerGroup[] {
  return HEADINGS.flatMap(([kind, label]) => {
    const options = (target.environments ?? [])
      .filter((environment) => environment.kind === kind)
      .map(({ output }) => ({ value: output, text: shortName(output, kind) }));
    return options.length === 0 ? [] : [{ label, options }];
  });
}

/** The name of an output without where it stands: `laptop`. */
function shortName(output: string, kind: EnvironmentKind): string {
  return kind === 'package' || kind === 'app'
    ? output.replace(/^\w+\.[^.]+\./, '')
    : output.replace(/^(?:legacyPackages\.[^.]+\.)?\w+\./, '');
}
