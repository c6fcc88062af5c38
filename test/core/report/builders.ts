import { summarize } from '../../../src/core/diff/summary';
import { AUDIT_SCHEMA, type Audit } from '../../../src/core/model/audit';
import type { Actual, DiffRow } from '../../../src/core/model/diff';
import { type Installation, SNAPSHOT_SCHEMA, type Snapshot } from '../../../src/core/model/snapshot';
import { TARGET_SCHEMA, type Target, type TargetPackage, type TargetShell } from '../../../src/core/model/target';

export const REVISION = '0123456789abcdef0123456789abcdef01234567';

export function installation(
  tool: string,
  version: string | undefined,
  overrides: Partial<Installation> = {},
): Installation {
  const path = overrides.path ?? `/usr/bin/${tool}`;
  return {
    tool,
    ...(version === undefined ? {} : { version }),
    path,
    realPath: path,
    manager: 'dpkg',
    active: true,
    onPath: true,
    evidence: [{ kind: 'package-database', source: '/var/lib/dpkg/status', detail: `Version: ${version}` }],
    ...overrides,
  };
}

export function snapshot(installations: readonly Installation[], overrides: Partial<Snapshot> = {}): Snapshot {
  return {
    schema: SNAPSHOT_SCHEMA,
    takenAt: '2026-11-22T20:00:00Z',
    host: {
      source: 'local',
      os: 'linux',
      arch: 'x86_64',
      system: 'x86_64-linux',
      name: 'workbench',
      distribution: 'Debian GNU/Linux',
      release: '12',
    },
    pathEntries: [{ path: '/usr/bin', state: 'ok', executables: 900 }],
    installations,
    environment: [
      { name: 'HOME', value: '/home/ada' },
      { name: 'USER', value: 'ada' },
    ],
    failures: [],
    ...overrides,
  };
}

export function wants(
  attribute: string,
  version: string | undefined,
  overrides: Partial<TargetPackage> = {},
): TargetPackage {
  return {
    attribute,
    name: attribute,
    ...(version === undefined ? {} : { version }),
    certainty: version === undefined ? 'unknown' : 'exact',
    position: { file: 'flake.nix', line: 12, column: 13 },
    input: 'nixpkgs',
    ...overrides,
  };
}

export function target(
  packages: readonly TargetPackage[],
  overrides: Partial<Target> = {},
  shell: Partial<TargetShell> = {},
): Target {
  return {
    schema: TARGET_SCHEMA,
    flake: {
      path: '/home/ada/work/python-service',
      locked: true,
      inputs: [
        {
          name: 'nixpkgs',
          type: 'github',
          url: 'github:NixOS/nixpkgs/nixos-24.05',
          revision: REVISION,
          lastModified: '2024-06-30T12:00:00Z',
          inputs: {},
        },
      ],
    },
    system: 'x86_64-linux',
    systems: ['aarch64-darwin', 'x86_64-linux'],
    evaluator: 'lockstep',
    shells: {
      default: { packages, variables: [], unresolved: [], output: 'devShells.x86_64-linux.default', ...shell },
    },
    defaultShell: 'default',
    findings: [],
    ...overrides,
  };
}

export function actual(version: string, overrides: Partial<Actual> = {}): Actual {
  const { path = '/usr/bin/thing' } = overrides;
  return { version, path, realPath: path, manager: 'dpkg', active: true, onPath: true, evidence: [], ...overrides };
}

export function row(overrides: Partial<DiffRow> = {}): DiffRow {
  return {
    tool: 'node',
    title: 'Node.js',
    category: 'languages',
    status: 'match',
    expected: { attribute: 'nodejs_20', name: 'nodejs', version: '20.11.1', certainty: 'exact' },
    actual: actual('20.11.1', { path: '/usr/bin/node' }),
    copies: [actual('20.11.1', { path: '/usr/bin/node' })],
    reason: '20.11.1 is installed, as the flake asks.',
    fixes: [],
    ...overrides,
  };
}

export function audit(rows: readonly DiffRow[], overrides: Partial<Audit> = {}): Audit {
  return {
    schema: AUDIT_SCHEMA,
    snapshot: snapshot([]),
    target: target([]),
    shell: 'default',
    rows,
    summary: summarize(rows),
    findings: [],
    ...overrides,
  };
}
