import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProblemError } from '../../../src/core/model/problem';
import { readMemoryFlake } from './memory-flake';

const examples = resolve(import.meta.dirname, '../../../examples');

function filesOf(folder: string, below = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(folder, below)).map((name) => {
      const path = join(below, name);
      return statSync(join(folder, path)).isDirectory()
        ? filesOf(folder, path)
        : { [path]: readFileSync(join(folder, path), 'utf8') };
    }),
  );
}

/** Cuts, doubles or replaces a stretch of a text. */
const damage = (text: string) =>
  fc
    .record({
      at: fc.nat(text.length),
      length: fc.nat(40),
      put: fc.oneof(
        fc.constant(''),
        fc.string({ maxLength: 12 }),
        fc.constantFrom('"', '{', '}', '[', ';', '${', "''", '\0', 'null'),
      ),
      twice: fc.boolean(),
    })
    .map(({ at, length, put, twice }) => {
      const stretch = text.slice(at, at + length);
      return text.slice(0, at) + put + (twice ? stretch + stretch : '') + text.slice(at + length);
    });

test.each(['python-service', 'web-product', 'rust-tool'])(
  'a damaged %s is read, or refused with a problem that says where and what to do',
  (name) => {
    const files = filesOf(join(examples, name));
    const damaged = fc
      .constantFrom(...Object.keys(files).filter((file) => /\.(nix|lock|toml)$/.test(file)))
      .chain((file) => damage(files[file]!).map((text) => ({ ...files, [file]: text })));
    fc.assert(
      fc.property(damaged, (each) => {
        try {
          readMemoryFlake(each);
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
          const { code, message, hint } = (error as ProblemError).problem;
          expect([code, message, hint].every((text) => text !== undefined && text.length > 0)).toBe(true);
        }
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
  },
  60_000,
);
