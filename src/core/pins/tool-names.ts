import { type Catalog, catalog as everything, type PackageSource } from '../catalog';
import { own } from '../own';

/** What pin files call a tool → the catalog's name for it, where the catalog's own names do not tell. */
const aliases: Readonly<Record<string, string>> = {
  nodejs: 'node',
  'node.js': 'node',
  golang: 'go',
  python3: 'python',
  cpython: 'python',
  'rust-toolchain': 'rust',
  protobuf: 'protoc',
  'azure-cli': 'az',
  jdk: 'java',
  openjdk: 'java',
  temurin: 'java',
  'dotnet-core': 'dotnet',
  'dotnet-sdk': 'dotnet',
  dotnetcore: 'dotnet',
  postgres: 'postgresql',
  mongo: 'mongodb',
  'redis-server': 'redis',
  'r-base': 'r',
  mvn: 'maven',
  tf: 'terraform',
  'docker-cli': 'docker',
  'docker-ce': 'docker',
  'docker-ce-cli': 'docker',
  'docker-compose-plugin': 'docker-compose',
  'docker-buildx-plugin': 'docker-buildx',
  'helm-cli': 'helm',
  awscli: 'aws',
  'aws-cli': 'aws',
  'go-task': 'task',
};

/** Where the catalog may know one tool under several ids: the first that it has is taken. */
const candidates: Readonly<Record<string, readonly string[]>> = {
  rust: ['rust', 'rustc'],
  java: ['java', 'jdk', 'openjdk'],
  dotnet: ['dotnet', 'dotnet-sdk'],
  aws: ['aws', 'awscli', 'aws-cli'],
  mongodb: ['mongodb', 'mongod', 'mongo'],
  mysql: ['mysql', 'mysqld'],
  erlang: ['erlang', 'erl'],
};

/** Other implementations of a language have versions of their own; the catalog may count them as the language. */
const OTHER_IMPLEMENTATION =
  /^(?:pypy|graalpy|jruby|truffleruby|mruby|rubinius|miniconda|miniforge|mambaforge|anaconda)\d*$/;

const sources: readonly PackageSource[] = ['mise', 'asdf', 'sdkman', 'npm', 'pip', 'gem', 'brew'];

/**
 * The catalog id of a tool as a pin file names it: `nodejs`, `golang`, `core:node`, `aqua:hashicorp/terraform`, or as
 * nixpkgs does: `python311`.
 *
 * @returns the name itself in lower case where the catalog has no such tool
 */
export function toolId(name: string, catalog: Catalog = everything): string {
  const plain = name
    .toLowerCase()
    .replace(/^[a-z]+:/, '')
    .replace(/^.*\//, '')
    .replace(/@.*$/, '');
  if (OTHER_IMPLEMENTATION.test(plain)) {
    return plain;
  }
  const meant = own(aliases, plain) ?? plain;
  const known = (own(candidates, meant) ?? [meant]).find((id) => catalog.findById(id) !== undefined);
  if (known !== undefined) {
    return known;
  }
  const byAttribute = catalog.findByAttribute(name);
  if (byAttribute !== undefined) {
    return byAttribute.id;
  }
  for (const source of sources) {
    const tool = catalog.findByPackage(source, plain);
    if (tool !== undefined) {
      return tool.id;
    }
  }
  return meant;
}

/** How the tool is called in a sentence. */
export function toolTitle(id: string, catalog: Catalog = everything): string {
  return catalog.findById(id)?.title ?? id;
}
