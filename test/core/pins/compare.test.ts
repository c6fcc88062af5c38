import { describe, expect, it, test } from 'vitest';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import { SNAPSHOT_SCHEMA, type Snapshot } from '../../../src/core/model/snapshot';
import { TARGET_SCHEMA, type Target, type TargetPackage } from '../../../src/core/model/target';
import { comparePins } from '../../../src/core/pins/compare';
import { comparedPins, pinFindings } from '../../../src/core/pins/findings';
import { layoutPins } from '../../../src/core/pins/text-list';
import { pinsOf } from './project';

function targetWith(...packages: readonly Partial<TargetPackage>[]): Target {
  const shell = {
    output: 'devShells.x86_64-linux.default',
    variables: [],
    unresolved: [],
    packages: packages.map((wanted) => ({ name: 'x', attribute: 'x', certainty: 'exact' as const, ...wanted })),
  };
  return {
    schema: TARGET_SCHEMA,
    flake: { path: '/project', inputs: [], locked: true },
    system: 'x86_64-linux',
    systems: ['x86_64-linux'],
    evaluator: 'lockstep',
    shells: { default: shell, ci: { ...shell, packages: [] } },
    defaultShell: 'default',
    findings: [],
  };
}

function machineWith(tool: string, version: string): Snapshot {
  return {
    schema: SNAPSHOT_SCHEMA,
    takenAt: '2026-01-01T00:00:00Z',
    host: { source: 'local', os: 'linux', arch: 'x86_64', system: 'x86_64-linux' },
    pathEntries: [],
    installations: [
      {
        tool,
        version,
        path: `/usr/bin/${tool}`,
        realPath: `/usr/bin/${tool}`,
        manager: 'dpkg',
        active: true,
        onPath: true,
        evidence: [],
      },
    ],
    environment: [],
    failures: [],
  };
}

const node20 = { attribute: 'nodejs_20', version: '20.11.1', position: { file: 'flake.nix', line: 12, column: 9 } };

function compare(files: Readonly<Record<string, RecordedEntry>>, target?: Target, snapshot?: Snapshot): string[] {
  return comparePins(pinsOf(files), { target, snapshot }).map(({ severity, message }) => `${severity}: ${message}`);
}

test('what a project fetches for itself is held against the flake, not against this machine, and less strictly', () => {
  const files = {
    'package.json': '{"devDependencies": {"eslint": "^8.57.0"}}',
    '.pre-commit-config.yaml': 'repos:\n- repo: https://github.com/pre-commit/mirrors-eslint\n  rev: v9.1.0\n',
  };
  const eslint9 = { attribute: 'eslint', version: '9.1.0', position: { file: 'flake.nix', line: 12, column: 9 } };
  expect(compare({ 'package.json': files['package.json'] }, targetWith(eslint9))).toEqual([
    'warning: ESLint is asked for in versions that exclude each other: flake.nix:12 gives 9.1.0, package.json:1 says ^8.57.0.',
  ]);
  expect(compare(files, undefined, machineWith('eslint', '7.0.0'))).toEqual([
    'info: ESLint is asked for in versions that exclude each other: .pre-commit-config.yaml:3 says v9.1.0, package.json:1 says ^8.57.0.',
  ]);
});

describe('contradictions', () => {
  it('names container, flake and version file in one sentence', () => {
    const found = comparePins(pinsOf({ Dockerfile: 'FROM node:18\n', '.nvmrc': '20\n' }), {
      target: targetWith(node20),
    });
    expect(found).toEqual([
      {
        tool: 'node',
        title: 'Node.js',
        severity: 'warning',
        message:
          'Node.js is asked for in versions that exclude each other: Dockerfile:1 says 18, flake.nix:12 gives 20.11.1, .nvmrc:1 says 20.',
        places: [
          { kind: 'pin', says: '18', position: { file: 'Dockerfile', line: 1, column: 6 } },
          { kind: 'flake', says: '20.11.1', scope: 'nodejs_20', position: { file: 'flake.nix', line: 12, column: 9 } },
          { kind: 'pin', says: '20', position: { file: '.nvmrc', line: 1, column: 1 } },
        ],
      },
    ]);
  });

  it.each<[string, Readonly<Record<string, RecordedEntry>>]>([
    [
      'ranges that share a version',
      { '.nvmrc': '20\n', 'package.json': '{"engines": {"node": ">=18"}}', Dockerfile: 'FROM node:20-slim\n' },
    ],
    [
      'a matrix of which one cell agrees',
      {
        '.nvmrc': '20\n',
        '.github/workflows/x.yml': `jobs:\n  t:\n    strategy: { matrix: { n: [18, 20] } }\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: "\${{ matrix.n }}" }\n`,
      },
    ],
    ['a name that moves', { '.nvmrc': 'lts/*\n', Dockerfile: 'FROM node:18\n' }],
    ['fallbacks of a version manager', { '.python-version': '3.12\n3.10\n', Dockerfile: 'FROM python:3.10\n' }],
    ['different tools', { '.nvmrc': '20\n', '.python-version': '3.11\n' }],
    [
      'other implementations of a language',
      { '.ruby-version': 'jruby-9.4.5.0\n', Gemfile: "ruby '3.1.4', engine: 'jruby', engine_version: '9.4.5.0'\n" },
    ],
    ['Java in both numberings', { '.java-version': '1.8\n', Dockerfile: 'FROM eclipse-temurin:8-jdk\n' }],
    [
      'a stable toolchain and a lowest version',
      {
        'rust-toolchain.toml': '[toolchain]\nchannel = "stable"\n',
        'Cargo.toml': '[package]\nrust-version = "1.70"\n',
      },
    ],
  ])('finds none in %s', (_, files) => {
    expect(compare(files)).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, RecordedEntry>>]>([
    [
      'parts of a repository',
      { 'web/.nvmrc': '20\n', 'api/.nvmrc': '18\n', 'apps/admin/package.json': '{"engines": {"node": "16"}}' },
    ],
    [
      'a job that tries the lowest version on purpose',
      {
        'rust-toolchain.toml': '[toolchain]\nchannel = "1.80"\n',
        '.github/workflows/x.yml': 'jobs:\n  msrv:\n    steps:\n      - uses: dtolnay/rust-toolchain@1.70\n',
      },
    ],
    [
      'a .NET runtime and an SDK',
      { 'global.json': '{"sdk": {"version": "8.0.110"}}', Dockerfile: 'FROM mcr.microsoft.com/dotnet/aspnet:8.0.1\n' },
    ],
  ])('does not compare %s', (_, files) => {
    expect(compare(files)).toEqual([]);
  });

  it('holds a part of a repository to what stands above it, and to the flake', () => {
    expect(compare({ 'web/.nvmrc': '18\n', Dockerfile: 'FROM node:20\n' })).toHaveLength(1);
    expect(compare({ 'web/.nvmrc': '18\n', 'web/Dockerfile': 'FROM node:20\n' })).toHaveLength(1);
    expect(compare({ 'web/.nvmrc': '18\n' }, targetWith(node20))).toHaveLength(1);
    expect(compare({ 'node_modules/.nvmrc': '18\n', 'examples/.nvmrc': '18\n' }, targetWith(node20))).toEqual([]);
  });

  it('tells how much it matters', () => {
    expect(compare({ '.nvmrc': '18\n', 'package.json': '{"engines": {"node": ">=20"}}' })).toEqual([
      'error: Node.js is asked for in versions that exclude each other: .nvmrc:1 says 18, package.json:1 says >=20.',
    ]);
    expect(compare({ 'go.mod': 'go 1.22\n', Dockerfile: 'FROM golang:1.21\n' })).toEqual([
      'warning: Go is asked for in versions that exclude each other: Dockerfile:1 says 1.21, go.mod:1 says 1.22.',
    ]);
    expect(compare({ Dockerfile: 'FROM golang:1.21\n', '.gitlab-ci.yml': 'image: golang:1.22\n' })[0]).toMatch(
      /^info: Go/,
    );
  });

  it('counts the alternatives of a matrix as one', () => {
    const workflow = `jobs:\n  t:\n    strategy: { matrix: { n: ["3.8", "3.9"] } }\n    container: python:\${{ matrix.n }}\n`;
    expect(
      compare({ 'pyproject.toml': '[project]\nrequires-python = ">=3.10"\n', '.github/workflows/x.yml': workflow }),
    ).toEqual([
      'warning: Python is asked for in versions that exclude each other: .github/workflows/x.yml:3 says 3.8 or 3.9, pyproject.toml:2 says >=3.10.',
    ]);
  });

  it('says once what several lines of a file say', () => {
    const step = (job: string) => `  ${job}:\n    container: node:18\n`;
    const workflow = (jobs: readonly string[]) => ({
      '.nvmrc': '20\n',
      '.github/workflows/x.yml': `jobs:\n${jobs.map(step).join('')}`,
    });
    expect(compare(workflow(['a', 'b']))[0]).toContain('.nvmrc:1 says 20, .github/workflows/x.yml:3 and :5 say 18.');
    expect(compare(workflow(['a', 'b', 'c', 'd', 'e']))[0]).toContain('x.yml:3, :5, :7 and 2 more say 18.');
  });

  it('sees that three cannot be kept although each two can', () => {
    const files = {
      'package.json':
        '{"engines": {"node": "18 || 20"}, "devEngines": {"runtime": {"name": "node", "version": "20 || 22"}}, "volta": {"node": "18.1.0"}}',
      '.nvmrc': '22\n',
    };
    expect(compare(files)).toHaveLength(1);
    expect(
      compare({
        'package.json':
          '{"engines": {"node": "18 || 20"}, "devEngines": {"runtime": {"name": "node", "version": "20 || 22"}}}',
        'environment.yml': 'dependencies:\n  - nodejs 18.*|22.*\n',
      })[0],
    ).toMatch(/^error: .*18\.\*\|22\.\*.*18 \|\| 20.*20 \|\| 22/);
  });

  it('compares with what the flake gives, however sure it is', () => {
    const files = { '.nvmrc': '18\n' };
    expect(compare(files, targetWith(node20))).toHaveLength(1);
    expect(compare({ '.nvmrc': '20\n' }, targetWith(node20))).toEqual([]);
    expect(compare(files, targetWith({ ...node20, certainty: 'estimate' }))[0]).toContain('gives ≈ 20.11.1');
    expect(compare(files, targetWith({ ...node20, certainty: 'range', version: '18.19.0 – 20.11.1' }))).toEqual([]);
    expect(compare(files, targetWith({ ...node20, certainty: 'range', version: '19.0.0 – 20.11.1' }))).toHaveLength(1);
    expect(compare(files, targetWith({ attribute: 'nodejs_20', certainty: 'unknown' }))).toEqual([]);
    expect(compare(files, targetWith({ attribute: 'nodejs_18', version: '18.19.0' }, node20))).toEqual([]);
    expect(compare(files, targetWith({ attribute: 'hello', version: '2.12' }))).toEqual([]);
    expect(comparePins(pinsOf(files), { target: targetWith(node20), shell: 'ci' })).toEqual([]);
  });

  it('takes a nightly toolchain for another than the stable one of the flake', () => {
    const files = { 'rust-toolchain.toml': '[toolchain]\nchannel = "nightly"\n' };
    expect(compare(files, targetWith({ attribute: 'rustc', version: '1.75.0' }))).toEqual([
      'error: Rust is asked for in versions that exclude each other: the flake gives 1.75.0, rust-toolchain.toml:2 says nightly.',
    ]);
  });

  it('asks the machine only for what the flake does not give', () => {
    const files = { '.nvmrc': '20\n' };
    expect(compare(files, undefined, machineWith('node', '18.19.0'))).toEqual([
      'warning: Node.js is asked for in versions that exclude each other: .nvmrc:1 says 20, this machine runs 18.19.0.',
    ]);
    expect(compare(files, targetWith(node20), machineWith('node', '18.19.0'))).toEqual([]);
    expect(compare(files, undefined, machineWith('node', '20.1.0'))).toEqual([]);
    expect(compare({ Dockerfile: 'FROM node:20\n' }, undefined, machineWith('node', '18.19.0'))).toEqual([]);
  });
});

describe('findings', () => {
  it('are problems with a place, every place in the detail, and what to do', () => {
    const pins = pinsOf({ Dockerfile: 'FROM node:18 AS build\n', '.nvmrc': '20\n', 'mise.toml': '[' });
    expect(pinFindings(comparedPins(pins, { target: targetWith(node20) }))).toEqual([
      {
        code: 'pins-contradict',
        message:
          'Node.js is asked for in versions that exclude each other: Dockerfile:1 says 18, flake.nix:12 gives 20.11.1, .nvmrc:1 says 20.',
        hint: 'Write 20.11.1 in the other places, or change what the flake gives.',
        position: { file: 'Dockerfile', line: 1, column: 6 },
        detail: 'Dockerfile:1:6  18  (stage build)\nflake.nix:12:9  20.11.1  (nodejs_20)\n.nvmrc:1:1  20',
      },
      expect.objectContaining({ code: 'pin-file-broken' }),
    ]);
  });
});

describe('the list for a terminal', () => {
  it('has contradictions first, then every pin, and nothing that a terminal obeys', () => {
    const pins = pinsOf({ 'Dockerfile.\u001b[31m': 'FROM node:18\nFROM golang:$X\n', '.nvmrc': '20\n' });
    const text = layoutPins(comparedPins(pins), 200)
      .map((line) =>
        line
          .map((span) => span.text)
          .join('')
          .trimEnd(),
      )
      .join('\n');
    expect(text).toBe(
      [
        '2 pins in 2 files; 1 tool contradicted.',
        '',
        '≠ warning: Node.js is asked for in versions that exclude each other: Dockerfile.\\u{1b}[31m:1 says 18, .nvmrc:1 says 20.',
        '    Dockerfile.\\u{1b}[31m:1  18',
        '    .nvmrc:1  20',
        '',
        'Node.js',
        '  .nvmrc:1                 20  .nvmrc',
        '  Dockerfile.\\u{1b}[31m:1  18  FROM',
        '',
        'Not to be told from here',
        '  Dockerfile.\\u{1b}[31m:2  FROM golang:…: $X is set elsewhere',
      ].join('\n'),
    );
  });
});
