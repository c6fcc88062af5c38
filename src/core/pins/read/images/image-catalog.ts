/** How an image's tag tells versions; the first group of each pattern is one. */
export interface ImageKnowledge {
  /** Tool → where its version is in the tag; `leading` is the number at the start, or a moving name. */
  readonly [tool: string]: 'leading' | RegExp;
}

const leading = (tool: string): ImageKnowledge => ({ [tool]: 'leading' });

/** Tags of build images name the JDK behind it: `8.5-jdk17`, `3.9-eclipse-temurin-21`. */
const JDK = /(?:jdk|temurin|openjdk|corretto|zulu|java)-?(\d{1,2})(?!\d)/;

/** Official images, which have no namespace. */
export const officialImages: Readonly<Record<string, ImageKnowledge>> = {
  node: leading('node'),
  python: leading('python'),
  pypy: leading('pypy'),
  golang: leading('go'),
  rust: leading('rust'),
  ruby: leading('ruby'),
  jruby: leading('jruby'),
  openjdk: leading('java'),
  'eclipse-temurin': leading('java'),
  amazoncorretto: leading('java'),
  sapmachine: leading('java'),
  'ibm-semeru-runtimes': leading('java'),
  gradle: { gradle: 'leading', java: JDK },
  maven: { maven: 'leading', java: JDK },
  php: leading('php'),
  composer: leading('composer'),
  perl: leading('perl'),
  elixir: { elixir: 'leading', erlang: /otp-(\d+(?:\.\d+)*)/ },
  erlang: leading('erlang'),
  haskell: leading('ghc'),
  swift: leading('swift'),
  julia: leading('julia'),
  'r-base': leading('r'),
  dart: leading('dart'),
  gcc: leading('gcc'),
  postgres: leading('postgresql'),
  mysql: leading('mysql'),
  mariadb: leading('mariadb'),
  redis: leading('redis'),
  mongo: leading('mongodb'),
  memcached: leading('memcached'),
  rabbitmq: leading('rabbitmq'),
  nginx: leading('nginx'),
  caddy: leading('caddy'),
  traefik: leading('traefik'),
  httpd: leading('httpd'),
  elasticsearch: leading('elasticsearch'),
};

/** `16-3.4`, `15`: PostGIS and pgvector name PostgreSQL first, or after `pg`. */
const POSTGRES = /(?:^|-)pg(\d+(?:\.\d+)*)|^(\d+(?:\.\d+)*)-\d/;
/** Dev container images have their own version first: `1-3.11-bookworm`, `0-18`. */
const DEV_CONTAINER = /^(?:dev-)?(?:[0-3](?:\.\d+){0,2}-(?=\d))?(\d+(?:\.\d+)*)(?:-|$)/;

/** A .NET runtime shares the first two numbers with its SDK; the third counts otherwise. */
const RUNTIME = /^(\d+\.\d+)/;

/** Images with a namespace, by path without registry. */
export const namespacedImages: Readonly<Record<string, ImageKnowledge>> = {
  'denoland/deno': leading('deno'),
  'oven/bun': leading('bun'),
  'astral-sh/uv': { uv: /^v?(\d+(?:\.\d+)*)(?:-|$)/, python: /python(\d+(?:\.\d+)*)/ },
  'astral-sh/ruff': leading('ruff'),
  'nikolaik/python-nodejs': { python: /python(\d+(?:\.\d+)*)/, node: /nodejs(\d+(?:\.\d+)*)/ },
  'cypress/base': leading('node'),
  'cypress/browsers': { node: /node-?(\d+(?:\.\d+)*)/ },
  'azul/zulu-openjdk': leading('java'),
  'bellsoft/liberica-openjdk-alpine': leading('java'),
  'bellsoft/liberica-openjdk-debian': leading('java'),
  'sbtscala/scala-sbt': { java: JDK, sbt: /_(\d+(?:\.\d+)+)_/ },
  'dotnet/sdk': leading('dotnet'),
  'dotnet/aspnet': { dotnet: RUNTIME },
  'dotnet/runtime': { dotnet: RUNTIME },
  'dotnet/core/sdk': leading('dotnet'),
  'postgis/postgis': { postgresql: POSTGRES },
  'pgvector/pgvector': { postgresql: POSTGRES },
  'ankane/pgvector': { postgresql: POSTGRES },
  'timescale/timescaledb': { postgresql: POSTGRES },
  'timescale/timescaledb-ha': { postgresql: POSTGRES },
  'supabase/postgres': leading('postgresql'),
  'valkey/valkey': leading('valkey'),
  'elasticsearch/elasticsearch': leading('elasticsearch'),
  'hashicorp/terraform': leading('terraform'),
  'hashicorp/packer': leading('packer'),
  'hashicorp/vault': leading('vault'),
  'hashicorp/consul': leading('consul'),
  'opentofu/opentofu': leading('opentofu'),
  'nixos/nix': leading('nix'),
  'nixpkgs/nix': leading('nix'),
  'rustlang/rust': leading('rust'),
  'clux/muslrust': leading('rust'),
  'rocker/r-ver': leading('r'),
  'crystallang/crystal': leading('crystal'),
  'nimlang/nim': leading('nim'),
  'hexpm/elixir': { elixir: 'leading', erlang: /erlang-(\d+(?:\.\d+)*)/ },
  'hexpm/erlang': leading('erlang'),
  'cirruslabs/flutter': leading('flutter'),
  'instrumentisto/flutter': leading('flutter'),
  'alpine/helm': leading('helm'),
  'alpine/k8s': leading('kubectl'),
  'alpine/terragrunt': leading('terragrunt'),
  'rancher/kubectl': leading('kubectl'),
  'amazon/aws-cli': leading('aws'),
  'aws-cli/aws-cli': leading('aws'),
  'tiangolo/uvicorn-gunicorn-fastapi': { python: /^python(\d+(?:\.\d+)*)/ },
  'tiangolo/uvicorn-gunicorn': { python: /^python(\d+(?:\.\d+)*)/ },
  playwright: leading('playwright'),
  'bazel-public/bazel': leading('bazel'),
  'devcontainers/javascript-node': { node: DEV_CONTAINER },
  'devcontainers/typescript-node': { node: DEV_CONTAINER },
  'devcontainers/python': { python: DEV_CONTAINER },
  'devcontainers/anaconda': {},
  'devcontainers/go': { go: DEV_CONTAINER },
  'devcontainers/rust': { rust: DEV_CONTAINER },
  'devcontainers/java': { java: DEV_CONTAINER },
  'devcontainers/ruby': { ruby: DEV_CONTAINER },
  'devcontainers/dotnet': { dotnet: DEV_CONTAINER },
  'devcontainers/php': { php: DEV_CONTAINER },
  'lambda/python': leading('python'),
  'lambda/nodejs': leading('node'),
  'lambda/java': leading('java'),
  'lambda/ruby': leading('ruby'),
};

/** Namespaces that carry images under the official names: other builders, architectures, CircleCI's own. */
export const likeOfficial =
  /^(?:library|bitnami|bitnamilegacy|cimg|circleci|amd64|arm64v8|arm32v[567]|i386|ppc64le|s390x|docker\/library|chainguard|public|dhi)$/;

/** Names that those namespaces use for an official image. */
export const otherNames: Readonly<Record<string, string>> = {
  go: 'golang',
  jdk: 'openjdk',
  java: 'openjdk',
  postgresql: 'postgres',
  mongodb: 'mongo',
};
