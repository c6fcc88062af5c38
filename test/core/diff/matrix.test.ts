import { expect, test } from 'vitest';
import type { Column } from '../../../src/core/diff/columns';
import { compareColumns } from '../../../src/core/diff/matrix';
import { layoutComparison } from '../../../src/core/report/comparison/layout';
import { installation, snapshot, target, wants } from '../report/builders';
import { catalog } from './catalog';

const laptop: Column = {
  label: 'laptop',
  kind: 'snapshot',
  snapshot: snapshot([
    installation('node', '18.19.0'),
    installation('python', '3.11.2'),
    installation('java', '17.0.11'),
    installation('bash', '5.2.15'),
    installation('ruff', undefined),
  ]),
};
const server: Column = {
  label: 'server',
  kind: 'snapshot',
  snapshot: snapshot([
    installation('node', '20.11.1'),
    installation('python', '3.11.0'),
    installation('java', '17.0.11+9'),
    installation('postgres', '16.3'),
    installation('ruff', '0.4.0'),
  ]),
};
const flake: Column = {
  label: 'flake',
  kind: 'target',
  target: target([wants('nodejs_20', '20.11.1'), wants('zlib', '1.3')]),
};

test('two sides: what changed from the first to the second', () => {
  const { rows, summary } = compareColumns([laptop, server], catalog);
  expect(rows.map(({ tool, change, size }) => [tool, change, size])).toEqual([
    ['java', 'same', undefined],
    ['node', 'newer', 'major'],
    ['python', 'older', 'patch'],
    ['ruff', 'unknown', undefined],
    ['postgres', 'added', undefined],
    ['bash', 'removed', undefined],
  ]);
  expect(summary.headline).toBe('1 of 6 the same; 1 newer (1 major), 1 older (1 patch), 1 added, 1 removed, 1 unknown');
  expect(summary.highlights).toEqual([
    'A major version newer: Node.js 18.19.0 → 20.11.1.',
    'Added: PostgreSQL.',
    'Removed: Bash.',
  ]);
});

test('two locks: how far nixpkgs moves', () => {
  const at = (lastModified: string): Column => {
    const of = target([wants('nodejs_20', '20.11.1')]);
    const nixpkgs = { name: 'nixpkgs', type: 'github', url: 'github:NixOS/nixpkgs', lastModified, inputs: {} };
    return { label: lastModified, kind: 'target', target: { ...of, flake: { ...of.flake, inputs: [nixpkgs] } } };
  };
  const highlights = (from: string, to: string) => compareColumns([at(from), at(to)], catalog).summary.highlights;
  expect(highlights('2024-09-20T10:00:00Z', '2024-10-20T11:00:00Z')).toEqual([
    'Nixpkgs moves 30 days forward, from 2024-09-20 to 2024-10-20.',
  ]);
  expect(highlights('2024-09-21T10:00:00Z', '2024-09-20T10:00:00Z')).toEqual([
    'Nixpkgs moves 1 day back, from 2024-09-21 to 2024-09-20.',
  ]);
  expect(highlights('never', '2024-09-20T10:00:00Z')).toEqual([]);
});

test('three sides, a target among them', () => {
  const { rows } = compareColumns([laptop, server, flake], catalog);
  const node = rows.find(({ tool }) => tool === 'node');
  expect(node).toMatchObject({
    change: 'differs',
    cells: [{ version: '18.19.0' }, { version: '20.11.1' }, { version: '20.11.1', certainty: 'exact' }],
  });
  expect(rows.find(({ tool }) => tool === 'zlib')?.cells).toEqual([null, null, { version: '1.3', certainty: 'exact' }]);
});

test('a side is the same as itself', () => {
  const { rows, summary } = compareColumns([flake, flake], catalog);
  expect(summary.same).toBe(rows.length);
});

test('as text: a line for each difference', () => {
  const lines = layoutComparison(compareColumns([laptop, server], catalog), { width: 80, all: false }).map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
  expect(lines).toEqual([
    'laptop → server',
    'laptop: Debian GNU/Linux 12 x86_64, read 2026-11-22 20:00 UTC',
    'server: Debian GNU/Linux 12 x86_64, read 2026-11-22 20:00 UTC',
    '1 of 6 the same; 1 newer (1 major), 1 older (1 patch), 1 added, 1 removed, 1',
    'unknown',
    'A major version newer: Node.js 18.19.0 → 20.11.1.',
    'Added: PostgreSQL.',
    'Removed: Bash.',
    '',
    'change         tool        laptop   server',
    '↑ newer major  Node.js     18.19.0  20.11.1',
    '↓ older patch  Python      3.11.2   3.11.0',
    '? unknown      Ruff        ?        0.4.0',
    '+ added        PostgreSQL  –        16.3',
    '− removed      Bash        5.2.15   –',
  ]);
});

test('ranges of versions: overlapping ones say nothing, others have an order', () => {
  const asks = (version: string): Column => ({
    label: version,
    kind: 'target',
    target: target([wants('ruff', version, { certainty: version.includes('–') ? 'range' : 'exact' })], {
      flake: { path: '/x', inputs: [], locked: false },
    }),
  });
  const change = (from: string, to: string) => compareColumns([asks(from), asks(to)], catalog).rows[0]?.change;
  expect(change('0.4.11', '0.4.10 – 0.4.11')).toBe('unknown');
  expect(change('0.4.10 – 0.4.12', '0.4.11')).toBe('unknown');
  expect(change('0.4.9', '0.4.10 – 0.4.11')).toBe('newer');
  expect(change('0.5.0 – 0.5.2', '0.4.10 – 0.4.11')).toBe('older');
});
