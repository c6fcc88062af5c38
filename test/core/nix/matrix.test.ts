import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, Evaluator, emptyIo, NixError } from '../../../src/core/nix';
import { type Answer, builtinMatrix, grammarMatrix, type MatrixRow, newerRule, summary } from './matrix';

/**
 * Compares with what Nix 2.8 said. `LOCKSTEP_RECORD=1` asks it again (ten minutes) and writes `recorded/`.
 */
const RECORD = process.env['LOCKSTEP_RECORD'] === '1';
const NIX = 'nix-instantiate';
const NEVER = () => false;

function failsAs<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof NixError) {
      return undefined;
    }
    throw error;
  }
}

function evaluated(rows: readonly MatrixRow[]): readonly (readonly Answer[])[] {
  return rows.map((row) => {
    const evaluator = new Evaluator({ io: emptyIo, system: 'x86_64-linux' });
    return row.programs.map((program) =>
      failsAs(() => decodeUtf8(evaluator.print(evaluator.deepForce(evaluator.evalString(program))))),
    );
  });
}

function parsed(rows: readonly MatrixRow[]): readonly (readonly Answer[])[] {
  const evaluator = new Evaluator({ io: emptyIo, home: '/h' });
  // How the tree is printed has changed since 2.8: it is what is accepted that counts.
  return rows.map((row) => row.programs.map((program) => failsAs(() => evaluator.showString(program)) && 'accepted'));
}

function nix(words: readonly string[], program: string): Answer {
  const { status, stdout } = spawnSync(NIX, [...words, '-'], {
    input: program,
    encoding: 'utf8',
    cwd: '/',
    env: { ...process.env, HOME: '/h' },
  });
  return status === 0 ? stdout.trimEnd() : undefined;
}

function compare(
  name: string,
  rows: readonly MatrixRow[],
  ours: readonly (readonly Answer[])[],
  theirs: (program: string) => Answer,
  skipped: (program: string) => boolean,
): void {
  const file = new URL(`./recorded/${name}.txt`, import.meta.url);
  if (RECORD) {
    const lines = rows.map((row) => summary(row, row.programs.map(theirs), skipped));
    writeFileSync(file, `${lines.join('\n')}\n`);
  }
  const recorded = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(rows.map((row, i) => summary(row, ours[i]!, skipped))).toEqual(recorded);
}

describe('as Nix 2.8 was recorded', () => {
  it('every builtin, operator and form with every kind of value', () => {
    const rows = builtinMatrix();
    const theirs = (program: string) => nix(['--eval', '--strict'], program);
    compare('builtins', rows, evaluated(rows), theirs, (program) => newerRule(program) !== undefined);
  }, 3_600_000);

  it('every token in every place', () => {
    const rows = grammarMatrix();
    const theirs = (program: string) => nix(['--parse'], program) && 'accepted';
    compare('grammar', rows, parsed(rows), theirs, NEVER);
  }, 3_600_000);
});
