import { expect, test } from 'vitest';
import type { DiffRow } from '../../src/core/model/diff';
import { changesBetween } from '../../src/renderer/lib/changes';

function row(title: string, attribute: string | undefined, expected: string, more: Partial<DiffRow> = {}): DiffRow {
  return {
    tool: title.toLowerCase(),
    title,
    category: 'languages',
    status: 'drift',
    copies: [],
    reason: '',
    fixes: [],
    ...(attribute === undefined
      ? {}
      : { expected: { attribute, name: attribute, version: expected, certainty: 'exact' as const } }),
    ...more,
  };
}

const clauses = (before: readonly DiffRow[], after: readonly DiffRow[]) => changesBetween(before, after).clauses;

test('a tool that is asked for by another name is one change, not one that came and one that went', () => {
  const before = [row('Node.js', 'nodejs_20', '20.17.0'), row('jq', 'jq', '1.7.1')];
  const after = [row('Node.js', 'nodejs_22', '22.8.0')];
  expect(clauses(before, after)).toEqual(['Node.js is asked for in 22.8.0', 'jq is gone']);
  expect([...changesBetween(before, after).changed]).toEqual([['node.js nodejs_22', 'was drift, 20.17.0']]);
  expect(clauses(after, before)).toEqual(['Node.js is asked for in 20.17.0', 'jq is new (drift)']);
});

test('two that stay are themselves, and a third is new', () => {
  const [old, next, dev] = ['20', '22', '24'].map((one) => row('Node.js', `nodejs_${one}`, one)) as [
    DiffRow,
    DiffRow,
    DiffRow,
  ];
  expect(clauses([old, next], [old, next])).toEqual([]);
  expect(clauses([old, next], [old, next, dev])).toEqual(['Node.js is new (drift)']);
  expect(clauses([row('jq', undefined, '')], [row('jq', 'jq', '1.7')])).toEqual(['jq is new (drift)', 'jq is gone']);
});
