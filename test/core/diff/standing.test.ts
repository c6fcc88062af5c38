import { expect, test } from 'vitest';
import { alignColumns, type Column, cellsOfColumn } from '../../../src/core/diff/columns';
import { type Standing, standingOf } from '../../../src/core/diff/standing';
import { installation, snapshot, target, wants } from '../report/builders';
import { catalog } from './catalog';

/** Each tool's standings, one for each column, as `status drift direction`. */
function standings(columns: readonly Column[], reference: number): Readonly<Record<string, readonly string[]>> {
  const sides = columns.map((column) => cellsOfColumn(column, catalog));
  const show = (standing: Standing | undefined) =>
    standing === undefined
      ? '-'
      : [standing.status, standing.drift, standing.direction].filter((word) => word !== undefined).join(' ');
  return Object.fromEntries(
    alignColumns(sides, catalog.categories).map(({ tool, cells, scheme }) => [
      tool,
      cells.map((cell, index) =>
        show(
          standingOf({
            cell,
            kind: sides[index]?.kind ?? 'snapshot',
            reference: cells[reference] ?? null,
            referenceKind: sides[reference]?.kind ?? 'snapshot',
            referenceLabel: 'the reference',
            scheme,
          }),
        ),
      ),
    ]),
  );
}

const laptop: Column = {
  label: 'laptop',
  kind: 'snapshot',
  snapshot: snapshot(
    [
      installation('node', '18.19.0'),
      installation('python', '3.11.2'),
      installation('python', '3.12.4', { path: '/opt/python/bin/python3', active: false }),
      installation('java', '17.0.11+9'),
      installation('npm', undefined),
      installation('uv', '0.4.0', { active: false, onPath: false, path: '/opt/uv' }),
    ],
    { failures: [{ status: 'failed', tool: 'nvm', code: 'unreadable', reason: 'Permission was denied.' }] },
  ),
};
const server: Column = {
  label: 'server',
  kind: 'snapshot',
  snapshot: snapshot([
    installation('node', '20.11.1'),
    installation('java', '17.0.11'),
    installation('npm', '10.1.0'),
    installation('nvm', '0.39.7'),
  ]),
};
const flake: Column = {
  label: 'flake',
  kind: 'target',
  target: target([
    wants('nodejs_20', '20.11.1'),
    wants('python312', '3.12.4'),
    wants('uv', '0.4.0'),
    wants('jdk17', '17.0.9 – 17.0.12', { certainty: 'range' }),
  ]),
};

test('three sides measured by a target', () => {
  expect(standings([laptop, server, flake], 2)).toEqual({
    node: ['drift major older', 'match', 'match'],
    python: ['shadowed minor older', 'missing', 'match'],
    java: ['unknown', 'unknown', 'match'],
    npm: ['extra', 'extra', '-'],
    uv: ['shadowed', 'missing', 'match'],
    nvm: ['-', 'extra', '-'],
  });
});

test('what no machine can be seen to have is unknown, not missing', () => {
  const libraries: Column = {
    label: 'flake',
    kind: 'target',
    target: target([wants('zlib', '1.3'), wants('uv', '0.5.0')]),
  };
  expect(standings([server, libraries], 1)).toMatchObject({ zlib: ['unknown', 'match'], uv: ['missing', 'match'] });
});

test('two snapshots and a target measured by a snapshot: the target is silent of what it does not ask for', () => {
  expect(standings([laptop, server, flake], 0)).toEqual({
    node: ['match', 'drift major newer', 'drift major newer'],
    python: ['match', 'missing', 'drift minor newer'],
    java: ['match', 'match', 'unknown'],
    npm: ['match', 'unknown', '-'],
    uv: ['match', 'missing', 'match'],
    nvm: ['unknown', 'unknown', 'unknown'],
  });
});

test('a target that asks for a tool twice agrees with either version', () => {
  const both: Column = {
    label: 'both',
    kind: 'target',
    target: target([wants('python310', '3.10.1'), wants('python311', '3.11.2')]),
  };
  expect(standings([laptop, both], 1)['python']).toEqual(['match', 'match']);
  expect(cellsOfColumn(both, catalog).cells[0]?.expected?.map(({ attribute }) => attribute)).toEqual([
    'python310',
    'python311',
  ]);
});

test('every reason is one sentence that names the reference or the place', () => {
  const sides = [laptop, server, flake].map((column) => cellsOfColumn(column, catalog));
  for (const { cells, scheme } of alignColumns(sides, catalog.categories)) {
    for (const [index, cell] of cells.entries()) {
      const standing = standingOf({
        cell,
        kind: sides[index]?.kind ?? 'snapshot',
        reference: cells[2] ?? null,
        referenceKind: 'target',
        referenceLabel: 'flake',
        scheme,
      });
      if (standing !== undefined) {
        expect(standing.reason).toMatch(/(?:flake| at \/|Could not be read|In both).*\.$/u);
      }
    }
  }
});
