import { describe, expect, it } from 'vitest';
import { Evaluator, emptyIo } from '../../../src/core/nix';
import { ProgramWriter, randomNumbers } from './random-programs';
import { evaluate } from './read-cases';
import { TypedProgramWriter } from './typed-programs';

/** What must hold of any program; `LOCKSTEP_GENERATED` and `LOCKSTEP_SEED` make a long run of it. */
const ROUNDS = Number(process.env['LOCKSTEP_GENERATED'] ?? 300);
const SEED = Number(process.env['LOCKSTEP_SEED'] ?? 20_261_122);

const programs = [
  ...written(new TypedProgramWriter(randomNumbers(SEED))),
  ...written(new ProgramWriter(randomNumbers(SEED + 1))),
];

function written(writer: { readonly program: () => string }): readonly string[] {
  return Array.from({ length: ROUNDS }, () => writer.program());
}

/** The value, or just that there is none. */
function outcome(program: string): string {
  const value = evaluate(program, '/');
  return value.startsWith('error: ') ? 'error' : value;
}

function shown(program: string): string {
  return new Evaluator({ io: emptyIo }).showString(program);
}

const outcomes = new Map(programs.map((program) => [program, outcome(program)]));

/** Those programs for which a property does not hold. */
function against(holds: (program: string, value: string) => boolean): readonly string[] {
  return [...outcomes].filter(([program, value]) => !holds(program, value)).map(([program]) => program);
}

/** Programs that mean the same as `program`. */
const REWRITINGS: Readonly<Record<string, (program: string) => string>> = {
  'with a name of its own': (program) => `let itself = ${program}; in itself`,
  'through a function': (program) => `(argument: argument) (${program})`,
  'through formal arguments': (program) =>
    `({ argument, other ? throw "unused" }: argument) { argument = ${program}; }`,
  'out of a set': (program) => `rec { member = ${program}; fails = throw "unused"; }.member`,
  'out of a list': (program) => `builtins.elemAt [ (throw "unused") (${program}) ] 1`,
  'behind a condition': (program) => `if true then ${program} else throw "unused"`,
  'as what is missing': (program) => `{ a.b = 1; }.a.c or (${program})`,
  'in two files': (program) =>
    `builtins.scopedImport { } (builtins.toFile "p" ${JSON.stringify(program).replaceAll('${', '\\${')})`,
};

describe('generated programs', () => {
  it('most of them have a value', () => {
    expect(against((_, value) => value !== 'error').length).toBeLessThan(programs.length * 0.6);
  });

  it('print as programs that print the same', () => {
    // Nix prints `assert` without the parentheses that it needs in an operand, and interpolation as `+`.
    const printable = (program: string, value: string) => value !== 'error' && !program.includes('assert');
    expect(
      against((program, value) => {
        const tree = printable(program, value) ? shown(shown(program)) : '';
        return tree === '' || shown(tree) === tree;
      }),
    ).toEqual([]);
  });

  it.each(Object.entries(REWRITINGS))(
    'give the same %s',
    (_, rewrite) => {
      expect(against((program, value) => outcome(rewrite(program)) === value)).toEqual([]);
    },
    60_000,
  );

  it('give the same from JSON, when it can hold them', () => {
    const plain = (value: string) => !/<[A-Z]|«|error|\d\.\d|\/a\/b/.test(value);
    const there = (program: string) => `builtins.fromJSON (builtins.toJSON (${program}))`;
    expect(
      against((program, value) => {
        const again = plain(value) ? outcome(there(program)) : value;
        return again === value || again === 'error' || value.includes('outPath');
      }),
    ).toEqual([]);
  });
});
