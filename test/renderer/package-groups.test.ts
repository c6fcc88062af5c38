import { expect, test } from 'vitest';
import { groupPackages } from '../../src/renderer/views/snapshot/package-groups';

const packages = [
  { ecosystem: 'npm', name: 'typescript', version: '5.6.2', path: '/usr/lib/node_modules/typescript' },
  { ecosystem: 'npm', name: '@angular/cli', version: '18.0.0', path: '/usr/lib/node_modules/@angular/cli' },
  { ecosystem: 'python', name: 'ruff', version: '0.6.6', path: '/opt/py/lib/python3.12/site-packages/ruff-0.6.6' },
  { ecosystem: 'python', name: 'black', path: '/home/a/lib/python3.9/site-packages/black.egg-info' },
  { ecosystem: 'dpkg', name: 'curl', version: '8', path: '/var/lib/dpkg/status' },
  { ecosystem: 'brand-new', name: 'x', version: '1', path: 'C:\\tools\\x' },
];

const shapeOf = (wanted?: string) =>
  groupPackages(packages, wanted).map(({ title, place, packages: own }) => [
    title,
    place,
    own.map(({ name }) => name).join(' '),
  ]);

test('packages of one manager in one folder stand together; a scope is part of the name', () => {
  expect(shapeOf()).toEqual([
    ['brand-new', 'C:\\tools', 'x'],
    ['Debian, asked for by hand', '/var/lib/dpkg/status', 'curl'],
    ['npm', '/usr/lib/node_modules', '@angular/cli typescript'],
    ['Python', '/home/a/lib/python3.9/site-packages', 'black'],
    ['Python', '/opt/py/lib/python3.12/site-packages', 'ruff'],
  ]);
});

test.each([
  ['RUFF', ['ruff']],
  ['ruff 0.6', ['ruff']],
  ['python3.9', ['black']],
  ['npm', ['@angular/cli typescript']],
  ['nothing of the kind', []],
])('%s finds %j', (wanted, names) => {
  expect(shapeOf(wanted).map((group) => group[2])).toEqual(names);
});
