import { own } from '../../../own';
import { type ImageKnowledge, likeOfficial, namespacedImages, officialImages, otherNames } from './image-catalog';
import { MISSING } from './variables';

/** One version that an image's tag tells. */
export interface ImageVersion {
  readonly tool: string;
  readonly constraint: string;
}

export interface ImageName {
  /** Without registry, in lower case. */
  readonly path: string;
  /** True when it comes from a place that the text does not tell: a variable stands for registry or mirror. */
  readonly mirrored: boolean;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits `registry:5000/path/name:tag@sha256:…`. Source: distribution/reference, "Grammar". */
export function parseImage(reference: string): ImageName {
  const [named = '', digest] = reference
    .trim()
    .replace(/^docker:\/\//, '')
    .split('@', 2);
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const path = colon < 0 ? named : named.slice(0, colon);
  const parts = path.toLowerCase().split('/');
  const host = parts.length > 1 && /[.:]|^localhost$/.test(parts[0]!) ? parts.shift()! : '';
  const missing = parts.map((part) => part.includes(MISSING)).lastIndexOf(true);
  const mirrored =
    missing >= 0 ||
    host.includes(MISSING) ||
    /\/(?:dependency_proxy\/containers|dockerhub|docker-hub|docker\.io|library|proxy|mirror|cache)\//.test(`/${path}`);
  return {
    path: parts.slice(missing + 1).join('/'),
    mirrored,
    ...(colon < 0 ? {} : { tag: named.slice(colon + 1) }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** What is known of an image; undefined for one that stands for no tool (an operating system, a program of one's own). */
export function knowledgeOf({ path, mirrored }: ImageName): ImageKnowledge | undefined {
  const plain = path.replace(/^vscode\//, '');
  const named = own(namespacedImages, plain) ?? own(namespacedImages, plain.split('/').slice(-2).join('/'));
  if (named !== undefined) {
    return named;
  }
  const slash = plain.lastIndexOf('/');
  const last = plain.slice(slash + 1);
  const namespace = slash < 0 ? '' : plain.slice(0, slash);
  if (slash < 0 || mirrored || likeOfficial.test(namespace)) {
    return own(officialImages, own(otherNames, last) ?? last) ?? (slash < 0 ? undefined : own(officialImages, last));
  }
  return undefined;
}

/** The number that a tag begins with. */
const LEADING = /^(\d+(?:u\d+)?(?:\.\d+)*(?:-?(?:rc|beta|alpha|preview)\.?\d+)?)(?:[-_+].*|$)/;

/** What may stand before it: `v1.40.0`, `alpine-1.40.0`; for Java also `jdk-17`, `open-17-jdk`. */
const BEFORE = /^(?:v|(?:alpine|debian|ubuntu|distroless)-)(?=\d)/;
const BEFORE_JAVA = /^(?:jdk|jre|java|open|openjdk)-?(?=\d)/;

/** Images whose name has the version in it: `gcr.io/distroless/nodejs20-debian12`. */
const IN_NAME = /(?:^|\/)distroless\/(nodejs|python|java)(\d+)(?:-|$)/;

/** Languages and servers by the names that tags of a team's own images have for them. */
const TAGGED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['node', 'python', 'golang', 'rust', 'ruby', 'java', 'php', 'elixir', 'erlang', 'postgres', 'redis'].map((name) => [
      name,
      name,
    ]),
  ),
  nodejs: 'node',
  go: 'go',
  jdk: 'java',
  openjdk: 'java',
  otp: 'erlang',
  postgresql: 'postgres',
  yarn: 'yarn',
  terraform: 'terraform',
};

/** A team's own build image tells what is in it by its tag: `ci:ruby-3.2-node-20`. */
function namedInTag(tag: string): readonly ImageVersion[] {
  return [...tag.matchAll(/(?:^|-)([a-z]{2,12})-?v?(\d+(?:\.(?:\d+|x))*)(?=-|$)/g)].flatMap(
    ([, name = '', version = '']) => {
      const tool = own(TAGGED, name);
      return tool === undefined ? [] : [{ tool, constraint: version }];
    },
  );
}

/**
 * The versions that an image stands for.
 *
 * @returns none for an image that is no tool's; `latest` for a missing tag; undefined when only a digest pins it
 */
export function imageVersions(image: ImageName): readonly ImageVersion[] | undefined {
  const named = IN_NAME.exec(image.path);
  if (named !== null) {
    return [{ tool: named[1]!, constraint: named[2]! }];
  }
  const knowledge = knowledgeOf(image);
  if (knowledge === undefined) {
    return namedInTag(image.tag ?? '');
  }
  if (image.tag === undefined && image.digest !== undefined) {
    return undefined;
  }
  const tag = image.tag ?? 'latest';
  return Object.entries(knowledge).flatMap(([tool, where]): readonly ImageVersion[] => {
    if (where !== 'leading') {
      const match = where.exec(tag);
      const constraint = match?.[1] ?? match?.[2];
      return constraint === undefined ? [] : [{ tool, constraint }];
    }
    const number = LEADING.exec(tag.replace(tool === 'java' ? BEFORE_JAVA : BEFORE, ''))?.[1];
    return [{ tool, constraint: number ?? tag.replace(/-.*$/, '') }];
  });
}
