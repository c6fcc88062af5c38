import { describe, expect, it, test } from 'vitest';
import { withoutComments } from '../../../src/core/pins/format/comments';
import { maven } from '../../../src/core/pins/range/maven';
import { pinsOf, pinsOfFile, shown } from './project';

/** Pins without their places: `java 17 → >=17.0.0`. */
const saidBy = (path: string, text: string) => pinsOfFile(path, text).map((line) => line.replace(/ @ .*/, ''));

describe('pom.xml', () => {
  const pom = `<project>
  <!-- <java.version>8</java.version> -->
  <properties>
    <java.version>17</java.version>
    <maven.compiler.release>\${java.version}</maven.compiler.release>
    <node.version>v20.9.0</node.version>
    <maven.least>3.8.1</maven.least>
  </properties>
  <plugin><artifactId>maven-compiler-plugin</artifactId>
    <configuration><release>21</release></configuration></plugin>
  <requireJavaVersion><message>old</message><version>[1.8,9),[17,22)</version></requireJavaVersion>
  <requireMavenVersion><version>[\${maven.least},)</version></requireMavenVersion>
  <nodeVersion>\${node.version}</nodeVersion><yarnVersion>\${yarn.version}</yarnVersion>
</project>`;

  it('reads compiler, Enforcer and frontend plugin, at the property that decides', () => {
    expect(pinsOfFile('pom.xml', pom)).toEqual([
      'java 17 → >=17.0.0 @ pom.xml:4:19',
      'node v20.9.0 → 20.9.0 @ pom.xml:6:19',
      'maven [3.8.1,) → >=3.8.1 @ pom.xml:7:18',
      'java 21 → >=21.0.0 @ pom.xml:10:29',
      'java [1.8,9),[17,22) → >=8.0.0 <9.0.0 || >=17.0.0 <22.0.0 @ pom.xml:11:54',
    ]);
  });

  it('says what a parent or a profile has to tell, and ends with properties that name each other', () => {
    const loop = '<a.b>${c.d}</a.b><c.d>${a.b}</c.d><nodeVersion>${a.b}</nodeVersion>';
    expect(pinsOf({ 'pom.xml': pom }).unresolved.map(({ what }) => what)).toEqual(['yarnVersion ${yarn.version}']);
    expect(pinsOf({ 'pom.xml': loop })).toMatchObject({ pins: [], unresolved: [{ what: 'nodeVersion ${a.b}' }] });
  });

  it.each([
    ['17', [{ min: 17 }]],
    ['(,11]', [{ max: 11 }]],
    ['[17]', [{ min: 17, max: 17 }]],
    ['[17,', undefined],
  ])('takes the range %s', (constraint, expected) => {
    const ends = maven(constraint).allowed?.map(({ min, max }) => ({
      ...(min === undefined ? {} : { min: min.release.numbers[0] }),
      ...(max === undefined ? {} : { max: max.release.numbers[0] }),
    }));
    expect(ends).toEqual(expected);
  });
});

test('Gradle: toolchains of one script are alternatives, what is compiled for is the lowest', () => {
  const script = `// JavaLanguageVersion.of(8)
java { toolchain { languageVersion.set(JavaLanguageVersion.of(21)) } }
kotlin { jvmToolchain(17) }
sourceCompatibility = JavaVersion.VERSION_1_8 /* targetCompatibility = 7 */
node { download = true; version = "20.11.0" }
wrapper { gradleVersion = '8.5' }`;
  const { pins } = pinsOf({ 'build.gradle.kts': script });
  expect(pins.map(({ tool, constraint, range, position }) => [tool, constraint, range, position.line])).toEqual([
    ['gradle', '8.5', '8.5.0', 6],
    ['java', '21', '>=21.0.0 <22.0.0-0', 2],
    ['java', '17', '>=17.0.0 <18.0.0-0', 3],
    ['java', '1_8', '>=8.0.0', 4],
    ['node', '20.11.0', '20.11.0', 5],
  ]);
  expect(new Set(pins.filter(({ scheme }) => scheme === 'prefix').map(({ group }) => group)).size).toBe(1);
});

test.each([
  ['gradle/gradle-daemon-jvm.properties', 'toolchainVersion=21\n', ['java 21 → >=21.0.0 <22.0.0-0']],
  ['project/build.properties', 'sbt.version = 1.9.7\n', ['sbt 1.9.7 → 1.9.7']],
  ['project.clj', '; :min-lein-version "1"\n(x :min-lein-version "2.9.0")', ['leiningen 2.9.0 → >=2.9.0']],
  [
    'CMakeLists.txt',
    '# cmake_minimum_required(VERSION 2)\ncmake_minimum_required(VERSION 3.20...3.30)',
    ['cmake 3.20 → >=3.20.0'],
  ],
  ['meson.build', "project('x', meson_version : '>= 0.60')", ['meson >= 0.60 → >=0.60.0']],
  ['MODULE.bazel', 'module(bazel_compatibility = [">=7.0.0"])', ['bazel >=7.0.0 → >=7.0.0']],
  ['.bazeliskrc', 'USE_BAZEL_VERSION=7.4.1', ['bazel 7.4.1 → 7.4.1']],
  ['configure.ac', 'AC_PREREQ([2.69])', ['autoconf 2.69 → >=2.69.0']],
  ['build.zig.zon', '.{ .minimum_zig_version = "0.13.0" }', ['zig 0.13.0 → >=0.13.0']],
  ['Package.swift', '// swift-tools-version:5.9\n', ['swift 5.9 → >=5.9.0']],
  [
    'infra/versions.tf',
    '# required_version = "1"\n  required_version = "~> 1.5"',
    ['terraform ~> 1.5 → >=1.5.0 <2.0.0-0'],
  ],
  ['main.tofu', 'terraform {\n required_version = ">= 1.7"\n}', ['opentofu >= 1.7 → >=1.7.0']],
  ['terragrunt.hcl', 'terragrunt_version_constraint = "~> 0.50"', ['terragrunt ~> 0.50 → >=0.50.0 <1.0.0-0']],
  ['rebar.config', '{minimum_otp_vsn, "25"}.', ['erlang 25 → >=25.0.0']],
  ['lean-toolchain', 'leanprover/lean4:v4.9.0\n', ['lean v4.9.0 → 4.9.0']],
  ['dune-project', '(lang dune 3.10)\n(depends (ocaml (>= 4.14)))', ['dune 3.10 → >=3.10.0', 'ocaml 4.14 → >=4.14.0']],
  ['.ocamlformat', 'version=0.26.2\n', ['ocamlformat 0.26.2 → 0.26.2']],
  ['cabal.project', '-- with-compiler: ghc-8\nwith-compiler: ghc-9.6.4', ['ghc 9.6.4 → 9.6.4']],
  ['x.nimble', 'requires "nim >= 1.6.0"', ['nim >= 1.6.0 → >=1.6.0']],
  ['DESCRIPTION', 'Depends: R (>= 4.1)', ['r 4.1 → >=4.1.0']],
  [
    'pubspec.yaml',
    'environment:\n  sdk: ^3.5.0\n  flutter: ">=3.10"',
    ['dart ^3.5.0 → >=3.5.0 <4.0.0-0', 'flutter >=3.10 → >=3.10.0'],
  ],
  ['shard.yml', 'crystal: ">= 1.0.0, < 2.0.0"', ['crystal >= 1.0.0, < 2.0.0 → >=1.0.0 <2.0.0-0']],
  ['stack.yaml', 'resolver: lts-22.7\ncompiler: ghc-9.6.4', ['ghc ghc-9.6.4 → 9.6.4']],
  ['stack.yaml', 'resolver: lts-22.7', ['ghc lts-22.7 → >=9.6.0 <9.7.0-0']],
  ['api/stack.yaml', 'snapshot: lts-24.2', ['ghc lts-24.2 → >=9.10.0 <9.11.0-0']],
  [
    'stack.yaml',
    'snapshot:\n  url: https://example.org/stackage-snapshots/master/lts/20/26.yaml',
    ['ghc https://example.org/stackage-snapshots/master/lts/20/26.yaml → >=9.2.0 <9.3.0-0'],
  ],
  ['stack.yaml', 'resolver: ghc-9.4.7', ['ghc ghc-9.4.7 → 9.4.7']],
  ['pnpm-workspace.yaml', 'useNodeVersion: 22.1.0', ['node 22.1.0 → 22.1.0']],
  ['gleam.toml', 'gleam = ">= 1.2.0"', ['gleam >= 1.2.0 → >=1.2.0']],
  ['Project.toml', '[compat]\njulia = "~1.9, 1.11"', ['julia ~1.9, 1.11 → >=1.9.0 <1.10.0-0 || >=1.11.0 <2.0.0-0']],
  ['elm.json', '{"elm-version": "0.19.0 <= v < 0.20.0"}', ['elm 0.19.0 <= v < 0.20.0 → >=0.19.0 <0.20.0']],
  ['renv.lock', '{"R": {"Version": "4.3.1"}}', ['r 4.3.1 → 4.3.1']],
  ['.fvm/fvm_config.json', '{"flutterSdkVersion": "3.10.0"}', ['flutter 3.10.0 → 3.10.0']],
  ['netlify.toml', '[context.production.environment]\nNODE_VERSION = "20"', ['node 20 → >=20.0.0 <21.0.0-0']],
  ['.readthedocs.yaml', 'build:\n  tools:\n    golang: "1.22"', ['go 1.22 → >=1.22.0 <1.23.0-0']],
  ['aqua.yaml', 'packages:\n  - name: golang/go@go1.22.1', ['go go1.22.1 → 1.22.1']],
  ['.xcode-version', '15.4\n', ['xcode 15.4 → >=15.4.0 <15.5.0-0']],
  ['.scalafmt.conf', 'version = "3.8.1"\nrunner.dialect = scala3', ['scalafmt 3.8.1 → 3.8.1']],
  ['.rubocop.yml', 'AllCops:\n  TargetRubyVersion: 3.2', ['ruby 3.2 → >=3.2.0']],
  ['biome.json', '{"$schema": "https://biomejs.dev/schemas/1.8.3/schema.json"}', ['biome 1.8.3 → 1.8.3']],
  ['conanfile.py', 'required_conan_version = ">=2.0"', ['conan >=2.0 → >=2.0.0']],
  ['xmake.lua', '-- set_xmakever("1.0")\nset_xmakever("2.7.1")', ['xmake 2.7.1 → >=2.7.1']],
  ['Vagrantfile', 'Vagrant.require_version ">= 2.2", "< 3"', ['vagrant >= 2.2 → >=2.2.0']],
  ['Tiltfile', "version_settings(constraint='>=0.22.1')", ['tilt >=0.22.1 → >=0.22.1']],
  ['image.pkr.hcl', 'packer {\n  required_version = "~> 1.9"\n}', ['packer ~> 1.9 → >=1.9.0 <2.0.0-0']],
  ['ios/Podfile.lock', 'PODS:\n  - A (1.0)\n\nCOCOAPODS: 1.15.2\n', ['cocoapods 1.15.2 → 1.15.2']],
  ['src/App/App.csproj', '<TargetFrameworks>net48;net6.0;net8.0</TargetFrameworks>', ['dotnet 8.0 → >=8.0.0']],
  ['foundry.toml', '[profile.default]\nsolc = "0.8.20"', ['solc 0.8.20 → 0.8.20']],
  ['typst.toml', '[package]\ncompiler = "0.11.0"', ['typst 0.11.0 → >=0.11.0']],
  [
    'charts/web/Chart.yaml',
    'apiVersion: v2\nkubeVersion: ">=1.25.0-0, <1.31.0"',
    ['kubernetes-cluster >=1.25.0-0, <1.31.0 → >=1.25.0-0 <1.31.0'],
  ],
  ['dbt_project.yml', 'require-dbt-version: [">=1.6.0", "<2.0.0"]', ['dbt >=1.6.0, <2.0.0 → >=1.6.0 <2.0.0-0']],
  ['CMakePresets.json', '{"cmakeMinimumRequired": {"major": 3, "minor": 23}}', ['cmake 3.23.0 → >=3.23.0']],
  ['build.sbt', '// scalaVersion := "2.11.1"\nThisBuild / scalaVersion := "3.3.1"', ['scala 3.3.1 → 3.3.1']],
  ['system.properties', 'java.runtime.version=17\n', ['java 17 → >=17.0.0 <18.0.0-0']],
  ['app.yaml', 'runtime: python312\n', ['python python312 → >=3.12.0 <3.13.0-0']],
  ['app.yaml', 'runtime: nodejs20\n', ['node nodejs20 → >=20.0.0 <21.0.0-0']],
  ['app.yaml', 'kind: Deployment\nname: {{ .Name }}\n', []],
  [
    'serverless.yml',
    'provider:\n  runtime: nodejs20.x\nfunctions:\n  one:\n    runtime: java21',
    ['node nodejs20.x → >=20.0.0 <21.0.0-0', 'java java21 → >=21.0.0 <22.0.0-0'],
  ],
  [
    'template.yaml',
    'Resources:\n  One:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: python3.11\n      Role: !GetAtt R.Arn',
    ['python python3.11 → >=3.11.0 <3.12.0-0'],
  ],
  ['firebase.json', '{"functions": [{"runtime": "nodejs18"}]}', ['node nodejs18 → >=18.0.0 <19.0.0-0']],
  [
    '.ddev/config.yaml',
    'php_version: "8.2"\nnodejs_version: "20"\ndatabase:\n  type: mariadb\n  version: "10.11"',
    ['php 8.2 → >=8.2.0 <8.3.0-0', 'node 20 → >=20.0.0 <21.0.0-0', 'mariadb 10.11 → >=10.11.0 <10.12.0-0'],
  ],
  [
    'web.opam',
    'opam-version: "2.0"\ndepends: [\n  "ocaml" {>= "4.14" & < "5.3"}\n  "dune" {>= "3.0"}\n]',
    ['ocaml >= "4.14" & < "5.3" → >=4.14.0 <5.3.0-0', 'dune >= "3.0" → >=3.0.0'],
  ],
  [
    'dune-project',
    '(lang dune 3.10)\n(depends (ocaml (and (>= 4.14) (< 5.3))))',
    ['dune 3.10 → >=3.10.0', 'ocaml 4.14 → >=4.14.0'],
  ],
  [
    'web.cabal',
    'cabal-version: 2.4\n-- tested-with: GHC == 7.10.3\ntested-with:\n  GHC == 9.4.7 || == 9.6.4,\n  GHC == 9.8.*\nname: web',
    ['cabal 2.4 → >=2.4.0', 'ghc 9.4.7 → 9.4.7', 'ghc 9.6.4 → 9.6.4', 'ghc 9.8.* → >=9.8.0 <9.9.0-0'],
  ],
  [
    'noxfile.py',
    'nox.needs_version = ">=2024.4.15"\n@nox.session(python=["3.11", "3.12"], reuse_venv=True)\ndef tests(session): ...\n# @nox.session(python="3.7")\n',
    ['nox >=2024.4.15 → >=2024.4.15', 'python 3.11 → >=3.11.0 <3.12.0-0', 'python 3.12 → >=3.12.0 <3.13.0-0'],
  ],
  [
    'tox.ini',
    '[tox]\nminversion = 4.0\nrequires =\n  tox>=4.11\n  virtualenv\nenv_list =\n  py{39,310}-x\n  py3.11, lint\n[testenv:lint]\nbase_python = python3.12\n',
    [
      'tox 4.0 → >=4.0.0',
      'tox >=4.11 → >=4.11.0',
      'python 3.9 → >=3.9.0 <3.10.0-0',
      'python 3.10 → >=3.10.0 <3.11.0-0',
      'python 3.11 → >=3.11.0 <3.12.0-0',
      'python python3.12 → >=3.12.0 <3.13.0-0',
    ],
  ],
  [
    'tox.ini',
    '[tox]\nenvlist =\n    linting\n    py312\n    pypy3\n    py310-{pexpect,twisted24,numpy}\n    {py311}-django{3.2,4.2}\n    coverage-3.8\n    3.13\n',
    [
      'python 3.12 → >=3.12.0 <3.13.0-0',
      'python 3.10 → >=3.10.0 <3.11.0-0',
      'python 3.11 → >=3.11.0 <3.12.0-0',
      'python 3.13 → >=3.13.0 <3.14.0-0',
    ],
  ],
  [
    'tox.ini',
    '[testenv:docs]\nbasepython = python3.13 # Sync with .readthedocs.yaml.\n',
    ['python python3.13 → >=3.13.0 <3.14.0-0'],
  ],
  [
    'tox.toml',
    'min_version = "4.20"\nenv_list = ["3.13", "lint"]',
    ['tox 4.20 → >=4.20.0', 'python 3.13 → >=3.13.0 <3.14.0-0'],
  ],
])('%s', (path, text, expected) => {
  expect(saidBy(path, text)).toEqual(expected);
});

test('Gradle: what Android and plugins ask for, through the version catalog where a script says so', () => {
  const versions = `[versions]
jdk = "17"
compile-sdk = "34"
android_ndk = { strictly = "26.1.10909125" }
kotlin = "2.0.0"
[plugins]
android = { id = "com.android.application", version = "8.4.0" }
kotlin-jvm = { id = "org.jetbrains.kotlin.jvm", version.ref = "kotlin" }
kotlin-kapt = "org.jetbrains.kotlin.kapt:2.0.0"`;
  const script = `plugins { kotlin("jvm") version "1.9.24" }
kotlin { jvmToolchain(libs.versions.jdk.get().toInt()) }
android {
  compileSdk = libs.versions.compile.sdk.get().toInt()
  ndkVersion = libs.versions.android.ndk.get()
  buildToolsVersion "34.0.0"
}
java { toolchain { languageVersion = JavaLanguageVersion.of(libs.versions.absent.get()) } }`;
  const { pins, unresolved } = pinsOf({ 'gradle/libs.versions.toml': versions, 'app/build.gradle.kts': script });
  expect(pins.map(shown)).toEqual([
    'android-build-tools 34.0.0 → 34.0.0 @ app/build.gradle.kts:6:22',
    'android-ndk 26.1.10909125 → 26.1.10909125 @ gradle/libs.versions.toml:4:28',
    'android-platform 34 → >=34.0.0 <35.0.0-0 @ gradle/libs.versions.toml:3:15',
    'java 17 → >=17.0.0 <18.0.0-0 @ gradle/libs.versions.toml:2:7',
    'kotlin 1.9.24 → 1.9.24 @ app/build.gradle.kts:1:34',
    'kotlin 2.0.0 → 2.0.0 @ gradle/libs.versions.toml:5:10',
    'kotlin 2.0.0 → 2.0.0 @ gradle/libs.versions.toml:9:15',
  ]);
  expect(unresolved.map(({ what }) => what)).toEqual(['JavaLanguageVersion.of libs.versions.absent']);
  const flutter = {
    'android/gradle/wrapper/gradle-wrapper.properties': 'distributionUrl=https\\://a/gradle-8.7-all.zip',
  };
  expect(pinsOf(flutter).pins.map(({ constraint }) => constraint)).toEqual(['8.7']);
});

test("Stack's snapshots may be files of the project, and what no name tells is said", () => {
  const { pins, unresolved } = pinsOf({
    'stack.yaml': 'snapshot: ./snapshots/ours.yaml',
    'snapshots/ours.yaml': 'resolver: lts-21.25\ncompiler: ghc-9.4.8',
    'tool/stack.yaml': 'resolver: nightly-2024-03-01',
    'other/stack.yaml': 'snapshot: lts-99.1',
  });
  expect(pins.map(shown)).toEqual(['ghc ghc-9.4.8 → 9.4.8 @ snapshots/ours.yaml:2:11']);
  expect(unresolved.map(({ what }) => what)).toEqual(['snapshot: lts-99.1', 'resolver: nightly-2024-03-01']);
});

test("pre-commit's hooks are tools in the version of their repository, frozen or not, and of what is installed beside them", () => {
  const hooks = `repos:
- repo: https://github.com/astral-sh/ruff-pre-commit
  rev: v0.4.4
  hooks: [{ id: ruff }]
- repo: https://github.com/psf/black.git
  rev: 3702ba224ecffbcec30af640c149f231d90aebdb  # frozen: 24.4.2
  hooks:
  - id: black
    language_version: python3.11
- repo: https://github.com/scop/pre-commit-shfmt
  rev: v3.8.0-1
- repo: https://github.com/pre-commit/mirrors-prettier
  rev: main
  hooks:
  - id: prettier
    additional_dependencies: [prettier@3.3.2, "mypy==1.10.0"]
- repo: https://github.com/jendrikseipp/vulture
  rev: 'v2.10'
- repo: local
- repo: https://github.com/elsewhere/ruff
  rev: v1.0.0
`;
  expect(saidBy('.pre-commit-config.yaml', hooks)).toEqual([
    'ruff v0.4.4 → 0.4.4',
    'black 24.4.2 → 24.4.2',
    'python python3.11 → >=3.11.0 <3.12.0-0',
    'shfmt v3.8.0-1 → 3.8.0',
    'prettier 3.3.2 → 3.3.2',
    'mypy ==1.10.0 → 1.10.0',
    'vulture v2.10 → 2.10.0',
  ]);
});

test('pre-commit and CodeBuild name runtimes in words of their own', () => {
  const hooks = 'default_language_version:\n  python: python3.11\n  ruby: system\nminimum_pre_commit_version: "3.2"';
  expect(saidBy('.pre-commit-config.yaml', hooks)).toEqual([
    'python python3.11 → >=3.11.0 <3.12.0-0',
    'pre-commit 3.2 → >=3.2.0',
  ]);
  const build =
    'phases:\n  install:\n    runtime-versions:\n      java: corretto17\n    commands:\n      - npm i -g pnpm@9';
  expect(saidBy('buildspec.yml', build)).toEqual([
    'java corretto17 → >=17.0.0 <18.0.0-0',
    'pnpm 9 → >=9.0.0 <10.0.0-0',
  ]);
});

test('.envrc is read as text: what direnv and version managers are told, nothing that only a run knows', () => {
  const text = `use flake
use node 20
layout python python3.11
layout pyenv 3.11.4 3.12.1
direnv_version 2.30.0
nvm use 18
use ruby $(cat .ruby)
`;
  expect(saidBy('.envrc', text)).toEqual([
    'node 20 → >=20.0.0 <21.0.0-0',
    'python python3.11 → >=3.11.0 <3.12.0-0',
    'python 3.11.4 → 3.11.4',
    'python 3.12.1 → 3.12.1',
    'direnv 2.30.0 → >=2.30.0',
    'node 18 → >=18.0.0 <19.0.0-0',
  ]);
});

test('comments are found whatever their quotes are, and in one pass', () => {
  const comments = { line: ['#'], quotes: '"\'' };
  expect(withoutComments('a = "#1" # it\'s "x\nb = 2 # y', comments)).toBe('a = "#1"          \nb = 2    ');
  // Neither quote ever ends: looking for both ends again at each would take minutes.
  const hostile = `\\'\\"`.repeat(60_000);
  expect(withoutComments(`'"${hostile}`, comments)).toHaveLength(hostile.length + 2);
});

test('a long lock of R is read from its start; what else is too long is refused', () => {
  const long = `{\n"R": { "Version": "4.3.1" },\n${'"é": 1,\n'.repeat(60_000)}}`;
  expect(pinsOf({ 'renv.lock': long })).toMatchObject({ pins: [{ tool: 'r', constraint: '4.3.1' }], problems: [] });
  expect(pinsOf({ 'elm.json': long }).problems).toMatchObject([{ code: 'pin-file-unreadable' }]);
});
