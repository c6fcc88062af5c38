import { expect, test } from 'vitest';
import { partsOf } from '../../src/renderer/components/marked';

test.each([
  ['Node.js', '', ['Node.js']],
  ['Node.js', 'NODE', ['', 'Node', '.js']],
  ['python3Packages.numpy', 'py  num', ['', 'py', 'thon3Packages.', 'num', '', 'py', '']],
  ['nodejs', 'node nodejs', ['', 'nodejs', '']],
  ['C++ [x86]', '++ [', ['C', '++', ' ', '[', 'x86]']],
  ['a|b', 'b|', ['a|b']],
  ['docker-compose', 'r-c', ['docke', 'r-c', 'ompose']],
  [
    'a/b-c:d, e=f',
    '- / , : = ~ @ # & ! % \\ " < > ; ` ^ $ ( ) { }',
    ['a', '/', 'b', '-', 'c', ':', 'd', ',', ' e', '=', 'f'],
  ],
])('in %s, %s is marked', (text, searched, parts) => {
  expect(partsOf(text, searched)).toEqual(parts);
  expect(partsOf(text, searched).join('')).toBe(text);
});
