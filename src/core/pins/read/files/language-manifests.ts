import type { PinContext, PinReader } from '../../context';
import { entriesOf, entryOf, itemsOf, textOf, valueAt } from '../../format/document';
import { parseJson } from '../../format/json';
import { findInLines, linesOf } from '../../format/source-text';
import { parseToml } from '../../format/toml';
import { composer, exact, gem, minimum, prefix, rollForward } from '../../range/rules';
import { rust, spec } from '../../range/tool-rules';
import { toolOfPackage } from '../commands/packages';
import { pinAt, pinEntry } from '../pin-value';
import { pinGems } from './dependencies';

/** `rust-toolchain.toml`, and `rust-toolchain` in either form: TOML or one line with the channel. */
export const readRustToolchain: PinReader = (context) => {
  const { text, path } = context.source;
  const facts = { tool: 'rust', rule: rust, source: 'version-file' } as const;
  if (path.endsWith('.toml') || /^\s*\[/.test(text)) {
    const toolchain = valueAt(context.document(parseToml(text)), 'toolchain');
    pinAt(context, toolchain, 'channel', { ...facts, declaredBy: 'toolchain.channel' });
    const folder = entryOf(toolchain, 'path');
    if (folder !== undefined) {
      context.unresolved(
        `toolchain.path: ${textOf(folder.value)}`,
        'it names a folder, not a version',
        folder.value.offset,
      );
    }
    return;
  }
  const found = findInLines(text, /\S+/);
  if (found !== undefined) {
    const [constraint] = found.match;
    const offset = found.offset + found.match.index;
    context.pin({ ...facts, constraint, declaredBy: 'rust-toolchain', offset, end: offset + constraint.length });
  }
};

/** `Cargo.toml`: the lowest Rust that the package, or the workspace for its packages, promises to build with. */
export const readCargoToml: PinReader = (context) => {
  const root = context.document(parseToml(context.source.text));
  for (const table of ['package', 'workspace.package']) {
    pinAt(context, valueAt(root, ...table.split('.')), 'rust-version', {
      tool: 'rust',
      rule: minimum,
      source: 'manifest',
      declaredBy: `${table}.rust-version`,
    });
  }
};

/** `Gemfile`: the `ruby` line and tools among the gems, read as text and never run; `file:` names another pin file. */
export const readGemfile: PinReader = (context) => {
  pinGems(context);
  for (const line of linesOf(context.source.text)) {
    const match = /^(\s*ruby[\s(]+)(.*)$/.exec(line.text);
    if (match === null) {
      continue;
    }
    const words = match[2]!.replace(/\s#.*$/, '');
    const listed = /^\[?\s*((?:(["'])[^"']*\2\s*,?\s*)+)/.exec(words)?.[1]?.replace(/[\s,]+$/, '');
    if (listed !== undefined) {
      const quoted = [...listed.matchAll(/["']([^"']*)["']/g)].map((found) => found[1]!);
      const offset = line.offset + match[1]!.length + words.indexOf(listed);
      context.pin({
        tool: 'ruby',
        constraint: quoted.join(', '),
        rule: gem,
        source: 'manifest',
        declaredBy: 'ruby',
        offset,
        end: offset + listed.length,
        from: line.offset + (match[0].length - match[0].trimStart().length),
      });
    } else if (!/^file:\s*["']\.(?:ruby|tool)-versions?["']/.test(words)) {
      context.unresolved(`ruby ${words}`, 'it is Ruby code, which is not run', line.offset);
    }
  }
};

/** `Gemfile.lock`: the Ruby and the Bundler that wrote it. Bundler insists on neither, but takes its own version from it. */
export const readGemfileLock: PinReader = (context) => {
  const lines = linesOf(context.source.text);
  for (const [index, heading] of lines.entries()) {
    const tool = heading.text === 'RUBY VERSION' ? 'ruby' : heading.text === 'BUNDLED WITH' ? 'bundler' : undefined;
    const line = lines[index + 1];
    const match = /^(\s+(?:ruby )?)(\d+(?:\.\d+)+(?:\.?(?:pre|rc|preview)\.?\d+)?)(?:p\d+)?$/.exec(line?.text ?? '');
    if (tool !== undefined && line !== undefined && match !== null) {
      const offset = line.offset + match[1]!.length;
      context.pin({
        tool,
        constraint: match[2]!,
        rule: tool === 'ruby' ? exact : minimum,
        source: tool === 'ruby' ? 'lock' : 'manifest',
        declaredBy: heading.text,
        offset,
        end: offset + match[2]!.length,
        from: heading.offset,
      });
    }
  }
};

/** .NET's `global.json`: the SDK, with its roll-forward policy. It may have comments. */
export const readGlobalJson: PinReader = (context) => {
  const sdk = valueAt(context.document(parseJson(context.source.text, true)), 'sdk');
  const policy = textOf(valueAt(sdk, 'rollForward')) ?? 'latestPatch';
  pinAt(context, sdk, 'version', {
    tool: 'dotnet',
    rule: rollForward(policy),
    source: 'manifest',
    declaredBy: 'sdk.version',
  });
};

/** Composer: `require.php`, `config.platform.php`, which stands in for the machine's, and tools that it fetches. */
export const readComposerJson: PinReader = (context) => {
  const root = context.document(parseJson(context.source.text, false));
  pinAt(context, valueAt(root, 'require'), 'php', {
    tool: 'php',
    rule: composer,
    source: 'manifest',
    declaredBy: 'require.php',
  });
  pinAt(context, valueAt(root, 'config', 'platform'), 'php', {
    tool: 'php',
    rule: prefix,
    source: 'manifest',
    declaredBy: 'config.platform.php',
  });
  for (const entry of entriesOf(valueAt(root, 'require-dev'))) {
    // Makers name what is theirs twice: `phpunit/phpunit`.
    const [, tool] = /^([a-z]+)\/\1$/.exec(entry.key) ?? [];
    if (tool !== undefined && toolOfPackage(undefined, tool) !== undefined) {
      pinEntry(context, entry, { tool, rule: composer, source: 'dependency', declaredBy: `require-dev.${entry.key}` });
    }
  }
};

/** `mix.exs`: `elixir: "~> 1.15"`, read as text and never run. */
export const readMixExs: PinReader = (context) => {
  pinMatch(context, /^((?:[^#"]|"[^"]*")*?\belixir:\s*")([^"]+)"/, { tool: 'elixir', rule: gem, declaredBy: 'elixir' });
};

/** The Gradle wrapper: the version is in the name of what it downloads. */
export const readGradleWrapper: PinReader = (context) => {
  pinMatch(context, /^(\s*distributionUrl\s*=.*\/gradle-)(\d[\w.-]*?)-(?:bin|all)\.zip/, {
    tool: 'gradle',
    rule: (text) => prefix(text.split('.').length < 3 ? `${text}.0` : text),
    declaredBy: 'distributionUrl',
  });
};

/** The Maven wrapper: the same. */
export const readMavenWrapper: PinReader = (context) => {
  pinMatch(context, /^(\s*distributionUrl\s*=.*\/apache-maven-)(\d[\w.-]*?)-bin\.zip/, {
    tool: 'maven',
    rule: prefix,
    declaredBy: 'distributionUrl',
  });
};

/** The first group leads up to the version, the second is it. */
function pinMatch(
  context: PinContext,
  pattern: RegExp,
  facts: { readonly tool: string; readonly rule: typeof prefix; readonly declaredBy: string },
): void {
  const found = findInLines(context.source.text, pattern);
  if (found !== undefined) {
    const { match } = found;
    const offset = found.offset + match[1]!.length;
    context.pin({ ...facts, constraint: match[2]!, source: 'manifest', offset, end: offset + match[2]!.length });
  }
}

/** `devbox.json`: `nodejs@20`, as a list or a map; `latest` moves. It may have comments. */
export const readDevbox: PinReader = (context) => {
  const packages = valueAt(context.document(parseJson(context.source.text, true)), 'packages');
  const facts = { rule: spec, source: 'environment', declaredBy: 'packages' } as const;
  for (const item of packages?.kind === 'list' ? itemsOf(packages) : []) {
    const match = /^([A-Za-z][\w.-]*)@([^#]+)$/.exec(textOf(item) ?? '');
    if (match !== null) {
      context.pin({ ...facts, tool: match[1]!, constraint: match[2]!, offset: item.offset, end: item.end });
    }
  }
  for (const entry of entriesOf(packages)) {
    const inner = entry.value.kind === 'map' ? entryOf(entry.value, 'version') : entry;
    pinEntry(context, inner, { ...facts, tool: entry.key });
  }
};
