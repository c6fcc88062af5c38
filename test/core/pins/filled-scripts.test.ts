import { expect, test } from 'vitest';
import { pinsOf, pinsOfFile } from './project';

const linesOf = (path: string, text: string) =>
  pinsOfFile(path, text).map((line) => line.replace(/ → .* @ .*?:/, ' @ '));

test('GitLab: variables, those in variables, and each value of a matrix, at the place of the value', () => {
  const text = `variables:
  PNPM: pnpm@$PNPM_VERSION
  PNPM_VERSION: "9"
test:
  variables: { GO: "1.22.1" }
  script:
    - "npm i -g $PNPM"
    - curl -LO https://go.dev/dl/go\${GO}.linux-amd64.tar.gz
    - npm i -g yarn@$ELSEWHERE
pythons:
  parallel:
    matrix:
      - PY: ["3.11", "3.12"]
  script:
    - uv python install $PY
`;
  expect(linesOf('.gitlab-ci.yml', text)).toEqual([
    'pnpm 9 @ 2:9',
    'go 1.22.1 @ 5:20',
    'python 3.11 @ 13:14',
    'python 3.12 @ 13:22',
  ]);
  const groups = pinsOf({ '.gitlab-ci.yml': text }).pins.flatMap(({ tool, group }) =>
    tool === 'python' ? [group] : [],
  );
  expect(groups).toEqual(['.gitlab-ci.yml pythons', '.gitlab-ci.yml pythons']);
});

test('CircleCI: parameters of jobs and pipelines, and what the environment sets', () => {
  const text = `parameters:
  pn: { type: string, default: "9.1.0" }
jobs:
  build:
    parameters: { node-version: { type: string, default: "18" } }
    environment: { TF: "1.5.7" }
    steps:
      - run: nvm install << parameters.node-version >>
      - run: { command: "npm i -g pnpm@<< pipeline.parameters.pn >>" }
      - run:
          command: |
            tfenv install $TF
            npm i -g npm@$NPM
          environment: { NPM: "10.2.0" }
workflows:
  all:
    jobs: [{ build: { matrix: { parameters: { node-version: ["20", "22"] } } } }]
`;
  expect(linesOf('.circleci/config.yml', text)).toEqual([
    'pnpm 9.1.0 @ 2:32',
    'terraform 1.5.7 @ 6:24',
    'npm 10.2.0 @ 14:31',
    'node 20 @ 17:62',
    'node 22 @ 17:68',
  ]);
});

test('GitHub: expressions and env in run; what only a run knows is passed over', () => {
  const text = `env: { PNPM_VERSION: 9.1.0 }
jobs:
  t:
    strategy: { matrix: { node: [18, 20] } }
    steps:
      - run: |
          nvm install \${{ matrix.node }}
          npm i -g pnpm@$PNPM_VERSION
          nvm install \${{ steps.x.outputs.y }}
`;
  expect(linesOf('.github/workflows/ci.yml', text)).toEqual(['pnpm 9.1.0 @ 1:22', 'node 18 @ 4:34', 'node 20 @ 4:38']);
});

test('a script sets variables for itself, and takes away what it only knows when it runs', () => {
  const text = `FROM debian
ARG GO_VERSION=1.22.1
RUN NODE=20.1.0; export PNPM="9.1.0" V=v$NODE && npm i -g pnpm@$PNPM && curl https://nodejs.org/dist/$V/x.tar.gz
RUN GO_VERSION=$(cat go.version); curl https://go.dev/dl/go$GO_VERSION.linux-amd64.tar.gz
`;
  expect(linesOf('Dockerfile', text)).toEqual(['pnpm 9.1.0 @ 3:25', 'node 20.1.0 @ 3:38']);
});

test('dev containers run commands when they are made: a line, a list of words, or several by name', () => {
  const text = `{
  "onCreateCommand": ["bash", "-c", "nvm install 22"],
  "updateContentCommand": ["npm", "i", "-g", "npm@10.9.0"],
  "postCreateCommand": { "one": "npm i -g pnpm@8.15.0", "two": ["uv", "python", "install", "3.12"] },
  "initializeCommand": "nvm install 18"
}`;
  expect(linesOf('.devcontainer/devcontainer.json', text)).toEqual([
    'node 22 @ 2:50',
    'npm 10.9.0 @ 3:47',
    'pnpm 8.15.0 @ 4:43',
    'python 3.12 @ 4:93',
  ]);
});

test('an action that installs a list of tools', () => {
  const text = `jobs:
  t:
    steps:
      - uses: taiki-e/install-action@v2
        with: { tool: "just@1.36.0,cargo-nextest@0.9,cargo-deny" }
`;
  expect(linesOf('.github/workflows/ci.yml', text)).toEqual(['cargo-nextest 0.9 @ 5:23', 'just 1.36.0 @ 5:23']);
});
