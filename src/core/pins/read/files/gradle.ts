import type { PinContext, PinReader } from '../../context';
import { slashes, withoutComments } from '../../format/comments';
import { type DocNode, entriesOf, entryOf, textOf, valueAt } from '../../format/document';
import type { SourceText } from '../../format/source-text';
import { parseToml } from '../../format/toml';
import { mavenJava } from '../../range/maven';
import { exact, minimum, prefix } from '../../range/rules';
import { node } from '../../range/tool-rules';
import { pinValue } from '../pin-value';
import { pinStated, type Stated } from './stated';

/** `1.8`, `VERSION_1_8`, `17`: the lowest JDK that compiles for it. */
function compatibility(constraint: string) {
  return mavenJava(constraint.replace('_', '.'));
}

/** A version behind an accessor of the version catalog, as far as its name: `libs.versions.jdk.get()`. */
const ACCESSOR =
  'libs\\.versions\\.([A-Za-z][\\w.]{0,80}?)(?:\\.get\\(\\))?(?:\\.toInt\\(\\)|\\.toInteger\\(\\))?(?=[\\s),;]|$)';

/** What may be a number, or stand in the version catalog: where it starts, and what a number looks like. */
interface Written extends Omit<Stated, 'pattern'> {
  readonly before: string;
  readonly value: string;
}

const WRITTEN: readonly Written[] = [
  {
    before: '\\bJavaLanguageVersion\\.of\\(\\s*',
    value: '["\']?(\\d{1,2})\\b',
    tool: 'java',
    rule: prefix,
    declaredBy: 'JavaLanguageVersion.of',
    alternatives: true,
  },
  {
    before: '\\bjvmToolchain\\(\\s*',
    value: '(\\d{1,2})\\s*\\)',
    tool: 'java',
    rule: prefix,
    declaredBy: 'jvmToolchain',
    alternatives: true,
  },
  {
    before: '\\b(?:source|target)Compatibility\\s*=?\\s*(?:JavaVersion\\.(?:VERSION_|toVersion\\(\\s*)?)?',
    value: '["\']?((?:1[._])?\\d{1,2})\\b',
    tool: 'java',
    rule: compatibility,
    declaredBy: 'sourceCompatibility',
  },
  {
    before: '\\boptions\\.release(?:\\.set\\(|\\s*=)\\s*',
    value: '(\\d{1,2})\\b',
    tool: 'java',
    rule: minimum,
    declaredBy: 'options.release',
  },
  {
    before: '\\bndkVersion\\s*=?\\s*',
    value: '["\']([\\d.]{1,30})["\']',
    tool: 'android-ndk',
    rule: exact,
    declaredBy: 'ndkVersion',
  },
  {
    before: '\\bcompileSdk(?:Version)?(?:\\s*=\\s*|\\(\\s*|\\s+)',
    value: '(\\d{2})\\b',
    tool: 'android-platform',
    rule: prefix,
    declaredBy: 'compileSdk',
  },
  {
    before: '\\bbuildToolsVersion(?:\\s*=\\s*|\\(\\s*|\\s+)',
    value: '["\']([\\d.]{1,20})["\']',
    tool: 'android-build-tools',
    rule: exact,
    declaredBy: 'buildToolsVersion',
  },
];

/** Kotlin's plugins bring the compiler of their own version. */
const KOTLIN = { tool: 'kotlin', rule: exact, source: 'dependency' } as const;

const STATED: readonly Stated[] = [
  ...WRITTEN.map(({ before, value, ...stated }) => ({ ...stated, pattern: new RegExp(`${before}${value}`, 'dg') })),
  {
    pattern: /\bnode\s*\{[^{}]{0,500}?\bversion(?:\.set\(|\s*=)\s*["']([\d.]{1,20})["']/dg,
    tool: 'node',
    rule: node,
    declaredBy: 'node.version',
  },
  {
    pattern: /\bgradleVersion\s*=\s*["']([\d.]{1,20})["']/dg,
    tool: 'gradle',
    rule: exact,
    declaredBy: 'gradleVersion',
  },
  {
    ...KOTLIN,
    pattern:
      /(?:\bkotlin\(\s*"[\w.-]{1,40}"\s*\)|\bid[\s(]{1,4}["']org\.jetbrains\.kotlin\.[\w.-]{1,60}["']\s*\)?)\s*version\s*\(?\s*["']([\w.-]{1,40})["']/dg,
    declaredBy: 'plugin org.jetbrains.kotlin',
  },
];

const REFERRED = WRITTEN.map(({ before, value: _, ...stated }) => ({
  ...stated,
  pattern: new RegExp(`${before}${ACCESSOR}`, 'dgm'),
}));

/**
 * Gradle's build scripts, in Groovy or Kotlin: toolchains, what is compiled for, Android's SDK and NDK, plugins that bring
 * a compiler or Node, the wrapper task; through the version catalog where a script says so. Sources: Gradle, "Toolchains
 * for JVM projects", "The Java Plugin", "Version catalogs"; Kotlin, "Configure a Gradle project"; Android, "Configure the
 * NDK"; node-gradle/gradle-node-plugin.
 */
export const readGradle: PinReader = (context) => {
  const text = withoutComments(context.source.text, slashes);
  pinStated(context, text, STATED);
  let versions: CatalogVersions | undefined;
  for (const { pattern, alternatives, ...facts } of REFERRED) {
    for (const match of text.matchAll(pattern)) {
      versions ??= catalogVersions(context);
      const written = versions.find(match[1]!);
      const group = alternatives && `${context.source.path} ${facts.tool}`;
      if (written === undefined) {
        const reason = 'the version catalog gradle/libs.versions.toml does not tell it';
        context.unresolved(`${facts.declaredBy} libs.versions.${match[1]}`, reason, match.index);
      } else {
        pinValue(versions.context, written, { ...facts, source: 'manifest', group });
      }
    }
  }
};

interface CatalogVersions {
  readonly context: PinContext;
  /** @param accessor what follows `libs.versions.`: Gradle puts a dot where the catalog has `-` or `_` */
  find(accessor: string): DocNode | undefined;
}

/** The version catalog of the nearest folder above a script that has one. */
function catalogVersions(context: PinContext): CatalogVersions {
  const source = nearestCatalog(context);
  const table = source === undefined ? undefined : valueAt(parseToml(source.text).root, 'versions');
  const byAccessor = new Map(
    entriesOf(table).map(({ key, value }) => [key.replace(/[-_]/g, '.').toLowerCase(), versionOf(value)]),
  );
  return {
    context: source === undefined ? context : context.within(source),
    find: (accessor) => byAccessor.get(accessor.replace(/_/g, '.').toLowerCase()),
  };
}

function nearestCatalog(context: PinContext): SourceText | undefined {
  const folders = context.source.path.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const folder = [...folders.slice(0, depth), 'gradle'].join('/');
    if (context.list(folder).includes('libs.versions.toml')) {
      return context.open(`${folder}/libs.versions.toml`, 0);
    }
  }
  return undefined;
}

/** A plain version, or the one that a rich version insists on. */
function versionOf(value: DocNode | undefined): DocNode | undefined {
  return value?.kind === 'map'
    ? (valueAt(value, 'strictly') ?? valueAt(value, 'require') ?? valueAt(value, 'prefer'))
    : value;
}

/**
 * The version catalog itself, `gradle/libs.versions.toml`: plugins that bring a compiler. What its other versions are for,
 * only build scripts say. Source: Gradle, "Version catalogs", "The TOML file format".
 */
export const readVersionCatalog: PinReader = (context) => {
  const root = context.document(parseToml(context.source.text));
  for (const { key, value } of entriesOf(valueAt(root, 'plugins'))) {
    const [, id = '', inline] = /^([\w.-]+)(?::(.+))?$/.exec(textOf(value) ?? textOf(valueAt(value, 'id')) ?? '') ?? [];
    if (id.startsWith('org.jetbrains.kotlin.')) {
      const version = valueAt(value, 'version');
      const reference = textOf(valueAt(version, 'ref'));
      const written =
        reference === undefined ? versionOf(version) : versionOf(entryOf(valueAt(root, 'versions'), reference)?.value);
      const facts = { ...KOTLIN, declaredBy: `plugins.${key}` };
      if (inline !== undefined) {
        const { offset, end } = value;
        context.pin({ ...facts, constraint: inline, offset, end });
      } else {
        pinValue(context, written, facts);
      }
    }
  }
};
