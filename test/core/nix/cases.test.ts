import { describe, expect, it } from 'vitest';
import { evaluate, readCases } from './read-cases';

/** Relative paths of the programs start here; nothing is read. */
const BASE = '/project';

describe.each([...new Set(readCases().map(({ topic }) => topic))])('%s', (topic) => {
  const cases = readCases().filter((entry) => entry.topic === topic);
  it.each(cases.map(({ program, expected }) => [program, expected]))('%s', (program, expected) => {
    expect(evaluate(program, BASE)).toBe(expected);
  });
});
