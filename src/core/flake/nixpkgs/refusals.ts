import { Attrs, type Evaluator, type Slot } from '../../nix';
import { isUnfree } from '../../nixpkgs/unfree';
import { attempt } from '../session';
import { isForOthers } from './platforms';

/** Why Nix does not evaluate a package that nixpkgs has: its licence, the platform, or holes that nobody mends any more. */
export type Refusal = 'unfree' | 'unsupported' | 'insecure';

/** Packages that nixpkgs marked as insecure when their support ended, each with a day from which on it had for sure. */
const INSECURE: readonly (readonly [name: RegExp, from: string])[] = [
  [/^(?:python2|python27|python)$/, '2023-07-01'],
  [/^nodejs_14$|^nodejs-14_x$/, '2023-09-01'],
  [/^nodejs_16$|^nodejs-16_x$/, '2024-01-01'],
  [/^openssl_1_1$/, '2024-01-01'],
  [/^dotnet-sdk_7$|^dotnetCorePackages\.sdk_7_0$/, '2025-02-01'],
  [/^dotnet-sdk_6$|^dotnetCorePackages\.sdk_6_0$/, '2025-02-01'],
];

/**
 * Why Nix refuses a package of nixpkgs unless it is told otherwise, as far as that is known for sure.
 *
 * @param path the attribute path below nixpkgs
 * @param version as it is told, which may be a range
 * @param system for which it is asked
 * @param date of the nixpkgs, in seconds since 1970
 */
export function refusalOf(
  path: string,
  version: string | undefined,
  system: string,
  date: number | undefined,
): Refusal | undefined {
  if (isForOthers(path, system)) {
    return 'unsupported';
  }
  const isInsecure = INSECURE.some(([name, from]) => name.test(path) && (date ?? 0) >= Date.parse(from) / 1000);
  return isInsecure ? 'insecure' : isUnfree(path, version) ? 'unfree' : undefined;
}

/** Settings of `config` that allow such packages, some or all. */
const SETTINGS: Readonly<Record<Refusal, RegExp>> = {
  unfree: /unfree|license/i,
  unsupported: /unsupported|platform/i,
  insecure: /insecure/i,
};

/**
 * Whether a nixpkgs refuses such packages for sure: its `config` allows none of them, by `false` or an empty list either,
 * and can be known. In a flake the environment and `~/.config/nixpkgs` have no say.
 */
export function refuses(evaluator: Evaluator, config: Slot, refusal: Refusal): boolean {
  const found = attempt(() => {
    const value = evaluator.force(config);
    if (!(value instanceof Attrs)) {
      return false;
    }
    const settings = value.names().filter((name) => SETTINGS[refusal].test(name));
    return settings.every((name) => {
      const setting = evaluator.force(value.get(name)!);
      return setting === false || (Array.isArray(setting) && setting.length === 0);
    });
  });
  return found.ok && found.value;
}
