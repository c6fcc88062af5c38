import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Evaluator, emptyIo, NixError } from '../../../src/core/nix';
import { Later } from '../../../src/core/nix/syntax/later';
import { ProgramWriter, randomNumbers } from './random-programs';
import { readCases } from './read-cases';
import { TypedProgramWriter } from './typed-programs';

const SOURCES = new URL('../../../src/core/', import.meta.url);
const GENERATED = 500;
const SEED = 20_261_130;

/** A syntax tree whose parts have all been parsed, and how many of them had waited. */
function whole(tree: unknown, waited: { count: number }): unknown {
  if (tree instanceof Later) {
    waited.count++;
    return whole(tree.expr, waited);
  }
  if (tree instanceof Map) {
    return new Map([...tree].map(([name, member]) => [name, whole(member, waited)]));
  }
  if (Array.isArray(tree)) {
    return tree.map((member) => whole(member, waited));
  }
  return typeof tree === 'object' && tree !== null
    ? Object.fromEntries(Object.entries(tree).map(([name, member]) => [name, whole(member, waited)]))
    : tree;
}

/** The tree of a text, or the error that it has. */
function parsed(text: string, knownRight: boolean, waited = { count: 0 }): unknown {
  const evaluator = new Evaluator({ io: emptyIo, home: '/h', knownRight: () => knownRight });
  try {
    return whole(evaluator.parse(text, 'file', '/').expr, waited);
  } catch (error) {
    if (error instanceof NixError) {
      return `error: ${error.message}`;
    }
    throw error;
  }
}

/** Those texts whose tree is another one when their parts wait. */
function parsedOtherwise(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => {
    const expected = parsed(text, false);
    return typeof expected !== 'string' && JSON.stringify(parsed(text, true), maps) !== JSON.stringify(expected, maps);
  });
}

function maps(_name: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : typeof value === 'bigint' ? String(value) : value;
}

describe('parts that are parsed when somebody looks', () => {
  it('are the same in every program of ours, none of which is wrong', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.nix'));
    const texts = files.map((file) => readFileSync(new URL(file, SOURCES), 'utf8'));
    const waited = { count: 0 };
    expect(texts.map((text) => parsed(text, true, waited)).filter((tree) => typeof tree === 'string')).toEqual([]);
    expect(parsedOtherwise(texts)).toEqual([]);
    expect(waited.count).toBeGreaterThan(1000);
  });

  it('are the same in programs of every kind', () => {
    const writers = [new ProgramWriter(randomNumbers(SEED)), new TypedProgramWriter(randomNumbers(SEED))];
    const programs = [
      ...readCases().map(({ program }) => program),
      ...Array.from({ length: GENERATED }, (_, i) => writers[i % writers.length]!.program()),
    ];
    expect(parsedOtherwise(programs.map((program) => `{ first = ${program}; second = x: x; }`))).toEqual([]);
  });

  it.each([
    `{ a = with { b = "; in }"; }; assert b != ''; in ''\${toString [ b ]} ' ''\\; '''; $\${ ''; b; c = 1; }`,
    '{ a = let b = 1; c = let d = 2; in with { e = 3; }; d; in let { body = b; f = 1; }; c = 2; }',
    '{ a = # ; in "\n  [ /* ; "} */ "\\" $${ ${"}"} $" ]; c = ./in/with-let; d = x: x.or or x.let-in; }',
    "{ foldl'' = let in' = ''a''; in-x = 1; in { inherit in'; with-y = in-x; }; second = x: x + 1 + 2 + 3 + 4 + 5 + 6; }",
    '{ a.b = { first = 1; second = 2; third = 3; }; a.c = x: y: z: x y z 1 2 3 4 5 6; a = { d = 1; }; }',
    '{ a = { first = 1; second = 2; third = 3; }; a = { fourth = { x = 1; y = 2; z = 3; }; }; }',
  ])('are the same in %s', (program) => {
    const expected = parsed(program, false);
    expect(expected).toHaveProperty('kind');
    expect(parsed(program, true)).toEqual(expected);
  });

  it('say where they stand, and what functions in them are called', () => {
    const evaluator = new Evaluator({ io: emptyIo, knownRight: () => true });
    const program = '{\n  fails = first: second: third: throw "it fails, and says so";\n}.fails 1 2 3';
    const run = evaluator.load('/f.nix', '/', undefined, () => program);
    expect(run).toThrow(
      expect.objectContaining({ pos: expect.objectContaining({ offset: program.indexOf('throw') }) }),
    );
    expect(run).toThrow(
      expect.objectContaining({
        trace: expect.arrayContaining([expect.objectContaining({ message: "while calling 'fails'" })]),
      }),
    );
  });
});
