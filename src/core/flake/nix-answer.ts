import type { Problem } from '../model/problem';
import type { TargetPackage, TargetShell } from '../model/target';

/** A dependency as the real Nix tells it. */
interface NixItem {
  readonly name: string;
  readonly pname: string | null;
  readonly version: string | null;
}

/** A shell as the real Nix tells it. */
export interface NixAnswer {
  readonly packages: readonly NixItem[];
  readonly variables: Readonly<Record<string, string>>;
  readonly shellHook: string;
}

/**
 * Our reading of a shell, with what Nix tells of it: versions become exact, packages that we lacked are added, values
 * of variables are Nix's. Packages that Nix does not list (they are inside another, as with `withPackages`) stay as
 * they are.
 *
 * @returns the shell, and a finding where the two tell different versions
 */
export function mergeNixShell(
  name: string,
  own: TargetShell,
  told: NixAnswer,
): { readonly shell: TargetShell; readonly findings: readonly Problem[] } {
  const left = [...told.packages];
  const take = (each: TargetPackage): NixItem | undefined => {
    const at = left.findIndex((item) => isSame(each, item));
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  const disagreements: string[] = [];
  const packages = own.packages.map((each) => {
    const item = take(each);
    const version = item === undefined ? undefined : versionOf(item);
    if (item === undefined || version === undefined) {
      return each;
    }
    if (each.version !== undefined && each.certainty === 'exact' && each.version !== version) {
      disagreements.push(`${each.attribute} (Nix: ${version}, Lockstep: ${each.version})`);
    }
    const { reason: _, ...rest } = each;
    return { ...rest, version, certainty: 'exact' as const };
  });
  const known = new Set(own.packages.map((each) => each.name));
  const added = left
    .filter((item) => !known.has(item.pname ?? nameOf(item)))
    .map((item): TargetPackage => {
      const version = versionOf(item);
      const label = item.pname ?? nameOf(item);
      return {
        attribute: label,
        name: label,
        ...(version === undefined ? {} : { version }),
        certainty: version === undefined ? 'unknown' : 'exact',
        reason: 'Only Nix tells of it; its attribute path is not known.',
      };
    });
  const places = new Map(own.variables.map((variable) => [variable.name, variable.position]));
  const variables = Object.entries(told.variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([variable, value]) => {
      const position = places.get(variable);
      return { name: variable, value, ...(position === undefined ? {} : { position }) };
    });
  const fromEnv = own.variables.filter((variable) => told.variables[variable.name] === undefined);
  const { unresolved, problem: _, ...rest } = own;
  return {
    shell: {
      ...rest,
      packages: [...packages, ...added],
      variables: [...variables, ...fromEnv].sort((a, b) => (a.name < b.name ? -1 : 1)),
      // Whatever we could not read is among what Nix added.
      unresolved: added.length >= unresolved.length ? [] : unresolved,
      ...(told.shellHook === '' ? {} : { shellHook: told.shellHook }),
    },
    findings:
      disagreements.length === 0
        ? []
        : [
            {
              code: 'evaluators-disagree',
              message: `In shell \`${name}\` Nix and Lockstep tell different versions: ${disagreements.join(', ')}.`,
              hint: 'What Nix says is shown; please report the difference.',
            },
          ],
  };
}

function isSame(each: TargetPackage, item: NixItem): boolean {
  const names = [item.pname, nameOf(item), item.name].map((name) => name?.replace(/-wrapper$/, ''));
  const last = each.attribute.slice(each.attribute.lastIndexOf('.') + 1);
  return [each.name, each.attribute, last].some((name) => names.includes(name));
}

/** By Nix's rule the version starts at the first `-` that no letter follows. */
function nameOf(item: NixItem): string {
  return item.name.replace(/-[^a-zA-Z].*$/, '');
}

function versionOf(item: NixItem): string | undefined {
  const { version, name } = item;
  if (version !== null && version !== '') {
    return version;
  }
  return /-([^a-zA-Z].*)$/.exec(name)?.[1];
}
