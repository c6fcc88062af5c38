import { describe, expect, it } from 'vitest';
import { Evaluator, emptyIo, NixError } from '../../../src/core/nix';

function errorOf(program: string): NixError {
  const evaluator = new Evaluator({ io: emptyIo });
  try {
    evaluator.deepForce(evaluator.evalString(program, { file: '/p/flake.nix' }));
  } catch (error) {
    if (error instanceof NixError) {
      return error;
    }
    throw error;
  }
  throw new Error('no error');
}

describe('errors', () => {
  it('show the source line with a caret, and a trace from the outside in', () => {
    const text = errorOf('let\n  f = x: x.a;\nin\n{ y = f { b = 1; }; }').format();
    expect(text).toBe(`error:
       … while evaluating the attribute 'y'
         at /p/flake.nix:4:3:
            3| in
            4| { y = f { b = 1; }; }
             |   ^

       … from call site
         at /p/flake.nix:4:7:
            3| in
            4| { y = f { b = 1; }; }
             |       ^

       … while calling 'f'
         at /p/flake.nix:2:7:
            1| let
            2|   f = x: x.a;
             |       ^
            3| in

       error: attribute 'a' missing
       at /p/flake.nix:2:12:
            1| let
            2|   f = x: x.a;
             |            ^
            3| in
       Did you mean b?`);
  });

  it.each([
    ['assert 1 == 1.5; 2', "an integer with value '1' is not equal to a float with value '1.5'", 0],
    ['assert true && "a" == "b"; 2', `string '"a"' is not equal to string '"b"'`, 0],
    [
      'assert [ 1 ] == [ ]; 2',
      "list of size '1' is not equal to list of size '0', left hand side is '[ 1 ]', right hand side is '[ ]'",
      0,
    ],
    [
      'assert { a = 1; } == { b = 1; }; 2',
      "attribute names of attribute set '{ a = 1; }' differs from attribute set '{ b = 1; }'",
      0,
    ],
    [
      'assert { a = [ 1 { b = true; } ]; } == { a = [ 1 { b = false; } ]; }; 2',
      "boolean 'true' is not equal to boolean 'false'",
      7,
    ],
    [
      'assert { type = "derivation"; outPath = "x"; } == { type = "derivation"; outPath = "y"; }; 2',
      `string '"x"' is not equal to string '"y"'`,
      1,
    ],
  ])('say what is unequal: %s', (program, message, frames) => {
    const error = errorOf(program);
    expect([error.kind, error.message]).toEqual(['assert', message]);
    expect(error.trace).toHaveLength(frames + 1);
    expect(error.trace.at(-1)?.message).toContain('while evaluating the condition of the assertion');
  });

  it('become problems with a code, a place and near names', () => {
    expect(errorOf('{ nodejs_20 = 1; nodejs_22 = 2; }.nodejs_2').toProblem()).toMatchObject({
      code: 'nix-missing-attribute',
      message: "attribute 'nodejs_2' missing",
      hint: 'Did you mean one of nodejs_20 or nodejs_22?',
      position: { file: '/p/flake.nix', line: 1, column: 35 },
    });
  });

  it.each([
    ['undefined', "undefined variable 'undefined'", 'undefined-variable'],
    ['({ a }: a) { }', "function 'anonymous lambda' called without required argument 'a'", 'missing-argument'],
    ['let f = { ab }: ab; in f { ab = 1; abc = 2; }', "function 'f' called with unexpected argument 'abc'", 'eval'],
    ['assert 1 == 2; 3', "an integer with value '1' is not equal to an integer with value '2'", 'assert'],
    ['throw "no"', 'no', 'throw'],
    ['abort "no"', "evaluation aborted with the following error message: 'no'", 'abort'],
    ['let x = x; in x', 'infinite recursion encountered', 'infinite-recursion'],
    ['1 2', 'attempt to call something which is not a function but an integer: 1', 'type'],
    ['if "x" then 1 else 2', 'expected a Boolean but found a string: "x"', 'type'],
    ['import ./x.nix', "path '/x.nix' does not exist", 'io'],
  ])('%s', (program, message, kind) => {
    expect(errorOf(program)).toMatchObject({ message, kind });
  });

  it('keep a long trace short', () => {
    const error = errorOf('let f = n: if n == 0 then throw "deep" else 1 + f (n - 1); in f 300');
    expect(error.trace.length).toBeLessThan(40);
    expect(error.format()).toContain('frames omitted)');
  });
});
