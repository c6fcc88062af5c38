import type { PackageSource, Tool } from './catalog';

/** A tool's install names at a manager: none, one, or several, of which the first is the one to suggest. */
export function packageNames(tool: Tool, source: PackageSource): readonly string[] {
  return tool.packages[source]?.split(' ') ?? [];
}

/** All names that a tool's packages have at any manager. */
export function allPackageNames({ packages, vendorPackages }: Tool): readonly string[] {
  return [...Object.values(packages), ...(vendorPackages === undefined ? [] : [vendorPackages])].flatMap((names) =>
    names.split(' '),
  );
}
