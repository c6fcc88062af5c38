import { describe, expect, it, test } from 'vitest';
import { pinsOf, pinsOfFile } from './project';

/** What a line of a shell declares: `tool constraint`. */
function installs(line: string): readonly string[] {
  return pinsOf({ Dockerfile: `FROM scratch\nRUN ${line}\n` }).pins.map(
    ({ tool, constraint }) => `${tool} ${constraint}`,
  );
}

test.each<[line: string, ...pins: string[]]>([
  ['apt-get update && apt-get install -y --no-install-recommends nodejs=18.* git', 'node 18.*'],
  ['apt-get install -y "nodejs=1:18.19.0+dfsg-6~deb12u2"', 'node 18.19.0'],
  [
    'DEBIAN_FRONTEND=noninteractive sudo apt install python3.11 python3.11-venv libssl-dev',
    'python 3.11',
    'python 3.11',
  ],
  ['apk add --no-cache nodejs=20.15.1-r0 openjdk17-jre php83-cli', 'java 17', 'node 20.15.1', 'php 8.3'],
  ['dnf -y module enable nodejs:20/common && dnf install -y java-21-openjdk-devel', 'java 21', 'node 20'],
  ['npm i -g pnpm@9.1.0 npm@10 left-pad@1', 'npm 10', 'pnpm 9.1.0'],
  ['npm install pnpm@9'],
  ['["npm", "install", "--global", "yarn@1.22.22"]', 'yarn 1.22.22'],
  ['corepack prepare pnpm@9.15.0+sha512.0a1b --activate', 'pnpm 9.15.0'],
  ['. ~/.nvm/nvm.sh && nvm install 16 && nvm alias default 16', 'node 16', 'node 16'],
  ['nvm install lts/iron; nvm use node; nvm install $(cat .nvmrc)', 'node lts/iron'],
  ['volta install node@20.11 yarn@4', 'node 20.11', 'yarn 4'],
  ['mise use --global node@22 python@3.12', 'node 22', 'python 3.12'],
  ['asdf install nodejs 20.18.1', 'node 20.18.1'],
  ['pyenv install 3.12.7 && pyenv global 3.12.7', 'python 3.12.7', 'python 3.12.7'],
  ['sdk install java 21.0.5-tem', 'java 21.0.5-tem'],
  ['curl https://sh.rustup.rs -sSf | sh -s -- -y --default-toolchain 1.75.0', 'rustc 1.75.0'],
  ['rustup toolchain install --profile minimal 1.80', 'rustc 1.80'],
  ['rustup toolchain install 1.80', 'rustc 1.80'],
  ['python3 -m pip install --no-cache-dir poetry==1.8.4 requests==2.0', 'poetry ==1.8.4'],
  ['uv python install 3.13', 'python 3.13'],
  ['conda create -n x python=3.11 numpy=1.26', 'python =3.11'],
  ['gem install bundler -v 2.5.6', 'bundler 2.5.6'],
  ['cargo install --locked just --version 1.25.2', 'just 1.25.2'],
  ['go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v1.55.2', 'golangci-lint v1.55.2'],
  ['go install golang.org/dl/go1.22.3@latest', 'go 1.22.3'],
  ['brew install node@20 jq', 'node 20'],
  ['curl -fsSL https://deb.nodesource.com/setup_18.x | bash -', 'node 18'],
  ['curl -L https://go.dev/dl/go1.21.5.linux-amd64.tar.gz | tar xz', 'go 1.21.5'],
  ['wget https://releases.hashicorp.com/terraform/1.7.0/terraform_1.7.0_linux_amd64.zip', 'terraform 1.7.0'],
  ['curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.40.1/install.sh | bash', 'nvm 0.40.1'],
  ['curl -LO https://github.com/oven-sh/bun/releases/download/bun-v1.1.38/bun-linux-x64.zip', 'bun 1.1.38'],
  ['curl -LO https://dl.k8s.io/release/v1.31.0/bin/linux/amd64/kubectl', 'kubectl 1.31.0'],
  // What only a run knows may be another part of the address.
  [
    'curl -L https://github.com/docker/compose/releases/download/v2.24.5/docker-compose-$(uname -s)-$(uname -m)',
    'docker-compose 2.24.5',
  ],
  [
    'curl -fsSL "https://github.com/cli/cli/releases/download/v2.96.0/gh_2.96.0_linux_${TARGETARCH}.tar.gz"',
    'gh 2.96.0',
  ],
  ['curl -LO https://dl.k8s.io/release/v1.31.0/bin/linux/$ARCH/kubectl', 'kubectl 1.31.0'],
  ['curl -LO https://go.dev/dl/go$(cat .go-version).linux-amd64.tar.gz'],
  ['curl -LsSf https://astral.sh/uv/0.5.1/install.sh | sh', 'uv 0.5.1'],
  ['sh <(curl -L https://releases.nixos.org/nix/nix-2.24.9/install) --daemon', 'nix 2.24.9'],
  // Scripts of makers that are told a version.
  ['curl -fsSL https://bun.sh/install | bash -s "bun-v1.1.0"', 'bun 1.1.0'],
  ['curl -fsSL https://deno.land/install.sh | sh -s v1.44.0', 'deno 1.44.0'],
  ['curl -sSL https://install.python-poetry.org | POETRY_VERSION=1.8.2 python3 -', 'poetry 1.8.2'],
  ['export POETRY_VERSION=1.8.2; curl -sSL https://install.python-poetry.org | python3 -', 'poetry 1.8.2'],
  ['curl -sSL https://install.python-poetry.org | python3 - --version 1.7.1', 'poetry 1.7.1'],
  ['wget -qO- https://get.pnpm.io/install.sh | ENV="$HOME/.bashrc" PNPM_VERSION=9.4.0 sh -', 'pnpm 9.4.0'],
  ['curl -fsSL https://get.docker.com | VERSION=24.0.7 sh', 'docker 24.0.7'],
  [
    'curl -sSfL https://raw.githubusercontent.com/golangci/golangci-lint/master/install.sh | sh -s -- -b $(go env GOPATH)/bin v1.59.1',
    'golangci-lint 1.59.1',
  ],
  ['curl https://just.systems/install.sh | bash -s -- --tag 1.36.0 --to /usr/bin', 'just 1.36.0'],
  ['curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 8.0', 'dotnet 8.0'],
  ['bash ./dotnet-install.sh --version 8.0.404', 'dotnet 8.0.404'],
  ['curl -sSL https://install.python-poetry.org | python3 - && echo --version 3'],
  ['curl -sSL https://example.com/install | bash -s v1.2.3'],
  ['bash n 20', 'node 20'],
  ['apt-get install docker-ce-cli=5:29.7.0-1~ubuntu.24.04~noble postgresql-client-16', 'docker 29.7.0', 'psql 16'],
  ['echo "npm i -g pnpm@9"; true # nvm install 12'],
  ['npm i -g "$PKG@9" pnpm@${V}'],
])('%s', (line, ...pins) => {
  expect([...installs(line)].sort()).toEqual([...pins].sort());
});

describe('Dockerfile', () => {
  it('knows its words in lower case', () => {
    const text = 'arg NODE=18\nfrom debian\narg NODE\nenv PNPM 8.1.0\nrun bash n $NODE && npm i -g pnpm@$PNPM\n';
    expect(
      pinsOf({ Dockerfile: text }).pins.map(({ tool, constraint, declaredBy }) => [tool, constraint, declaredBy]),
    ).toEqual([
      ['node', '18', 'RUN bash'],
      ['pnpm', '8.1.0', 'RUN npm'],
    ]);
  });

  it('reads continued commands, here-documents, and variables where they are given', () => {
    const text = `ARG NODE=18
FROM debian AS build
ARG NODE
ENV GO_VERSION=1.21.5 X=1
ENV PNPM 8.1.0
RUN apt-get update \\
 # a comment
 && apt-get install -y \\
      nodejs=$NODE.*
RUN curl -L https://go.dev/dl/go\${GO_VERSION}.linux-amd64.tar.gz | tar xz
RUN npm i -g pnpm@\${PNPM}
RUN <<EOF
set -e
nvm install 16
EOF
FROM debian
RUN npm i -g pnpm@\${PNPM:-7}
`;
    expect(pinsOfFile('Dockerfile', text)).toEqual([
      'go 1.21.5 → 1.21.5 @ Dockerfile:4:16',
      'pnpm 8.1.0 → 8.1.0 @ Dockerfile:5:10',
      'node 18.* → >=18.0.0 <19.0.0-0 @ Dockerfile:9:7',
      'node 16 → >=16.0.0 <17.0.0-0 @ Dockerfile:14:13',
      'pnpm 7 → >=7.0.0 <8.0.0-0 @ Dockerfile:17:14',
    ]);
    expect(pinsOf({ Dockerfile: text }).pins.find(({ tool }) => tool === 'go')).toMatchObject({
      source: 'container',
      declaredBy: 'RUN curl',
      scope: 'stage build',
    });
  });

  it('takes what Compose passes to a build', () => {
    const files = {
      Dockerfile: 'FROM debian\nARG NODE=18\nRUN nvm install $NODE\n',
      'compose.yaml': 'services:\n  web:\n    build:\n      context: .\n      args:\n        NODE: 20\n',
    };
    expect(pinsOfFile('compose.yaml', files['compose.yaml'], files)).toEqual([
      'node 20 → >=20.0.0 <21.0.0-0 @ compose.yaml:6:15',
    ]);
  });
});

describe('pipelines', () => {
  it('reads the commands of steps', () => {
    const github =
      'jobs:\n  t:\n    steps:\n      - run: npm i -g pnpm@7\n      - run: |\n          nvm install 14\n          nvm use ${{ matrix.x }}\n';
    expect(pinsOfFile('.github/workflows/a.yml', github)).toEqual([
      'pnpm 7 → >=7.0.0 <8.0.0-0 @ .github/workflows/a.yml:4:23',
      'node 14 → >=14.0.0 <15.0.0-0 @ .github/workflows/a.yml:6:23',
    ]);
    const gitlab =
      '.base:\n  before_script:\n    - apk add nodejs=18.20.4-r0\ntest:\n  extends: .base\n  script: [pip install poetry==1.8.4]\n';
    expect(pinsOfFile('.gitlab-ci.yml', gitlab)).toEqual([
      'node 18.20.4 → 18.20.4 @ .gitlab-ci.yml:3:15',
      'poetry ==1.8.4 → 1.8.4 @ .gitlab-ci.yml:6:24',
    ]);
    const circle =
      'jobs:\n  a:\n    steps:\n      - run: nvm install 12\n      - run: { name: x, command: npm i -g yarn@1.22.0 }\n';
    expect(pinsOfFile('.circleci/config.yml', circle)).toEqual([
      'node 12 → >=12.0.0 <13.0.0-0 @ .circleci/config.yml:4:26',
      'yarn 1.22.0 → 1.22.0 @ .circleci/config.yml:5:43',
    ]);
  });

  it('reads the images of other services', () => {
    expect(pinsOfFile('.woodpecker.yml', 'steps:\n  a:\n    image: golang:1.19\n')).toEqual([
      'go 1.19 → >=1.19.0 <1.20.0-0 @ .woodpecker.yml:3:12',
    ]);
    expect(pinsOfFile('.drone.yml', 'steps:\n- name: a\n  image: node:18\n')).toHaveLength(1);
    expect(
      pinsOfFile('.buildkite/pipeline.yml', 'steps:\n  - plugins:\n      - docker#v5:\n          image: node:15\n'),
    ).toHaveLength(1);
    expect(
      pinsOfFile(
        'Jenkinsfile',
        "agent { docker { image 'node:20-alpine' } }\n// image 'node:1'\ndocker.image(\"python:3.12\").inside {\n",
      ),
    ).toEqual([
      'node 20 → >=20.0.0 <21.0.0-0 @ Jenkinsfile:1:25',
      'python 3.12 → >=3.12.0 <3.13.0-0 @ Jenkinsfile:3:15',
    ]);
  });
});

describe('workflows that call others of the project', () => {
  const files = {
    '.github/workflows/r.yml':
      'on:\n  workflow_call:\n    inputs:\n      node: { default: "15" }\n      py: { default: "3.9" }\njobs:\n  a:\n    container: node:${{ inputs.node }}\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: "${{ inputs.node }}" }\n      - uses: actions/setup-python@v5\n        with: { python-version: "${{ inputs.py }}" }\n',
    '.github/actions/setup/action.yaml':
      'inputs:\n  node-version: { default: "13" }\nruns:\n  using: composite\n  steps:\n    - uses: actions/setup-node@v4\n      with: { node-version: "${{ inputs.node-version }}" }\n',
  };
  const calls = (last: string) =>
    `jobs:\n  one:\n    uses: ./.github/workflows/r.yml\n    with: { node: "17" }\n  two:\n    strategy: { matrix: { n: [20, 21] } }\n    uses: ./.github/workflows/r.yml\n    with: { node: "\${{ matrix.n }}" }\n  three:\n    steps:\n      - uses: ./.github/actions/setup\n        with: { node-version: "19" }\n${last}`;
  const nodes = (last: string) =>
    pinsOf({ ...files, '.github/workflows/a.yml': calls(last) })
      .pins.filter(({ tool }) => tool === 'node')
      .map(({ constraint, position, group }) => [
        constraint,
        `${position.file.replace(/^.*\//, '')}:${position.line}`,
        group,
      ]);

  it('takes what is given, where it is given, and no default that nobody takes', () => {
    expect(nodes('')).toEqual([
      ['17', 'a.yml:4', undefined],
      ['20', 'a.yml:6', '.github/workflows/a.yml two'],
      ['21', 'a.yml:6', '.github/workflows/a.yml two'],
      ['19', 'a.yml:12', undefined],
    ]);
    expect(pinsOf({ ...files, '.github/workflows/a.yml': calls('') }).pins.map(({ tool }) => tool)).toContain('python');
  });

  it('takes the default where one call leaves the input out', () => {
    expect(nodes('      - uses: ./.github/actions/setup\n').map(([constraint]) => constraint)).toEqual([
      '13',
      '17',
      '20',
      '21',
      '19',
    ]);
  });
});

test.each<[file: string, text: string, ...pins: string[]]>([
  [
    '.yarnrc.yml',
    'nodeLinker: pnp\nyarnPath: .yarn/releases/yarn-4.5.1.cjs\n',
    'yarn 4.5.1 → 4.5.1 @ .yarnrc.yml:2:31',
  ],
  ['.fvmrc', '{ "flutter": "3.24.5" }', 'flutter 3.24.5 → 3.24.5 @ .fvmrc:1:15'],
  ['setup.cfg', '[options]\npython_requires = >=3.8, <4\n', 'python >=3.8, <4 → >=3.8.0 <4.0.0-0 @ setup.cfg:2:19'],
  ['setup.py', 'setup(\n  name="x",\n  python_requires=">=3.9",\n)\n', 'python >=3.9 → >=3.9.0 @ setup.py:3:20'],
  [
    'Brewfile',
    'brew "node@20"\nbrew "jq"\ncask "temurin@17"\n',
    'node 20 → >=20.0.0 <21.0.0-0 @ Brewfile:1:12',
    'java 17 → >=17.0.0 <18.0.0-0 @ Brewfile:3:15',
  ],
  ['.prototools', 'node = "~22"\n[plugins]\nx = "1"\n', 'node ~22 → >=22.0.0 <23.0.0-0 @ .prototools:1:8'],
  [
    'pixi.toml',
    '[target.linux-64.dependencies]\npython = "3.12.*"\n',
    'python 3.12.* → >=3.12.0 <3.13.0-0 @ pixi.toml:2:10',
  ],
])('%s', (file, text, ...pins) => {
  expect(pinsOfFile(file, text)).toEqual(pins);
});

it('reads what programs run that fetch it first, and no version from what is only printed', () => {
  const text = `FROM alpine:3.20
RUN npx -y prettier@3.5.0 --check . && pnpm dlx @biomejs/biome@1.8.3 ci && bunx cowsay@1.0.0
RUN uvx ruff@0.4.1 check && uv tool install black==24.1.0 && pipx run mypy==1.10.0
RUN go run github.com/golangci/golangci-lint/cmd/golangci-lint@v1.60.1 run --fix node@18
RUN echo "npx prettier@2.0.0"
`;
  expect(pinsOfFile('Dockerfile', text).map((line) => line.replace(/ →.*@ Dockerfile/, ''))).toEqual([
    'prettier 3.5.0:2:12',
    'biome 1.8.3:2:49',
    'ruff 0.4.1:3:9',
    'black ==24.1.0:3:45',
    'mypy ==1.10.0:3:71',
    'golangci-lint v1.60.1:4:12',
  ]);
});

it('reads an Earthfile, whose targets are no images', () => {
  const text =
    'FROM rust:1.57.0-slim\nprep:\n    FROM +other\n    RUN cargo install typos-cli --version 1.0.11\nweb:\n    FROM node:20\n';
  expect(pinsOfFile('Earthfile', text).map((line) => line.split(' →')[0])).toEqual([
    'rustc 1.57.0',
    'typos 1.0.11',
    'node 20',
  ]);
});
