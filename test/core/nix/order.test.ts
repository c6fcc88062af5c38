import { describe, expect, it } from 'vitest';
import { Evaluator, emptyIo, NixError } from '../../../src/core/nix';
import { evaluate } from './read-cases';

interface Told {
  readonly traced: readonly string[];
  readonly message: string;
  /** Outermost first, with line and column. */
  readonly frames: readonly string[];
}

/** What evaluating all of a program tells, and what its error does. */
function tell(program: string, depth?: number): Told {
  const traced: string[] = [];
  const evaluator = new Evaluator({
    io: emptyIo,
    onTrace: (text) => traced.push(text),
    ...(depth === undefined ? {} : { limits: { depth } }),
  });
  try {
    evaluator.deepForce(evaluator.evalString(program));
    return { traced, message: '', frames: [] };
  } catch (error) {
    if (!(error instanceof NixError)) {
      throw error;
    }
    const frames = error.trace.map(({ message, pos }) => (pos === undefined ? message : `${message} @${pos.column}`));
    return { traced, message: `${error.message} @${error.pos?.column}`, frames: frames.reverse() };
  }
}

const traced = (names: string) =>
  names
    .split(' ')
    .map((name) => `${name} = builtins.trace "${name}" 1;`)
    .join(' ');

describe('members of a set, where all are evaluated,', () => {
  it.each([
    ['zz b a', 'zz b a', ''],
    // Names that Nix itself has come first, in its own order.
    ['zz name outPath map x type', 'outPath type name map x zz', ''],
    // What was read before counts, wherever it stood.
    ['p q r', 'r p q', 'let f = { r, q ? r.p, ... }: 1; in builtins.seq f '],
  ])('go in the order in which their names are first read: %s', (names, expected, before) => {
    expect(tell(`${before}{ ${traced(names)} }`).traced.join(' ')).toBe(expected);
  });

  it('are traced in that order by deepSeq as well, and the first one that fails is told', () => {
    expect(tell(`builtins.deepSeq { ${traced('zz b')} } 1`).traced).toEqual(['zz', 'b']);
    expect(tell('{ zz = throw "zz"; b = throw "b"; }').message).toMatch(/^zz @/);
    expect(tell('{ zz = throw "zz"; } // { b = throw "b"; }').message).toMatch(/^zz @/);
  });

  it('are compared by name, and not at all when the names differ', () => {
    expect(tell('{ zz = throw "zz"; b = throw "b"; } == { zz = 1; b = 1; }').message).toMatch(/^b @/);
    expect(evaluate('{ zz = throw "zz"; b = 1; } == { zz = 1; c = 1; }', '/')).toBe('false');
  });

  it('decide which unexpected argument is told', () => {
    expect(tell('({ a }: a) { a = 1; zz = 2; b = 3; }').message).toContain("unexpected argument 'zz'");
  });
});

describe('a variable that is another one', () => {
  it.each([
    ['let p = [ 1 ]; q = p; in [ p q ]', '[ [ 1 ] «repeated» ]'],
    ['let q = p; p = [ 1 ]; in [ p q ]', '[ [ 1 ] [ 1 ] ]'],
    ['rec { z = [ 1 ]; b = z; }', '{ b = [ 1 ]; z = «repeated»; }'],
    ['rec { b = z; z = [ 1 ]; }', '{ b = [ 1 ]; z = [ 1 ]; }'],
    ['({ p ? [ 1 ], q ? p }: [ p q ]) { }', '[ [ 1 ] «repeated» ]'],
    ['({ p, q ? p }: [ p q ]) { p = [ 1 ]; }', '[ [ 1 ] «repeated» ]'],
    ['({ q ? all, ... }@all: [ q all ]) { p = 1; }', '[ { p = 1; } «repeated» ]'],
    ['({ p, q ? p }: [ p q ]) { p = [ 1 ]; q = [ 1 ]; }', '[ [ 1 ] [ 1 ] ]'],
    ['rec { __overrides = { }; p = [ 1 ]; q = p; }', '{ __overrides = { }; p = [ 1 ]; q = [ 1 ]; }'],
  ])('is the same value, if that one is there first: %s', (program, expected) => {
    expect(evaluate(program, '/')).toBe(expected);
  });

  it.each([
    ['let a = [ 1 ]; f = x: [ x x a ]; in [ (f a) a a ]', '[ [ [ 1 ] «repeated» «repeated» ] «repeated» «repeated» ]'],
    ['let a = [ 1 ]; in builtins.seq a [ a a ]', '[ [ 1 ] «repeated» ]'],
    ['let a = [ 1 2 3 ]; b = builtins.length a; in [ b a a ]', '[ 3 [ 1 2 3 ] «repeated» ]'],
    ['(a: builtins.seq (builtins.length a) [ a a ]) [ 1 ]', '[ [ 1 ] «repeated» ]'],
    ['let a = [ 1 ]; b = builtins.seq a a; in [ a b ]', '[ [ 1 ] [ 1 ] ]'],
    ['let a = [ 1 ]; in builtins.seq (a ++ [ ]) [ a (builtins.head [ a ]) a ]', '[ [ 1 ] [ 1 ] «repeated» ]'],
  ])('is the same value when it was looked at before: %s', (program, expected) => {
    expect(evaluate(program, '/')).toBe(expected);
  });

  it.each([
    ['let p = q; q = p; in p', 9],
    ['let p = q; q = p; in q', 9],
    ['rec { p = q; q = p; }', 11],
    ['({ p ? q, q ? p }: q) { }', 15],
  ])('is not where an infinite recursion is found: %s', (program, column) => {
    expect(tell(program).message).toBe(`infinite recursion encountered @${column}`);
  });
});

describe('what failed before', () => {
  it('fails again without being evaluated again', () => {
    const { traced: texts, message } = tell(
      'let x = builtins.trace "once" (throw "no"); in builtins.seq (builtins.tryEval x) (builtins.seq (builtins.tryEval x) x)',
    );
    expect([texts, message]).toEqual([['once'], 'no @32']);
  });

  it('keeps what was told of it the first time, and nothing of later times', () => {
    const program = `let
  x = throw "no";
  first = builtins.addErrorContext "first" x;
  second = builtins.addErrorContext "second" x;
  third = builtins.addErrorContext "third" x;
in builtins.seq (builtins.tryEval first) (builtins.seq (builtins.tryEval second) third)`;
    expect(tell(program).frames.slice(2)).toEqual(['third', 'first', "while calling the 'throw' builtin @7"]);
  });

  it('is evaluated again when it failed by a limit', () => {
    const evaluator = new Evaluator({ io: emptyIo, limits: { depth: 20 } });
    const value = evaluator.evalString(
      'let f = n: if n == 0 then 0 else 1 + f (n - 1); x = f 15; g = n: if n == 0 then x else g (n - 1); in [ (g 10) x ]',
    );
    const [deep, flat] = value as readonly never[];
    expect(() => evaluator.force(deep!)).toThrow('stack overflow');
    expect(evaluator.force(flat!)).toBe(15);
  });
});

describe('how deep calls may be within each other', () => {
  it.each([
    ['let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 30', 30],
    ["builtins.foldl' (inner: _: [ inner ]) null (builtins.genList (i: i) 30)", 30],
    [
      "builtins.stringLength (builtins.toJSON (builtins.foldl' (inner: _: [ inner ]) null (builtins.genList (i: i) 29)))",
      31,
    ],
    [
      'builtins.stringLength (toString (builtins.foldl\' (inner: _: { outPath = inner; }) "x" (builtins.genList (i: i) 29)))',
      31,
    ],
  ])('is one more than the limit: %s', (program, depth) => {
    expect([tell(program, depth).message, tell(program, depth - 1).message]).toEqual([
      '',
      expect.stringMatching(/^stack overflow; max-call-depth exceeded/),
    ]);
  });
});

describe('a function that map and its like call', () => {
  it.each([
    ['(builtins.mapAttrs (n: v: throw n) { a = 1; }).a', ['from call site @1', 'while calling anonymous lambda @24']],
    [
      'with builtins.mapAttrs (n: v: throw n) { a = 1; }; a',
      ['from call site @52', 'while calling anonymous lambda @28'],
    ],
    [
      'let l = map (n: throw n) [ "a" ]; x = builtins.head l; in x',
      ["while calling the 'head' builtin @39", 'while calling anonymous lambda @14'],
    ],
  ])('is called from where its value is asked for: %s', (program, frames) => {
    expect(tell(program).frames.slice(0, 2)).toEqual(frames);
  });

  it('is called from where it is written when everything is evaluated', () => {
    expect(tell('map (n: throw n) [ "a" ]').frames.slice(1, 3)).toEqual([
      'from call site @6',
      'while calling anonymous lambda @6',
    ]);
  });
});

describe('JSON', () => {
  it('is as deep as its values, each of which counts before it is evaluated', () => {
    const program = "builtins.toJSON (builtins.foldl' (inner: f: { inherit f inner; }) null (map (x: x) [ 1 2 3 4 ]))";
    expect([tell(program, 6).message, tell(program, 5).message]).toEqual([
      '',
      'stack overflow; max-call-depth exceeded @55',
    ]);
  });

  it('calls from where a member is written, if it is', () => {
    expect(
      tell('builtins.toJSON (builtins.foldl\' (_: f: { inherit f; }) null (map (x: throw x) [ "a" ]))').frames,
    ).toEqual([
      "while calling the 'toJSON' builtin @1",
      "while evaluating attribute 'f' @51",
      'from call site @51',
      'while calling anonymous lambda @68',
      "while calling the 'throw' builtin @71",
    ]);
    expect(tell('builtins.toJSON (builtins.mapAttrs (n: v: throw n) { a = 1; })').frames.slice(1, 3)).toEqual([
      "while evaluating attribute 'a'",
      'while calling anonymous lambda @40',
    ]);
  });
});

describe('elements', () => {
  it('are all evaluated before they are sorted', () => {
    expect(tell('builtins.length (builtins.sort (a: b: true) [ (throw "a") ])').frames).toEqual([
      "while calling the 'length' builtin @1",
      "while calling the 'sort' builtin @18",
      "while calling the 'throw' builtin @48",
    ]);
  });

  it('of a closure are told when they fail', () => {
    const closure = (start: string, found: string) =>
      tell(`builtins.genericClosure { startSet = [ ${start} ]; operator = _: [ ${found} ]; }`).frames[1];
    expect(closure('(throw "a")', '')).toBe('in genericClosure element «thunk»');
    expect(closure('{ key = 1; }', '(throw "a")')).toBe(
      'while calling operator on genericClosure element { key = 1; }',
    );
  });
});
