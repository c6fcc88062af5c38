import { describe, expect, it } from 'vitest';
import { Evaluator, emptyIo, mkString, NixError, Opaque } from '../../../src/core/nix';

function errorOf(program: string): NixError {
  const evaluator = new Evaluator({ io: emptyIo });
  try {
    evaluator.deepForce(evaluator.evalString(program));
  } catch (error) {
    if (error instanceof NixError) {
      return error;
    }
    throw error;
  }
  throw new Error('no error');
}

const URL = 'url = "https://example.org/x";';

describe('what is to be fetched', () => {
  it.each([
    ['fetchurl { }', "'url' argument required"],
    [`fetchurl { ${URL} size = 1; }`, "unsupported argument 'size' to 'fetchurl'"],
    [`fetchTarball { ${URL} sha256 = "x"; }`, "hash 'x' has wrong length for hash algorithm 'sha256'"],
    [
      'fetchurl "https://example.org/~x"',
      "invalid store path name when fetching URL 'https://example.org/~x': name '~x' contains illegal character '~'. Please pass an attribute set with 'url' and 'name' attributes to 'fetchurl',  so that it can create a valid store path.",
    ],
    [
      'fetchurl { url = "https://example.org/~x"; }',
      "invalid store path name when fetching URL 'https://example.org/~x': name '~x' contains illegal character '~'. Please add a valid 'name' attribute to the argument for 'fetchurl', so that it can create a valid store path.",
    ],
    [
      `fetchTarball { ${URL} name = "a b"; }`,
      "invalid store path name when fetching URL 'https://example.org/x': name 'a b' contains illegal character ' '. Please change the value for the 'name' attribute passed to 'fetchTarball', so that it can create a valid store path.",
    ],
    ['fetchMercurial { rev = "x"; }', "'url' argument required"],
    [`fetchMercurial { ${URL} ref = "x"; }`, "unsupported argument 'ref' to 'fetchMercurial'"],
    ['fetchGit { }', "input attribute 'url' is missing"],
    [`fetchGit { ${URL} rev = "main"; }`, "hash 'main' has wrong length for hash algorithm 'sha1'"],
    [
      `fetchGit { ${URL} ref = [ ]; }`,
      "argument 'ref' to 'fetchGit' is a list while a string, Boolean or integer is expected",
    ],
    ['fetchTree { }', "argument 'type' is missing in call to 'fetchTree'"],
    ['fetchTree { type = "github"; owner = "a"; }', "input attribute 'repo' is missing"],
    [
      `fetchTree { type = "git"; ${URL} revCount = -1; }`,
      "negative value given for 'fetchTree' argument 'revCount': -1",
    ],
    [`fetchTree { type = "git"; ${URL} name = "x"; }`, "argument 'name' isn’t supported in call to 'fetchTree'"],
    [
      'fetchTree "file:x.tar.gz"',
      "tarball 'file:x.tar.gz' must use an absolute path. The 'file' scheme does not support relative paths.",
    ],
    ['fetchClosure { fromStore = "x"; }', "attribute 'fromPath' is missing in call to 'fetchClosure'"],
    ['fetchClosure { path = "x"; }', "attribute 'path' isn't supported in call to 'fetchClosure'"],
    ['getFlake { }', 'expected a string but found a set: { }'],
  ])('is refused when Nix refuses it before it fetches: %s', (call, message) => {
    expect(errorOf(`builtins.${call}`).message).toBe(message);
  });

  it('is told with its own place', () => {
    expect(errorOf('builtins.fetchurl { url = 1; }').format()).toContain(`… while evaluating the url we should fetch
         at «string»:1:21:`);
  });

  it.each([
    'fetchurl { url = unknown; }',
    'fetchTarball unknown',
    'fetchGit { url = unknown; rev = unknown; }',
    'fetchTree { type = unknown; }',
    'fetchTree { type = "git"; url = unknown; }',
    'getFlake ./.',
    'fetchurl { url = "https://example.org/x.tar.gz"; name = ""; sha256 = ""; }',
  ])('is asked for when nothing is wrong with what is known of it: %s', (call) => {
    const evaluator = new Evaluator({
      io: emptyIo,
      fetch: () => mkString('fetched'),
      elsewhere: { imported: () => new Opaque('nobody knows'), contents: () => undefined },
    });
    expect(evaluator.evalString(`let unknown = import /unknown; in builtins.${call}`)).toBe('fetched');
  });
});

describe('broken TOML', () => {
  it('is shown with names for what a line cannot show', () => {
    const { message } = errorOf('builtins.fromTOML "a = 1\\rb = 2"');
    expect(message.split('\n').slice(3, 5)).toEqual([' 1 | a = 10x0d(CARRIAGE RETURN)b = 2', '   |      ^-- here']);
  });

  it.each([
    [
      'a = 9223372036854775808',
      'toml::parse_dec_integer: too large integer: current max digits = 2^63',
      24,
      'must be < 2^63',
    ],
    [
      'a = 0x8000000000000000',
      'toml::parse_hex_integer: too large integer: current max value = 2^63',
      23,
      'must be < 2^63',
    ],
    ['a', 'toml::parse_key_value_pair: invalid key value separator `=`', 2, 'expected ='],
    ['a = 1 2', 'toml::parse_table: newline (LF / CRLF) or EOF is expected', 7, 'here'],
    ['a = nan1', 'toml::parse_table: newline (LF / CRLF) or EOF is expected', 8, 'here'],
    ['a = 01', 'bad integer: invalid digit after an integer', 6, 'this digit is not allowed'],
    ['a = 1__0', 'bad integer: `_` must be surrounded by digits', 6, 'invalid underscore'],
    ['a = -_1', 'bad number: `_` must be surrounded by digits', 6, 'digits required before `_`'],
    ['a = 1.', 'bad float: invalid format', 6, 'here'],
    ['a = .5', 'bad float: integer part is required before decimal point', 5, 'missing integer part'],
    [
      'a = 0b2',
      'toml::parse_bin_integer: invalid integer: bin_int must be like: 0b0101, 0b1111_0000',
      7,
      'expected 0 or 1',
    ],
    ['a = "x', 'toml::parse_basic_string: invalid string format', 7, 'expected "'],
    ['a = "\\q"', 'toml::parse_basic_string: invalid string format', 6, 'expected "'],
    ["a = 'x", 'toml::parse_literal_string: invalid string format', 7, "expected '"],
    ['a = [ 1 2 ]', 'toml::parse_array: expected value-separator `,` or closing `]`', 9, 'here'],
    ['a = { b = 1, }', 'toml::parse_inline_table: trailing comma is not allowed in TOML-v1.0.0)', 14, 'here'],
    ['[a', 'toml::parse_file: invalid table key', 3, 'expected ]'],
    ['[[a]', 'toml::parse_file: invalid array-table key', 4, 'expected ]]'],
  ])('is told as the library tells it that Nix reads it with: %s', (toml, title, column, note) => {
    const [first, arrow, , line, mark] = errorOf(`builtins.fromTOML ${JSON.stringify(toml)}`).message.split('\n');
    expect([first, arrow, line, mark]).toEqual([
      `while parsing TOML: [error] ${title}`,
      ' --> fromTOML',
      ` 1 | ${toml}`,
      `   | ${' '.repeat(column - 1)}^-- ${note}`,
    ]);
  });

  it.each([
    ['a = 1\na = 2', 'failed to insert a value, value already exists', ['inserting this', 'but value already exists']],
    ['a = 1\na.b = 2', 'value already exists', ['while inserting this', 'non-table value already exists']],
    ['a = { }\n[a.c]', 'inline table is immutable', ['inserting this', 'to this table']],
    ['[a.b]\n[a]\nb.d = 2', 'reopening a table using dotted keys', ['cannot reopen a table', 'already closed']],
    ['[[x.a]]\n[x]\na.b = 1', 'dotted key cannot reopen an array-of-tables', ['inserting this', 'array-of-tables']],
    ['a = [{}]\n[a.b]', 'inline array of tables are immutable', ['inserting this', 'inline array of tables']],
    ['a = [{}]\n[[a]]', 'inline array of tables is immutable', ['while inserting this', 'inline array-of-tables']],
    ['[a.b]\n[[a]]', 'failed to insert an array of tables', ['while inserting', 'non-table value already exists']],
  ] as const)('shows both places of what is in the way: %j', (text, title, notes) => {
    const { message } = errorOf(`builtins.fromTOML ${JSON.stringify(text)}`);
    expect(message).toContain(title);
    const marks = message.split('\n').filter((line) => line.includes('^-- '));
    expect(marks).toEqual(notes.map((note) => expect.stringContaining(note)));
  });

  it('is told of strings that Nix cannot have, and of what is there twice', () => {
    expect(errorOf(`builtins.fromTOML ''"a\\u0000b" = 1''`).message).toBe(
      "while parsing TOML: error: input string 'a␀b' cannot be represented as Nix string because it contains null bytes",
    );
    expect(errorOf(`builtins.fromTOML ''"é" = 1 2''`).message.split('\n').slice(3)).toEqual([
      ' 1 | "é" = 1 2',
      '   |         ^-- here',
    ]);
    expect(errorOf('builtins.fromTOML "[ab]\\n\\n[ab]"').message.split('\n')).toEqual([
      'while parsing TOML: [error] toml::insert_value: failed to insert a table, table already defined',
      ' --> fromTOML',
      '   |',
      ' 3 | [ab]',
      '   | ^^^^-- inserting this',
      '   | ...',
      '   |',
      ' 1 | [ab]',
      '   | ^^^^-- this table is explicitly defined',
    ]);
  });
});

describe('a broken string of JSON', () => {
  it.each([
    ['{"\\q":1}', 'object key', 'forbidden character after backslash', '; expected string literal'],
    ['{"a" "b\\q"}', 'object separator', 'forbidden character after backslash', "; expected ':'"],
    ['[1 "b\\q"]', 'array', 'forbidden character after backslash', "; expected ']'"],
    ['"\\q"', 'value', 'forbidden character after backslash', "last read: '\"\\q'"],
    ['"a\xc3("', 'value', 'ill-formed UTF-8 byte', "last read: '\"a\ufffd('"],
    ['"\xed\xa0\x80"', 'value', 'ill-formed UTF-8 byte', "last read: '\"\ufffd\ufffd'"],
    ['{"\xff":1}', 'object key', 'ill-formed UTF-8 byte', "'; expected string literal"],
  ])('is told with what was being parsed: %j', (bytes, context, problem, end) => {
    const evaluator = new Evaluator({ io: emptyIo });
    const message = (): unknown => evaluator.callFunction(evaluator.builtins.get('fromJSON')!, [bytes]);
    expect(message).toThrow(`syntax error while parsing ${context} - invalid string: ${problem}; last read: `);
    expect(message).toThrow(end);
  });
});

describe('text that is no UTF-8', () => {
  it.each([
    ['ab\xff', 'invalid UTF-8 byte at index 2: 0xFF'],
    ['\xc3', 'incomplete UTF-8 string; last byte: 0xC3'],
    ['\xe2\x28\xa1', 'invalid UTF-8 byte at index 1: 0x28'],
    ['\xed\xa0\x80', 'invalid UTF-8 byte at index 1: 0xA0'],
    ['\xf4\x90\x80\x80', 'invalid UTF-8 byte at index 1: 0x90'],
    ['\xc3\xa9\xf0\x9f\x98', 'incomplete UTF-8 string; last byte: 0x98'],
  ])('is no JSON, and the byte is told: %j', (bytes, problem) => {
    const program = Uint8Array.from(`builtins.toJSON "${bytes}"`, (char) => char.charCodeAt(0));
    const evaluator = new Evaluator({ io: emptyIo });
    expect(() => evaluator.evalString(program)).toThrow(
      `JSON serialization error: [json.exception.type_error.316] ${problem}`,
    );
  });
});
