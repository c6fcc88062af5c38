import { indexAttributes } from './attribute';
import type { Catalog, PackageSource, Tool } from './catalog';
import { categories } from './categories';
import { aiTools } from './tools/ai';
import { analysisTools } from './tools/analysis-tools';
import { browsers } from './tools/browsers';
import { buildTools } from './tools/build';
import { classicLanguages } from './tools/classic-languages';
import { cloud } from './tools/cloud';
import { compilers } from './tools/compilers';
import { containers } from './tools/containers';
import { databases } from './tools/databases';
import { editors } from './tools/editors';
import { embeddedTools } from './tools/embedded-tools';
import { functionalLanguages } from './tools/functional-languages';
import { jvmLanguages } from './tools/jvm-languages';
import { languages } from './tools/languages';
import { mediaTools } from './tools/media';
import { networkTools } from './tools/network-tools';
import { nixTools } from './tools/nix';
import { packageManagers } from './tools/package-managers';
import { platformTools } from './tools/platform';
import { quality } from './tools/quality';
import { servers } from './tools/servers';
import { shells } from './tools/shells';
import { systemTools } from './tools/system-tools';
import { terminalTools } from './tools/terminal';
import { testTools } from './tools/test-tools';
import { versionControl } from './tools/version-control';
import { versionManagers } from './tools/version-managers';
import { webQualityTools, webTools } from './tools/web-tools';

export type { Catalog, PackageSource, Tool, VersionScheme } from './catalog';

const tools: readonly Tool[] = [
  ...languages,
  ...jvmLanguages,
  ...functionalLanguages,
  ...classicLanguages,
  ...packageManagers,
  ...versionManagers,
  ...buildTools,
  ...compilers,
  ...embeddedTools,
  ...quality,
  ...testTools,
  ...analysisTools,
  ...webTools,
  ...webQualityTools,
  ...versionControl,
  ...containers,
  ...cloud,
  ...databases,
  ...servers,
  ...nixTools,
  ...editors,
  ...aiTools,
  ...browsers,
  ...shells,
  ...terminalTools,
  ...systemTools,
  ...networkTools,
  ...mediaTools,
  ...platformTools,
];

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
