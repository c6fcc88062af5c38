import { Attrs, type Evaluator, mkAttrs, mkString, type Slot } from '../../nix';
import { isUnfree } from '../../nixpkgs/unfree';
import { attempt } from '../session';
import { packageName } from './package-name';
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

/** Settings that are asked about one package: functions of it, and lists of names with versions. */
const PREDICATES: ReadonlySet<string> = new Set(['allowUnfreePredicate', 'allowInsecurePredicate']);
const PERMITTED = 'permittedInsecurePackages';

/**
 * Whether a nixpkgs refuses a package for sure: its `config` does not allow it, by `false`, an empty list, or a predicate
 * that no likely name of the package satisfies, and can be known. In a flake the environment and `~/.config/nixpkgs`
 * have no say.
 *
 * @param path the attribute path below nixpkgs
 */
export function refuses(
  evaluator: Evaluator,
  config: Slot,
  { refusal, path, system }: { readonly refusal: Refusal; readonly path: string; readonly system: string },
): boolean {
  const found = attempt(() => {
    const value = evaluator.force(config);
    if (!(value instanceof Attrs)) {
      return false;
    }
    const settings = value.names().filter((name) => SETTINGS[refusal].test(name));
    return settings.every((name) => {
      const setting = evaluator.force(value.get(name)!);
      if (setting === false || (Array.isArray(setting) && setting.length === 0)) {
        return true;
      }
      // Members of sets are often called otherwise: `vscode-extensions.ms-python.python`.
      const names = path.includes('.') ? [] : likelyNames(path, system);
      if (PREDICATES.has(name) && names.length > 0) {
        return names.every((pname) => {
          const one = mkAttrs({ pname: mkString(pname), version: mkString('1'), name: mkString(`${pname}-1`) });
          return evaluator.callFunction(setting, [one]) === false;
        });
      }
      if (name === PERMITTED && names.length > 0 && Array.isArray(setting)) {
        const permitted = (setting as readonly Slot[]).map((slot) => evaluator.toText(slot));
        return permitted.every((text) => text !== undefined && !names.some((pname) => text.startsWith(`${pname}-`)));
      }
      return false;
    });
  });
  return found.ok && found.value;
}

/** What a package may be called whose attribute is known: `zoom-us` is `zoom`, `steam` has `steam-unwrapped` in it. */
function likelyNames(attribute: string, system: string): readonly string[] {
  const words = attribute.replace(/^_/, '').split('-');
  const parts = words.flatMap((_, at) => [words.slice(0, at + 1).join('-'), words.slice(at).join('-')]);
  const names = [attribute, packageName(attribute, system), ...parts];
  return [...new Set(names.flatMap((name) => [name, `${name}-unwrapped`, `${name}-original`, `${name}-bin`]))];
}
