import type { Catalog, Tool } from '../catalog';
import type { Expected } from '../model/diff';
import type { TargetShell } from '../model/target';

/** One thing that a shell asks for, paired with what the catalog knows of it. */
export interface Requirement {
  readonly expected: Expected;
  /** Absent when the catalog does not know the attribute: a library, a package of a language, a program of its own. */
  readonly tool?: Tool;
  /** True for what the flake asks for and the evaluator could not read. */
  readonly unresolved: boolean;
  /** The flake input that it comes from, where the target tells. */
  readonly input?: string;
}

/**
 * What a shell asks for, in the flake's order; the same attribute at the same version (as `inputsFrom` brings it
 * again) counts once.
 */
export function requirementsOf(shell: TargetShell, catalog: Catalog): readonly Requirement[] {
  const seen = new Set<string>();
  const requirements: Requirement[] = [];
  const add = (key: string, requirement: Requirement): void => {
    if (!seen.has(key)) {
      seen.add(key);
      requirements.push(requirement);
    }
  };
  for (const { attribute, name, version, certainty, position, reason, input } of shell.packages) {
    const tool = findTool(catalog, attribute, name, input);
    add(JSON.stringify([attribute, version]), {
      unresolved: false,
      ...(tool === undefined ? {} : { tool }),
      ...(input === undefined ? {} : { input }),
      expected: {
        attribute,
        name,
        certainty,
        ...(version === undefined ? {} : { version }),
        ...(position === undefined ? {} : { position }),
        ...(reason === undefined ? {} : { reason }),
      },
    });
  }
  for (const { what, reason, position } of shell.unresolved) {
    const tool = catalog.findByAttribute(what.replace(/^pkgs\./, ''));
    add(JSON.stringify([what, 'unresolved', position]), {
      unresolved: true,
      ...(tool === undefined ? {} : { tool }),
      expected: {
        attribute: what,
        name: what,
        certainty: 'unknown',
        reason,
        ...(position === undefined ? {} : { position }),
      },
    });
  }
  return requirements;
}

/**
 * By attribute; for packages that do not come from a nixpkgs set (`self`, another flake) also by the package's name,
 * which is then all that tells: `rust-overlay`'s toolchain, a wrapper of the flake's own.
 */
function findTool(catalog: Catalog, attribute: string, name: string, input: string | undefined): Tool | undefined {
  const found = catalog.findByAttribute(attribute);
  if (found !== undefined || attribute.includes('.')) {
    return found ?? (isSetOfPackages(attribute) ? undefined : catalog.findByAttribute(name));
  }
  return input === undefined || input === 'nixpkgs' ? undefined : catalog.findByAttribute(name);
}

/** Sets whose members are packages of a language: their names mean something else than the program of that name. */
function isSetOfPackages(attribute: string): boolean {
  return /(?:[Pp]ackages[\w-]*|\.pkgs|^xorg|^gst_all_1|^darwin|^qt\d\w*|^libsForQt\w*|^vscode-extensions|^lib|^stdenv|^texlive)\.[^.]+/.test(
    attribute,
  );
}
