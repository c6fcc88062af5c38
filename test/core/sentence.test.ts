import { expect, test } from 'vitest';
import { sentence, withFullStop } from '../../src/core/sentence';

test.each([
  ['attribute missing', 'Attribute missing.'],
  ['What is it?', 'What is it?'],
  ['priority of these definitions.\n', 'Priority of these definitions.'],
  ['no end\n\n', 'No end.'],
  ['toInt: Could not convert "x" to int.', 'toInt: Could not convert "x" to int.'],
  ['lib.fileset.union: First argument is a string', 'lib.fileset.union: First argument is a string.'],
  ['pipe: no list', 'pipe: no list.'],
  ["flake's outputs are unknown", "Flake's outputs are unknown."],
  ["'builtins.head' called on an empty list", "'builtins.head' called on an empty list."],
  ['', '.'],
])('%j is told as %j', (reason, told) => {
  expect(sentence(reason)).toBe(told);
});

test('a mark at the end is enough', () => {
  expect(withFullStop('done…')).toBe('done…');
});
