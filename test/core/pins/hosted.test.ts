import { describe, expect, it } from 'vitest';
import { pinsOf, pinsOfFile } from './project';

/** `node 20 @ file:line:column, what it holds for`, in the order of the file. */
function saidBy(path: string, text: string, others: Readonly<Record<string, string>> = {}): string[] {
  return pinsOf({ ...others, [path]: text })
    .pins.filter(({ position }) => position.file === path)
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .map(({ tool, constraint, position, scope = '' }) =>
      `${tool} ${constraint} @${position.line}:${position.column} ${scope}`.trim(),
    );
}

describe('pipelines of other services', () => {
  it('Cirrus CI: images of containers and machines, variables of a task, scripts', () => {
    const text = `env:
  RUST: "1.77"
container:
  image: node:20
lint_task:
  install_script: npm i -g pnpm@9.1.0
task:
  name: test
  env:
    PY: 3.12-slim
  container:
    image: python:$PY
  script:
    - rustup default 1.78.0
docker_builder_task:
  container: { image: "rust:\${RUST}" }
other_task:
  container: { image: "golang:$UNKNOWN" }
`;
    expect(saidBy('.cirrus.yml', text)).toEqual([
      'rustc 1.77 @2:9 job docker_builder',
      'node 20 @4:10 job task',
      'pnpm 9.1.0 @6:28 job lint',
      'python 3.12 @10:9 job test',
      'rustc 1.78.0 @14:22 job test',
    ]);
    expect(pinsOf({ '.cirrus.yml': text }).unresolved).toMatchObject([{ reason: '$UNKNOWN is set elsewhere' }]);
  });

  it('Cloud Build: an image a step, with substitutions', () => {
    const text = `substitutions: { _NODE: "20" }
steps:
  - name: node:\${_NODE}-slim
    id: build
  - name: 'gcr.io/cloud-builders/docker'
  - name: golang:1.22
    script: |
      go install example.org/cmd/ko@v1.0.0
`;
    expect(saidBy('cloudbuild.yaml', text)).toEqual([
      'node 20 @1:25 job build',
      'go 1.22 @6:11 job step 3',
      'ko v1.0.0 @8:18 job step 3',
    ]);
  });

  it('Semaphore: sem-version, and images of agents', () => {
    const text = `agent:
  containers:
    - name: main
      image: ruby:3.3
blocks:
  - name: Test
    task:
      prologue: { commands: [sem-version node 20.10.0] }
      jobs:
        - name: unit
          commands: ["sem-version go 1.22"]
`;
    expect(saidBy('.semaphore/semaphore.yml', text)).toEqual([
      'ruby 3.3 @4:14 job pipeline',
      'node 20.10.0 @8:47 job Test',
      'go 1.22 @11:38 job unit',
    ]);
  });

  it('AppVeyor: stack, variables and their matrix, commands', () => {
    const text = `stack: node 20, python 3.12
environment:
  matrix:
    - nodejs_version: "18"
    - nodejs_version: "20"
install:
  - ps: Install-Product ruby 3.2
  - npm i -g yarn@1.22.19
`;
    expect(saidBy('appveyor.yml', text)).toEqual([
      'node 20 @1:8',
      'python 3.12 @1:8',
      'node 18 @4:23',
      'node 20 @5:23',
      'ruby 3.2 @7:30 job build',
      'yarn 1.22.19 @8:14 job build',
    ]);
    // Versions that are tried in turn do not contradict one another.
    expect(pinsOf({ 'appveyor.yml': text.replace(/^stack.*\n/, '') }).problems).toEqual([]);
  });

  it('Woodpecker: the values of a matrix, and what is set elsewhere', () => {
    const text = `matrix:
  GO: ["1.21", "1.22"]
  include:
    - { PY: "3.11" }
    - { PY: "3.12" }
steps:
  a: { image: "golang:\${GO}-alpine" }
  b: { image: "python:\${PY}" }
  c: { image: "node:\${CI_NODE}" }
`;
    expect(saidBy('.woodpecker.yml', text)).toEqual([
      'go 1.21 @2:8 job a',
      'go 1.22 @2:16 job a',
      'python 3.11 @4:13 job b',
      'python 3.12 @5:13 job b',
    ]);
    expect(pinsOf({ '.woodpecker.yml': text.replace('"1.21"', '1.20') }).problems).toMatchObject([
      { code: 'pin-unquoted-number', message: 'GO is written 1.20 without quotes, which YAML reads as 1.2.' },
    ]);
    const { unresolved, pins } = pinsOf({ '.woodpecker.yml': text });
    expect(unresolved).toMatchObject([{ what: 'image node:…', reason: '$CI_NODE is set elsewhere' }]);
    expect(new Set(pins.map(({ group }) => group))).toEqual(new Set(['.woodpecker.yml a', '.woodpecker.yml b']));
  });

  it.each(['.forgejo/workflows/ci.yml', '.gitea/workflows/ci.yml'])('%s is read as GitHub’s are', (path) => {
    const action = `${path.replace(/workflows.*/, 'actions/setup')}/action.yml`;
    const workflow = `jobs:\n  t:\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: 20 }\n      - uses: ./${action.replace('/action.yml', '')}\n        with: { go: "1.22" }\n`;
    const composite = `inputs: { go: { required: true } }\nruns:\n  steps:\n    - uses: actions/setup-go@v5\n      with: { go-version: "\${{ inputs.go }}" }\n`;
    expect(saidBy(path, workflow, { [action]: composite })).toEqual(['node 20 @5:31 job t', 'go 1.22 @7:21 job t']);
    expect(pinsOf({ [path]: workflow, [action]: composite }).unresolved).toEqual([]);
  });
});

describe('hosting', () => {
  it.each([
    ['nixpacks.toml', '[variables]\nNIXPACKS_NODE_VERSION = "20"\nPORT = "80"\n', ['node 20 @2:25']],
    [
      'render.yaml',
      'services:\n  - name: web\n    envVars:\n      - { key: NODE_VERSION, value: 20.11.1 }\n      - key: TOKEN\n        sync: false\n  - name: cache\n    image: { url: docker.io/library/redis:7.2 }\n',
      ['node 20.11.1 @4:37 service web', 'redis 7.2 @8:19 service cache'],
    ],
    [
      'eas.json',
      '{ "cli": { "version": ">= 5.2.0" }, "build": { "base": { "node": "20.11.1", "ios": { "cocoapods": "1.15.2" } } } }',
      ['expo >= 5.2.0 @1:23', 'node 20.11.1 @1:66 profile base', 'cocoapods 1.15.2 @1:99 profile base'],
    ],
    [
      'codemagic.yaml',
      'workflows:\n  ios:\n    environment:\n      flutter: 3.22.0\n      xcode: 15.4\n      vars: { NODE: "1" }\n',
      ['flutter 3.22.0 @4:16 workflow ios', 'xcode 15.4 @5:14 workflow ios'],
    ],
  ])('%s', (path, text, expected) => {
    expect(saidBy(path, text)).toEqual(expected);
  });
});

describe('docker buildx bake', () => {
  const Dockerfile = 'ARG NODE=18\nARG GO\nFROM node:${NODE}-slim\nFROM golang:${GO}\nFROM base\n';

  it('passes arguments and images to Dockerfiles, from HCL', () => {
    const text = `variable "NODE" {
  default = "20"
}
variable "TAG" { default = "latest" }
group "default" { targets = ["app"] }
target "app" {
  dockerfile = "Dockerfile"
  args = {
    NODE = NODE
    GO   = "1.22" # as in go.mod
    TAG  = "app:\${TAG}"
  }
  contexts = {
    base = "docker-image://python:3.12-slim"
    src  = "./src"
  }
  tags = ["app:\${TAG}"]
}
target "old" {
  inherits = ["app"]
  args = { NODE = "\${NODE}.1.0" }
}
`;
    expect(saidBy('docker-bake.hcl', text, { Dockerfile })).toEqual([
      'node 20 @2:14 target app',
      'node 20.1.0 @2:14 target old',
      'go 1.22 @10:13 target app',
      'python 3.12 @14:13 target app',
    ]);
  });

  it('from JSON', () => {
    const text = `{ "target": { "app": { "context": "docker", "args": { "NODE": "22" } } } }`;
    expect(saidBy('docker-bake.json', text, { 'docker/Dockerfile': Dockerfile })).toEqual(['node 22 @1:63 target app']);
  });

  it('passes over what is not there, and what it does not know', () => {
    const text = 'target "app" {\n  context = "gone"\n  args = { NODE = lower("20") }\n}\ntarget "b" { args = {';
    expect(pinsOf({ 'docker-bake.hcl': text, Dockerfile: 'FROM node:20\n' })).toMatchObject({
      pins: [{ tool: 'node', constraint: '20' }],
      problems: [],
    });
    expect(pinsOfFile('docker-bake.hcl', `${'target "a" { args = { A = "${'.repeat(2_000)}`)).toEqual([]);
  });
});
