import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../src/core/edit-distance';
import { suggestNames } from '../../../src/core/nixpkgs/suggest';

const names = [
  'docker-compose',
  'go',
  'kubernetes-helm',
  'nodejs',
  'nodejs_18',
  'nodejs_20',
  'nodejs_22',
  'pkg-config',
  'postgresql',
  'python311',
  'python312',
  'python313',
  'ripgrep',
  'terraform',
  'terraform-ls',
];
const suggest = (name: string, exists = (_: string) => true) =>
  suggestNames(name, names, (n) => names.includes(n) && exists(n), 3);

describe('suggestions', () => {
  it.each([
    ['nodejs-20', 'nodejs_20'],
    ['ripgrp', 'ripgrep'],
    ['rg', 'ripgrep'],
    ['golang', 'go'],
    ['helm', 'kubernetes-helm'],
    ['docker_compose', 'docker-compose'],
    ['pkgconfig', 'pkg-config'],
    ['postgres', 'postgresql'],
    ['terrafrom', 'terraform'],
    ['NodeJS', 'nodejs'],
  ])('%s: %s', (name, best) => {
    expect(suggest(name)[0]).toBe(best);
  });

  it('offers the newest of a family that is there', () => {
    expect(suggest('python38')).toEqual(['python313', 'python312', 'python311']);
    expect(suggest('python38', (name) => name !== 'python313')).toEqual(['python312', 'python311']);
  });

  it('offers nothing for what is near to nothing', () => {
    for (const name of ['', 'xyzzyplugh', '__proto__', 'constructor', 'x'.repeat(10_000)]) {
      expect(suggest(name)).toEqual([]);
    }
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['kitten', 'sitting', 3],
    ['terrafrom', 'terraform', 1],
    ['abc', 'xyz', 3],
    ['a', 'abcdefgh', 4],
  ])('%s to %s is %i', (a, b, distance) => {
    expect(editDistance(a, b, 3)).toBe(distance);
  });

  it('is the same both ways, and stops at its limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, limit) => {
        const distance = editDistance(a, b, limit);
        expect(distance).toBe(editDistance(b, a, limit));
        expect(distance).toBeLessThanOrEqual(limit + 1);
        expect(distance).toBe(Math.min(editDistance(a, b, 20), limit + 1));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});
