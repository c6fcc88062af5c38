import { own } from '../../../own';
import { spec } from '../../range/tool-rules';
import type { Install } from './installers';
import { toolOfPackage } from './packages';
import type { Word } from './words';

const RELEASE = '(\\d+(?:\\.\\d+){0,3}(?:-?(?:rc|beta|alpha)\\.?\\d*)?)';

/** Where makers keep what they released; the group is the version. */
const ADDRESSES: readonly (readonly [RegExp, string])[] = [
  [/deb\.nodesource\.com\/(?:setup|node)_(\d+)\.x/, 'node'],
  [/rpm\.nodesource\.com\/setup_(\d+)\.x/, 'node'],
  [new RegExp(`nodejs\\.org/dist/v${RELEASE}/`), 'node'],
  [/nodejs\.org\/dist\/latest-v(\d+)\.x/, 'node'],
  [
    new RegExp(
      `(?:go\\.dev/dl|golang\\.org/dl|dl\\.google\\.com/go|storage\\.googleapis\\.com/golang)/go${RELEASE}\\.(?:linux|darwin|windows|freebsd|src)`,
    ),
    'go',
  ],
  [new RegExp(`python\\.org/ftp/python/${RELEASE}/`), 'python'],
  [new RegExp(`/gradle-${RELEASE}-(?:bin|all)\\.zip`), 'gradle'],
  [new RegExp(`/apache-maven-${RELEASE}-bin\\.`), 'maven'],
  [new RegExp(`(?:dl\\.k8s\\.io|kubernetes-release/release)/(?:release/)?v${RELEASE}/\\S{0,200}kubectl`), 'kubectl'],
  [new RegExp(`get\\.helm\\.sh/helm-v${RELEASE}-`), 'helm'],
  [new RegExp(`awscli\\.amazonaws\\.com/awscli-exe-[\\w-]+-${RELEASE}\\.zip`), 'aws'],
  [/temurin\d+-binaries\/releases\/download\/jdk-?(\d+(?:\.\d+){0,2})/, 'java'],
  [new RegExp(`ziglang\\.org/download/${RELEASE}/`), 'zig'],
  [new RegExp(`astral\\.sh/uv/${RELEASE}/`), 'uv'],
  [new RegExp(`releases\\.nixos\\.org/nix/nix-${RELEASE}/`), 'nix'],
  [new RegExp(`cmake\\.org/files/v[\\d.]+/cmake-${RELEASE}-`), 'cmake'],
  [new RegExp(`julialang-s3\\.julialang\\.org/\\S{0,200}/julia-${RELEASE}-`), 'julia'],
  [new RegExp(`download\\.docker\\.com/linux/static/stable/\\w+/docker-${RELEASE}\\.`), 'docker'],
];

const HASHICORP = new RegExp(`releases\\.hashicorp\\.com/(terraform|vault|packer|nomad|consul|boundary)/${RELEASE}/`);
/** A release, or a file at its tag: `nvm-sh/nvm/v0.40.1/install.sh`. */
const GITHUB = new RegExp(
  `(?:github\\.com/([\\w.-]+/[\\w.-]+)/releases/download|raw\\.githubusercontent\\.com/([\\w.-]+/[\\w.-]+))/(?:[a-z]+-)?v?${RELEASE}/`,
);
/** Repositories that are not named as their tools are. */
const REPOSITORIES: Readonly<Record<string, string>> = {
  'cli/cli': 'gh',
  'docker/buildx': 'docker-buildx',
  'docker/compose': 'docker-compose',
  'mikefarah/yq': 'yq-go',
  'mvdan/sh': 'shfmt',
};

/** The tool and version that an address in a command is of. */
export function downloadOf(word: Word): Install | undefined {
  const { text } = word;
  if (!text.includes('.') || !text.includes('/')) {
    return undefined;
  }
  for (const [pattern, tool] of ADDRESSES) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) {
      return { tool, constraint: version, rule: spec, word };
    }
  }
  const [, product, release] = HASHICORP.exec(text) ?? [];
  const [, repository, other, tag] = GITHUB.exec(text) ?? [];
  const place = (repository ?? other ?? '').toLowerCase();
  const tool = product ?? own(REPOSITORIES, place) ?? toolOfPackage(undefined, place.replace(/^.*\//, ''));
  const version = release ?? tag;
  return tool === undefined || version === undefined ? undefined : { tool, constraint: version, rule: spec, word };
}
