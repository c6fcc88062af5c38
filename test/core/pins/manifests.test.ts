import { describe, expect, it } from 'vitest';
import { pinsOf, pinsOfFile } from './project';

describe('package.json', () => {
  it('reads engines, packageManager, devEngines, volta and pnpm', () => {
    const text = `{
  "name": "x",
  "engines": { "node": "^18 || >=20", "npm": ">=9", "vscode": "^1.80.0" },
  "packageManager": "pnpm@8.15.1+sha512.abcdef",
  "devEngines": {
    "runtime": [{ "name": "node", "version": ">=20", "onFail": "error" }],
    "packageManager": { "name": "pnpm", "version": "^8" }
  },
  "volta": { "node": "20.11.1", "extends": "../package.json" },
  "pnpm": { "executionEnv": { "nodeVersion": "20.11.0" } }
}`;
    expect(pinsOfFile('package.json', text)).toEqual([
      'node ^18 || >=20 → >=18.0.0 <19.0.0-0 || >=20.0.0 @ package.json:3:24',
      'npm >=9 → >=9.0.0 @ package.json:3:46',
      'pnpm 8.15.1 → 8.15.1 @ package.json:4:21',
      'node >=20 → >=20.0.0 @ package.json:6:46',
      'pnpm ^8 → >=8.0.0 <9.0.0-0 @ package.json:7:52',
      'node 20.11.1 → 20.11.1 @ package.json:9:22',
      'node 20.11.0 → 20.11.0 @ package.json:10:46',
    ]);
    expect(pinsOf({ 'package.json': text }).unresolved.map(({ what }) => what)).toEqual([
      'volta.extends: ../package.json',
    ]);
  });

  it('follows volta.extends', () => {
    const files = {
      'package.json': '{"volta":{"extends":"./tools/base.json"}}',
      'tools/base.json': '{"volta":{"node":"20.1.0"}}',
    };
    expect(pinsOf(files).pins.map(({ position }) => `${position.file}:${position.line}`)).toEqual([
      'tools/base.json:1',
    ]);
  });

  it('counts columns in bytes', () => {
    expect(pinsOfFile('package.json', '{"author": "Zoë 🎉", "engines": {"node": "20"}}')).toEqual([
      'node 20 → >=20.0.0 <21.0.0-0 @ package.json:1:45',
    ]);
  });

  it('reads what stands around a mistake, and names it', () => {
    const { pins, problems } = pinsOf({ 'package.json': '{"engines": {"node": "20"},, "volta": {"node": "18.0.0"}}' });
    expect(pins.map(({ constraint }) => constraint)).toEqual(['20', '18.0.0']);
    expect(problems).toMatchObject([{ code: 'pin-file-broken', position: { file: 'package.json', line: 1 } }]);
  });

  it('says that nothing satisfies a range', () => {
    const { problems } = pinsOf({ 'package.json': '{"engines": {"node": ">=20 <18"}}' });
    expect(problems).toMatchObject([{ code: 'pin-impossible', position: { line: 1, column: 22 } }]);
  });

  it('keeps no token of .npmrc', () => {
    const found = pinsOf({ '.npmrc': '//packages.example/:_authToken=npm_secret\nuse-node-version=20.11.1\n' });
    expect(found.pins).toMatchObject([{ tool: 'node', constraint: '20.11.1', position: { line: 2, column: 18 } }]);
    expect(JSON.stringify(found)).not.toContain('secret');
  });
});

describe('Python', () => {
  it('reads pyproject.toml', () => {
    const text = `[build-system]
requires = ["hatchling"]

[project]
name = "x"
requires-python = ">=3.9,<4"

[tool.poetry]
requires-poetry = ">=2.0"

[tool.poetry.dependencies]
python = "^3.10"
requests = "^2"

[tool.uv]
required-version = ">=0.4.0"

[tool.ruff]
required-version = "0.4.1"

[tool.hatch.envs.test]
python = "3.12"

[tool.pixi.dependencies]
python = "3.11.*"
`;
    expect(pinsOfFile('pyproject.toml', text)).toEqual([
      'python >=3.9,<4 → >=3.9.0 <4.0.0-0 @ pyproject.toml:6:19',
      'poetry >=2.0 → >=2.0.0 @ pyproject.toml:9:19',
      'python ^3.10 → >=3.10.0 <4.0.0-0 @ pyproject.toml:12:10',
      'uv >=0.4.0 → >=0.4.0 @ pyproject.toml:16:20',
      'ruff 0.4.1 → 0.4.1 @ pyproject.toml:19:20',
      'python 3.12 → >=3.12.0 <3.13.0-0 @ pyproject.toml:22:10',
      'python 3.11.* → >=3.11.0 <3.12.0-0 @ pyproject.toml:25:10',
    ]);
  });

  it.each([
    ['Pipfile', '[requires]\npython_version = "3.11"\n', ['python 3.11 → >=3.11.0 <3.12.0-0 @ Pipfile:2:18']],
    ['uv.toml', 'required-version = "==0.5.1"\n', ['uv ==0.5.1 → 0.5.1 @ uv.toml:1:20']],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = { version = "~3.11" }\n',
      ['python ~3.11 → >=3.11.0 <3.12.0-0 @ pyproject.toml:2:22'],
    ],
    [
      'pyproject.toml',
      '[tool]\npoetry.dependencies.python = "^3.9"\n',
      ['python ^3.9 → >=3.9.0 <4.0.0-0 @ pyproject.toml:2:30'],
    ],
    [
      'environment.yml',
      'name: x\nchannels: [conda-forge]\ndependencies:\n  - python=3.11\n  - conda-forge::nodejs>=18,<21\n  - numpy=1.26\n  - python ==3.11.4 h1_0\n  - pip:\n      - torch\n',
      [
        'python =3.11 → >=3.11.0 <3.12.0-0 @ environment.yml:4:5',
        'node >=18,<21 → >=18.0.0 <21.0.0-0 @ environment.yml:5:5',
      ],
    ],
    [
      'pixi.toml',
      '[workspace]\nname = "x"\n[dependencies]\npython = ">=3.11,<3.12"\nnumpy = "*"\n[feature.py310.dependencies]\npython = "3.10.*"\n',
      [
        'python >=3.11,<3.12 → >=3.11.0 <3.12.0-0 @ pixi.toml:4:10',
        'python 3.10.* → >=3.10.0 <3.11.0-0 @ pixi.toml:7:10',
      ],
    ],
  ])('%s: %j', (path, text, expected) => {
    expect(pinsOfFile(path, text).slice(0, expected.length)).toEqual(expected);
  });
});

describe('other languages', () => {
  it.each([
    [
      'go.mod',
      'module example.com/x\n\ngo 1.22.0 // why\n\ntoolchain go1.22.3\n\nrequire go.uber.org/zap v1.0.0\n',
      ['go 1.22.0 → >=1.22.0 @ go.mod:3:4', 'go 1.22.3 → >=1.22.3 @ go.mod:5:13'],
    ],
    ['go.mod', 'go 1.21\r\n\r\ntoolchain default\r\n', ['go 1.21 → >=1.21.0 @ go.mod:1:4']],
    [
      'Cargo.toml',
      '[package]\nname = "x"\nrust-version = "1.70"\n[workspace.package]\nrust-version = "1.71.1"\n',
      ['rustc 1.70 → >=1.70.0 @ Cargo.toml:3:16', 'rustc 1.71.1 → >=1.71.1 @ Cargo.toml:5:16'],
    ],
    [
      'Gemfile',
      "source 'https://rubygems.org'\n# ruby '1.9'\nruby '3.2.2'\ngem 'rails'\n",
      ['ruby 3.2.2 → 3.2.2 @ Gemfile:3:6'],
    ],
    ['Gemfile', 'ruby "~> 3.2", ">= 3.2.1" # why\n', ['ruby ~> 3.2, >= 3.2.1 → >=3.2.1 <4.0.0-0 @ Gemfile:1:6']],
    ['Gemfile', 'ruby "3.2.2", engine: "jruby", engine_version: "9.4"\n', ['ruby 3.2.2 → 3.2.2 @ Gemfile:1:6']],
    ['Gemfile', 'ruby file: ".ruby-version"\n', []],
    [
      'global.json',
      '{\n  // SDK\n  "sdk": { "version": "8.0.110", "rollForward": "latestFeature", },\n}',
      ['dotnet 8.0.110 → >=8.0.110 <8.1.0-0 @ global.json:3:23'],
    ],
    [
      'global.json',
      '\uFEFF{"sdk": {"version": "6.0.400"}}',
      ['dotnet 6.0.400 → >=6.0.400 <6.0.500-0 @ global.json:1:21'],
    ],
    [
      'composer.json',
      '{"require": {"php": "^8.1"}, "config": {"platform": {"php": "8.2"}}}',
      ['php ^8.1 → >=8.1.0 <9.0.0-0 @ composer.json:1:21', 'php 8.2 → >=8.2.0 <8.3.0-0 @ composer.json:1:61'],
    ],
    [
      'mix.exs',
      'defmodule X do\n  def project do\n    [app: :x,\n      elixir: "~> 1.15"]\n',
      ['elixir ~> 1.15 → >=1.15.0 <2.0.0-0 @ mix.exs:4:16'],
    ],
    [
      'gradle/wrapper/gradle-wrapper.properties',
      'distributionBase=X\ndistributionUrl=https\\://services.gradle.org/distributions/gradle-8.5-bin.zip\n',
      ['gradle 8.5 → 8.5.0 @ gradle/wrapper/gradle-wrapper.properties:2:67'],
    ],
    [
      '.mvn/wrapper/maven-wrapper.properties',
      'distributionUrl=https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/3.9.6/apache-maven-3.9.6-bin.zip\n',
      ['maven 3.9.6 → 3.9.6 @ .mvn/wrapper/maven-wrapper.properties:1:103'],
    ],
    [
      'devbox.json',
      '{\n  // tools\n  "packages": ["nodejs@20", "python311@3.11.4", "go@latest", "hello"],\n}',
      [
        'node 20 → >=20.0.0 <21.0.0-0 @ devbox.json:3:16',
        'python 3.11.4 → 3.11.4 @ devbox.json:3:29',
        'go latest → latest @ devbox.json:3:49',
      ],
    ],
    [
      'devbox.json',
      '{"packages": {"nodejs": "20", "ruby": {"version": "3.2", "platforms": []}}}',
      ['node 20 → >=20.0.0 <21.0.0-0 @ devbox.json:1:25', 'ruby 3.2 → >=3.2.0 <3.3.0-0 @ devbox.json:1:51'],
    ],
  ])('%s: %j', (path, text, expected) => {
    expect(pinsOfFile(path, text)).toEqual(expected);
  });

  it('says that Ruby code of a Gemfile is not run', () => {
    const { pins, unresolved } = pinsOf({ Gemfile: 'ruby File.read(".ruby-version").strip\n' });
    expect(pins).toEqual([]);
    expect(unresolved).toMatchObject([{ what: 'ruby File.read(".ruby-version").strip', position: { line: 1 } }]);
  });
});

it('reads the tools that go.mod requires, by the module that has them', () => {
  const text = `module example.com/x
go 1.24.0
tool (
	github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	golang.org/x/tools/cmd/stringer
)
tool github.com/bufbuild/buf/cmd/buf // for the API
require (
	github.com/golangci/golangci-lint/v2 v2.1.6 // indirect
	github.com/golangci/golangci-lint v1.61.0
	golang.org/x/tools v0.24.0
)
require github.com/bufbuild/buf v1.40.0
`;
  expect(pinsOfFile('go.mod', text)).toEqual([
    'go 1.24.0 → >=1.24.0 @ go.mod:2:4',
    'golangci-lint v2.1.6 → 2.1.6 @ go.mod:9:39',
    'buf v1.40.0 → 1.40.0 @ go.mod:13:33',
  ]);
});

it('reads what wrote a Gemfile.lock', () => {
  const text = 'GEM\n  specs:\n    rake (13.2.1)\n\nRUBY VERSION\n   ruby 3.2.2p53\n\nBUNDLED WITH\n   2.5.6\n';
  expect(pinsOfFile('Gemfile.lock', text)).toEqual([
    'ruby 3.2.2 → 3.2.2 @ Gemfile.lock:6:9',
    'bundler 2.5.6 → >=2.5.6 @ Gemfile.lock:9:4',
  ]);
});

it("reads Elixir's requirement wherever it stands in mix.exs, and no comment", () => {
  const text = '# elixir: "~> 1.2"\n[app: :x, version: "0.1.0", elixir: "~> 1.14 or ~> 1.16"]\n';
  expect(pinsOfFile('mix.exs', text)).toEqual([
    'elixir ~> 1.14 or ~> 1.16 → >=1.14.0 <2.0.0-0 || >=1.16.0 <2.0.0-0 @ mix.exs:2:38',
  ]);
});

it('takes a word to people for no version', () => {
  const engines = '{ "engines": { "npm": "please-use-pnpm", "yarn": "use pnpm!", "node": ">=20" } }';
  const { pins, unresolved } = pinsOf({ 'package.json': engines });
  expect([pins.map(({ tool }) => tool), unresolved]).toEqual([['node'], []]);
});

describe('tools among the packages that a project fetches', () => {
  it('reads those of npm, and no library, address or word', () => {
    const text = `{ "dependencies": { "react": "^18", "vite": "5.2.0" },
  "devDependencies": { "eslint": "^9.1.0", "typescript": "workspace:*", "@biomejs/biome": "latest",
    "prettier": "github:prettier/prettier", "jest": "npm:jest-fork@1.0.0" } }`;
    expect(pinsOfFile('package.json', text)).toEqual([
      'vite 5.2.0 → 5.2.0 @ package.json:1:45',
      'eslint ^9.1.0 → >=9.1.0 <10.0.0-0 @ package.json:2:34',
    ]);
    const workspace = 'catalog:\n  eslint: ^9.1.0\n  react: ^18\ncatalogs:\n  old:\n    eslint: ^8.57.0\n';
    expect(pinsOfFile('pnpm-workspace.yaml', workspace)).toEqual([
      'eslint ^9.1.0 → >=9.1.0 <10.0.0-0 @ pnpm-workspace.yaml:2:11',
      'eslint ^8.57.0 → >=8.57.0 <9.0.0-0 @ pnpm-workspace.yaml:6:13',
    ]);
  });

  it('reads those of Python, by every manager', () => {
    const text = `[project]
dependencies = ["requests>=2", "Flask >= 3.0 ; python_version > '3.8'", "ansible==9.1.0"]
[project.optional-dependencies]
dev = ["mypy[reports]~=1.10", "ruff"]
[dependency-groups]
lint = ["ruff>=0.4,<0.5", {include-group = "dev"}]
[tool.poetry.group.dev.dependencies]
black = "^24.4"
pytest = { version = "^8.2", extras = ["x"] }
[tool.hatch.envs.docs]
dependencies = ["pre_commit==3.7.0"]`;
    expect(pinsOfFile('pyproject.toml', text)).toEqual([
      'flask >= 3.0 → >=3.0.0 @ pyproject.toml:2:39',
      'mypy ~=1.10 → >=1.10.0 <2.0.0-0 @ pyproject.toml:4:22',
      'ruff >=0.4,<0.5 → >=0.4.0 <0.5.0-0 @ pyproject.toml:6:14',
      'black ^24.4 → >=24.4.0 <25.0.0-0 @ pyproject.toml:8:9',
      'pytest ^8.2 → >=8.2.0 <9.0.0-0 @ pyproject.toml:9:22',
      'pre-commit ==3.7.0 → 3.7.0 @ pyproject.toml:11:28',
    ]);
    const listed =
      '# tools\n-r base.txt\nruff==0.4.4 --hash=sha256:00\nmypy==1.10.0 \\\n    --hash=sha256:00\nnumpy==1.26\n';
    for (const path of ['requirements.txt', 'requirements-dev.txt', 'requirements/lint.txt', 'dev-requirements.txt']) {
      expect(pinsOfFile(path, listed)).toEqual([
        `ruff ==0.4.4 → 0.4.4 @ ${path}:3:5`,
        `mypy ==1.10.0 → 1.10.0 @ ${path}:4:5`,
      ]);
    }
    expect(pinsOfFile('Pipfile', '[dev-packages]\nruff = "==0.4.4"\nmypy = "*"')).toEqual([
      'ruff ==0.4.4 → 0.4.4 @ Pipfile:2:8',
    ]);
  });

  it('reads a long list that pip-compile wrote to its end, and says where it is cut', () => {
    const hashes = 'other==1.0 \\\n    --hash=sha256:0000\n';
    const long = `ruff==0.4.4\n${hashes.repeat(9_000)}mypy==1.10.0\n`;
    expect(pinsOf({ 'requirements.txt': long })).toMatchObject({
      pins: [{ tool: 'mypy' }, { tool: 'ruff' }],
      problems: [],
    });
    expect(pinsOf({ 'requirements.txt': long + hashes.repeat(40_000) + long })).toMatchObject({
      pins: [{ tool: 'mypy' }, { tool: 'ruff' }],
      problems: [{ code: 'pin-file-unreadable', message: expect.stringContaining('only its beginning was read') }],
    });
    const pods = `PODS:\n${'  - A (1.0)\n'.repeat(40_000)}\nCOCOAPODS: 1.15.2\n`;
    expect(pinsOf({ 'Podfile.lock': pods })).toMatchObject({ pins: [{ tool: 'cocoapods' }], problems: [] });
  });

  it('reads those of gems and of Composer', () => {
    const gems = 'ruby "3.3.0"\ngem "rubocop", "~> 1.60", require: false\ngem "rake", ">= 13", "< 14"\ngem "pg"\n';
    expect(pinsOfFile('Gemfile', gems)).toEqual([
      'ruby 3.3.0 → 3.3.0 @ Gemfile:1:6',
      'rubocop ~> 1.60 → >=1.60.0 <2.0.0-0 @ Gemfile:2:16',
      'rake >= 13, < 14 → >=13.0.0 <14.0.0-0 @ Gemfile:3:13',
    ]);
    const php = '{"require-dev": {"phpstan/phpstan": "^1.11", "vendor/tool": "^1", "acme/acme": "1"}}';
    expect(pinsOfFile('composer.json', php)).toEqual(['phpstan ^1.11 → >=1.11.0 <2.0.0-0 @ composer.json:1:37']);
  });
});
