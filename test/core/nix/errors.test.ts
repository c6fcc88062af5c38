import { describe, expect, it } from 'vitest';
import { Evaluator, emptyIo, NixError } from '../../../src/core/nix';
import type { TraceFrame } from '../../../src/core/nix/errors';

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

/** A frame with its column, all programs here being of one line. */
function frameText({ message, pos }: TraceFrame): string {
  return pos === undefined ? message : `${message} @${pos.column}`;
}

/** Programs with their traces, outermost frame first, as Nix 2.34 tells them. */
const TRACES: readonly (readonly [program: string, frames: readonly string[], message: string])[] = [
  [
    'builtins.length 1',
    ["while calling the 'length' builtin @1", 'while evaluating the first argument passed to builtins.length'],
    'expected a list but found an integer: 1',
  ],
  [
    'builtins.filter (x: x) [ 1 ]',
    [
      "while calling the 'filter' builtin @1",
      'while evaluating the return value of the filtering function passed to builtins.filter',
    ],
    'expected a Boolean but found an integer: 1',
  ],
  [
    'builtins.concatStringsSep "," [ { } ]',
    [
      "while calling the 'concatStringsSep' builtin @1",
      'while evaluating one element of the list of strings to concat passed to builtins.concatStringsSep',
    ],
    'cannot coerce a set to a string: { }',
  ],
  [
    'builtins.elemAt [ 1 ] (throw "index")',
    [
      "while calling the 'elemAt' builtin @1",
      "while evaluating the second argument passed to 'builtins.elemAt'",
      "while calling the 'throw' builtin @24",
    ],
    'index',
  ],
  [
    'builtins.toString [ 1 { } ]',
    [
      "while calling the 'toString' builtin @1",
      'while evaluating the first argument passed to builtins.toString',
      'while evaluating one element of the list',
    ],
    'cannot coerce a set to a string: { }',
  ],
  [
    'builtins.listToAttrs [ { name = 1; value = 2; } ]',
    [
      "while calling the 'listToAttrs' builtin @1",
      'while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs @26',
    ],
    'expected a string but found an integer: 1',
  ],
  [
    'builtins.genericClosure { startSet = [ { key = 1; } ]; operator = x: 1; }',
    [
      "while calling the 'genericClosure' builtin @1",
      'while calling operator on genericClosure element { key = 1; }',
      'while evaluating the return value of the `operator` passed to builtins.genericClosure',
    ],
    'expected a list but found an integer: 1',
  ],
  [
    'builtins.toJSON { a = [ (x: x) ]; }',
    [
      "while calling the 'toJSON' builtin @1",
      "while evaluating attribute 'a' @19",
      'while evaluating list element at index 0 @19',
    ],
    'cannot convert a function to JSON',
  ],
  [
    '1 - "a"',
    ["while calling the 'sub' builtin @3", 'while evaluating the second argument of the subtraction'],
    'expected an integer but found a string: "a"',
  ],
  [
    '[ 1 ] < [ "a" ]',
    ["while calling the 'lessThan' builtin @7", 'while comparing two list elements'],
    'cannot compare an integer with a string; values are 1 and "a"',
  ],
  ['true && 1', ['in the right operand of the AND (&&) operator @6'], 'expected a Boolean but found an integer: 1'],
  ['1 || true', ['in the left operand of the OR (||) operator @3'], 'expected a Boolean but found an integer: 1'],
  ['true -> 1', ['in the right operand of the IMPL (->) operator @6'], 'expected a Boolean but found an integer: 1'],
  ['!1', ['in the argument of the not operator'], 'expected a Boolean but found an integer: 1'],
  ['if 1 then 2 else 3', ['while evaluating a branch condition @1'], 'expected a Boolean but found an integer: 1'],
  ['assert 1; 2', ['in the condition of the assert statement @1'], 'expected a Boolean but found an integer: 1'],
  [
    'with 1; a',
    ['while evaluating the first subexpression of a with expression @1'],
    'expected a set but found an integer: 1',
  ],
  ['[ ] ++ 1', ['while evaluating one of the elements to concatenate @5'], 'expected a list but found an integer: 1'],
  [
    '{ } // (throw "a")',
    ['in the right operand of the update (//) operator @9', "while calling the 'throw' builtin @9"],
    'a',
  ],
  ['"a${1}"', ['while evaluating a path segment @3'], 'cannot coerce an integer to a string: 1'],
  ['"a" + (1)', ['while evaluating a path segment @7'], 'cannot coerce an integer to a string: 1'],
  [
    '{ a.b = 1; }.a.b.c',
    ["while evaluating the attribute 'a.b.c' @3", 'while selecting an attribute @1'],
    'expected a set but found an integer: 1',
  ],
  ['{ a = 1; }.${1}', ['while evaluating an attribute name'], 'expected a string but found an integer: 1'],
  [
    '{ ${1} = 2; }',
    ['while evaluating the name of a dynamic attribute @3'],
    'expected a string but found an integer: 1',
  ],
  [
    '({ a }: a) 1',
    ['from call site @1', 'while evaluating the value passed for the lambda argument @2'],
    'expected a set but found an integer: 1',
  ],
  [
    '{ __functor = self: x: throw "in"; } 1',
    [
      "while calling a functor (an attribute set with a '__functor' attribute) @1",
      'from call site @3',
      "while calling '__functor' @21",
      "while calling the 'throw' builtin @24",
    ],
    'in',
  ],
  ['[ (throw "a") ]', ['while evaluating list element at index 0', "while calling the 'throw' builtin @4"], 'a'],
  [
    'derivation { name = "a"; builder = "b"; system = "c"; x = { }; }',
    [
      "while evaluating the attribute 'outPath' @7",
      "while calling the 'getAttr' builtin @17",
      "while calling the 'derivationStrict' builtin @12",
      "while evaluating derivation 'a'\n  whose name attribute is located at /p/flake.nix:1:14",
      "while evaluating attribute 'x' of derivation 'a' @55",
    ],
    'cannot coerce a set to a string: { }',
  ],
  [
    '(throw "left") // (throw "right")',
    ['in the right operand of the update (//) operator @20', "while calling the 'throw' builtin @20"],
    'right',
  ],
  [
    '(null // { }) // ({ } // { })',
    ['in the left operand of the update (//) operator @2'],
    'expected a set but found null: null',
  ],
  [
    '{ } // "${"a"}b"',
    ['in the right operand of the update (//) operator @9'],
    'expected a set but found a string: "ab"',
  ],
  [
    '{ b = { }; }.b.d.e or (throw "none")',
    ["while evaluating the attribute 'b.d.e' @3", "while calling the 'throw' builtin @24"],
    'none',
  ],
  [
    'builtins.replaceStrings [ 1 ] 2 "a"',
    [
      "while calling the 'replaceStrings' builtin @1",
      'while evaluating the second argument passed to builtins.replaceStrings',
    ],
    'expected a list but found an integer: 2',
  ],
  [
    '"x${{ __toString = _: [ ]; }}"',
    ['while evaluating the result of the `__toString` attribute @3'],
    'cannot coerce a list to a string: [ ]',
  ],
  [
    'toString { __toString = _: throw "no text"; }',
    [
      "while calling the 'toString' builtin @1",
      "while calling '__toString' @25",
      "while calling the 'throw' builtin @28",
    ],
    'no text',
  ],
  [
    'builtins.toJSON [ (throw "no JSON") ]',
    [
      "while calling the 'toJSON' builtin @1",
      'while evaluating list element at index 0',
      "while calling the 'throw' builtin @20",
    ],
    'no JSON',
  ],
  [
    '(builtins.zipAttrsWith (n: v: throw n) [ { a = 1; } ]).a',
    ['from call site @1', 'while calling anonymous lambda @28', "while calling the 'throw' builtin @31"],
    'a',
  ],
  [
    'builtins.concatMap (x: (y: y)) [ 1 ]',
    [
      "while calling the 'concatMap' builtin @1",
      'while evaluating the return value of the function passed to builtins.concatMap @25',
    ],
    'expected a list but found a function: «lambda @ /p/flake.nix:1:25»',
  ],
  [
    'builtins.appendContext "x" { "/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-n" = { path = 1; }; }',
    ["while calling the 'appendContext' builtin @1", 'while evaluating the `path` attribute of a string context @82'],
    'expected a Boolean but found an integer: 1',
  ],
  ['builtins.break (throw "broken")', ["while calling the 'throw' builtin @17"], 'broken'],
  [
    '(x: x) < (builtins.add 1)',
    ["while calling the 'lessThan' builtin @8"],
    "cannot compare a function with the partially applied built-in function 'add'; values of that type are incomparable (values are «lambda @ /p/flake.nix:1:2» and «partially applied primop add»)",
  ],
  [
    'builtins.length { name = "n"; type = "derivation"; }',
    ["while calling the 'length' builtin @1", 'while evaluating the first argument passed to builtins.length'],
    'expected a list but found a set: { type = "derivation"; name = "n"; }',
  ],
  [
    'builtins.path { path = /p; recursive = 1; }',
    ["while calling the 'path' builtin @1", 'while evaluating the `recursive` attribute passed to builtins.path @28'],
    'expected a Boolean but found an integer: 1',
  ],
  [
    'builtins.filterSource (path: type: true) /p/none',
    ["while calling the 'filterSource' builtin @1", "while adding path '/p/none'"],
    "path '/p/none' does not exist",
  ],
  [
    'builtins.storePath /p/none',
    ["while calling the 'storePath' builtin @1"],
    "path '/p/none' is not in the Nix store",
  ],
];

describe('errors', () => {
  it.each([
    ['{ }."é"', `attribute '"é"' missing`],
    ['builtins.getAttr "日本" { }', `attribute '"日本"' missing`],
    ['({ a }: a) { a = 1; "é" = 2; }', `function 'anonymous lambda' called with unexpected argument '"é"'`],
    ['let n = "é"; in { ${n} = 1; "é" = 2; }', `dynamic attribute '"é"' already defined at /p/flake.nix:1:30`],
    ['{ "é" = 1; "é" = 2; }', `attribute '"é"' already defined at /p/flake.nix:1:3`],
    [
      'assert { "é" = 1; } == { "ü" = 1; }; 1',
      `attribute name '"é"' is contained in '{ "é" = 1; }', but not in '{ "ü" = 1; }'`,
    ],
    [
      'assert { a = 1; b = 2; } == { a = 1; }; 1',
      `attribute names of attribute set '{ a = 1; b = 2; }' differs from attribute set '{ a = 1; }'`,
    ],
    ['builtins.findFile [ ] "é"', `cannot look up '<é>' in pure evaluation mode (use '--impure' to override)`],
  ])('%s has the letters that were written', (program, message) => {
    expect(errorOf(program).message).toBe(message);
  });

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
       at /p/flake.nix:2:10:
            1| let
            2|   f = x: x.a;
             |          ^
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
      "attribute name 'a' is contained in '{ a = 1; }', but not in '{ b = 1; }'",
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
      position: { file: '/p/flake.nix', line: 1, column: 1 },
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

  it('tell frames that repeat once', () => {
    const lines = errorOf('let f = n: if n == 0 then throw "deep" else 1 + f (n - 1); in f 300').format().split('\n');
    expect(lines).toContain('       (599 duplicate frames omitted)');
    expect(lines.length).toBeLessThan(40);
  });

  it('print a few repeated frames as they are', () => {
    const text = errorOf('let f = n: if n == 0 then throw "deep" else 1 + f (n - 1); in f 3').format();
    expect(text.match(/while calling 'f'/g)).toHaveLength(4);
    expect(text).not.toContain('omitted');
  });

  it('leave out the middle of a trace of very many frames', () => {
    const chain = Array.from({ length: 300 }, (_, i) => `f${i} = x: f${i + 1} x;`).join('\n');
    const text = errorOf(`let ${chain} f300 = x: throw "deep"; in f0 1`).format();
    expect(text).toContain('frames omitted)');
    expect(text.match(/while calling/g)?.length).toBeLessThan(200);
  });

  it('without the full trace, show only its beginning and no calls', () => {
    const error = errorOf(
      'let f = x: builtins.addErrorContext "for ${x}" (toString (toString (toString (throw x)))); in { a.b.c.d = f "it"; }',
    );
    const short = error.format({ short: true });
    expect(short.match(/… .*/g)).toEqual([
      "… while evaluating the attribute 'a'",
      "… while evaluating the attribute 'b'",
      '… for it',
    ]);
    expect(short).toContain("(stack trace truncated; use '--show-trace' to show the full, detailed trace)");
    expect(error.format()).not.toContain('truncated');
  });

  it('have no place of builtins.addErrorContext, which has no frame, and take paths as they are', () => {
    const format = (program: string) => errorOf(program).format();
    const purpose = '… while evaluating the error message passed to builtins.addErrorContext';
    expect(format('builtins.addErrorContext 1 (throw "x")')).toBe(
      `error:\n       ${purpose}\n\n       error: cannot coerce an integer to a string: 1`,
    );
    expect(format('builtins.addErrorContext ./none (throw "x")')).toContain('… /none\n');
  });

  it('count a place in a short trace like a frame, as Nix does', () => {
    const short = errorOf('assert { a = 1; } == { a = 2; }; 2').format({ short: true });
    expect(short.match(/… .*/g)).toEqual([
      "… while evaluating the condition of the assertion '({ a = 1; } == { a = 2; })'",
      "… while comparing attribute 'a'",
      '… where left hand side is',
    ]);
    expect(short).toContain('truncated');
  });

  it.each<[string, string]>([
    [
      '[] x',
      "line 1, column 4: syntax error while parsing value - invalid literal; last read: '[] x'; expected end of input",
    ],
    ['[1] 2', 'line 1, column 5: syntax error while parsing value - unexpected number literal; expected end of input'],
    [
      '"a" "b"',
      'line 1, column 7: syntax error while parsing value - unexpected string literal; expected end of input',
    ],
    [
      '{a: 1}',
      "line 1, column 2: syntax error while parsing object key - invalid literal; last read: '{a'; expected string literal",
    ],
    [
      '[1, 2,\n truthy]',
      "line 2, column 5: syntax error while parsing value - invalid literal; last read: '2,<U+000A> trut'",
    ],
    [
      '-',
      "line 1, column 2: syntax error while parsing value - invalid number; expected digit after '-'; last read: '-'",
    ],
    [
      '1.',
      "line 1, column 3: syntax error while parsing value - invalid number; expected digit after '.'; last read: '1.'",
    ],
    [
      '-1.5e',
      "line 1, column 6: syntax error while parsing value - invalid number; expected '+', '-', or digit after exponent; last read: '-1.5e'",
    ],
    [
      '1e-x',
      "line 1, column 4: syntax error while parsing value - invalid number; expected digit after exponent sign; last read: '1e-x'",
    ],
    [
      '"a\tb"',
      "line 1, column 3: syntax error while parsing value - invalid string: control character U+0009 (HT) must be escaped to \\u0009 or \\t; last read: '\"a<U+0009>'",
    ],
    [
      '"\\x"',
      "line 1, column 3: syntax error while parsing value - invalid string: forbidden character after backslash; last read: '\"\\x'",
    ],
    [
      '"\\u12zz"',
      "line 1, column 6: syntax error while parsing value - invalid string: '\\u' must be followed by 4 hex digits; last read: '\"\\u12z'",
    ],
    [
      '"\\ud83dx"',
      "line 1, column 8: syntax error while parsing value - invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF; last read: '\"\\ud83dx'",
    ],
  ])('tell of broken JSON as the library that Nix reads it with: %s', (json, message) => {
    expect(errorOf(`builtins.fromJSON ${JSON.stringify(json)}`).message).toBe(
      `[json.exception.parse_error.101] parse error at ${message}`,
    );
  });

  it.each(TRACES)('say what %s was evaluated for', (program, frames, message) => {
    const error = errorOf(program);
    expect([error.trace.map(frameText).reverse(), error.message]).toEqual([frames, message]);
  });

  it.each([
    [
      'let a = { x = 1; }; l = builtins.genList (i: [ i ]) 4; in builtins.deepSeq [ l a ] "${[ l a a ]}"',
      '[ [ [ 0 ] [ 1 ] [ 2 ] [ 3 ] ] { x = 1; } «1 item elided» ]',
    ],
    [
      'let s = builtins.listToAttrs (map (i: { name = "n${toString i}"; value = { v = i; }; }) (builtins.genList (i: i) 9)); in builtins.deepSeq s "${s}"',
      '{ n0 = { v = 0; }; n1 = { v = 1; }; n2 = { v = 2; }; n3 = { v = 3; }; n4 = { v = 4; }; «4 attributes elided» }',
    ],
  ])('show of a value so many members and elements in all: %s', (program, shown) => {
    expect(errorOf(program).message.replace(/^cannot coerce a \w+ to a string: /, '')).toBe(shown);
  });

  it('of a traced value show all, unless it is larger than any text', () => {
    const traced = (program: string): string => {
      const texts: string[] = [];
      new Evaluator({ io: emptyIo, onTrace: (text) => texts.push(text) }).evalString(program);
      return texts.join('\n');
    };
    expect(traced('let l = builtins.genList (i: i) 30; in builtins.deepSeq l (builtins.trace l 1)')).toBe(
      `[ ${Array.from({ length: 30 }, (_, i) => i).join(' ')} ]`,
    );
    const twice = 'let f = n: if n == 0 then [ ] else let x = f (n - 1); in builtins.seq x [ x x ]; in';
    expect(traced(`${twice} builtins.trace (f 60) 1`).length).toBeLessThan(200_000);
  });

  it('do not tell the place of a builtin twice', () => {
    expect(errorOf('builtins.head [ ]').format()).toBe(`error:
       … while calling the 'head' builtin
         at /p/flake.nix:1:1:
            1| builtins.head [ ]
             | ^

       error: 'builtins.head' called on an empty list`);
  });
});
