import { describe, expect, test } from 'vitest';
import { type DiffRequest, diffWithTarget } from '../../../src/core/diff/diff';
import type { DiffRow } from '../../../src/core/model/diff';
import type { ProblemError } from '../../../src/core/model/problem';
import type { Installation } from '../../../src/core/model/snapshot';
import type { TargetPackage, TargetShell } from '../../../src/core/model/target';
import { installation, snapshot, target, wants } from '../report/builders';
import { catalog } from './catalog';

function diff(
  has: readonly Installation[],
  asks: readonly TargetPackage[],
  more: Partial<DiffRequest> & { readonly shellParts?: Partial<TargetShell> } = {},
) {
  const { shellParts, ...request } = more;
  return diffWithTarget({ snapshot: snapshot(has), target: target(asks, {}, shellParts), catalog, ...request });
}

function only(has: readonly Installation[], ask: TargetPackage): DiffRow {
  return diff(has, [ask]).rows[0] as DiffRow;
}

const node = (version: string | undefined, overrides: Partial<Installation> = {}) =>
  installation('node', version, overrides);

describe('one requirement', () => {
  const cases: readonly (readonly [
    name: string,
    has: readonly Installation[],
    ask: TargetPackage,
    judged: readonly [status: string, drift: string | undefined, reason: string],
  ])[] = [
    [
      'the same version',
      [node('20.11.1')],
      wants('nodejs_20', '20.11.1'),
      ['match', undefined, '20.11.1 is installed, as the flake asks.'],
    ],
    [
      'an older major',
      [node('18.19.0')],
      wants('nodejs_20', '20.11.1'),
      ['drift', 'major', '18.19.0 is installed; the flake asks for 20.11.1: a major version behind.'],
    ],
    [
      'a newer patch',
      [node('20.11.2')],
      wants('nodejs_20', '20.11.1'),
      ['drift', 'patch', '20.11.2 is installed; the flake asks for 20.11.1: a patch ahead.'],
    ],
    [
      'nothing',
      [],
      wants('nodejs_20', '20.11.1'),
      ['missing', undefined, 'Not found on this machine; the flake asks for 20.11.1.'],
    ],
    [
      'nothing, and no version asked',
      [],
      wants('nodejs', undefined),
      ['missing', undefined, 'Not found on this machine; the flake asks for it.'],
    ],
    [
      'the right copy behind another',
      [
        node('18.19.0'),
        node('20.11.1', { path: '/opt/node/bin/node', active: false, shadowedBy: '/usr/bin/node', manager: 'manual' }),
      ],
      wants('nodejs_20', '20.11.1'),
      ['shadowed', 'major', '20.11.1 is at /opt/node/bin/node, but a shell starts 18.19.0 at /usr/bin/node.'],
    ],
    [
      'the right copy off PATH, another wins',
      [node('18.19.0'), node('20.11.1', { path: '/opt/node/bin/node', active: false, onPath: false })],
      wants('nodejs_20', '20.11.1'),
      [
        'shadowed',
        'major',
        '20.11.1 is at /opt/node/bin/node, which is not on PATH; a shell starts 18.19.0 at /usr/bin/node.',
      ],
    ],
    [
      'only a copy off PATH, the right one',
      [node('20.11.1', { path: '/opt/node/bin/node', active: false, onPath: false })],
      wants('nodejs_20', '20.11.1'),
      ['shadowed', undefined, '20.11.1 is at /opt/node/bin/node, but no shell finds it: that folder is not on PATH.'],
    ],
    [
      'only a copy off PATH, another version',
      [node('18.19.0', { path: '/opt/node/bin/node', active: false, onPath: false })],
      wants('nodejs_20', '20.11.1'),
      ['missing', undefined, 'Not on PATH; off it there is 18.19.0 at /opt/node/bin/node.'],
    ],
    [
      'of several copies off PATH the nearest is named',
      ['16.20.2', '20.2.0', '22.1.0'].map((version) =>
        node(version, { path: `/opt/${version}/node`, active: false, onPath: false }),
      ),
      wants('nodejs_20', '20.11.1'),
      ['missing', undefined, 'Not on PATH; off it there is 20.2.0 at /opt/20.2.0/node.'],
    ],
    [
      'an estimate that agrees',
      [node('20.11.1')],
      wants('nodejs_20', '20.11.1', { certainty: 'estimate' }),
      ['match', undefined, '20.11.1 is installed, which is most likely what the lock gives (≈ 20.11.1).'],
    ],
    [
      'an estimate that does not',
      [node('20.10.0')],
      wants('nodejs_20', '20.11.1', { certainty: 'estimate' }),
      ['drift', 'minor', '20.10.0 is installed; the flake asks for ≈ 20.11.1: a minor version behind.'],
    ],
    [
      'inside a range',
      [node('20.11.1')],
      wants('nodejs_20', '20.11.0 – 20.12.2', { certainty: 'range' }),
      [
        'unknown',
        undefined,
        '20.11.1 is installed and lies in what the lock can mean (20.11.0 – 20.12.2); which of these it is cannot be told.',
      ],
    ],
    [
      'below a range',
      [node('20.9.0')],
      wants('nodejs_20', '20.11.0 – 20.12.2', { certainty: 'range' }),
      ['drift', 'minor', '20.9.0 is installed; the flake asks for one of 20.11.0 – 20.12.2: a minor version behind.'],
    ],
    [
      'above a range',
      [node('22.1.0')],
      wants('nodejs_20', '20.11.0 – 20.12.2', { certainty: 'range' }),
      ['drift', 'major', '22.1.0 is installed; the flake asks for one of 20.11.0 – 20.12.2: a major version ahead.'],
    ],
    [
      'an unknown version of an attribute that fixes the major, which agrees',
      [node('20.11.1')],
      wants('nodejs_20', undefined, { reason: 'The index ends before this revision.' }),
      [
        'unknown',
        undefined,
        '20.11.1 is installed and is 20, as nodejs_20 asks; its exact version is not known: the index ends before this revision.',
      ],
    ],
    [
      'an unknown version of an attribute that fixes the major, which does not agree',
      [node('18.19.0')],
      wants('nodejs_20', undefined),
      ['drift', 'major', '18.19.0 is installed; nodejs_20 is always 20.'],
    ],
    [
      'an attribute that fixes the minor',
      [installation('python', '3.12.1', { path: '/usr/bin/python3' })],
      wants('python311', undefined),
      ['drift', 'minor', '3.12.1 is installed; python311 is always 3.11.'],
    ],
    [
      'an unknown version of an attribute that fixes nothing',
      [node('20.11.1')],
      wants('nodejs', undefined, { reason: 'No lock.' }),
      ['unknown', undefined, '20.11.1 is installed; which version the flake asks for is not known: no lock.'],
    ],
    [
      'a copy whose version could not be read',
      [node(undefined)],
      wants('nodejs_20', '20.11.1'),
      ['unknown', undefined, 'Installed at /usr/bin/node, but its version could not be read.'],
    ],
    [
      'a library',
      [],
      wants('zlib', '1.3.1'),
      ['unknown', undefined, "A library: it has no program on PATH by which this machine's copy could be known."],
    ],
    [
      'a package of Python, whatever it is called',
      [installation('ruff', '0.4.0')],
      wants('python311Packages.numpy', '1.26.4'),
      [
        'unknown',
        undefined,
        "A package of Python: it belongs to the flake's own Python, and PATH does not tell whether this machine has it.",
      ],
    ],
    [
      'something that nobody knows',
      [],
      wants('frobnicate', '1.0'),
      [
        'unknown',
        undefined,
        "Lockstep's catalog does not know frobnicate, and no program of that name was found: it may have another name.",
      ],
    ],
    [
      'a JDK without its build',
      [installation('java', '17.0.11')],
      wants('jdk17', '17.0.11+9'),
      ['match', undefined, '17.0.11 is installed, as the flake asks.'],
    ],
    [
      "bash's patch level",
      [installation('bash', '5.2.26')],
      wants('bashInteractive', '5.2p26'),
      ['match', undefined, '5.2.26 is installed, as the flake asks.'],
    ],
  ];

  test.each(cases)('%s', (_, has, ask, [status, drift, reason]) => {
    const row = only(has, ask);
    expect([row.status, row.drift, row.reason]).toEqual([status, drift, reason]);
  });

  test('what could not be read is unknown, not missing', () => {
    const failures = [
      { status: 'failed', tool: 'node', path: '/usr/bin/node', code: 'io', reason: 'It hung.' },
    ] as const;
    const { rows } = diff([], [wants('nodejs_20', '20.11.1')], { snapshot: snapshot([], { failures }) });
    expect(rows[0]).toMatchObject({ status: 'unknown', reason: 'Could not be read at /usr/bin/node: it hung.' });
  });

  test('what the catalog does not know is compared when it is there under its own name', () => {
    const row = only([installation('frobnicate', '1.2.0')], wants('frobnicate', '1.3.0'));
    expect(row).toMatchObject({ tool: 'frobnicate', category: 'other', status: 'drift', drift: 'minor' });
    const own = wants('frobnicate', '1.3.0', { input: 'self' });
    expect(only([installation('frobnicate', '1.2.0')], own).status).toBe('unknown');
  });

  test('the client stands for a package whose server is not here', () => {
    const ask = wants('postgresql_16', '16.3');
    expect(only([installation('psql', '15.8')], ask)).toMatchObject({ tool: 'psql', status: 'drift', drift: 'major' });
    const both = [installation('psql', '15.8'), installation('postgres', '16.3')];
    expect(only(both, ask)).toMatchObject({ tool: 'postgres', status: 'match' });
    expect(only([], ask)).toMatchObject({ tool: 'postgres', status: 'missing' });
  });

  test('a shim that leads nowhere is no installation', () => {
    const failures = [
      {
        status: 'failed',
        tool: 'node',
        path: '/home/ada/.nodenv/shims/node',
        code: 'shim-leads-nowhere',
        reason: 'nodenv selects 20.11.1, which is not installed',
      },
    ] as const;
    const has = [node(undefined, { path: '/home/ada/.nodenv/shims/node' })];
    const ask = [wants('nodejs_20', '20.11.1')];
    expect(diff([], ask, { snapshot: snapshot(has, { failures }) }).rows[0]).toMatchObject({
      status: 'missing',
      reason:
        'The shim at /home/ada/.nodenv/shims/node starts nothing: nodenv selects 20.11.1, which is not installed.',
    });
    const behind = [...has, node('20.11.1', { active: false })];
    expect(diff([], ask, { snapshot: snapshot(behind, { failures }) }).rows[0]?.status).toBe('shadowed');
  });

  test('without a lock an attribute asks for no more than its name', () => {
    const unlocked = target([wants('nodejs_20', undefined)]);
    const { rows } = diff([node('20.3.0')], [], {
      target: { ...unlocked, flake: { ...unlocked.flake, locked: false } },
    });
    expect(rows[0]).toMatchObject({ status: 'match' });
  });

  test('the winner comes first, then PATH order, then what is off PATH', () => {
    const row = only(
      [
        node('1.0.0', { path: '/off', active: false, onPath: false }),
        node('2.0.0', { path: '/second', active: false }),
        node('3.0.0', { path: '/first' }),
      ],
      wants('nodejs_20', '20.11.1'),
    );
    expect(row.copies.map(({ path }) => path)).toEqual(['/first', '/second', '/off']);
    expect(row.actual?.path).toBe('/first');
  });
});

describe('the whole comparison', () => {
  const has = [
    node('20.11.1'),
    installation('python', '3.11.7', { path: '/usr/bin/python3' }),
    installation('bash', '5.2.15'),
    installation('apt', '2.6.1'),
  ];
  const asks = [
    wants('zlib', '1.3.1'),
    wants('ruff', '0.4.10'),
    wants('python312', '3.12.4'),
    wants('nodejs_20', '20.11.1'),
    wants('nodejs_20', '20.11.1', { position: { file: 'flake.nix', line: 30, column: 3 } }),
  ];

  test('rows by category, then title; the same requirement once; extras last', () => {
    const { rows } = diff(has, asks);
    expect(rows.map(({ tool, status }) => `${tool} ${status}`)).toEqual([
      'node match',
      'python drift',
      'ruff missing',
      'zlib unknown',
      'bash extra',
      'apt extra',
    ]);
    expect(rows[0]?.expected?.position?.line).toBe(12);
  });

  test('the order of the input does not matter', () => {
    const shuffled = diff([...has].reverse(), [...asks.slice(0, 4)].reverse());
    expect(JSON.stringify(shuffled)).toBe(JSON.stringify(diff(has, asks.slice(0, 4))));
  });

  test('the summary counts what is asked, extras apart', () => {
    expect(diff(has, asks).summary).toEqual({
      total: 4,
      match: 1,
      drift: 1,
      missing: 1,
      shadowed: 0,
      unknown: 1,
      extra: 2,
      headline: '1 of 4 in step; 1 drift, 1 missing, 1 unknown',
      inStep: false,
    });
  });

  test('what the flake asks for and nobody could read is a row', () => {
    const { rows, summary } = diff([], [], {
      shellParts: {
        unresolved: [
          {
            what: 'inputs.secret.packages.x86_64-linux.tool',
            reason: 'the input is a private repository',
            position: { file: 'flake.nix', line: 4, column: 2 },
          },
        ],
      },
    });
    expect(rows[0]).toMatchObject({
      status: 'unknown',
      title: 'inputs.secret.packages.x86_64-linux.tool',
      reason: 'The flake asks for this, but it could not be read: the input is a private repository.',
      expected: { position: { line: 4 } },
    });
    expect(summary.headline).toBe('0 of 1 in step; 1 unknown');
  });

  test('an empty shell', () => {
    expect(diff(has, []).summary).toMatchObject({ total: 0, inStep: true, headline: 'The shell asks for no packages' });
  });

  test('another system is told', () => {
    const { findings } = diff(has, asks, { target: target(asks, { system: 'aarch64-darwin' }) });
    expect(findings.map(({ code }) => code)).toEqual(['system-differs']);
  });

  test('a shell by name, and names for one that is not there', () => {
    const shells = { ci: target([wants('ruff', '1.0')]).shells['default'] as TargetShell };
    const two = target([], { shells: { ...target(asks).shells, ...shells } });
    expect(diff(has, [], { target: two, shell: 'ci' }).rows[0]?.tool).toBe('ruff');
    expect(() => diff(has, [], { target: two, shell: 'toString' })).toThrow(
      expect.objectContaining<Partial<ProblemError>>({
        problem: {
          code: 'shell-not-found',
          message: 'The flake has no dev shell "toString" for x86_64-linux; it has the dev shells ci, default.',
          hint: 'Choose one with --shell, such as --shell ci.',
        },
      }),
    );
  });
});
