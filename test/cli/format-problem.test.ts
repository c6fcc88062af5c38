import { expect, test } from 'vitest';
import { formatProblem } from '../../src/cli/format-problem';

test('the sentence with its place, the details, what to do next', () => {
  const text = formatProblem({
    code: 'x',
    message: 'It broke.',
    position: { file: 'flake.nix', line: 3, column: 4 },
    detail: 'error: It broke.\n\tat flake.nix:3:4',
    hint: 'Mend it.',
  });
  expect(text).toBe('error: It broke. at flake.nix:3:4\n\tat flake.nix:3:4\nnext: Mend it.\n');
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
