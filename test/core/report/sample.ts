import type { Audit } from '../../../src/core/model/audit';
import { createReport, type Report } from '../../../src/core/report';
import { actual, audit, row } from './builders';

const categories = [
  { id: 'languages', title: 'Languages and runtimes' },
  { id: 'databases', title: 'Databases' },
  { id: 'quality', title: 'Linters, formatters and tests' },
];

export function reportOf(of: Audit, redactions: Readonly<Record<string, number>> = {}): Report {
  return createReport(of, {
    catalog: { categories },
    generatedAt: new Date('2026-11-22T21:00:00Z'),
    version: '0.1.0',
    redactions,
  });
}

/** One row of every status. */
export const everyStatus: Audit = audit([
  row(),
  row({
    tool: 'python',
    title: 'Python',
    status: 'drift',
    drift: 'minor',
    expected: {
      attribute: 'python312',
      name: 'python3',
      version: '3.12.4',
      certainty: 'exact',
      position: { file: 'flake.nix', line: 23, column: 13 },
    },
    actual: actual('3.11.7', {
      path: '/home/ada/.pyenv/shims/python3',
      realPath: '/home/ada/.pyenv/shims/python3',
      manager: 'pyenv',
      leadsTo: '/home/ada/.pyenv/versions/3.11.7/bin/python3',
      evidence: [
        { kind: 'file', source: '/home/ada/.pyenv/version', detail: '3.11.7' },
        { kind: 'path', source: '/home/ada/.pyenv/versions/3.11.7' },
      ],
    }),
    copies: [
      actual('3.11.7', { path: '/home/ada/.pyenv/shims/python3', manager: 'pyenv' }),
      actual('3.11.2', { path: '/usr/bin/python3', active: false, shadowedBy: '/home/ada/.pyenv/shims/python3' }),
    ],
    reason: '3.11.7 is installed; the flake asks for 3.12.4: a minor version behind.',
    fixes: [
      {
        manager: 'nix',
        command: 'nix develop /home/ada/work/python-service',
        title: "Open the flake's shell, which brings python3 3.12.4",
        risk: 'Holds inside that shell only; the machine stays as it is.',
      },
      {
        manager: 'pyenv',
        command: 'pyenv install 3.12.4 && pyenv global 3.12.4',
        title: 'Install Python 3.12.4 with pyenv',
      },
    ],
  }),
  row({
    tool: 'postgresql',
    title: 'PostgreSQL',
    category: 'databases',
    status: 'shadowed',
    drift: 'major',
    expected: {
      attribute: 'postgresql_16',
      name: 'postgresql',
      version: '16.3',
      certainty: 'estimate',
      reason: 'Nearest revisions agree.',
    },
    actual: actual('15.8', { path: '/usr/bin/psql' }),
    copies: [
      actual('15.8', { path: '/usr/bin/psql' }),
      actual('16.3', { path: '/opt/pg/bin/psql', active: false, shadowedBy: '/usr/bin/psql' }),
    ],
    reason: '16.3 is at /opt/pg/bin/psql, but a shell starts 15.8 at /usr/bin/psql.',
    fixes: [{ manager: 'path', command: 'export PATH=/opt/pg/bin:"$PATH"', title: 'Put /opt/pg/bin first on PATH' }],
  }),
  row({
    tool: 'ruff',
    title: 'Ruff',
    category: 'quality',
    status: 'missing',
    expected: { attribute: 'ruff', name: 'ruff', version: '0.4.10', certainty: 'exact' },
    actual: undefined as never,
    copies: [],
    reason: 'Not found on this machine; the flake asks for 0.4.10.',
    fixes: [{ manager: 'uv', command: 'uv tool install ruff==0.4.10', title: 'Install Ruff 0.4.10 with uv' }],
  }),
  row({
    tool: 'zlib',
    title: 'zlib',
    category: 'other',
    status: 'unknown',
    expected: { attribute: 'zlib', name: 'zlib', version: '1.3.1', certainty: 'exact' },
    actual: undefined as never,
    copies: [],
    reason: "A library: it has no program on PATH by which this machine's copy could be known.",
  }),
  row({
    tool: 'git',
    title: 'Git',
    category: 'quality',
    status: 'extra',
    expected: undefined as never,
    actual: actual('2.39.5', { path: '/usr/bin/git' }),
    copies: [actual('2.39.5', { path: '/usr/bin/git' })],
    reason: '2.39.5 is installed at /usr/bin/git; the flake does not ask for it.',
  }),
]);
