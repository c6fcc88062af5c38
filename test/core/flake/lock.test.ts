import { describe, expect, test } from 'vitest';
import { followEdge, parseLock, rootInputs } from '../../../src/core/flake/lock';
import { ProblemError } from '../../../src/core/model/problem';

const problemOf = (text: string) => {
  try {
    parseLock(text, 'flake.lock');
  } catch (error) {
    if (error instanceof ProblemError) {
      return error.problem;
    }
  }
  throw new Error('expected a problem');
};
const lockOf = (nodes: Record<string, unknown>, version = 7) => JSON.stringify({ version, root: 'root', nodes });
const locked = { type: 'github', owner: 'o', repo: 'r', rev: '0'.repeat(40), lastModified: 1 };

describe('a lock file', () => {
  test('gives nodes with what they are locked to', () => {
    const lock = parseLock(lockOf({ root: { inputs: { a: 'a' } }, a: { locked, flake: false } }), 'flake.lock');
    expect(lock.nodes.get('a')).toMatchObject({
      isFlake: false,
      locked: { type: 'github', attributes: { repo: 'r', lastModified: 1 } },
    });
  });
  test('of format 5 has times and hashes beside', () => {
    const node = { locked: { type: 'github', owner: 'o', repo: 'r' }, info: { lastModified: 7, narHash: 'sha256-x' } };
    const lock = parseLock(lockOf({ root: { inputs: { a: 'a' } }, a: node }, 5), 'flake.lock');
    expect(lock.nodes.get('a')?.locked?.attributes).toEqual({
      lastModified: 7,
      narHash: 'sha256-x',
      owner: 'o',
      repo: 'r',
    });
  });
  test.each([1e300, -1, 253_402_300_800, 'x', true])('has no time where it is %s', (lastModified) => {
    const lock = parseLock(lockOf({ root: {}, a: { locked: { ...locked, lastModified } } }), 'flake.lock');
    expect(lock.nodes.get('a')?.locked?.attributes).not.toHaveProperty('lastModified');
  });
  test('follows paths from the root, over other follows', () => {
    const lock = parseLock(
      lockOf({
        root: { inputs: { a: 'a', b: ['a', 'c'], d: ['b'] } },
        a: { locked, inputs: { c: 'c' } },
        c: { locked },
      }),
      'flake.lock',
    );
    expect([...rootInputs(lock)].map(([name, node]) => [name, node.key])).toEqual([
      ['a', 'a'],
      ['b', 'c'],
      ['d', 'c'],
    ]);
  });
  test('whose follows go in a circle leads nowhere', () => {
    const lock = parseLock(lockOf({ root: { inputs: { a: ['b'], b: ['a'], c: ['c', 'c', 'c'] } } }), 'flake.lock');
    expect(['a', 'b', 'c'].map((name) => followEdge(lock, [name]))).toEqual([undefined, undefined, undefined]);
  });
  test('may name its nodes like members of objects', () => {
    const text =
      '{"version":7,"root":"root","nodes":{"root":{"inputs":{"constructor":"__proto__"}},"__proto__":{"locked":{"type":"path","path":"x"}}}}';
    expect(rootInputs(parseLock(text, 'flake.lock')).get('constructor')?.key).toBe('__proto__');
  });
});

describe('a broken lock file is refused', () => {
  test.each([
    ['not JSON', '{ "nodes": [', 'lock-broken', 'is not JSON'],
    ['merge conflicts', '{\n<<<<<<< HEAD\n', 'lock-broken', 'merge conflicts'],
    ['a list', '[]', 'lock-broken', 'it is not an object'],
    ['no version', '{}', 'lock-broken', '`version` is not a number'],
    ['an older format', lockOf({ root: {} }, 4), 'lock-version', 'format 4'],
    ['a later format', lockOf({ root: {} }, 8), 'lock-version', 'format 8'],
    ['no root', lockOf({}), 'lock-broken', 'root node `root` is missing'],
    ['a missing node', lockOf({ root: { inputs: { a: 'b' } } }), 'lock-broken', 'there is no such node'],
    ['an edge of numbers', lockOf({ root: { inputs: { a: [1] } } }), 'lock-broken', 'neither a name nor a path'],
    ['a node that is not locked', lockOf({ root: { inputs: { a: 'a' } }, a: {} }), 'lock-broken', 'is not locked'],
  ])('%s', (_, text, code, message) => {
    const problem = problemOf(text);
    expect(problem).toMatchObject({ code, position: { file: 'flake.lock' } });
    expect(problem.message).toContain(message);
    expect(problem.hint).toBeDefined();
  });
  test('at the line of a conflict', () => {
    expect(problemOf('{\n  "a": 1,\n<<<<<<< HEAD\n').position).toEqual({ file: 'flake.lock', line: 3, column: 1 });
  });
});
