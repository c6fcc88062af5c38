import { expect, test } from 'vitest';
import type { Installation, PathEntry } from '../../src/core/model/snapshot';
import { toolsByFolder } from '../../src/renderer/views/snapshot/hidden-by';

const entry = (path: string, state: PathEntry['state'] = 'ok'): PathEntry => ({ path, state });
const copy = (tool: string, path: string, version: string): Installation => ({
  tool,
  version,
  path,
  realPath: path,
  manager: 'manual',
  active: false,
  onPath: true,
  evidence: [],
});

test('the first folder with a name wins it and hides the others, whatever folder a broken entry names', () => {
  const entries = [entry('/a/'), entry('/gone', 'missing'), entry('/b'), entry('/a', 'duplicate')];
  const copies = [
    copy('git', '/b/git', '1'),
    copy('git', '/a/git', '2'),
    copy('node', '/b/node', '20'),
    copy('node', '/gone/node', '18'),
    copy('python', '/a/python3', '3.12'),
    copy('python', '/a/python', '3.11'),
  ];
  const found = toolsByFolder(entries, copies);
  expect([...found].map(([folder, { wins, hides }]) => [folder, wins, hides.map(({ path }) => path)])).toEqual([
    ['/a/', 3, ['/b/git']],
    ['/b', 1, []],
  ]);
});
