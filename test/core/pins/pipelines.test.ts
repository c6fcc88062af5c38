import { describe, expect, it } from 'vitest';
import { comparePins } from '../../../src/core/pins/compare';
import { pinsOf, shown } from './project';

const brief = (files: Readonly<Record<string, string>>) =>
  pinsOf(files).pins.map(
    (pin) => `${pin.tool} ${pin.constraint} @ ${shown(pin).replace(/^.* @ /, '')} ${pin.scope ?? '-'}`,
  );

describe('GitLab pipelines of several files', () => {
  const files = {
    '.gitlab-ci.yml': `include:
  - local: .gitlab/ci/*.yml
  - local: /ci/node.yml
    inputs:
      node: "18.19"
variables:
  RUBY: "3.2.5"
specs pg14:
  extends: .use-pg14
  image: ruby:\${RUBY}
  script:
    - !reference [.setup, before_script]
specs pg16:
  extends: [.use-pg16]
  image: ruby:\${RUBY}
  script: x
  after_script:
    - pip install poetry==1.8.2
web:
  extends: .web
  script: npm test
`,
    '.gitlab/ci/global.yml': `.setup:
  before_script:
    - npm install -g yarn@1.22.19
.redis:
  services:
    - redis:\${REDIS}
.db:
  services:
    - name: postgres:\${PG}
    - !reference [.redis, services]
.use-pg14:
  services:
    - !reference [.db, services]
  variables: { PG: "14", REDIS: "6.2" }
.use-pg16:
  services:
    - !reference [.db, services]
  variables: { PG: "16", REDIS: "7.0" }
`,
    'ci/node.yml': `spec:
  inputs:
    node: { default: "20" }
    pnpm: { default: 9.1.0 }
---
.web:
  image: node:$[[ inputs.node ]]-alpine
  before_script:
    - npm i -g pnpm@$[[ inputs.pnpm ]]
`,
  };

  it('extend, refer to and give inputs to one another', () => {
    expect(brief(files)).toEqual([
      'node 18.19 @ ci/node.yml:7:10 job web',
      'pnpm 9.1.0 @ ci/node.yml:4:22 job web',
      'poetry ==1.8.2 @ .gitlab-ci.yml:18:19 job specs pg16',
      'postgres 14 @ .gitlab/ci/global.yml:14:20 job specs pg14',
      'postgres 16 @ .gitlab/ci/global.yml:18:20 job specs pg16',
      'redis 6.2 @ .gitlab/ci/global.yml:14:33 job specs pg14',
      'redis 7.0 @ .gitlab/ci/global.yml:18:33 job specs pg16',
      'ruby 3.2.5 @ .gitlab-ci.yml:7:9 job specs pg14',
      'yarn 1.22.19 @ .gitlab/ci/global.yml:3:22 job specs pg14',
    ]);
  });

  it('leave nothing unknown that the others set, and are each listed once', () => {
    const { unresolved, problems, files: read } = pinsOf(files);
    expect([unresolved, problems]).toEqual([[], []]);
    expect(read).toEqual(['.gitlab-ci.yml', '.gitlab/ci/global.yml', 'ci/node.yml']);
  });

  it('lay the including file over what it includes, key by key', () => {
    const merged = {
      '.gitlab-ci.yml': 'include: ci/base.yml\nbuild:\n  image: node:20\n',
      'ci/base.yml': 'build:\n  image: node:18\n  services: [postgres:15]\n',
    };
    expect(brief(merged)).toEqual([
      'node 20 @ .gitlab-ci.yml:3:10 job build',
      'postgres 15 @ ci/base.yml:3:14 job build',
    ]);
  });

  it('keep a child pipeline by itself', () => {
    const child = {
      '.gitlab-ci.yml': 'image: node:20\nstart:\n  trigger:\n    include:\n      - local: ci/child.yml\n',
      'ci/child.yml': 'start:\n  image: golang:1.22\n  script: x\n',
    };
    expect(brief(child)).toEqual(['go 1.22 @ ci/child.yml:2:10 job start', 'node 20 @ .gitlab-ci.yml:1:8 -']);
  });

  it('end where references or includes go round in circles', () => {
    const round = {
      '.gitlab-ci.yml':
        'include: [ci/a.yml]\n.a: { script: [!reference [.b, script], !reference [.b, script]] }\n.b: { script: [!reference [.a, script], x] }\njob: { script: [!reference [.a, script]], image: node:20 }\n',
      'ci/a.yml': 'include: [ci/b.yml, .gitlab-ci.yml]\n',
      'ci/b.yml': 'include: [ci/a.yml]\n',
    };
    expect(brief(round)).toEqual(['node 20 @ .gitlab-ci.yml:4:50 job job']);
  });
});

it("a team's own image tells by its tag what is in it, and other tags tell nothing", () => {
  const image = (name: string) => brief({ '.gitlab-ci.yml': `image: ${name}\n` }).map((line) => line.split(' @')[0]);
  expect(image('registry.example.com:5005/ci/images:ruby-2.3.7-golang-1.9-git-2.17-node-8.x-postgresql-9.6')).toEqual([
    'go 1.9',
    'node 8.x',
    'postgres 9.6',
    'ruby 2.3.7',
  ]);
  expect(image('example/app:release-12')).toEqual([]);
  expect(image('example/app:v1.2.3-node')).toEqual([]);
});

describe('CircleCI', () => {
  it('reads macOS executors, conditional steps, and the variables of executors', () => {
    const text = `version: 2.1
orbs:
  tools:
    executors:
      inner:
        docker: [{ image: cimg/ruby:3.2.2 }]
executors:
  mac:
    macos:
      xcode: 15.4.0
  linux:
    docker:
      - image: cimg/node:20.11
        environment: { POETRY: 1.8.3 }
    environment:
      PYTHON: 3.11.4
jobs:
  build:
    executor: linux
    steps:
      - run: pyenv install $PYTHON && pip install poetry==\${POETRY}
      - when:
          condition: true
          steps:
            - run: npm install -g pnpm@9.1.0
            - unless: { condition: x, steps: [run: gem install bundler -v 2.5.4] }
`;
    expect(brief({ '.circleci/config.yml': text })).toEqual([
      'bundler 2.5.4 @ .circleci/config.yml:26:75 job build',
      'node 20.11 @ .circleci/config.yml:13:16 job linux',
      'pnpm 9.1.0 @ .circleci/config.yml:25:35 job build',
      'poetry ==1.8.3 @ .circleci/config.yml:14:32 job build',
      'python 3.11.4 @ .circleci/config.yml:16:15 job build',
      'ruby 3.2.2 @ .circleci/config.yml:6:27 job tools/inner',
      'xcode 15.4.0 @ .circleci/config.yml:10:14 job mac',
    ]);
  });

  it('follows what commands are given, through jobs and other commands; a default that nobody uses does not count', () => {
    const text = `version: 2.1
orbs:
  node: circleci/node@5.2.0
  py: circleci/python@2.1.1
commands:
  outer:
    parameters: { yarn: { type: string, default: "1.22.19" } }
    steps:
      - inner: { version: << parameters.yarn >> }
  inner:
    parameters: { version: { type: string } }
    steps:
      - run: npm install -g yarn@<< parameters.version >>
  unused:
    parameters: { v: { type: string, default: "9.1.0" } }
    steps:
      - run: npm install -g pnpm@<< parameters.v >>
jobs:
  build:
    parameters: { yarn: { type: string } }
    docker: [{ image: cimg/base:current }]
    steps:
      - outer: { yarn: << parameters.yarn >> }
      - node/install-yarn: { version: "1.22.22" }
  python:
    executor: { name: py/default, tag: "3.10" }
    steps: [checkout]
workflows:
  main:
    jobs:
      - build: { yarn: "1.22.21" }
      - python
      - node/test: { version: "16.10" }
`;
    expect(brief({ '.circleci/config.yml': text })).toEqual([
      'node 16.10 @ .circleci/config.yml:33:31 job node/test',
      'pnpm 9.1.0 @ .circleci/config.yml:15:47 job unused',
      'python 3.10 @ .circleci/config.yml:26:40 job python',
      'yarn 1.22.22 @ .circleci/config.yml:24:39 job build',
      'yarn 1.22.21 @ .circleci/config.yml:31:24 job build',
    ]);
  });

  it('ends where commands call each other', () => {
    const steps = '{ steps: [a, b, a, b] }';
    const text = `commands:\n  a: ${steps}\n  b: ${steps}\njobs:\n  j: { docker: [{ image: node:20 }], steps: [a] }\n`;
    expect(brief({ '.circleci/config.yml': text })).toEqual(['node 20 @ .circleci/config.yml:5:26 job j']);
  });
});

describe('GitHub Actions', () => {
  it('reads actions whose own version is that of their tool, by tag or beside the commit', () => {
    const sha = '06d010dfe4c84fdab1a25ea02b57b3585018ba80';
    const text = `jobs:\n  a:\n    steps:\n      - uses: crate-ci/typos@${sha} # v1.42.3\n      - uses: rhysd/actionlint@v1.7.11\n      - uses: crate-ci/typos@v1\n`;
    expect(brief({ '.github/workflows/ci.yml': text })).toEqual([
      'actionlint v1.7.11 @ .github/workflows/ci.yml:5:32 job a',
      `typos v1.42.3 @ .github/workflows/ci.yml:4:${33 + sha.length} job a`,
    ]);
  });

  it.each([
    ['haskell/actions/setup', 'ghc-version', '8.10.7', 'ghc 8.10.7 → 8.10.7'],
    ['cachix/install-nix-action', 'install_url', 'https://releases.nixos.org/nix/nix-2.22.1/install', 'nix'],
    ['coursier/setup-action', 'jvm', 'temurin:17', 'java temurin:17 → >=17.0.0 <18.0.0-0'],
    ['goreleaser/goreleaser-action', 'version', '~> v2', 'goreleaser ~> v2 → >=2.0.0 <3.0.0-0'],
    ['helm/kind-action', 'kubectl_version', 'v1.27.3', 'kubectl v1.27.3 → 1.27.3'],
  ])('%s: %s', (action, input, value, expected) => {
    const text = `jobs:\n  a:\n    steps:\n      - uses: ${action}@v1\n        with: { ${input}: "${value}" }\n`;
    const [pin] = pinsOf({ '.github/workflows/ci.yml': text }).pins;
    expect(shown(pin!)).toContain(expected);
    expect(pin!.range).toMatch(/\d/);
  });
});

describe('what is no contradiction', () => {
  const contradictions = (files: Readonly<Record<string, string>>) =>
    comparePins(pinsOf(files)).map(({ severity, message }) => `${severity}: ${message}`);

  it('services that are named after their versions', () => {
    const compose = `services:
  postgres13: { image: "postgres:13" }
  postgres16:
    build: { context: ./pg, args: { V: 16 } }
  mysql-5-7: { image: "mysql:5.7.44" }
  mysql-8-0: { image: "mysql:8.0.28" }
`;
    const files = { 'compose.yml': compose, 'pg/Dockerfile': 'ARG V=16\nFROM postgres:$V\n' };
    expect(contradictions(files)).toEqual([]);
    const two = 'services:\n  db: { image: "postgres:13" }\n  test-db: { image: "postgres:16" }\n';
    expect(contradictions({ 'compose.yml': two })).toHaveLength(1);
  });

  it('several versions that one job sets up; against all of them another place still stands', () => {
    const workflow = `jobs:
  test:
    steps:
      - uses: actions/setup-java@v4
        with: { java-version: 17 }
      - uses: actions/setup-java@v4
        with:
          java-version: |
            8
            21
`;
    expect(contradictions({ '.github/workflows/ci.yml': workflow })).toEqual([]);
    expect(contradictions({ '.github/workflows/ci.yml': workflow, '.java-version': '17\n' })).toEqual([]);
    expect(contradictions({ '.github/workflows/ci.yml': workflow, '.java-version': '11\n' })).toEqual([
      'warning: Java is asked for in versions that exclude each other: .github/workflows/ci.yml:5 says 17, 8 or 21, .java-version:1 says 11.',
    ]);
  });

  it('the Ruby that wrote a lock: that is told, and binds nobody', () => {
    const files = { Gemfile: 'ruby "~> 3.3"\n', 'Gemfile.lock': 'RUBY VERSION\n   ruby 3.2.2p53\n' };
    expect(contradictions(files)).toEqual([expect.stringMatching(/^info: Ruby .*Gemfile.lock:2 says 3\.2\.2/)]);
  });
});

it('is silent of steps that hand on what a version file says, and of no others', () => {
  const text = `jobs:
  a:
    steps:
      - { id: versions, uses: marocchino/tool-versions-action@v1 }
      - { id: nvm, run: 'echo "NVMRC=$(cat .nvmrc)" >> $GITHUB_OUTPUT' }
      - { id: other, run: ./version.sh }
      - uses: erlef/setup-beam@v1
        with: { elixir-version: "\${{ steps.versions.outputs.elixir }}" }
      - uses: actions/setup-node@v4
        with: { node-version: "\${{ steps.nvm.outputs.NVMRC }}" }
      - uses: actions/setup-go@v5
        with: { go-version: "\${{ steps.other.outputs.go }}" }
`;
  const { pins, unresolved } = pinsOf({ '.github/workflows/ci.yml': text });
  expect([pins, unresolved.map(({ what }) => what)]).toEqual([
    [],
    ['actions/setup-go go-version: ${{ steps.other.outputs.go }}'],
  ]);
});

it.each([
  [
    '.woodpecker.yml',
    'steps:\n  test:\n    image: node:20\n    commands: [npm i -g pnpm@9.1.0]\n',
    'pnpm 9.1.0 @ .woodpecker.yml:4:25 job test',
  ],
  [
    '.drone.yml',
    'steps:\n  - name: test\n    commands:\n      - pip install poetry==1.8.3\n',
    'poetry ==1.8.3 @ .drone.yml:4:21 job test',
  ],
  [
    '.buildkite/pipeline.yml',
    'steps:\n  - label: x\n    command: npm i -g yarn@1.22.19\n',
    'yarn 1.22.19 @ .buildkite/pipeline.yml:3:23 job pipeline',
  ],
  [
    'bitbucket-pipelines.yml',
    'pipelines:\n  default:\n    - step:\n        name: t\n        script: [npm i -g yarn@1.22.19]\n',
    'yarn 1.22.19 @ bitbucket-pipelines.yml:5:27 job t',
  ],
  ['.travis.yml', 'install: gem install bundler -v 2.5.4\n', 'bundler 2.5.4 @ .travis.yml:1:33 job job'],
  [
    'azure-pipelines.yml',
    'variables: { pnpmVersion: 9.1.0 }\njobs:\n  - job: t\n    steps:\n      - script: npm i -g pnpm@$(pnpmVersion)\n',
    'pnpm 9.1.0 @ azure-pipelines.yml:1:27 job t',
  ],
])('reads what the steps of %s run', (path, text, expected) => {
  expect(brief({ [path]: text })).toContain(expected);
});

it('takes what actions of others are told to set up by its usual name', () => {
  const text = `jobs:\n  a:\n    steps:\n      - uses: acme/setup-everything@v2\n        with: { python-version: "3.8.16", node-version: 20, cache-version: 7 }\n`;
  expect(brief({ '.github/workflows/ci.yml': text })).toEqual([
    'node 20 @ .github/workflows/ci.yml:5:57 job a',
    'python 3.8.16 @ .github/workflows/ci.yml:5:33 job a',
  ]);
});
