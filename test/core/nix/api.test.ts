import { describe, expect, it } from 'vitest';
import {
  type Attrs,
  type EvalIo,
  Evaluator,
  type EvaluatorOptions,
  emptyIo,
  LazyAttrs,
  mkAttrs,
  mkLazy,
  mkString,
  NixError,
  Opaque,
  type Slot,
  Thunk,
} from '../../../src/core/nix';

function evaluator(options: Partial<EvaluatorOptions> = {}): Evaluator {
  return new Evaluator({ io: emptyIo, ...options });
}

/** A file system with one file. */
function fileOf(name: string, text: string): Pick<EvalIo, 'lstat' | 'readFile'> {
  const absent = { ok: false, code: 'not-found' } as const;
  return {
    lstat: (path) =>
      path === name ? { ok: true, value: { kind: 'file', size: 1, modifiedAt: 0, mode: 0o644 } } : absent,
    readFile: (path) => (path === name ? { ok: true, value: new TextEncoder().encode(text) } : absent),
  };
}

/** Evaluates with `unknown` bound to an unknown value. */
function withUnknown(program: string): { evaluator: Evaluator; value: ReturnType<Evaluator['deepForce']> } {
  const ev = evaluator();
  const scope = mkAttrs({ unknown: new Opaque('flake "x" is not known') });
  return { evaluator: ev, value: ev.deepForce(ev.evalString(program, { scope })) };
}

describe('unknown values', () => {
  it.each([
    'unknown',
    'unknown.a.b',
    'unknown.${"a"}',
    'unknown 1 2',
    '"x${unknown}y"',
    'unknown + "x"',
    '1 + unknown',
    'unknown == 1',
    'unknown ? a',
    'unknown.a or 1',
    'builtins.length unknown',
    'map (x: x) unknown',
    'builtins.concatStringsSep "," [ "a" unknown ]',
    'toString [ 1 unknown ]',
    '({ a, ... }: a) unknown',
    'with unknown; foo',
    '{ ${unknown} = 1; }',
    'import unknown',
    'builtins.toJSON { a = unknown; }',
  ])('stay unknown: %s', (program) => {
    const { value } = withUnknown(program);
    expect(value).toBeInstanceOf(Opaque);
    expect((value as Opaque).reason).toBe('flake "x" is not known');
  });

  it('remember how they were reached', () => {
    expect((withUnknown('unknown.packages.${"x86_64-linux"}.default').value as Opaque).path).toEqual([
      'packages',
      'x86_64-linux',
      'default',
    ]);
  });

  it('are one element of a longer list, and leave the known members of a set', () => {
    const list = withUnknown('[ 1 ] ++ unknown ++ [ 2 ]');
    expect(list.evaluator.print(list.value, { opaque: true })).toBe(
      '[ 1 «unknown: flake "x" is not known» 2 ]'.replace('«', '\xc2\xab').replace('»', '\xc2\xbb'),
    );
    const { evaluator: ev, value } = withUnknown('{ a = 1; } // unknown');
    expect(ev.select(value, ['a'])).toBe(1);
    expect(ev.select(value, ['b'])).toBeInstanceOf(Opaque);
  });

  it.each(['if unknown then 1 else 2', 'unknown && true', '!unknown'])('cannot be decided by: %s', (program) => {
    try {
      withUnknown(program);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(NixError);
      expect((error as NixError).kind).toBe('opaque');
      expect((error as NixError).opaque?.reason).toBe('flake "x" is not known');
    }
  });

  it('are taken to hold by an assertion, which could only fail', () => {
    expect(withUnknown('assert unknown.version == "2" && !unknown.broken; 1').value).toBe(1);
  });

  it('come from fetchers, unless the host answers', () => {
    const ev = evaluator({ fetch: (name) => (name === 'fetchGit' ? mkString('given') : undefined) });
    expect(ev.evalString('builtins.fetchGit { url = "u"; }')).toBe('given');
    expect(ev.evalString('builtins.fetchTarball "https://a/b.tar.gz"')).toMatchObject({
      reason: 'fetchTarball of https://a/b.tar.gz is not fetched',
    });
  });

  it('come from importing what would have to be built', () => {
    const value = evaluator().evalString('import (derivation { name = "d"; system = "s"; builder = "b"; })');
    expect((value as Opaque).reason).toContain('import from derivation');
  });
});

describe('provenance', () => {
  const origins = (program: string): readonly string[] => {
    const ev = evaluator();
    const list = ev.evalString(program, { file: '/p/flake.nix' }) as readonly Slot[];
    ev.deepForce(list);
    return list.map((item) => (item instanceof Thunk ? `${item.origin?.text} ${item.origin?.pos}` : 'none'));
  };

  it.each([
    [
      'let pkgs = { a = 1; b.c = 2; }; in [ pkgs.a pkgs.b.c ]',
      ['pkgs.a /p/flake.nix:1:38', 'pkgs.b.c /p/flake.nix:1:45'],
    ],
    ['with { a = 1; }; [ a ]', ['a /p/flake.nix:1:20']],
    ['let a = 1; in [ a ] ++ (if true then [ (a + 1) ] else [ ])', ['a /p/flake.nix:1:17', 'a + 1 /p/flake.nix:1:43']],
    ['let a = 1; in builtins.filter (x: true) (builtins.concatLists [ [ a ] ])', ['a /p/flake.nix:1:67']],
  ])('%s', (program, expected) => {
    expect(origins(program)).toEqual(expected);
  });

  it('tells programs of a file their places, and others none', () => {
    const program = `let s = { a = 1; }; in map (made: builtins.unsafeGetAttrPos "a" made == null)
      [ s (removeAttrs s [ "b" ]) (builtins.mapAttrs (_: x: x) s) (builtins.zipAttrsWith (_: x: x) [ s s ]) (builtins.mapAttrs (_: x: x) s // s) ]
      ++ [ __curPos.line __curPos.column ]`;
    const ev = evaluator();
    const shown = (file: string) => ev.print(ev.deepForce(ev.evalString(program, { file })));
    expect(shown('/p/x.nix')).toBe('[ false false true true false 3 26 ]');
    expect(() => shown('«stdin»')).toThrow('expected a set but found null');
  });

  it('works out lines and columns when they are asked for, as messages show', () => {
    const shown = (program: string) => evaluator().evalString(program, { file: '/p/x.nix' });
    expect(() => shown('__curPos + 1')).toThrow('{ column = «thunk»; file = "/p/x.nix"; line = «thunk»; }');
    expect(() => shown('let p = builtins.unsafeGetAttrPos "a" { a = 1; }; in builtins.seq p.line (p + 1)')).toThrow(
      '{ column = «thunk»; file = "/p/x.nix"; line = 1; }',
    );
    expect(() => shown('{ a = builtins; } + 1')).toThrow('{ a = { abort = «primop abort»;');
  });

  it('of attributes', () => {
    const ev = evaluator();
    const attrs = ev.evalString('{ a = 1;\n  b.c = 2; } // { d = 3; }', { file: '/p/x.nix' }) as Attrs;
    expect(attrs.names().map((name) => String(attrs.positionOf(name)))).toEqual([
      '/p/x.nix:1:3',
      '/p/x.nix:2:3',
      '/p/x.nix:2:19',
    ]);
  });
});

describe('lazy sets', () => {
  function packages(): { attrs: LazyAttrs; asked: string[] } {
    const asked: string[] = [];
    const attrs = new LazyAttrs({
      get: (name) => {
        asked.push(name);
        return name.startsWith('p') ? mkLazy(() => mkString(`value of ${name}`)) : undefined;
      },
      names: () => ['p1', 'p2', 'p10'],
    });
    return { attrs, asked };
  }

  it.each([
    ['pkgs.p1', ['p1']],
    ['with pkgs; p2', ['p2']],
    ['(pkgs // { x = 1; }).p1', ['p1']],
    ['({ x = 1; } // pkgs).p1', ['p1']],
    ['(builtins.removeAttrs pkgs [ "p1" ]).p2', ['p2']],
    ['(builtins.mapAttrs (n: v: v) pkgs).p2', ['p2']],
    ['(builtins.intersectAttrs { p1 = 1; zz = 1; } pkgs).p1', ['p1', 'zz']],
    ['({ p1, ... }: p1) pkgs', ['p1']],
    ['pkgs.nope or pkgs.p1', ['nope', 'p1']],
    ['builtins.attrNames pkgs', []],
    // Laid over itself again and again: each layer is asked once, not each way that leads to it.
    [
      'let twice = a: x: (a // { "k${toString x}" = 1; }) // a; in (builtins.foldl\' twice pkgs (builtins.genList (x: x) 60)).nope or 1',
      ['nope'],
    ],
    [
      '(builtins.foldl\' (a: x: a // (a // { "k${toString x}" = 1; })) pkgs (builtins.genList (x: x) 60)) ? nope',
      ['nope'],
    ],
  ])('make only what is asked for: %s', (program, expected) => {
    const { attrs, asked } = packages();
    const ev = evaluator();
    ev.deepForce(ev.evalString(program, { scope: mkAttrs({ pkgs: attrs }) }));
    expect(asked).toEqual(expected);
  });

  it('suggest near names', () => {
    const ev = evaluator();
    try {
      ev.evalString('pkgs.q1', { scope: mkAttrs({ pkgs: packages().attrs }) });
      expect.unreachable();
    } catch (error) {
      expect((error as NixError).suggestion()).toBe('Did you mean one of p1, p10 or p2?');
    }
  });
});

describe('the host', () => {
  it('has the folder of the store, even where there is no Nix', () => {
    const ev = evaluator();
    const exists = (path: string) => ev.force(ev.evalString(`builtins.pathExists ${path}`));
    expect(exists('builtins.storeDir')).toBe(true);
    expect(exists('"${builtins.storeDir}/"')).toBe(true);
    expect(exists('"${builtins.storeDir}/foo"')).toBe(false);
    expect(exists('/nix')).toBe(false);
  });

  it('tells what is known of paths that are elsewhere', () => {
    const far =
      <T>(value: T) =>
      (path: string) =>
        path.startsWith('/far/') ? value : undefined;
    const ev = evaluator({ elsewhere: { imported: far('imported'), contents: far(new Opaque('it is far')) } });
    expect(ev.evalString('import /far/x')).toBe('imported');
    expect(ev.evalString('import { outPath = "/far/x"; }')).toBe('imported');
    for (const reader of ['readFile', 'readDir', 'readFileType', 'pathExists', 'storePath']) {
      expect(ev.evalString(`builtins.${reader} /far/x`)).toBeInstanceOf(Opaque);
    }
    expect(ev.force(ev.evalString('builtins.pathExists /near'))).toBe(false);
    expect(ev.evalString('builtins.readFile (builtins.toFile "x" "near")')).toBe('near');
  });

  it('gives texts under made-up names, parsed when they are imported, once', () => {
    const asked: string[] = [];
    const ev = evaluator({
      virtualFiles: (name) => {
        asked.push(name);
        return name === '<lockstep/lib>' ? '{ id = x: x; }' : undefined;
      },
    });
    expect(asked).toEqual([]);
    expect(ev.evalString('(import <lockstep/lib>).id (import <lockstep/lib>).id 3')).toBe(3);
    expect(ev.evalFile('<lockstep/lib>')).toBe(ev.evalFile('<lockstep/lib>'));
    expect(() => ev.evalString('import <lockstep/other>')).toThrow(
      "cannot look up '<lockstep/other>' in pure evaluation mode",
    );
  });

  it('may be another one in the next evaluation, for which programs that never change are compiled already', () => {
    const options = (text: string, own: string): EvaluatorOptions => ({
      io: { ...emptyIo, ...fileOf('/f.nix', text) },
      limits: { time: 50 },
      clock: () => now++,
      knownRight: (name) => name === '<lockstep/own>',
      virtualFiles: (name) => (name === '<lockstep/own>' ? own : undefined),
    });
    let now = 0;
    const ev = new Evaluator(options('1', '{ read = builtins.readFile /f.nix; sum = a: b: a.x + b; }'));
    const own = '(import <lockstep/own>)';
    expect(ev.evalString(`${own}.sum { x = ${own}.read; y = 0; } "!"`)).toBe('1!');
    expect(() => ev.evalString("builtins.foldl' (a: b: a + b) 0 (builtins.genList (x: x) 1000000)")).toThrow('longer');
    expect(ev.outOfTime).toBe(true);
    ev.restart(options('2', 'throw "it is read again"'));
    expect(ev.outOfTime).toBe(false);
    expect(ev.evalString(`${own}.sum { w = 0; x = ${own}.read; } "!"`)).toBe('2!');
    expect(ev.evalString('import /f.nix')).toBe(2);
    expect(() => ev.evalString(`${own}.sum { y = 1; } 2`)).toThrow("attribute 'x' missing");
  });

  it('hears of attributes of a derivation that do not do what they seem to', () => {
    const heard: string[] = [];
    const ev = evaluator({ onTrace: (text, kind) => heard.push(`${kind}: ${text}`) });
    ev.deepForce(
      ev.evalString(`map (extra: (derivation ({ name = "d"; system = "s"; builder = "b"; } // extra)).outPath) [
        { outputHash = ""; outputHashAlgo = "sha1"; }
        { __json = "{}"; }
        { __structuredAttrs = true; maxSize = 1; allowedReferences = [ ]; }
        { maxSize = 1; }
      ]`),
    );
    expect(heard).toEqual([
      "notice: found empty hash, assuming 'sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA='",
      "notice: In derivation 'd': setting structured attributes via '__json' is deprecated, and may be disallowed in future versions of Nix. Set '__structuredAttrs = true' instead.",
      ...['allowedReferences', 'maxSize'].map(
        (name) =>
          `notice: In a derivation named 'd', 'structuredAttrs' disables the effect of the derivation attribute '${name}'; use 'outputChecks.<output>.${name}' instead`,
      ),
    ]);
  });

  it('hears traces and warnings', () => {
    const heard: string[] = [];
    const ev = evaluator({ onTrace: (text, kind) => heard.push(`${kind}: ${text}`) });
    ev.evalString('builtins.trace "ä" (builtins.warn "careful" (builtins.trace { a = 1; } 1))');
    expect(heard).toEqual(['trace: ä', 'warning: careful', 'trace: { a = 1; }']);
  });

  it('has no clock, system or environment unless it gives them', () => {
    const ev = evaluator();
    expect(
      ev.evalString('[ (builtins ? currentSystem) (builtins ? currentTime) (builtins.getEnv "PATH") ]'),
    ).toBeDefined();
    expect(
      ev.print(
        ev.deepForce(ev.evalString('[ (builtins ? currentSystem) (builtins ? currentTime) (builtins.getEnv "PATH") ]')),
      ),
    ).toBe('[ false false "" ]');
    expect(() => ev.evalString('~/x')).toThrow('pure mode');
  });
});
