import { expect, test } from 'vitest';
import { formatProblem } from '../../src/cli/format-problem';

test('the sentence with its place, the details, what to do next', () => {
  const text = formatProblem({
    code: 'x',
    message: 'It broke.',
    position: { file: 'flake.nix', line: 3, column: 4 },
    detail: 'error: It broke.\n\twhile reading it',
    hint: 'Mend it.',
  });
  expect(text).toBe('error: It broke.\n       at flake.nix:3:4\n\twhile reading it\nnext: Mend it.\n');
});

test('a place that the details name is named once', () => {
  const position = { file: 'flake.nix', line: 3, column: 4 };
  const text = formatProblem({ code: 'x', message: 'It broke.', position, detail: '\tat flake.nix:3:4:' });
  expect(text).toBe('error: It broke.\n\tat flake.nix:3:4:\n');
});

test('nothing in it acts on the terminal', () => {
  const evil = '\u001b[2J\u009b31m\u202eevil';
  const text = formatProblem({ code: 'x', message: evil, hint: evil, detail: `${evil}\n${evil}` });
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('a trace without end is cut in its middle', () => {
  const detail = Array.from({ length: 500 }, (_, index) => `frame ${index}`).join('\n');
  const lines = formatProblem({ code: 'x', message: 'Deep.', detail }).split('\n');
  expect(lines.length).toBeLessThan(25);
  expect(lines).toContain('frame 0');
  expect(lines).toContain('frame 499');
  expect(lines).toContain('       (482 more lines)');
});
