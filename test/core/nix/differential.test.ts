import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PatternWriter } from './pattern-programs';
import { ProgramWriter, randomNumbers } from './random-programs';
import { evaluate, readCases } from './read-cases';
import { TypedProgramWriter } from './typed-programs';

/**
 * Compares with the real Nix where it is installed (2.8 is what Debian ships): the hand-written programs, and generated
 * ones, thousands of those in one process. `LOCKSTEP_GENERATED=50000` and `LOCKSTEP_SEED` make a long run of it.
 */
const NIX = 'nix-instantiate';
const nix = spawnSync(NIX, ['--version'], { encoding: 'utf8' });
const GENERATED = Number(process.env['LOCKSTEP_GENERATED'] ?? 3000);
const SEED = Number(process.env['LOCKSTEP_SEED'] ?? 20_261_122);
/** Programs that fail have a process of their own each: so many of them are asked. */
const FAILING_ASKED = 40;

function theirs(program: string): string {
  const { status, stdout } = spawnSync(NIX, ['--eval', '--strict', '-'], {
    input: program,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: '/',
  });
  return status === 0 ? stdout.trimEnd() : 'error';
}

/** The programs whose value is not the expected one. All in one process first; halves where that differs. */
function differing(programs: readonly (readonly [program: string, expected: string])[]): readonly string[] {
  const expected = programs.map(([, value]) => value).join(' ');
  if (theirs(`[ ${programs.map(([program]) => `(${program})`).join('\n')} ]`) === `[ ${expected} ]`) {
    return [];
  }
  if (programs.length === 1) {
    const [program, value] = programs[0]!;
    return [`${program}\n  here: ${value}\n  Nix:  ${theirs(program)}`];
  }
  const middle = programs.length >> 1;
  return [...differing(programs.slice(0, middle)), ...differing(programs.slice(middle))];
}

/**
 * What 2.8 does otherwise, and rightly so: floats in JSON lose digits; a dollar in a name is escaped; whether a list of
 * at most two elements was printed before goes by where it is kept rather than by which list it is.
 */
function isComparable(program: string, value: string): boolean {
  return !/«repeated»|\$/.test(value) && !(program.includes('toJSON') && /[\d ]\.\d|\* 0\.5/.test(program));
}

describe.runIf(nix.status === 0)('as the real Nix', () => {
  it('on the hand-written programs', () => {
    const comparable = readCases().filter(
      ({ differs, program }) => differs === undefined && !/\.\/|__curPos|storeDir/.test(program),
    );
    const values = comparable.filter(({ expected }) => !expected.startsWith('error: '));
    expect(differing(values.map(({ program, expected }) => [program, expected]))).toEqual([]);
    const failing = comparable.filter(({ expected }) => expected.startsWith('error: '));
    expect(failing.filter(({ program }) => theirs(program) !== 'error').map(({ program }) => program)).toEqual([]);
  }, 240_000);

  it('on generated programs', () => {
    const writers = [ProgramWriter, TypedProgramWriter, PatternWriter].map((Writer) => new Writer(randomNumbers(SEED)));
    const answered = Array.from({ length: GENERATED }, (_, i) => {
      const program = writers[i % writers.length]!.program();
      return [program, evaluate(program, '/')] as const;
    });
    const values = answered.filter(([program, value]) => !value.startsWith('error: ') && isComparable(program, value));
    expect(values.length).toBeGreaterThan(GENERATED / 10);
    expect(differing(values)).toEqual([]);
    const failing = answered.filter(([, value]) => value.startsWith('error: ')).slice(0, FAILING_ASKED);
    expect(failing.filter(([program]) => theirs(program) !== 'error').map(([program]) => program)).toEqual([]);
  }, 240_000);
});
