import { indexAttributes } from './attribute';
import type { Catalog, PackageSource, Tool } from './catalog';
import { categories } from './categories';
import { languages } from './tools/languages';

export type { Catalog, Category, PackageNames, PackageSource, Tool, VersionScheme } from './catalog';

const tools: readonly Tool[] = [...languages];

/** The catalog of every tool that Lockstep knows. */
export const catalog: Catalog = createCatalog(tools);

/** A catalog over other data, for tests. */
export function createCatalog(tools: readonly Tool[]): Catalog {
  const byId = new Map(tools.map((tool) => [tool.id, tool]));
  const byPackage = new Map<string, Tool>();
  for (const tool of tools) {
    for (const [source, names] of Object.entries(tool.packages)) {
      for (const name of names) {
        const key = `${source}:${name}`;
        if (!byPackage.has(key)) {
          byPackage.set(key, tool);
        }
      }
    }
  }
  const attributes = indexAttributes(tools);
  return {
    tools,
    categories,
    findById: (id) => byId.get(id),
    findByAttribute: (attribute) => attributes.find(attribute),
    findByPackage: (source: PackageSource, name) => byPackage.get(`${source}:${name}`),
  };
}
