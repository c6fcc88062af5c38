import type { Target } from '../model/target';

/**
 * The key in `target.shells` that a user means: the name of a dev shell, an output as it is listed (with or without quotes
 * and the system), or the name of the only configuration that is called so.
 *
 * @returns undefined when none of the shells that were read is it
 */
export function shellNamed(target: Target, asked: string): string | undefined {
  const { shells } = target;
  if (Object.hasOwn(shells, asked)) {
    return asked;
  }
  const forms = outputForms(asked, target.system);
  const found = Object.entries(shells).find(([, { output }]) => forms.includes(output));
  const named = Object.entries(shells).filter(
    ([, { kind, output }]) => kind !== undefined && output.endsWith(`.${asked}`),
  );
  return found?.[0] ?? (named.length === 1 ? named[0]?.[0] : undefined);
}

/** The ways to write an output: `.#packages.foo` and `packages."foo"` are `packages.<system>.foo`. */
export function outputForms(asked: string, system: string): readonly string[] {
  const wanted = asked.replaceAll('"', '').replace(/^\.?#/, '');
  return [wanted, wanted.replace(/^(packages|apps|devShells)\./, `$1.${system}.`)];
}
