import type { PinReader } from '../../context';
import { markup, semicolons, slashes, withoutComments } from '../../format/comments';
import { maven, mavenJava } from '../../range/maven';
import { exact, minimum, type Rule } from '../../range/rules';
import { java, node, spec } from '../../range/tool-rules';
import { readStated } from './stated';

/** Where a version stands in a `pom.xml`: the first group is the element's text. */
interface Element {
  readonly pattern: RegExp;
  readonly tool: string;
  readonly rule: Rule;
  readonly declaredBy: string;
}

const property = (name: string) => new RegExp(`<${name.replaceAll('.', '\\.')}>([^<]{1,100})</`, 'dg');

/**
 * What the compiler is told to build for is the lowest JDK; the Enforcer and `prerequisites` say it outright; the
 * frontend plugin downloads Node and its kin. Sources: Maven Compiler Plugin, "release"; Maven Enforcer Plugin,
 * "requireJavaVersion"; Spring Boot, "Using Maven" (`java.version`); eirslett/frontend-maven-plugin.
 */
const ELEMENTS: readonly Element[] = [
  ...['maven.compiler.release', 'maven.compiler.target', 'maven.compiler.source', 'java.version'].map((name) => ({
    pattern: property(name),
    tool: 'java',
    rule: mavenJava,
    declaredBy: name,
  })),
  {
    pattern:
      /<artifactId>maven-compiler-plugin<\/artifactId>(?:(?!<\/plugin>)[\s\S]){0,2000}?<(?:release|target|source)>([^<]{1,100})</dg,
    tool: 'java',
    rule: mavenJava,
    declaredBy: 'maven-compiler-plugin',
  },
  {
    pattern: /<requireJavaVersion>(?:(?!<\/requireJavaVersion>)[\s\S]){0,500}?<version>([^<]{1,100})</dg,
    tool: 'java',
    rule: mavenJava,
    declaredBy: 'requireJavaVersion',
  },
  {
    pattern: /<requireMavenVersion>(?:(?!<\/requireMavenVersion>)[\s\S]){0,500}?<version>([^<]{1,100})</dg,
    tool: 'maven',
    rule: maven,
    declaredBy: 'requireMavenVersion',
  },
  { pattern: /<prerequisites>\s*<maven>([^<]{1,100})</dg, tool: 'maven', rule: maven, declaredBy: 'prerequisites' },
  ...['node', 'npm', 'pnpm', 'yarn', 'bun'].map((tool) => ({
    pattern: property(`${tool}Version`),
    tool,
    rule: tool === 'node' ? node : spec,
    declaredBy: `${tool}Version`,
  })),
];

/** More properties than a project has, and than one names through another. */
const MOST_PROPERTIES = 2_000;
const MOST_STEPS = 4;

interface Property {
  readonly text: string;
  readonly offset: number;
}

/** Maven's `pom.xml`, read as text; `${…}` is filled in from the file's own properties. */
export const readPom: PinReader = (context) => {
  const text = withoutComments(context.source.text, markup);
  const properties = propertiesOf(text);
  for (const { pattern, tool, rule, declaredBy } of ELEMENTS) {
    for (const match of text.matchAll(pattern)) {
      const written = match[1]!;
      const [start, end] = match.indices![1]!;
      const offset = start + (written.length - written.trimStart().length);
      const found = fill({ text: written.trim(), offset }, properties);
      if (found === undefined) {
        context.unresolved(`${declaredBy} ${written.trim()}`, 'it is set elsewhere', offset);
      } else {
        const isOwn = found.offset === offset;
        const stop = isOwn ? end : found.offset + found.length;
        context.pin({
          tool,
          rule,
          declaredBy,
          source: 'manifest',
          constraint: found.text,
          offset: found.offset,
          end: stop,
          ...(isOwn ? { from: text.lastIndexOf('<', offset) } : {}),
        });
      }
    }
  }
};

function propertiesOf(text: string): ReadonlyMap<string, Property> {
  const found = new Map<string, Property>();
  for (const match of text.matchAll(/<([A-Za-z][\w.-]{0,100})>\s{0,100}([^<\s][^<]{0,100})<\/\1>/dg)) {
    if (found.size < MOST_PROPERTIES && !found.has(match[1]!)) {
      found.set(match[1]!, { text: match[2]!.trim(), offset: match.indices![2]![0] });
    }
  }
  return found;
}

/** @returns the text without references, at the place of the last that was filled in; undefined where one is not to be had */
function fill(
  written: Property,
  properties: ReadonlyMap<string, Property>,
): (Property & { readonly length: number }) | undefined {
  let { text, offset } = written;
  let { length } = text;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const [reference, name = ''] = /\$\{([\w.-]+)\}/.exec(text) ?? [];
    if (reference === undefined) {
      return { text, offset, length };
    }
    const value = properties.get(name);
    if (value === undefined) {
      return undefined;
    }
    text = text.replace(reference, () => value.text);
    offset = value.offset;
    ({ length } = value.text);
  }
  return undefined;
}

/** `gradle/gradle-daemon-jvm.properties`: what Gradle itself runs on. Source: Gradle, "Gradle Daemon", "Daemon JVM criteria". */
export const readGradleDaemon = readStated(undefined, [
  { pattern: /^toolchainVersion\s*=\s*(\d{1,2})/dgm, tool: 'java', rule: java, declaredBy: 'toolchainVersion' },
]);

/** sbt's `project/build.properties`: `sbt.version=1.9.7`. Source: sbt Reference Manual, "Build definition". */
export const readSbtProperties = readStated(undefined, [
  { pattern: /^[ \t]*sbt\.version\s*=\s*([\w.-]{1,40})/dgm, tool: 'sbt', rule: spec, declaredBy: 'sbt.version' },
]);

/**
 * Scala of `build.sbt`, which the build fetches by itself. Source: sbt Reference Manual, "Basic build definition".
 */
export const readSbt = readStated(slashes, [
  {
    pattern: /\bscalaVersion\s*:?=\s*"([\w.-]{1,40})"/dg,
    tool: 'scala',
    rule: exact,
    declaredBy: 'scalaVersion',
    source: 'dependency',
    alternatives: true,
  },
]);

/** Heroku's `system.properties`: `java.runtime.version=17`. Source: Heroku Dev Center, "Heroku Java Support". */
export const readSystemProperties = readStated(undefined, [
  {
    pattern: /^[ \t]*java\.runtime\.version\s*=\s*([\w.-]{1,40})/dgm,
    tool: 'java',
    rule: java,
    declaredBy: 'java.runtime.version',
    source: 'container',
  },
]);

/** Leiningen's `project.clj`: `:min-lein-version "2.9.0"`. Source: technomancy/leiningen, "sample.project.clj". */
export const readLeiningen = readStated(semicolons, [
  {
    pattern: /:min-lein-version\s+"([^"]{1,40})"/dg,
    tool: 'leiningen',
    rule: minimum,
    declaredBy: ':min-lein-version',
  },
]);
