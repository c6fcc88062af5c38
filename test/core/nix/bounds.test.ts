import { describe, expect, it } from 'vitest';
import { type Attrs, Evaluator, emptyIo, type Limits, NixError } from '../../../src/core/nix';
import { randomNumbers } from './random-programs';
import { readCases } from './read-cases';

const LIMITS: Partial<Limits> = { fuel: 300_000, stringLength: 1 << 20, listLength: 1 << 16 };

function run(program: string): string {
  const evaluator = new Evaluator({ io: emptyIo, limits: LIMITS, system: 'x86_64-linux', onTrace: () => undefined });
  try {
    evaluator.print(evaluator.deepForce(evaluator.evalString(program)));
    return 'value';
  } catch (error) {
    if (error instanceof NixError) {
      return error.kind;
    }
    throw error;
  }
}

const DEEP = 100_000;

describe('what would not end, or would not fit, is an error', () => {
  it.each([
    ['nested lists', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
    ['nested parentheses', `${'('.repeat(DEEP)}1${')'.repeat(DEEP)}`],
    ['nested sets', `${'{a='.repeat(DEEP)}1${';}'.repeat(DEEP)}`],
    ['nested functions', `${'x: '.repeat(DEEP)}1`],
    ['nested interpolations', `${'"${'.repeat(DEEP)}1${'}"'.repeat(DEEP)}`],
    ['nested ifs', `${'if true then '.repeat(DEEP)}1${' else 2'.repeat(DEEP)}`],
    ['a long list', 'builtins.genList (i: i) 1000000000'],
    ['a doubling string', 'let f = n: if n == 0 then "x" else let s = f (n - 1); in s + s; in f 64'],
    ['a doubling list', 'let f = n: if n == 0 then [ 1 ] else let s = f (n - 1); in s ++ s; in f 64'],
    [
      'a doubling tree',
      'let f = n: if n == 0 then [ 1 ] else let s = f (n - 1); in [ s s ]; in builtins.toJSON (f 64)',
    ],
    [
      'the blanks of deep XML',
      "builtins.toXML (builtins.foldl' (inner: i: { inherit inner; }) 1 (builtins.genList (i: i) 2000))",
    ],
    ['doubling comparisons', 'let f = n: if n == 0 then [ 1 ] else let s = f (n - 1); in [ s s ]; in f 64 == f 64'],
    ['doubling work', 'let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in f 60'],
    [
      'a list of long texts',
      'let s = builtins.concatStringsSep "" (builtins.genList (i: "0123456789") 50000); in [ s s s ]',
    ],
    ['an endless call', 'let f = x: f x; in f 1'],
    [
      'an endless closure',
      'builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: [ { key = x.key + 1; } ]; }',
    ],
    [
      'a growing replacement',
      'let s = builtins.concatStringsSep "" (builtins.genList (i: "a") 9999); in builtins.replaceStrings [ "a" ] [ s ] s',
    ],
    [
      'an expression that takes long',
      'builtins.match "((a|aa|aaa)*)*(a?){500}b" (builtins.concatStringsSep "" (builtins.genList (i: "a") 20000))',
    ],
    ['a set that calls itself', 'let s = { __functor = s; }; in s 1'],
    [
      'traces without end',
      'let s = builtins.concatStringsSep "" (builtins.genList (i: "abcdefghij") 50000); in builtins.foldl\' (a: i: builtins.trace s a) 1 (builtins.genList (i: i) 60000)',
    ],
  ])('%s', (_, program) => {
    expect(run(program)).toBe('limit');
  });

  it('looks at the memory while a text of very many pieces is read and put together', () => {
    let looks = 0;
    const memory = (): number => ++looks;
    const evaluator = new Evaluator({ io: emptyIo, memory });
    // By their tokens alone they would not be worth a look.
    evaluator.evalString(`builtins.stringLength ''${`  a \${"x"}\n`.repeat(60_000)}''`);
    expect(looks).toBeGreaterThan(1);
    const escapes = '\\n'.repeat(2_000_000);
    expect(evaluator.evalString(`builtins.stringLength "${escapes}"`)).toBe(2_000_000);
  });

  it('counts calls within each other, as max-call-depth', () => {
    const evaluator = new Evaluator({ io: emptyIo, limits: { depth: 100 } });
    const program = (n: number) => `let f = n: if n == 0 then 0 else 1 + f (n - 1); in f ${n}`;
    expect(evaluator.evalString(program(90))).toBe(90);
    expect(() => evaluator.evalString(program(110))).toThrow('max-call-depth');
  });

  it('stops at the deadline of the clock that it was given', () => {
    let now = 0;
    const evaluator = new Evaluator({ io: emptyIo, limits: { time: 50 }, clock: () => now++ });
    expect(() => evaluator.evalString('let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in f 50')).toThrow(
      'longer than',
    );
  });

  it('stops when memory runs out', () => {
    const evaluator = new Evaluator({ io: emptyIo, limits: { memory: 1000 }, memory: () => 1001 });
    expect(() => evaluator.evalString('builtins.length (builtins.genList (i: i) 10000000)')).toThrow('memory');
  });

  it.each([
    'let twice = a: x: (a // { "k${toString x}" = 1; }) // a; in (builtins.foldl\' twice many (builtins.genList (x: x) 60)) ? zz',
    'let twice = a: x: a // (a // { "k${toString x}" = 1; }); in (builtins.foldl\' twice many (builtins.genList (x: x) 60)) ? zz',
    'let twice = a: x: (a // { "k${toString x}" = 1; }) // a; in builtins.tryEval (builtins.foldl\' twice many (builtins.genList (x: x) 60)).zz',
  ])('looks through sets laid over each other once: %s', (program) => {
    const many = 'many = builtins.listToAttrs (builtins.genList (x: { name = "n${toString x}"; value = x; }) 200);';
    const evaluator = new Evaluator({ io: emptyIo });
    expect(run(`let ${many} in ${program}`)).toBeDefined();
    expect(
      evaluator.evalString(`let ${many} in (many // (many // { k = 1; })).k + (many // { k = 1; } // many).n7`),
    ).toBe(8);
  });

  it('finds where the attributes of a set stand that was laid under one after the other', () => {
    const evaluator = new Evaluator({ io: emptyIo });
    const layers = Array.from({ length: 60 }, (_, i) => `{ a${i} = 1; }`);
    const set = evaluator.evalString(layers.join('\n// '), { file: '/p/x.nix' }) as Attrs;
    expect(layers.map((_, i) => String(set.positionOf(`a${i}`)))).toEqual(
      layers.map((_, i) => `/p/x.nix:${i + 1}:${i === 0 ? 3 : 6}`),
    );
  });

  it('groups the attributes of very many sets', () => {
    const evaluator = new Evaluator({ io: emptyIo });
    const value = evaluator.evalString(
      'builtins.zipAttrsWith (name: values: builtins.length values) (builtins.genList (x: { a = x; "k${toString x}" = x; }) 100000)',
      { file: '/p/x.nix' },
    ) as Attrs;
    expect(value.size).toBe(100_001);
    expect(String(value.positionOf('k99999'))).toBe('/p/x.nix:1:93');
  });

  it('reads numbers of very many digits', () => {
    const evaluator = new Evaluator({ io: emptyIo });
    const text = (program: string) => evaluator.print(evaluator.deepForce(evaluator.evalString(program)));
    const digits = '1'.repeat(2_000_000);
    expect(() => text(digits)).toThrow('invalid integer');
    expect(() => text(`builtins.fromJSON "${digits}"`)).toThrow('number overflow');
    const zeros = '0'.repeat(2_000_000);
    expect(text(`[ ${zeros}9223372036854775807 ${zeros} ]`)).toBe('[ 9223372036854775807 0 ]');
    expect(text(`builtins.fromTOML "a = 0x${'0'.repeat(90)}fff\nb = 0b${'0'.repeat(90)}101"`)).toBe(
      '{ a = 4095; b = 5; }',
    );
    expect(() => text(`builtins.fromTOML "a = ${'7'.repeat(90)}"`)).toThrow('too large integer');
    expect(text('builtins.fromJSON "[-9223372036854775808, -0, 18446744073709551616]"')).toBe(
      '[ -9223372036854775808 0 1.84467e+19 ]',
    );
  });

  it('looks for names near to one of a million letters, and near to one among very many', () => {
    const long = 'builtins.concatStringsSep "" (builtins.genList (x: "abcdefghij") 100000)';
    const many = 'builtins.listToAttrs (builtins.genList (x: { name = "name${toString x}"; value = x; }) 50000)';
    const suggestion = (program: string) => {
      try {
        new Evaluator({ io: emptyIo }).evalString(program);
      } catch (error) {
        return (error as NixError).suggestion();
      }
      return expect.unreachable();
    };
    const near = suggestion(`let n = ${long}; in { \${n + "a"} = 1; \${"x" + n} = 2; \${n + "abc"} = 3; }.\${n}`);
    expect(near).toMatch(/^Did you mean one of (abcdefghij)+a or x(abcdefghij)+\?$/);
    expect(suggestion(`(${many}).name4321x`)).toBe(
      'Did you mean one of name4321, name43210, name43211, name43212 or name43213?',
    );
  });

  it('looks at the memory again at once where a program goes on after it ran out', () => {
    let used = 0;
    const evaluator = new Evaluator({ io: emptyIo, limits: { memory: 1000 }, memory: () => used });
    const long = 'throw (builtins.concatStringsSep "" (builtins.genList (_: "0123456789") 10))';
    expect(() => evaluator.evalString(long)).toThrow('0123456789');
    used = 1001;
    expect(() => evaluator.evalString('builtins.genList (i: i) 10000000')).toThrow('memory');
    expect(() => evaluator.evalString(long)).toThrow('memory');
    used = 0;
    expect(() => evaluator.evalString(long)).toThrow('0123456789');
  });

  it('refuses a derivation with more outputs than there is memory for, before they are named', () => {
    const evaluator = new Evaluator({ io: emptyIo, limits: { memory: 100 << 20 }, memory: () => 0 });
    const program = 'outputs = builtins.genList (x: "o${toString x}") 100000;';
    expect(() =>
      evaluator.evalString(`(derivation { name = "n"; system = "s"; builder = "b"; ${program} }).drvPath`),
    ).toThrow('memory');
  });

  it('quotes long texts part by part', () => {
    const evaluator = new Evaluator({ io: emptyIo });
    for (const length of [65_534, 65_535, 65_536]) {
      const text = `${'x'.repeat(length)}\${y}\n`;
      const quoted = evaluator.print(evaluator.evalString(`"${'x'.repeat(length)}\\\${y}\\n"`));
      expect(quoted).toBe(JSON.stringify(text).replace('${', '\\${'));
    }
  });

  it('keeps the beginning of a message without end', () => {
    const evaluator = new Evaluator({ io: emptyIo });
    expect(() => evaluator.evalString('a'.repeat(3_000_000))).toThrow(/^undefined variable 'a{1000000,1048576}…$/);
  });

  it.each([1, 15, 16, 17, 31, 32, 33, 160, 1000])('finds line %d of a text', (line) => {
    for (const end of ['\n', '\r\n', '\r']) {
      const lines = Array.from({ length: 1000 }, (_, i) => `# ${i + 1}`);
      lines[line - 1] = '  zz';
      try {
        new Evaluator({ io: emptyIo }).evalString(`${lines.join(end)}${end}`);
        expect.unreachable();
      } catch (error) {
        const text = (error as NixError).format();
        expect(text).toContain(`:${line}:3:`);
        expect(text).toContain(`${line}|   zz\n`);
        expect(text.includes(`${line + 1}| # ${line + 1}`)).toBe(line < 1000);
        expect(text.includes(`${line - 1}| # ${line - 1}`)).toBe(line > 1);
      }
    }
  });

  it('leaves an evaluator usable', () => {
    const evaluator = new Evaluator({ io: emptyIo, limits: LIMITS });
    expect(() => evaluator.evalString('let f = x: f x; in f 1')).toThrow(NixError);
    expect(evaluator.evalString('1 + 1')).toBe(2);
  });
});

describe('no text makes it crash', () => {
  const ROUNDS = Number(process.env['LOCKSTEP_FUZZ'] ?? 3000);

  it('random bytes', () => {
    const random = randomNumbers(7);
    const alphabet = '{}[]()"\'$\\/.:;,=?@!<>|&+-*#~ \n\r\tabfx019_é\0';
    for (let i = 0; i < ROUNDS; i++) {
      const length = Math.floor(random() * 60);
      run(Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join(''));
    }
  });

  it('damaged programs', () => {
    const random = randomNumbers(11);
    const seeds = readCases().map(({ program }) => program);
    const pick = () => seeds[Math.floor(random() * seeds.length)]!;
    for (let i = 0; i < ROUNDS; i++) {
      const seed = pick();
      const from = Math.floor(random() * seed.length);
      const to = from + Math.floor(random() * 8);
      const other = pick();
      const start = Math.floor(random() * other.length);
      run(seed.slice(0, from) + other.slice(start, start + Math.floor(random() * 12)) + seed.slice(to));
    }
  });
});

it('a stack that ends in compiling a regular expression has ended, too', () => {
  const evaluator = new Evaluator({ io: emptyIo });
  // V8's words for it, seen where deep values are written; provoking it may end the process.
  const compile = () => {
    throw new SyntaxError("Invalid regular expression: /^[a-zA-Z_][a-zA-Z0-9_'-]*$/: Stack overflow");
  };
  expect(() => evaluator.guarded(compile)).toThrow(expect.objectContaining({ kind: 'limit', overflow: true }));
});
