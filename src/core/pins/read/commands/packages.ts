import { type Catalog, catalog as everything, type PackageSource } from '../../../catalog';
import { toolId } from '../../tool-names';

/** Names of packages of Linux distributions that have the version in them; the groups are its parts. */
const VERSIONED: readonly (readonly [RegExp, string])[] = [
  [/^(?:openjdk|temurin|java|zulu|amazon-corretto|java-latest-openjdk)-?(\d{1,2})(?:\.\d+\.\d+)?(?:-|$)/, 'java'],
  [/^java-1\.(8)\.0-/, 'java'],
  [/^python(\d\.\d+)(?:-(?:dev|devel|venv|minimal|full))?$/, 'python'],
  [/^php(\d)\.?(\d)(?:-(?:cli|fpm|common))?$/, 'php'],
  [/^ruby(\d\.\d+)$/, 'ruby'],
  [/^(?:gcc|g\+\+)-(\d+)$/, 'gcc'],
  [/^clang-?(\d+)$/, 'clang'],
  [/^postgresql-?(\d+)$/, 'postgresql'],
  [/^postgresql-client-(\d+)$/, 'psql'],
  [/^nodejs-?(\d+)$/, 'node'],
  [/^dotnet-sdk-(\d+\.\d+)$/, 'dotnet'],
  [/^golang-(\d\.\d+)(?:-go)?$/, 'go'],
];

/** A tool in the version that its package is named after: `python3.11`, `openjdk-17-jdk-headless`. */
export function versionedPackage(name: string): { readonly tool: string; readonly version: string } | undefined {
  for (const [pattern, tool] of VERSIONED) {
    const parts = pattern.exec(name)?.slice(1);
    if (parts !== undefined) {
      return { tool, version: parts.filter(Boolean).join('.') };
    }
  }
  return undefined;
}

/** The catalog's tool of a package; undefined for libraries and what nobody knows. */
export function toolOfPackage(
  source: PackageSource | undefined,
  name: string,
  catalog: Catalog = everything,
): string | undefined {
  const byPackage = source === undefined ? undefined : catalog.findByPackage(source, name)?.id;
  if (byPackage !== undefined || name.startsWith('@')) {
    return byPackage;
  }
  const id = toolId(name, catalog);
  return catalog.findById(id) === undefined ? undefined : id;
}
