import { Opaque, type Value } from '../../nix';
import type { PackageMark } from '../mark';

/** The way to a value below nixpkgs of which only the way is known. */
export function nixpkgsPath(value: Value, mark: PackageMark): readonly string[] {
  return withoutOverrides([...mark.path.split('.'), ...(value instanceof Opaque ? value.path : [])]);
}

/** `default.override` called is the package `default` again, and so is `hunspell.withDicts` in another way. */
export function withoutOverrides(path: readonly string[]): readonly string[] {
  const end = path.findIndex((name, i) => i > 0 && (name.startsWith('override') || isWith(name)));
  return end === -1 ? path : path.slice(0, end);
}

/** `withDicts` and the like: functions of a package that give it with something more. */
export function isWith(name: string): boolean {
  return /^with[A-Z]/.test(name);
}

const OUTPUT = /^(?:out|dev|lib|bin|man|doc|static)$/;

/** `nix.dev` is the package `nix` again. */
export function withoutOutputs(path: readonly string[] | undefined): readonly string[] | undefined {
  return path !== undefined && path.length > 1 && OUTPUT.test(path.at(-1) ?? '') ? path.slice(0, -1) : path;
}

/** Members of a package or a shell that are no packages. */
const NO_PACKAGE = /^(?:\w*[bB]uildInputs|enabledPackages|shellHook|passthru|meta)$/;

/**
 * The package that a path into a flake names: `packages.x86_64-linux.foo` → `foo`.
 *
 * @returns undefined when it is none, or may be anything (`lib.make`)
 */
export function packagePath(path: readonly string[], system: string): readonly string[] | undefined {
  const [output = '', second, ...rest] = path;
  if (path.some((name) => NO_PACKAGE.test(name))) {
    return undefined;
  }
  switch (output) {
    case 'packages':
    case 'legacyPackages':
      return second === system ? rest : undefined;
    case 'defaultPackage':
    case 'formatter':
      return second === system ? ['default', ...rest] : undefined;
    // What an overlay adds is named as in the package set.
    case 'overlays':
      return rest.length > 0 ? rest : undefined;
    case 'overlay':
    case 'import':
      return second === undefined ? undefined : [second, ...rest];
    // A package set of its own, by system or not.
    case 'pkgs': {
      const named = second === system ? rest : second === undefined ? [] : [second, ...rest];
      return named.length === 0 ? undefined : named;
    }
    default:
      return undefined;
  }
}
