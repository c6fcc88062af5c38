import { expect, test } from 'vitest';
import { diffWithTarget } from '../../../src/core/diff/diff';
import { type MachineSoFar, rowsSoFar } from '../../../src/core/diff/rows-so-far';
import type { TargetShell } from '../../../src/core/model/target';
import { installation, snapshot, target, wants } from '../report/builders';
import { catalog } from './catalog';

const flake = target([
  wants('python312', '3.12.5'),
  wants('nodejs_20', '20.11.1'),
  wants('uv', '0.4.11'),
  wants('python3Packages.numpy', '1.26.4'),
]);
const wanted = { shell: flake.shells['default'] as TargetShell, locked: true };
const machine = (open: readonly string[], everywhere = true): MachineSoFar => ({
  installations: [installation('python', '3.11.2'), installation('perl', '5.36.0'), installation('node', '20.11.1')],
  failures: [],
  open,
  everywhere,
});
const words = (request: Parameters<typeof rowsSoFar>[0]) =>
  rowsSoFar(request).map(({ tool, status, pending }) => `${tool} ${pending === true ? 'pending' : status}`);

test('what is settled is judged; what is still read, and what nobody knows, is pending', () => {
  const rows = words({ wanted, machine: machine(['node']), catalog });
  expect(rows.sort()).toEqual(
    ['python drift', 'node pending', 'uv missing', 'python3Packages.numpy pending', 'perl extra'].sort(),
  );
});

test('while folders are still to be looked into nothing is judged, for a better copy may be there', () => {
  expect(words({ wanted, machine: machine([], false), catalog }).filter((row) => !row.endsWith('pending'))).toEqual([
    'perl extra',
  ]);
});

test('without a machine all is pending, with the versions that are asked for', () => {
  const rows = rowsSoFar({ wanted, catalog });
  expect(rows.map(({ pending }) => pending)).toEqual([true, true, true, true]);
  expect(rows.map(({ expected }) => expected?.version)).toContain('20.11.1');
});

test('without a target every tool of the machine is there, and none is judged', () => {
  expect(words({ machine: machine([]), catalog })).toEqual(
    words({ machine: machine([]), catalog }).map((row) => row.replace(/ .*/u, ' pending')),
  );
  expect(rowsSoFar({ machine: machine([]), catalog })).toHaveLength(3);
});

test('rows have the order of the finished comparison, and are judged as in it', () => {
  const finished = diffWithTarget({
    snapshot: snapshot([...machine([]).installations]),
    target: flake,
    shell: undefined,
    catalog,
  }).rows;
  const early = rowsSoFar({ wanted, machine: machine([]), catalog });
  expect(early.map(({ tool }) => tool)).toEqual(finished.map(({ tool }) => tool));
  const judged = early.filter(({ pending }) => pending === undefined);
  expect(judged.length).toBeGreaterThan(2);
  for (const row of judged) {
    const end = finished.find(({ tool }) => tool === row.tool);
    expect({ ...row, fixes: end?.fixes }).toEqual(end);
  }
});
