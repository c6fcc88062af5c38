import type { Category } from './catalog';

/** In the order in which reports show them. */
export const categories: readonly Category[] = [
  { id: 'languages', title: 'Languages and runtimes' },
  { id: 'package-managers', title: 'Package managers' },
  { id: 'version-managers', title: 'Version managers' },
  { id: 'build', title: 'Build tools' },
  { id: 'compilers', title: 'Compilers and linkers' },
  { id: 'quality', title: 'Linters, formatters and tests' },
  { id: 'version-control', title: 'Version control' },
  { id: 'containers', title: 'Containers and orchestration' },
  { id: 'cloud', title: 'Cloud and infrastructure' },
  { id: 'databases', title: 'Databases' },
  { id: 'servers', title: 'Servers' },
  { id: 'nix', title: 'Nix and its kin' },
  { id: 'editors', title: 'Editors and IDEs' },
  { id: 'ai', title: 'AI coding tools' },
  { id: 'browsers', title: 'Browsers' },
  { id: 'shells', title: 'Shells' },
  { id: 'terminal', title: 'Terminal tools' },
  { id: 'media', title: 'Documents, media and data' },
  { id: 'platform', title: 'Mobile and platform SDKs' },
];

/** Of what is no tool: a policy asks for variables and the like, flakes for libraries. */
const OTHER = 'Libraries and others';
const others: ReadonlyMap<string, string> = new Map([['environment', 'Environment']]);

/** The name of a category; one that is not among the known ones holds what is no tool of the catalog. */
export function categoryTitle(id: string, known: readonly Category[] = categories): string {
  return known.find((category) => category.id === id)?.title ?? others.get(id) ?? OTHER;
}
