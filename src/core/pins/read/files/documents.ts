import type { PinContext, PinDraft, PinReader } from '../../context';
import { type DocNode, entriesOf, entryOf, itemsOf, textOf, valueAt } from '../../format/document';
import { parseJson } from '../../format/json';
import { parseToml } from '../../format/toml';
import { parseYaml } from '../../format/yaml';
import { exact, gem, minimum, type Rule, semver } from '../../range/rules';
import { node, ruleFor, spec, stack } from '../../range/tool-rules';
import { toolOfPackage } from '../commands/packages';
import { readScript } from '../commands/read-commands';
import { pinEntry, pinValue } from '../pin-value';
import { pinHookRepository, pinNodePackages } from './dependencies';

/** A key that holds the version of one tool, from the top of a document. */
interface Keyed {
  readonly keys: readonly string[];
  readonly tool: string;
  readonly rule: Rule;
  readonly source?: PinDraft['source'];
}

function pinKeys(context: PinContext, root: DocNode | undefined, keyed: readonly Keyed[]): void {
  for (const { keys, tool, rule, source = 'manifest' } of keyed) {
    pinValue(context, valueAt(root, ...keys), { tool, rule, source, declaredBy: keys.join('.') });
  }
}

const yamlKeys =
  (...keyed: readonly Keyed[]): PinReader =>
  (context) =>
    pinKeys(context, context.document(parseYaml(context.source.text)), keyed);

const tomlKeys =
  (...keyed: readonly Keyed[]): PinReader =>
  (context) =>
    pinKeys(context, context.document(parseToml(context.source.text)), keyed);

const jsonKeys =
  (...keyed: readonly Keyed[]): PinReader =>
  (context) =>
    pinKeys(context, context.document(parseJson(context.source.text, false)), keyed);

/** Dart's `pubspec.yaml`. Source: dart.dev, "The pubspec file", "SDK constraints". */
export const readPubspec = yamlKeys(
  { keys: ['environment', 'sdk'], tool: 'dart', rule: semver },
  { keys: ['environment', 'flutter'], tool: 'flutter', rule: semver },
);

/** Crystal's `shard.yml`. Source: crystal-lang/shards, "SPEC.md", "crystal". */
export const readShard = yamlKeys({ keys: ['crystal'], tool: 'crystal', rule: gem });

/**
 * Haskell's `stack.yaml`: the compiler by name, or as the snapshot brings it, which may be a file of the project that
 * names another. Source: Stack, "Project-specific configuration", "Snapshot specification".
 */
export const readStackYaml: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  const [entry] = ['compiler', 'snapshot', 'resolver'].flatMap((key) => entryOf(root, key) ?? []);
  const value = entry?.value.kind === 'map' ? valueAt(entry.value, 'url') : entry?.value;
  const text = textOf(value);
  if (entry !== undefined && value !== undefined && text !== undefined) {
    if (/^(?!https?:)(?!github:)[^:]+\.ya?ml$/.test(text)) {
      const folder = context.source.path.replace(/[^/]*$/, '');
      context.also(`${folder}${text}`, value.offset, readStackYaml);
    } else if (stack(text).scheme === 'unknown') {
      context.unresolved(`${entry.key}: ${text}`, 'this snapshot tells its compiler elsewhere', value.offset);
    } else {
      pinEntry(context, { ...entry, value }, { tool: 'ghc', rule: stack, source: 'manifest', declaredBy: entry.key });
    }
  }
  pinKeys(context, root, [{ keys: ['require-stack-version'], tool: 'stack', rule: spec }]);
};

/**
 * pnpm's settings beside its workspace, and the versions that its packages share. Source: pnpm.io, "Settings
 * (pnpm-workspace.yaml)", "useNodeVersion"; "Catalogs".
 */
export const readPnpmWorkspace: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  pinKeys(context, root, [{ keys: ['useNodeVersion'], tool: 'node', rule: node, source: 'version-file' }]);
  pinNodePackages(context, valueAt(root, 'catalog'), 'catalog');
  for (const { key, value } of entriesOf(valueAt(root, 'catalogs'))) {
    pinNodePackages(context, value, `catalogs.${key}`);
  }
};

/** `gleam = ">= 1.2.0"` of `gleam.toml`. Source: gleam.run, "gleam.toml". */
export const readGleam = tomlKeys({ keys: ['gleam'], tool: 'gleam', rule: spec });

/** Julia's `Project.toml`: a bare version is a caret's, a comma an "or". Source: Pkg.jl, "Compatibility". */
export const readJuliaProject = tomlKeys({ keys: ['compat', 'julia'], tool: 'julia', rule: juliaCompat });

/** Elm's `elm.json`: one version of an application, a range of a package. Source: elm/compiler, "docs/elm.json". */
export const readElm = jsonKeys({ keys: ['elm-version'], tool: 'elm', rule: elmVersion });

/** Flutter Version Management before its `.fvmrc`: `.fvm/fvm_config.json`. */
export const readFvmConfig = jsonKeys({
  keys: ['flutterSdkVersion'],
  tool: 'flutter',
  rule: spec,
  source: 'version-file',
});

function juliaCompat(constraint: string) {
  const parts = constraint.split(',').map((part) => part.trim());
  return semver(parts.map((part) => (/^\d/.test(part) ? `^${part}` : part.replace(/^=(?=\d)/, ''))).join(' || '));
}

/** `0.19.0 <= v < 0.20.0`. */
function elmVersion(constraint: string) {
  const [, low, high] = /^(\S+)\s*<=\s*v\s*<\s*(\S+)$/.exec(constraint.trim()) ?? [];
  return low === undefined ? exact(constraint) : semver(`>=${low} <${high}`);
}

/**
 * Pre-commit's `.pre-commit-config.yaml`: the languages that hooks run in, and the tools that they are. Source:
 * pre-commit.com, "Top-level", "repos", "hooks", `language_version`.
 */
export const readPreCommit: PinReader = (context) => {
  const root = context.document(parseYaml(context.source.text));
  for (const entry of entriesOf(valueAt(root, 'default_language_version'))) {
    const text = textOf(entry.value) ?? '';
    if (/\d/.test(text)) {
      const rule: Rule = (constraint) => ruleFor(entry.key)(constraint.replace(/^[a-z]+(?=\d)/, ''));
      pinEntry(context, entry, {
        tool: entry.key,
        rule,
        source: 'environment',
        declaredBy: 'default_language_version',
      });
    }
  }
  for (const repository of itemsOf(valueAt(root, 'repos'))) {
    pinHookRepository(context, repository);
    for (const hook of itemsOf(valueAt(repository, 'hooks'))) {
      const [, tool] = /^(python|ruby|node|go|rust)[\d.]/.exec(textOf(valueAt(hook, 'language_version')) ?? '') ?? [];
      if (tool !== undefined) {
        const rule: Rule = (constraint) => ruleFor(tool)(constraint.replace(/^[a-z]+(?=\d)/, ''));
        const scope = `hook ${textOf(valueAt(hook, 'id'))}`;
        pinEntry(context, entryOf(hook, 'language_version'), {
          tool,
          rule,
          source: 'environment',
          declaredBy: 'language_version',
          scope,
        });
      }
    }
  }
  pinKeys(context, root, [{ keys: ['minimum_pre_commit_version'], tool: 'pre-commit', rule: minimum }]);
};

/** Read the Docs' `.readthedocs.yaml`. Source: docs.readthedocs.io, "Configuration file reference", "build.tools". */
export const readReadTheDocs: PinReader = (context) => {
  for (const entry of entriesOf(valueAt(context.document(parseYaml(context.source.text)), 'build', 'tools'))) {
    pinEntry(context, entry, {
      tool: entry.key,
      rule: ruleFor(entry.key),
      source: 'ci',
      declaredBy: `build.tools.${entry.key}`,
    });
  }
};

/** AWS CodeBuild's `buildspec.yml`. Source: AWS CodeBuild User Guide, "Build specification reference". */
export const readBuildspec: PinReader = (context) => {
  for (const phase of entriesOf(valueAt(context.document(parseYaml(context.source.text)), 'phases'))) {
    for (const entry of entriesOf(valueAt(phase.value, 'runtime-versions'))) {
      const rule: Rule = (constraint) => ruleFor(entry.key)(constraint.replace(/^(?:corretto|openjdk)/, ''));
      pinEntry(context, entry, { tool: entry.key, rule, source: 'ci', declaredBy: `runtime-versions.${entry.key}` });
    }
    for (const line of itemsOf(valueAt(phase.value, 'commands'))) {
      readScript(context, line, { source: 'ci', label: 'commands', scope: `phase ${phase.key}` });
    }
  }
};

/** aqua's `aqua.yaml`: `cli/cli@v2.55.0`, or name and version apart. Source: aquaproj.github.io, "Configuration". */
export const readAqua: PinReader = (context) => {
  for (const item of itemsOf(valueAt(context.document(parseYaml(context.source.text)), 'packages'))) {
    const name = valueAt(item, 'name');
    const [, path = '', inline] = /^([^@]+)(?:@(.+))?$/.exec(textOf(name) ?? '') ?? [];
    const tool = toolOfPackage(undefined, path.replace(/^.*\//, '').toLowerCase());
    const place = inline === undefined ? valueAt(item, 'version') : name;
    const constraint = inline ?? textOf(place);
    if (tool !== undefined && place !== undefined && constraint !== undefined) {
      const { offset, end } = place;
      context.pin({ tool, constraint, rule: ruleFor(tool), source: 'version-file', declaredBy: path, offset, end });
    }
  }
};
