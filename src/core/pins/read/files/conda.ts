import { own } from '../../../own';
import type { PinContext, PinReader } from '../../context';
import { type DocNode, entriesOf, itemsOf, textOf, valueAt } from '../../format/document';
import { parseToml } from '../../format/toml';
import { parseYaml } from '../../format/yaml';
import { conda } from '../../range/rules';
import { pinAt, pinValue } from '../pin-value';

/**
 * Conda packages that are tools of a machine: an environment lists hundreds of libraries, whose versions no flake
 * is compared with here.
 */
const TOOLS: Readonly<Record<string, string>> = {
  python: 'python',
  nodejs: 'node',
  go: 'go',
  rust: 'rust',
  ruby: 'ruby',
  openjdk: 'java',
  maven: 'maven',
  gradle: 'gradle',
  cmake: 'cmake',
  ninja: 'ninja',
  make: 'make',
  'r-base': 'r',
  julia: 'julia',
  perl: 'perl',
  php: 'php',
  ghc: 'ghc',
  pnpm: 'pnpm',
  yarn: 'yarn',
  deno: 'deno',
  bun: 'bun',
  uv: 'uv',
  poetry: 'poetry',
  ruff: 'ruff',
  'pre-commit': 'pre-commit',
  postgresql: 'postgresql',
  git: 'git',
  terraform: 'terraform',
  zig: 'zig',
  just: 'just',
};

/** `environment.yml`: `dependencies: - python=3.11`, with or without a channel and a build. */
export const readCondaEnvironment: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  for (const item of itemsOf(valueAt(root, 'dependencies'))) {
    const match = /^(?:[^\s:]+::?)?([A-Za-z0-9_.-]+)\s*(.*)$/.exec(textOf(item)?.trim() ?? '');
    const tool = TOOLS[match?.[1]?.toLowerCase() ?? ''];
    const constraint = match?.[2]?.replace(/\[.*\]$/, '').trim() ?? '';
    if (tool !== undefined && constraint !== '') {
      context.pin({
        tool,
        constraint,
        rule: matchSpecification,
        source: 'environment',
        declaredBy: 'dependencies',
        offset: item.offset,
        end: item.end,
      });
    }
  }
};

/** `=3.11=h123_0` and `3.11 h123_0` name a build after the version, which is not compared. */
function matchSpecification(constraint: string) {
  const version = constraint.replace(/^(={1,2}[^=\s]+)=.*$/, '$1').replace(/^([\d.*]+)\s+\S+$/, '$1');
  return conda(version.replace(/^=(?=[\d.]+\*$)/, ''));
}

/** `pixi.toml`: `[dependencies]`, those of features, and what `[tool.pixi]` of pyproject.toml repeats. */
export const readPixi: PinReader = (context) => {
  readPixiTables(context, context.document(parseToml(context.source.text)), '');
};

/** @param prefix what stands before the table's names in the file: `tool.pixi.` */
export function readPixiTables(context: PinContext, root: DocNode | undefined, prefix: string): void {
  pinAt(context, valueAt(root, 'workspace') ?? valueAt(root, 'project'), 'requires-pixi', {
    tool: 'pixi',
    rule: conda,
    source: 'manifest',
    declaredBy: `${prefix}requires-pixi`,
  });
  readDependencies(context, valueAt(root, 'dependencies'), `${prefix}dependencies`);
  for (const feature of entriesOf(valueAt(root, 'feature'))) {
    readDependencies(context, valueAt(feature.value, 'dependencies'), `${prefix}feature.dependencies`, feature.key);
  }
  for (const system of entriesOf(valueAt(root, 'target'))) {
    readDependencies(context, valueAt(system.value, 'dependencies'), `${prefix}target.dependencies`, system.key);
  }
}

/** Features are alternatives of one another: environments choose among them. */
function readDependencies(context: PinContext, node: DocNode | undefined, declaredBy: string, feature?: string): void {
  for (const entry of entriesOf(node)) {
    const tool = own(TOOLS, entry.key.toLowerCase());
    const value = entry.value.kind === 'map' ? valueAt(entry.value, 'version') : entry.value;
    if (tool !== undefined && textOf(value) !== '*') {
      const facts = {
        tool,
        rule: matchSpecification,
        source: 'environment',
        declaredBy: `${declaredBy}.${entry.key}`,
      } as const;
      const scoped =
        feature === undefined ? {} : { scope: `feature ${feature}`, group: `${context.source.path} feature` };
      pinValue(context, value, { ...facts, ...scoped }, entry.keyOffset);
    }
  }
}
