import { expect, test } from 'vitest';
import type { TargetInput } from '../../src/core/model/target';
import { type InputLine, inputTree } from '../../src/renderer/views/target/input-tree';

function input(name: string, inputs: Record<string, string> = {}, type = 'github'): TargetInput {
  return { name, type, url: name, inputs };
}

/** As a person would write it: a name a line, indented. */
function shape(lines: readonly InputLine[]): string[] {
  return lines.map(
    ({ name, follows, depth }) => `${'  '.repeat(depth)}${name}${follows === undefined ? '' : ` → ${follows}`}`,
  );
}

test('inputs nest as the lock does; one that follows another says so', () => {
  const inputs = [
    input('nixpkgs'),
    input('rust-overlay', { nixpkgs: 'nixpkgs' }),
    input('flake-utils', { systems: 'systems' }),
    input('systems'),
  ];
  const root = input('root', { nixpkgs: 'nixpkgs', rust: 'rust-overlay', utils: 'flake-utils' }, 'root');
  const expected = ['nixpkgs', 'rust', '  nixpkgs → nixpkgs', 'utils', '  systems'];
  expect(shape(inputTree([root, ...inputs]))).toEqual(expected);
});

test('a lock without its root, and one that goes in a circle', () => {
  expect(shape(inputTree([input('a', { b: 'b' }), input('b')]))).toEqual(['a', '  b']);
  const circle = [input('root', { a: 'a' }, 'root'), input('a', { b: 'b' }), input('b', { a: 'a', gone: 'c' })];
  expect(shape(inputTree(circle))).toEqual(['a', '  b', '    a → a', '    gone → c']);
});

test('a chain of twenty thousand is as deep as it is, and every line has a key of its own', () => {
  const count = 20_000;
  const chain = Array.from({ length: count }, (_, index) =>
    input(`i${index}`, index + 1 < count ? { next: `i${index + 1}` } : {}),
  );
  const lines = inputTree([input('root', { first: 'i0' }, 'root'), ...chain]);
  expect(lines.at(-1)).toMatchObject({ name: 'next', depth: count - 1 });
  expect(new Set(lines.map(({ key }) => key)).size).toBe(count);
});
