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

  // What stands between stars comes in its order, once each, and what a pattern ends with is no part of what came before.
  test.each([
    ['a*b', ['ab', 'axb', 'abab', 'a.b'], ['a', 'b', 'abx', 'xab', 'aB']],
    ['*', ['a', 'a.b'], ['.hidden']],
    ['.*', ['.hidden', '.x'], ['hidden']],
    ['*ab', ['ab', 'xab', 'abab'], ['.ab', 'a', 'abx']],
    ['aba*aba', ['abaaba', 'abaxaba'], ['aba', 'ababa']],
    ['a*b*c', ['abc', 'axbxc', 'abbcc'], ['acb', 'ac', 'abx']],
    ['a**b', ['ab', 'axb'], ['a']],
    ['[a]+*$', ['[a]+$', '[a]+x$'], ['a$', '[a]+']],
  ])('%s names %j and not %j', (pattern, named, others) => {
    const files = Object.fromEntries([...named, ...others].map((name) => [`/d/${name}`, exec]));
    expect(glob(machine(files), `/d/${pattern}`)).toEqual(named.map((name) => `/d/${name}`).sort());
  });

  test('letters are of one case on Windows, and of two elsewhere', () => {
    const names = (os: 'windows' | 'linux', folder: string, pattern: string) =>
      glob(machine({ [`${folder}Python312.EXE`]: exec }, { os }), `${folder}${pattern}`).length;
    expect(names('windows', 'C:\\d\\', 'python*.exe')).toBe(1);
    expect(names('linux', '/d/', 'python*.exe')).toBe(0);
  });
});
