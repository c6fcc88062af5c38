import { expect, test } from 'vitest';
import { diffWithTarget } from '../../../src/core/diff/diff';
import type { GlobalPackage } from '../../../src/core/model/snapshot';
import type { TargetPackage } from '../../../src/core/model/target';
import { installation, snapshot, target, wants } from '../report/builders';
import { catalog } from './catalog';

const library = '/usr/lib/python3.11/site-packages';

function rowsFor(asked: TargetPackage, packages: readonly GlobalPackage[] | undefined) {
  const machine = snapshot([installation('python', '3.11.2'), installation('npm', '10.0.0')], {
    ...(packages === undefined ? {} : { packages }),
  });
  return diffWithTarget({ snapshot: machine, target: target([asked]), catalog }).rows;
}

const numpy = (version: string | undefined) => wants('python311Packages.numpy', version, { name: 'numpy' });

test('what was not read is unknown', () => {
  expect(rowsFor(numpy('1.26.4'), undefined)[0]).toMatchObject({ status: 'unknown', copies: [] });
});

test('missing, the same, apart, and of a version that is not known', () => {
  const has = (version: string): GlobalPackage[] => [
    { ecosystem: 'python', name: 'NumPy', version, path: `${library}/numpy-${version}.dist-info` },
  ];
  const missing = rowsFor(numpy('1.26.4'), [])[0];
  expect(missing).toMatchObject({ status: 'missing', title: 'numpy' });
  expect(missing?.fixes.map(({ command }) => command)).toContain('python3 -m pip install numpy==1.26.4');
  expect(rowsFor(numpy('1.26.4'), has('1.26.4'))[0]).toMatchObject({ status: 'match' });
  expect(rowsFor(numpy('1.26.4'), has('1.24.0'))[0]).toMatchObject({
    status: 'drift',
    drift: 'minor',
    actual: { version: '1.24.0', manager: 'python' },
  });
  expect(rowsFor(numpy(undefined), has('1.24.0'))[0]).toMatchObject({
    status: 'unknown',
    actual: { version: '1.24.0' },
  });
});

test('the packages of the Python that wins come first, whatever else there is', () => {
  const at = (line: string, version: string): GlobalPackage => ({
    ecosystem: 'python',
    name: 'numpy',
    version,
    path: `/opt/lib/python${line}/site-packages/numpy-${version}.dist-info`,
  });
  expect(rowsFor(numpy('1.26.4'), [at('3.9', '1.26.4'), at('3.11', '1.20.0')])[0]).toMatchObject({
    status: 'drift',
    actual: { version: '1.20.0' },
  });
});

test('what the shell brings without being asked accuses nobody', () => {
  const shell = { implied: [wants('nodejs_20', '20.11.1')] };
  const node = (has: boolean) =>
    diffWithTarget({
      snapshot: snapshot(has ? [installation('node', '18.0.0')] : []),
      target: target([], {}, shell),
      catalog,
    });
  expect(node(true).rows).toMatchObject([{ tool: 'node', status: 'extra', expected: { version: '20.11.1' } }]);
  expect(node(true).rows[0]?.reason).toContain('brings 20.11.1 of its own');
  expect(node(false).rows).toEqual([]);
  expect(node(true).summary.inStep).toBe(true);
});
