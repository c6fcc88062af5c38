import { describe, expect, it } from 'vitest';
import { pinsOf, pinsOfFile, shown } from './project';

const workflow = '.github/workflows/ci.yml';

describe('GitHub Actions', () => {
  it('reads set-up steps, containers and services, with matrix, env and inputs', () => {
    const text = `name: CI
on:
  push:
  workflow_call:
    inputs:
      ruby:
        type: string
        default: "3.2"
env:
  GO_VERSION: "1.21"
jobs:
  test:
    strategy:
      matrix:
        node: [18, "20", 21]
        include:
          - node: 22
            experimental: true
        exclude:
          - node: 21
    container: node:\${{ matrix.node }}-bookworm
    services:
      db:
        image: postgres:15
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
      - uses: Actions/Setup-Go@v5
        with:
          go-version: \${{ env.GO_VERSION }}
      - uses: ruby/setup-ruby@v1
        with:
          ruby-version: \${{ inputs.ruby }}
      - uses: dtolnay/rust-toolchain@1.75.0
      - uses: pnpm/action-setup@v4
        with: { version: 9 }
      - uses: astral-sh/setup-uv@v3
        with:
          version: ">=0.4.0"
      - uses: actions/setup-dotnet@v4
        with:
          dotnet-version: |
            6.0.x
            8.0.100
      - uses: actions/setup-java@v4
        with:
          distribution: temurin
          java-version: '17'
      - uses: docker://python:3.11
      - run: echo node-version 12
`;
    expect(pinsOfFile(workflow, text)).toEqual([
      `ruby 3.2 → >=3.2.0 <3.3.0-0 @ ${workflow}:8:18`,
      `go 1.21 → >=1.21.0 <1.22.0-0 @ ${workflow}:10:15`,
      `node 18 → >=18.0.0 <19.0.0-0 @ ${workflow}:15:16`,
      `node 20 → >=20.0.0 <21.0.0-0 @ ${workflow}:15:20`,
      `node 22 → >=22.0.0 <23.0.0-0 @ ${workflow}:17:19`,
      `postgres 15 → >=15.0.0 <16.0.0-0 @ ${workflow}:24:16`,
      `rustc 1.75.0 → 1.75.0 @ ${workflow}:35:38`,
      `pnpm 9 → >=9.0.0 <10.0.0-0 @ ${workflow}:37:26`,
      `uv >=0.4.0 → >=0.4.0 @ ${workflow}:40:20`,
      `dotnet 6.0.x → >=6.0.0 <6.1.0-0 @ ${workflow}:44:13`,
      `dotnet 8.0.100 → 8.0.100 @ ${workflow}:45:13`,
      `java 17 → >=17.0.0 <18.0.0-0 @ ${workflow}:49:25`,
      `python 3.11 → >=3.11.0 <3.12.0-0 @ ${workflow}:50:15`,
    ]);
    const { pins } = pinsOf({ [workflow]: text });
    expect(pins.filter((pin) => pin.tool === 'node').map((pin) => pin.group)).toEqual(
      Array(3).fill(`${workflow} test`),
    );
    expect(pins.find((pin) => pin.tool === 'go')).toMatchObject({
      source: 'ci',
      declaredBy: 'Actions/Setup-Go go-version',
      scope: 'job test',
    });
  });

  it('warns of the zero that YAML drops', () => {
    const { problems, pins } = pinsOf({
      [workflow]: `jobs:\n  t:\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n          python-version: 3.10\n`,
    });
    expect(pins.map(({ constraint }) => constraint)).toEqual(['3.10']);
    expect(problems).toMatchObject([{ code: 'pin-unquoted-number', position: { line: 6, column: 27 } }]);
    expect(problems[0]!.message).toContain('reads as 3.1');
  });

  it('says what is decided elsewhere', () => {
    const { pins, unresolved } = pinsOf({
      [workflow]: `jobs:
  t:
    strategy:
      matrix: \${{ fromJSON(needs.plan.outputs.matrix) }}
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ vars.NODE }}
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ vars.NODE || '20' }}
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ format('{0}', matrix.node) }}
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ runner.os == 'Windows' && '18' || '20.1' }}
      - uses: actions/setup-go@v5
        with:
          go-version: \${{ fromJSON('["1.22"]') }}
`,
    });
    expect(pins.map(shown)).toEqual([
      `go 1.22 → >=1.22.0 <1.23.0-0 @ ${workflow}:23:23`,
      `node 20 → >=20.0.0 <21.0.0-0 @ ${workflow}:14:25`,
      `node 18 → >=18.0.0 <19.0.0-0 @ ${workflow}:20:25`,
      `node 20.1 → >=20.1.0 <20.2.0-0 @ ${workflow}:20:25`,
    ]);
    expect(unresolved.map(({ position, reason }) => [position?.line, reason])).toEqual([
      [8, 'fromJSON(needs.plan.outputs.matrix) is known only when it runs'],
      [11, 'vars.NODE is known only when it runs'],
      [17, "format('{0}', matrix.node) is known only when it runs"],
    ]);
  });

  it('reads files that steps name, and says when they are not there', () => {
    const { pins, problems, files } = pinsOf({
      [workflow]: `jobs:
  t:
    steps:
      - uses: actions/setup-go@v5
        with: { go-version-file: backend/go.mod }
      - uses: actions/setup-node@v4
        with: { node-version-file: web/.nvmrc }
`,
      'backend/go.mod': 'go 1.22\n',
    });
    expect(pins.map(shown)).toEqual(['go 1.22 → >=1.22.0 @ backend/go.mod:1:4']);
    expect(files).toEqual([workflow, 'backend/go.mod']);
    expect(problems).toMatchObject([{ code: 'pin-file-missing', position: { file: workflow, line: 7, column: 36 } }]);
  });

  it('reads the toolchain of an action that is pinned by a commit from its comment', () => {
    const commit = '0b1efabc08b657293548b77fb76cc02d26091c7e';
    const step = (after: string) => `jobs:\n  t:\n    steps:\n      - uses: dtolnay/rust-toolchain@${commit}${after}\n`;
    expect(pinsOfFile(workflow, step(' # 1.75.0'))).toEqual([`rustc 1.75.0 → 1.75.0 @ ${workflow}:4:81`]);
    expect(pinsOfFile(workflow, step(' # stable'))).toEqual([`rustc stable → stable @ ${workflow}:4:81`]);
    expect(pinsOfFile(workflow, step(''))).toEqual([]);
  });

  it('reads composite actions and what reusable workflows are given', () => {
    expect(
      pinsOfFile(
        '.github/actions/setup/action.yml',
        `inputs:\n  node:\n    default: "20"\nruns:\n  using: composite\n  steps:\n    - uses: actions/setup-node@v4\n      with:\n        node-version: \${{ inputs.node }}\n`,
      ),
    ).toEqual(['node 20 → >=20.0.0 <21.0.0-0 @ .github/actions/setup/action.yml:3:14']);
    expect(
      pinsOfFile(
        workflow,
        'jobs:\n  call:\n    uses: ./.github/workflows/build.yml\n    with:\n      node-version: 18\n',
      ),
    ).toEqual([`node 18 → >=18.0.0 <19.0.0-0 @ ${workflow}:5:21`]);
  });

  it('follows what is given through calls, in scripts too, to where it is written', () => {
    const inner =
      'inputs:\n  go: {}\nruns:\n  steps:\n    - uses: actions/setup-go@v5\n      with: { go-version: "${{ inputs.go }}" }\n';
    const { pins, unresolved } = pinsOf({
      [workflow]:
        'jobs:\n  a:\n    steps:\n      - uses: ./.github/actions/outer\n        with: { version: "1.22" }\n  b:\n    uses: ./.github/workflows/called.yml\n    with: { pnpm: "9.1" }\n',
      '.github/workflows/called.yml':
        'on:\n  workflow_call:\n    inputs:\n      pnpm: { default: "8" }\njobs:\n  r:\n    steps:\n      - run: npm i -g pnpm@${{ inputs.pnpm }}\n',
      '.github/actions/outer/action.yml':
        'inputs:\n  version: {}\nruns:\n  steps:\n    - uses: ./.github/actions/inner\n      with: { go: "${{ inputs.version }}" }\n',
      '.github/actions/inner/action.yml': inner,
    });
    expect(pins.map((pin) => [shown(pin), pin.scope])).toEqual([
      [`go 1.22 → >=1.22.0 <1.23.0-0 @ ${workflow}:5:26`, 'job a'],
      [`pnpm 9.1 → >=9.1.0 <9.2.0-0 @ ${workflow}:8:19`, 'job b / r'],
    ]);
    expect(unresolved).toEqual([]);
  });

  it('comes back from actions that call one another, and reads what else they set up', () => {
    const action = (other: string) =>
      `inputs: { v: { default: '1' } }\nruns:\n  steps:\n${`    - uses: ./.github/actions/${other}\n      with: { v: "\${{ inputs.v }}" }\n`.repeat(9)}    - uses: actions/setup-go@v5\n      with: { go-version: "1.\${{ inputs.v }}" }\n`;
    const { pins, problems } = pinsOf({
      [workflow]: 'jobs:\n  a:\n    steps:\n      - uses: ./.github/actions/a\n        with: { v: "22" }\n',
      '.github/actions/a/action.yml': action('b'),
      '.github/actions/b/action.yml': action('a'),
    });
    expect(problems).toEqual([]);
    expect(pins.map((pin) => pin.constraint)).toEqual(['1.22']);
  });

  it('takes jobs whose names differ in a number for alternatives', () => {
    const step = (version: string) =>
      `    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: "${version}" }\n`;
    const { pins } = pinsOf({
      [workflow]: `jobs:\n  test-18:\n${step('18')}  test-20:\n${step('20')}  lint:\n${step('16')}`,
    });
    expect(pins.map((pin) => [pin.constraint, pin.group])).toEqual([
      ['18', `${workflow} test-#`],
      ['20', `${workflow} test-#`],
      ['16', undefined],
    ]);
  });
});

describe('GitLab CI', () => {
  it('reads images, services, defaults, variables, templates, anchors and matrices', () => {
    const text = `include:
  - local: /templates/ci.yml
  - project: group/ci
    file: x.yml
variables:
  PY_VERSION: "3.11"
  NODE_IMAGE: node:\${NODE_VERSION}
  NODE_VERSION:
    value: "18"
    description: which
default:
  image: python:$PY_VERSION-slim
  services:
    - name: redis:7
      alias: cache
.node: &node
  image: $NODE_IMAGE
.go:
  image:
    name: golang:1.22
    entrypoint: [""]
.unused:
  image: ruby:3.1
lint:
  script: make
build:
  <<: *node
  services: ["postgres:14"]
go:
  extends: [.go]
  variables: { X: 1 }
test:
  image: \${CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX}/node:$V-alpine
  parallel:
    matrix:
      - V: ["18", "20"]
      - V: "22"
own:
  image: $CI_REGISTRY_IMAGE:latest
stages: [a]
`;
    const { pins, unresolved } = pinsOf({ '.gitlab-ci.yml': text });
    expect(pins.map((pin) => `${shown(pin)} ${pin.scope ?? '-'}`)).toEqual([
      'go 1.22 → >=1.22.0 <1.23.0-0 @ .gitlab-ci.yml:20:11 job go',
      'node 18 → >=18.0.0 <19.0.0-0 @ .gitlab-ci.yml:9:12 job build',
      'node 18 → >=18.0.0 <19.0.0-0 @ .gitlab-ci.yml:36:13 job test',
      'node 20 → >=20.0.0 <21.0.0-0 @ .gitlab-ci.yml:36:19 job test',
      'node 22 → >=22.0.0 <23.0.0-0 @ .gitlab-ci.yml:37:12 job test',
      'postgres 14 → >=14.0.0 <15.0.0-0 @ .gitlab-ci.yml:28:14 job build',
      'python 3.11 → >=3.11.0 <3.12.0-0 @ .gitlab-ci.yml:6:15 -',
      'redis 7 → >=7.0.0 <8.0.0-0 @ .gitlab-ci.yml:14:13 -',
      'ruby 3.1 → >=3.1.0 <3.2.0-0 @ .gitlab-ci.yml:23:10 job .unused',
    ]);
    expect(unresolved.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
      'include project: group/ci, file: x.yml: included files from elsewhere are not followed',
      'image …:latest: $CI_REGISTRY_IMAGE is set elsewhere',
    ]);
  });

  it('reads the pipeline after a header', () => {
    expect(pinsOfFile('.gitlab-ci.yml', 'spec:\n  inputs:\n    x:\n---\nimage: node:20\njob:\n  script: y\n')).toEqual([
      'node 20 → >=20.0.0 <21.0.0-0 @ .gitlab-ci.yml:5:8',
    ]);
  });

  it('is not led in circles by extends and anchors', () => {
    const text = '.a:\n  extends: .b\n.b:\n  extends: .a\n  image: node:20\njob: &j\n  extends: .a\n  x: *j\n';
    expect(pinsOfFile('.gitlab-ci.yml', text)).toEqual(['node 20 → >=20.0.0 <21.0.0-0 @ .gitlab-ci.yml:5:10']);
  });
});

describe('other pipelines', () => {
  it('reads CircleCI: images, executors, orbs and parameters', () => {
    const text = `version: 2.1
orbs:
  node: circleci/node@5.2
parameters:
  go: { type: string, default: "1.22" }
executors:
  go:
    docker:
      - image: cimg/go:<< pipeline.parameters.go >>
jobs:
  test:
    parameters:
      version: { type: string, default: "16.20" }
    docker:
      - image: cimg/node:<< parameters.version >>
      - image: cimg/postgres:14.5
    steps:
      - checkout
      - node/install:
          node-version: "20.11"
  old:
    parameters:
      v: { type: string, default: "14.21" }
    docker:
      - image: cimg/node:<< parameters.v >>
workflows:
  all:
    jobs:
      - test:
          matrix:
            parameters:
              version: ["18.19", "20.11"]
      - old
`;
    const path = '.circleci/config.yml';
    expect(pinsOfFile(path, text)).toEqual([
      `go 1.22 → >=1.22.0 <1.23.0-0 @ ${path}:5:32`,
      `postgres 14.5 → >=14.5.0 <14.6.0-0 @ ${path}:16:16`,
      `node 20.11 → >=20.11.0 <20.12.0-0 @ ${path}:20:25`,
      `node 14.21 → >=14.21.0 <14.22.0-0 @ ${path}:23:35`,
      `node 18.19 → >=18.19.0 <18.20.0-0 @ ${path}:32:25`,
      `node 20.11 → >=20.11.0 <20.12.0-0 @ ${path}:32:34`,
    ]);
  });

  it('fills in what a job passes to an executor of CircleCI', () => {
    const text = `executors:
  default:
    parameters: { tag: { type: string, default: lts } }
    docker: [{ image: "cimg/node:<<parameters.tag>>" }]
jobs:
  build:
    executor: { name: default, tag: "18.19" }
  test:
    executor: { name: default, tag: "20.11" }
`;
    expect(pinsOfFile('.circleci/config.yml', text)).toEqual([
      'node 18.19 → >=18.19.0 <18.20.0-0 @ .circleci/config.yml:7:37',
      'node 20.11 → >=20.11.0 <20.12.0-0 @ .circleci/config.yml:9:37',
    ]);
  });

  it('reads Azure Pipelines: tasks, matrices, variables, parameters and containers', () => {
    const text = `parameters:
  - name: py
    default: "3.12"
variables:
  - name: nodeVersion
    value: 20.x
resources:
  containers:
    - container: pg
      image: postgres:15
stages:
  - stage: Build
    jobs:
      - job: Linux
        container: golang:1.22
        strategy:
          matrix:
            a: { go: "1.21" }
            b: { go: "1.22" }
        steps:
          - task: NodeTool@0
            inputs:
              versionSpec: $(nodeVersion)
          - task: UsePythonVersion@0
            inputs: { versionSpec: "\${{ parameters.py }}" }
          - task: GoTool@0
            inputs: { version: $(go) }
          - task: UseDotNet@2
            inputs: { version: $(missing) }
`;
    const path = 'azure-pipelines.yml';
    expect(pinsOfFile(path, text)).toEqual([
      `python 3.12 → >=3.12.0 <3.13.0-0 @ ${path}:3:14`,
      `node 20.x → >=20.0.0 <21.0.0-0 @ ${path}:6:12`,
      `postgres 15 → >=15.0.0 <16.0.0-0 @ ${path}:10:14`,
      `go 1.22 → >=1.22.0 <1.23.0-0 @ ${path}:15:20`,
      `go 1.21 → >=1.21.0 <1.22.0-0 @ ${path}:18:22`,
      `go 1.22 → >=1.22.0 <1.23.0-0 @ ${path}:19:22`,
    ]);
    expect(pinsOf({ [path]: text }).unresolved.map(({ reason }) => reason)).toEqual(['missing is set elsewhere']);
  });

  it('reads Travis and Bitbucket', () => {
    expect(pinsOfFile('.travis.yml', 'language: node_js\nnode_js:\n  - 18\n  - "lts/*"\npython: "3.11"\n')).toEqual([
      'node 18 → >=18.0.0 <19.0.0-0 @ .travis.yml:3:5',
      'node lts/* → lts @ .travis.yml:4:5',
      'python 3.11 → >=3.11.0 <3.12.0-0 @ .travis.yml:5:9',
    ]);
    const text =
      'image: node:20\npipelines:\n  default:\n    - step:\n        image: { name: "python:3.11" }\n  branches:\n    main:\n      - parallel:\n          - step: { image: golang:1.22 }\ndefinitions:\n  services:\n    db: { image: mysql:8 }\n';
    expect(pinsOfFile('bitbucket-pipelines.yml', text).map((line) => line.split(' →')[0])).toEqual([
      'node 20',
      'python 3.11',
      'go 1.22',
      'mysql 8',
    ]);
  });
});

it('follows what GitLab includes from the project, whatever it is called', () => {
  const { pins, unresolved, problems } = pinsOf({
    '.gitlab-ci.yml': `include:\n  - local: /ci/ruby.yml\n  - ci/none.yml\n  - 'https://example.com/x.yml'\n  - local: 'ci/**/x.yml'\n`,
    'ci/ruby.yml': 'lint:\n  image: ruby:3.1\n',
  });
  expect(pins.map(shown)).toEqual(['ruby 3.1 → >=3.1.0 <3.2.0-0 @ ci/ruby.yml:2:10']);
  expect(unresolved.map(({ what }) => what)).toEqual(['include https://example.com/x.yml', 'include ci/**/x.yml']);
  expect(problems.map(({ code, position }) => `${code} ${position?.line}`)).toEqual(['pin-file-missing 3']);
});

it('leaves it to the files where setup-ruby looks for them itself', () => {
  const text = `jobs:\n  a:\n    steps:\n      - { uses: ruby/setup-ruby@v1, with: { ruby-version: .ruby-version } }\n      - { uses: ruby/setup-ruby@v1, with: { ruby-version: default } }\n`;
  const { pins, unresolved } = pinsOf({ [workflow]: text });
  expect([pins, unresolved]).toEqual([[], []]);
});
