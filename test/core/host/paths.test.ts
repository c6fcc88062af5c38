import { describe, expect, test } from 'vitest';
import { glob } from '../../../src/core/host/glob';
import { pathRulesOf } from '../../../src/core/host/paths';
import { exec, machine } from '../probe/machine';

const posix = pathRulesOf('linux');
const windows = pathRulesOf('windows');

test.each([
  ['/a//b/./c/../d/', '/a/b/d'],
  ['/../..', '/'],
  ['a/../..', '..'],
  ['/a/b', '/a/b'],
  ['', ''],
])('posix: %j is %j', (path, expected) => {
  expect(posix.normalize(path)).toBe(expected);
});

test.each([
  ['C:/a\\..\\b\\', 'C:\\b'],
  ['c:\\', 'c:\\'],
  ['\\\\server\\share\\x\\..', '\\\\server\\share\\'],
  ['C:\\..\\..\\x', 'C:\\x'],
])('windows: %j is %j', (path, expected) => {
  expect(windows.normalize(path)).toBe(expected);
});

test('folders, names and joins of both systems', () => {
  expect([posix.dirname('/a'), posix.dirname('/a/b'), posix.basename('/a/b')]).toEqual(['/', '/a', 'b']);
  expect([windows.dirname('C:\\a'), windows.dirname('C:\\a\\b'), windows.basename('C:/a/b.exe')]).toEqual([
    'C:\\',
    'C:\\a',
    'b.exe',
  ]);
  expect([posix.join('/a', '../b', 'c'), posix.join('/a', '/b'), windows.join('C:\\a', '..', 'b')]).toEqual([
    '/b/c',
    '/b',
    'C:\\b',
  ]);
  expect(windows.key('C:/Tools/')).toBe(windows.key('c:\\tools'));
});

describe('glob', () => {
  const host = machine({
    '/home/ada/.nvm/versions/node/v20.1.0/bin/node': exec,
    '/home/ada/.nvm/versions/node/v18.0.0/bin/node': exec,
    '/home/ada/.nvm/versions/node/.cache/bin/node': exec,
    '/opt/a+b/x': exec,
  });

  test.each([
    [
      '~/.nvm/versions/node/*/bin/node',
      ['v18.0.0', 'v20.1.0'].map((one) => `/home/ada/.nvm/versions/node/${one}/bin/node`),
    ],
    ['/opt/a+*/x', ['/opt/a+b/x']],
    ['/opt/none/*', []],
    ['%NOT_SET%/x', []],
  ])('%s', (pattern, expected) => {
    expect(glob(host, pattern)).toEqual(expected);
  });
});
