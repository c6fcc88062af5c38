import { tools } from './all-tools';
import { indexAttributes } from './attribute';
import type { Catalog, PackageSource, Tool } from './catalog';
import { categories } from './categories';

export type { Catalog, PackageSource, Tool, VersionScheme } from './catalog';

/** The catalog of every tool that Lockstep knows. */
export const catalog: Catalog = createCatalog(tools);

/** A catalog over other data, for tests. */
export function createCatalog(tools: readonly Tool[]): Catalog {
  // Each look-up is built when it is first used: a snapshot needs none of them.
  const byId = once(() => new Map(tools.map((tool) => [tool.id, tool])));
  const byPackage = once(() => indexPackages(tools));
  const attributes = once(() => indexAttributes(tools));
  return {
    tools,
    categories,
    findById: (id) => byId().get(id),
    findByAttribute: (attribute) => attributes().find(attribute),
    findByPackage: (source: PackageSource, name) => byPackage().get(`${source}:${name}`),
  };
}

function indexPackages(tools: readonly Tool[]): ReadonlyMap<string, Tool> {
  const byPackage = new Map<string, Tool>();
  for (const tool of tools) {
    for (const [source, names] of Object.entries(tool.packages)) {
      for (const name of names.split(' ')) {
        const key = `${source}:${name}`;
        if (!byPackage.has(key)) {
          byPackage.set(key, tool);
        }
      }
    }
  }
  return byPackage;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
