import { expect, test } from 'vitest';
import { grouped } from '../../src/core/grouped';

test('counts come in groups of three digits, alone and in a sentence', () => {
  expect([0, 999, 1000, 10_003, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '10,003', '1,234,567']);
  expect(grouped('0 of 10003 in step; 3 drift')).toBe('0 of 10,003 in step; 3 drift');
});
