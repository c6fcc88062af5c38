import type { Tool } from './catalog';

const OUTPUT_SUFFIX = /\.(?:out|bin|dev|lib|man|doc|all|unwrapped)$/;

/** Attribute → tool, by exact name first, then by pattern in catalog order. */
export interface AttributeIndex {
  find(attribute: string): Tool | undefined;
}

/**
 * Builds the look-up behind `Catalog.findByAttribute`; patterns are compiled on the first miss.
 *
 * @param tools where two tools claim an attribute, the earlier wins
 */
export function indexAttributes(tools: readonly Tool[]): AttributeIndex {
  const exact = new Map<string, Tool>();
  for (const tool of tools) {
    for (const pattern of tool.nixpkgs) {
      if (!/[#*]/.test(pattern) && !exact.has(pattern)) {
        exact.set(pattern, tool);
      }
    }
  }
  let patterns: readonly { readonly test: RegExp; readonly tool: Tool }[] | undefined;
  const lookUp = (attribute: string): Tool | undefined => {
    const named = exact.get(attribute);
    if (named !== undefined) {
      return named;
    }
    patterns ??= tools.flatMap((tool) =>
      tool.nixpkgs.filter((p) => /[#*]/.test(p)).map((p) => ({ test: compileAttributePattern(p), tool })),
    );
    return patterns.find(({ test }) => test.test(attribute))?.tool;
  };
  return {
    find(attribute) {
      const spelled = spellSet(attribute);
      const found = lookUp(spelled);
      return found ?? (OUTPUT_SUFFIX.test(spelled) ? lookUp(spelled.replace(OUTPUT_SUFFIX, '')) : undefined);
    },
  };
}

/** Package sets under the one name that the catalog has for them, whatever version they belong to. */
const SETS: readonly (readonly [RegExp, string])[] = [
  [/^(?:nodePackages[\w-]*|nodejs[\w-]*\.pkgs)\./, 'nodePackages.'],
  [/^(?:rubyPackages_\w+|ruby(?:_\w+)?\.(?:gems|pkgs))\./, 'rubyPackages.'],
  [/^php\d*(?:Packages|\.packages|\.pkgs)\./, 'phpPackages.'],
  [/^(?:lua|luajit)[\d_]*(?:Packages|\.pkgs)\./, 'luaPackages.'],
  [/^perl\d*(?:Packages|\.pkgs)\./, 'perlPackages.'],
  [/^(\w+)\.pkgs\./, '$1Packages.'],
];

function spellSet(attribute: string): string {
  const set = SETS.find(([pattern]) => pattern.test(attribute));
  return set === undefined ? attribute : attribute.replace(set[0], set[1]);
}

/**
 * A catalog pattern as a regular expression over the whole attribute: `#` digits and underscores, `*` anything but a
 * dot, `**` anything.
 */
export function compileAttributePattern(pattern: string): RegExp {
  const source = pattern.replace(/\*\*|[*#.+?^${}()|[\]\\]/g, (token) => {
    switch (token) {
      case '**':
        return '.*';
      case '*':
        return '[^.]*';
      case '#':
        return '[0-9_]*';
      default:
        return `\\${token}`;
    }
  });
  return new RegExp(`^${source}$`);
}
