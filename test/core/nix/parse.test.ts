import { describe, expect, it } from 'vitest';
import { decodeUtf8, Evaluator, emptyIo, NixError } from '../../../src/core/nix';

function show(program: string): string {
  return decodeUtf8(new Evaluator({ io: emptyIo, home: '/home/me' }).showString(program, { basePath: '/project' }));
}

function failure(program: string): { message: string; line: number; column: number } {
  try {
    show(program);
  } catch (error) {
    if (error instanceof NixError && error.pos !== undefined) {
      return { message: error.message, line: error.pos.line, column: error.pos.column };
    }
    throw error;
  }
  throw new Error(`parsed: ${program}`);
}

describe('the syntax tree is printed as nix-instantiate --parse does', () => {
  it.each([
    ['1 - 2 + 3', '((__sub 1 2) + 3)'],
    ['1 * 2 / 3', '(__div (__mul 1 2) 3)'],
    ['-1 ? a', '(((__sub 0 1)) ? a)'],
    ['!true && false', '((! true) && false)'],
    ['[ ] ++ [ ] ++ [ ]', '([ ] ++ ([ ] ++ [ ]))'],
    ['{ } // { } // { }', '({ } // ({ } // { }))'],
    ['true -> false -> true', '(true -> (false -> true))'],
    ['1 <= 2', '(! (__lessThan 2 1))'],
    ['1 >= 2', '(! (__lessThan 1 2))'],
    ['1 > 2', '(__lessThan 2 1)'],
    ['{ a = 1; }.a or 2', '({ a = 1; }).a or (2)'],
    ['{ a = 1; } ? a.b', '(({ a = 1; }) ? a.b)'],
    ['map or [ ]', undefined],
    ['{ a, b ? 1, ... }@c: a', '({ a, b ? 1, ... } @ c: a)'],
    ['c@{ b, a, }: a', '({ a, b } @ c: a)'],
    ['{ }: 1', '({  }: 1)'],
    ['{ ... }: 1', '({ ... }: 1)'],
    ['x: y: x y 1', '(x: (y: (x y 1)))'],
    ['let a = 1; inherit ({ }) b; in a', '(let inherit ({ }) b; a = 1; in a)'],
    ['let { body = 1; }', '(rec { body = 1; }).body'],
    ['rec { b = 1; inherit ({ }) c a; }', 'rec { inherit ({ }) a c; b = 1; }'],
    ['x: { inherit x; }', '(x: { inherit x; })'],
    ['with { }; assert true; if true then 1 else 2', '(with { }; assert true; (if true then 1 else 2))'],
    ['{ a.b = 1; a.c = 2; }', '{ a = { b = 1; c = 2; }; }'],
    ['{ "a b" = 1; "if" = 2; ${"c"} = 3; }', '{ "a b" = 1; c = 3; "if" = 2; }'],
    ['{ "${"a"}" = 1; }', '{ "${("a")}" = 1; }'],
    ['"a${"b"}c"', '("a" + "b" + "c")'],
    ["''${\"a\"}''", '"a"'],
    ["''\n  a\n   b''", '"a\\n b"'],
    ['"a\r\nb"', '"a\\nb"'],
    ['./a/../b', '/project/b'],
    ['a/b', '/project/a/b'],
    ['~/x', '/home/me/x'],
    ['~/a/../.', '/home/me/a/../.'],
    ['./${"a"}/b', '(/project/ + "a" + "/b")'],
    ['<a/b>', '(__findFile __nixPath "a/b")'],
    ['x:y', '"x:y"'],
    ['https://a.b/c?d=e', '"https://a.b/c?d=e"'],
    ['1.5', '1.5'],
    ['.5e3', '500'],
    ['007', '7'],
    ['__curPos', '__curPos'],
    ['1 |> (x: x) |> (y: y)', '((y: y) ((x: x) 1))'],
    ['(x: x) <| (y: y) <| 1', '((x: x) ((y: y) 1))'],
    ['# comment\n/* long\n ** comment */ 1', '1'],
    ['let or = 1; in or', undefined],
    ['let f = x: y: x; in (f 1) 2', '(let f = (x: (y: x)); in (f 1 2))'],
    ['(1 - 2) 3', '(__sub 1 2 3)'],
    ['let or = 1; f = x: x; in f or 2', '(let f = (x: x); or = 1; in (f or 2))'],
  ])('%s', (program, expected) => {
    if (expected === undefined) {
      expect(() => show(program)).toThrow(NixError);
    } else {
      expect(show(program)).toBe(expected);
    }
  });
});

describe('what is no program is refused, with its place', () => {
  it.each([
    ['{ a = 1; a = 2; }', "attribute 'a' already defined at «string»:1:3", 10],
    ['{ a.b = 1; a.b = 2; }', "attribute 'a.b' already defined at «string»:1:3", 12],
    ['{ a = 1; a.b = 2; }', "attribute 'a' already defined at «string»:1:3", 10],
    ['{ a = { b = 1; }; a = { b = 2; }; }', "attribute 'a.b' already defined at «string»:1:9", 25],
    ['x: { inherit x x; }', "attribute 'x' already defined at «string»:1:14", 16],
    ['{ x, x }: x', "duplicate formal function argument 'x'", 6],
    ['x@{ x }: x', "duplicate formal function argument 'x'", 1],
    ['1 == 1 == 1', "syntax error, unexpected '=='", 8],
    ['1 < 2 < 3', "syntax error, unexpected '<'", 7],
    ['[ 1 -2 ]', "syntax error, unexpected '-'", 5],
    ['"a', "syntax error, unexpected end of file, expecting '\"'", 3],
    ['"${1', "syntax error, unexpected end of file, expecting '}'", 5],
    ['./a/', 'path has a trailing slash', 5],
    ['9223372036854775808', "invalid integer '9223372036854775808'", 1],
    ['let ${"a" + "b"} = 1; in 1', 'dynamic attributes not allowed in let', 1],
    ['{ inherit ${"a" + "b"}; }', 'dynamic attributes not allowed in inherit', 11],
    ['{ }: y', "undefined variable 'y'", 6],
    ['if true then 1', "syntax error, unexpected end of file, expecting 'else'", 15],
    ['1 2 )', "syntax error, unexpected ')', expecting end of file", 5],
    ['{ a = 1 }', "syntax error, unexpected '}', expecting ';'", 9],
    ['1 \0', 'syntax error, unexpected NUL byte', 3],
    ['"a\0b${', "input string 'a␀b' cannot be represented as Nix string because it contains null bytes", 2],
    ["''a\0b''", "input string 'a␀b' cannot be represented as Nix string because it contains null bytes", 3],
    ['{ a, b : 1 }', "syntax error, unexpected ':', expecting '}' or ','", 8],
    ['rec { 1 }', "syntax error, unexpected integer, expecting 'inherit' or '}'", 7],
    ['a/b//c', "syntax error, unexpected end of path, expecting '${'", 5],
    ['rec a', "syntax error, unexpected identifier, expecting '{'", 5],
    ['rec 1.5', "syntax error, unexpected floating-point literal, expecting '{'", 5],
    ["rec ''a''", "syntax error, unexpected start of an indented string, expecting '{'", 5],
    ['rec ~/a', "syntax error, unexpected '~/…' path, expecting '{'", 5],
    ['rec <a>', "syntax error, unexpected '<…>' path, expecting '{'", 5],
    ['rec a:b', "syntax error, unexpected URI, expecting '{'", 5],
    ['{ a = 1;; }', "syntax error, unexpected ';', expecting 'inherit'", 9],
    ['let a = 1; ) in a', "syntax error, unexpected ')', expecting 'in' or 'inherit'", 12],
    ['a ? 1', "syntax error, unexpected integer, expecting identifier or 'or' or '${' or '\"'", 5],
    ['{ a, 1 }: a', "syntax error, unexpected integer, expecting identifier or '...' or '}'", 6],
    ['/* open', "syntax error, unexpected '/'", 1],
    ['{ ..., a }: 1', "syntax error, unexpected ',', expecting '}'", 6],
    ['é', 'syntax error, unexpected invalid token', 1],
  ])('%s', (program, message, column) => {
    expect(failure(program)).toEqual({ message, line: 1, column });
  });

  it('warns of an `or` that would be read otherwise one day', () => {
    const said = (program: string): string[] => {
      const notices: string[] = [];
      new Evaluator({ io: emptyIo, onTrace: (text) => notices.push(text) }).showString(program);
      return notices.map((text) =>
        text
          .split('\n')
          .slice(0, 3)
          .join(' ')
          .replace(/ This.*meaning:/, ''),
      );
    };
    expect(said('let or = 1; in [ (x: x  + 1) or ]')).toEqual(['at «string»:1:18:     ((x: x  + 1) or)']);
    expect(said('let or = 1; f = x: x; in f f or')).toEqual(['at «string»:1:28:     (f or)']);
    expect(said('let or = 1; in { }.a or (x: x) or')).toEqual(['at «string»:1:25:     ((x: x) or)']);
    expect(said('let or = 1; f = x: x; in f or [ (f or) ]')).toEqual([]);
  });

  it('takes octets as they are', () => {
    const octets = new Uint8Array([0xef, 0xbb, 0xbf, 0x31]);
    expect(() => new Evaluator({ io: emptyIo }).showString(octets)).toThrow('syntax error');
    expect(new Evaluator({ io: emptyIo }).showString(octets.slice(3))).toBe('1');
  });

  it('counts lines by \\n, \\r\\n and \\r', () => {
    expect(failure('1 +\n2 +\r\n3 +\r  )')).toMatchObject({ line: 4, column: 3 });
  });
});
