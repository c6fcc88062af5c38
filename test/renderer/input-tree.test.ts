import { expect, test } from 'vitest';
import type { TargetInput } from '../../src/core/model/target';
import { type InputNode, inputTree } from '../../src/renderer/views/target/input-tree';

function input(name: string, inputs: Record<string, string> = {}, type = 'github'): TargetInput {
  return { name, type, url: name, inputs };
}

function shape(nodes: readonly InputNode[]): unknown {
  return Object.fromEntries(nodes.map(({ name, follows, children }) => [name, follows ?? shape(children)]));
}

test('inputs nest as the lock does; one that follows another says so', () => {
  const inputs = [
    input('nixpkgs'),
    input('rust-overlay', { nixpkgs: 'nixpkgs' }),
    input('flake-utils', { systems: 'systems' }),
    input('systems'),
  ];
  const root = input('root', { nixpkgs: 'nixpkgs', rust: 'rust-overlay', utils: 'flake-utils' }, 'root');
  const expected = { nixpkgs: {}, rust: { nixpkgs: 'nixpkgs' }, utils: { systems: {} } };
  expect(shape(inputTree([root, ...inputs]))).toEqual(expected);
});

test('a lock without its root, and one that goes in a circle', () => {
  expect(shape(inputTree([input('a', { b: 'b' }), input('b')]))).toEqual({ a: { b: {} } });
  const circle = [input('root', { a: 'a' }, 'root'), input('a', { b: 'b' }), input('b', { a: 'a', gone: 'c' })];
  expect(shape(inputTree(circle))).toEqual({ a: { b: { a: 'a', gone: 'c' } } });
});
