import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/index';
import type { Target } from '../../src/core/model/target';
import { fromOctets } from '../../src/core/nix';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-nix-'));
writeFileSync(join(folder, 'add.nix'), '{ a, b ? 2 }: { sum = a + b; }');
writeFileSync(join(folder, 'set.nix'), '{ x = 1 + 1; f = y: y; s = import ./sub; }');
mkdirSync(join(folder, 'sub'));
writeFileSync(join(folder, 'sub', 'default.nix'), '"from sub"');
symlinkSync('/etc/hostname', join(folder, 'out-link'));
symlinkSync('add.nix', join(folder, 'add-link'));
symlinkSync('nowhere', join(folder, 'dangling'));
writeFileSync(join(folder, 'fails.nix'), 'throw "no"');
writeFileSync(join(folder, 'itself.nix'), 'import ./itself.nix');
symlinkSync('loop', join(folder, 'loop'));
afterAll(() => rmSync(folder, { recursive: true }));

async function lockstep(
  words: readonly string[],
  stdin: string | Uint8Array = '',
  env: Readonly<Record<string, string>> = {},
): Promise<{ out: string; err: string; code: number }> {
  let out = '';
  let err = '';
  let code = 0;
  await main(['nix', ...words], {
    cwd: folder,
    env: { HOME: '/home/me', TEST_VAR: 'foo', ...env },
    stdout: { write: (text) => (out += typeof text === 'string' ? text : fromOctets(text)) },
    stderr: { write: (text) => (err += text) },
    readStdin: async () => String(stdin),
    readStdinOctets: async () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    now: () => new Date('2026-01-01T00:00:00Z'),
    setExitCode: (exit) => {
      code = exit;
    },
  });
  return { out, err, code };
}

/** Declares `bin`, not `dev`. */
const PLACEHOLDER_OF_NOTHING = `derivationStrict {
  name = "p"; system = "s"; builder = "/b"; outputs = [ "out" "bin" ];
  flags = "--dev=\${placeholder "dev"} --bin=\${placeholder "bin"}";
}`;

let bundle: Promise<string> | undefined;

/** The folder of the command line's bundle, which is built once. */
function built(): Promise<string> {
  const outDir = join(folder, 'out', 'cli');
  bundle ??= build({
    configFile: fileURLToPath(new URL('../../vite.cli.config.ts', import.meta.url)),
    build: { outDir },
    logLevel: 'silent',
  }).then(() => outDir);
  return bundle;
}

const COUNT_TO_FIFTY = 'let f = n: if n == 50 then n else 0 + f (n + 1); in f 0';

describe('lockstep nix eval', () => {
  it.each([
    [['eval', '--expr', '{ a = 1 + 1; b = "x"; }'], '{ a = <CODE>; b = "x"; }\n'],
    [['eval', '--strict', '-E', '{ a = 1 + 1; f = x: x; }'], '{ a = 2; f = <LAMBDA>; }\n'],
    [['eval', '--strict', 'set.nix'], '{ f = <LAMBDA>; s = "from sub"; x = 2; }\n'],
    [['eval', 'set.nix', '-A', 's'], '"from sub"\n'],
    [['eval', '--json', '-E', '{ a = [ 1 2.5 null ]; ä = "ö"; }'.replace('ä', '"ä"')], '{"a":[1,2.5,null],"ä":"ö"}\n'],
    [['eval', 'add.nix', '--arg', 'a', '40 + 0', '-A', 'sum'], '42\n'],
    [['eval', '--strict', 'add.nix', '--argstr', 'a', 'x', '--argstr', 'b', 'y'], '{ sum = "xy"; }\n'],
    [['eval', '--system', 'aarch64-darwin', '-E', 'builtins.currentSystem'], '"aarch64-darwin"\n'],
    [['eval', '-E', 'builtins.getEnv "TEST_VAR" + toString ~/x'], '"foo/home/me/x"\n'],
    [['eval', '-E', '[ ~/.${"x"} ~/a/..${""} ]', '--strict'], '[ /home/me/.x /home/me ]\n'],
    [['eval', '-E', '[ (~/a/.. == ~/.) (dirOf ~/a/..) ]', '--strict'], '[ false /home/me/a ]\n'],
    [['eval', '-I', 'here=sub', '-E', 'import <here>'], '"from sub"\n'],
    [['eval', '-E', 'builtins.currentTime'], '1767225600\n'],
    [['eval', '--pure-eval', '-E', 'builtins ? currentTime'], 'false\n'],
    [['parse', '-E', 'x: x + 1'], '(x: (x + 1))\n'],
    [['parse', '--xml', '-E', '1'], '1\n'],
    [['parse', 'add.nix'], '({ a, b ? 2 }: { sum = (a + b); })\n'],
  ])('%j', async (words, expected) => {
    expect(await lockstep(words)).toEqual({ out: expected, err: '', code: 0 });
  });

  it('reads standard input', async () => {
    expect((await lockstep(['eval', '-'], '1 + 1')).out).toBe('2\n');
    expect((await lockstep(['parse'], '1 + 1')).out).toBe('(1 + 1)\n');
  });

  it('writes XML as nix-instantiate --xml does', async () => {
    const { out } = await lockstep(['eval', '--xml', '--no-location', '--strict', '-E', '[ 1 (x: x) { a = "<"; } ]']);
    expect(out).toBe(`<?xml version='1.0' encoding='utf-8'?>
<expr>
  <list>
    <int value="1" />
    <function>
      <varpat name="x" />
    </function>
    <attrs>
      <attr name="a">
        <string value="&lt;" />
      </attr>
    </attrs>
  </list>
</expr>
`);
  });

  it('takes settings of Nix as options, and those that change nothing', async () => {
    const words = ['--max-call-depth', '60', '--quiet', '--store', 'dummy://', '--option', 'cores', '2'];
    expect(await lockstep(['eval', ...words, '-E', COUNT_TO_FIFTY])).toMatchObject({ out: '50\n', err: '', code: 0 });
    const system = await lockstep(['eval', '--option', 'eval-system', 'a-b', '-E', 'builtins.currentSystem']);
    expect(system.out).toBe('"a-b"\n');
  });

  it('names the standard input in messages', async () => {
    expect((await lockstep(['parse', '-'], '{ a = 1; a = 2; }')).err).toContain(
      "error: attribute 'a' already defined at «stdin»:1:3\n       at «stdin»:1:10:",
    );
  });

  it('shows the whole trace, or its beginning where it is told to', async () => {
    const program = ['--strict', '-E', '{ a = let f = x: throw "no"; in f 1; }'];
    const { err } = await lockstep(['eval', ...program]);
    expect(err.match(/… .*/g)).toEqual([
      "… while evaluating the attribute 'a'",
      '… from call site',
      "… while calling 'f'",
      "… while calling the 'throw' builtin",
    ]);
    expect(await lockstep(['eval', '--show-trace', ...program])).toMatchObject({ err });
    const short = await lockstep(['eval', '--no-show-trace', ...program]);
    expect(short.err.match(/… .*/g)).toEqual([
      "… while evaluating the attribute 'a'",
      "… while calling the 'throw' builtin",
    ]);
  });

  it('warns of literals with their place, where it is told to', async () => {
    const words = ['--lint-short-path-literals', 'warn', '--lint-absolute-path-literals', 'warn'];
    expect((await lockstep(['eval', ...words, '-'], 'x: [\n  a/b ~/c ]')).err.split('\n')).toEqual([
      "warning: relative path literal 'a/b' should be prefixed with '.' for clarity: './a/b' (lint-short-path-literals)",
      '         at «stdin»:2:3:',
      '              1| x: [',
      '              2|   a/b ~/c ]',
      '               |   ^',
      "warning: home path literals are not portable. Consider replacing path literal '~/c' by a string, relative path, or parameter (lint-absolute-path-literals)",
      '         at «stdin»:2:7:',
      '              1| x: [',
      '              2|   a/b ~/c ]',
      '               |       ^',
      '',
    ]);
  });

  it('tells in XML where things are written: the path of what is in a file', async () => {
    const elements = async (...words: string[]) =>
      (await lockstep(['eval', '--xml', '--strict', ...words])).out
        .replaceAll(folder, 'FOLDER')
        .match(/<(?:attr|function) .*?>/g);
    expect(await elements('set.nix')).toEqual([
      '<attr column="14" line="1" name="f" path="FOLDER/set.nix">',
      '<function column="18" line="1" path="FOLDER/set.nix">',
      '<attr column="24" line="1" name="s" path="FOLDER/set.nix">',
      '<attr column="3" line="1" name="x" path="FOLDER/set.nix">',
    ]);
    expect(await elements('-E', '{ f = x: x; }')).toEqual([
      '<attr column="3" line="1" name="f">',
      '<function column="7" line="1">',
    ]);
  });

  it('warns of compared functions, also within what is identical to itself, where it is told to', async () => {
    const program =
      'let f = x: x; g = { h = f; }; in [ ([ f ] == [ f ]) (f == f) (g == g) (builtins.elem f [ 1 f ]) ([ 1 ] == [ 1 ]) ]';
    const words = ['--strict', '-E', program];
    const quiet = await lockstep(['eval', ...words]);
    expect(quiet).toMatchObject({ out: '[ true false true true true ]\n', err: '' });
    const { err, out } = await lockstep(['eval', '--lint-function-comparison', 'warn', ...words]);
    expect(out).toBe(quiet.out);
    expect(err.match(/^warning: function comparison is unreliable/gm)).toHaveLength(4);
    expect(err.match(/at «string»:1:\d+/g)).toEqual([43, 56, 65, 72].map((column) => `at «string»:1:${column}`));
  });

  it('warns of an old name of a hash format', async () => {
    const program =
      'builtins.convertHash { hash = "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"; toHashFormat = "base32"; }';
    expect(await lockstep(['eval', '-E', program])).toMatchObject({
      out: '"143xibwh31h9bvxzalr0sjvbbvpa6ffs"\n',
      err: 'warning: "base32" is a deprecated alias for hash format "nix32".\n',
    });
  });

  it('refuses a root that is not there, and tells of parsing only what it heeds', async () => {
    const { err, code } = await lockstep(['eval', '--root', 'nowhere', '-E', '1']);
    expect(err).toMatch(/nowhere is not a folder\.\nnext: Give --root the folder/);
    expect(code).toBe(2);
    const [ofEval, ofParse] = [(await lockstep(['eval', '--help'])).out, (await lockstep(['parse', '--help'])).out];
    for (const option of ['--strict', '--arg NAME', '--lint-function-comparison']) {
      expect(ofEval).toContain(option);
      expect(ofParse).not.toContain(option);
    }
    expect(ofParse).toContain('--lint-url-literals');
  });

  it('traces verbosely only where it is told to', async () => {
    const program = ['-E', 'builtins.traceVerbose "seen" 1'];
    expect(await lockstep(['eval', ...program])).toMatchObject({ out: '1\n', err: '' });
    expect(await lockstep(['eval', '--trace-verbose', ...program])).toMatchObject({ out: '1\n', err: 'trace: seen\n' });
  });

  it('warns of the placeholder of an output that there is not, where it is told to', async () => {
    const eq = ['--strict', '-E', `(${PLACEHOLDER_OF_NOTHING}) ? out`];
    const quiet = await lockstep(['eval', ...eq]);
    expect(quiet).toMatchObject({ out: 'true\n', err: '', code: 0 });
    const warned = await lockstep(['eval', '--lint-undeclared-placeholder-outputs', 'warn', ...eq]);
    expect(warned.out).toBe('true\n');
    // The whole of it: Nix tells no place.
    expect(warned.err).toBe(
      "warning: derivation 'p' references its own output 'dev' via placeholder, but this output is not declared (lint-undeclared-placeholder-outputs)\n",
    );
  });

  it('warns of system features that are told in one text, where the derivation is and of which item', async () => {
    const program = [
      '(derivation {',
      '  name = "p"; system = "s"; builder = "b";',
      '  requiredSystemFeatures = [ "kvm big" "one" ];',
      '}).outPath == 1',
    ].join('\n');
    const { out, err } = await lockstep(['eval', '-E', program]);
    expect(out).toBe('false\n');
    expect(err.split('\n')).toEqual([
      'warning:',
      "         … while evaluating derivation 'p'",
      '',
      "         … while evaluating the derivation attribute 'requiredSystemFeatures'",
      '           at «string»:3:3:',
      '              2|   name = "p"; system = "s"; builder = "b";',
      '              3|   requiredSystemFeatures = [ "kvm big" "one" ];',
      '               |   ^',
      '              4| }).outPath == 1',
      '',
      expect.stringContaining(
        "         warning: the item 'kvm big' in the 'requiredSystemFeatures' attribute list will be",
      ),
      '',
    ]);
    expect(await lockstep(['eval', '-E', program.replace('"kvm big"', '" kvm "')])).toMatchObject({ err: '' });
  });

  it('takes an empty hash of a path for one that nobody knows', async () => {
    const { err, code } = await lockstep(['eval', '-E', 'builtins.path { path = ./add.nix; sha256 = ""; }']);
    expect(err).toContain("warning: found empty hash, assuming 'sha256-AAAA");
    expect(err).toContain('store path mismatch in (possibly filtered) path');
    expect(code).toBe(1);
  });

  it.each([
    // A link becomes a link in the store, whatever it points to; builtins.path and filterSource follow it.
    ['"${./add-link}"', '"/nix/store/70n9hcn4xjwpnahgn5wwkfyrfa266cgy-add-link"'],
    ['"${./dangling}"', '"/nix/store/i9s602wqnwlz1rz6979x039a1snpz3wf-dangling"'],
    ['"${builtins.path { path = ./add-link; }}"', '"/nix/store/4fgbn66awn9pgjw4f3lfqif1c87g9cla-add-link"'],
    ['"${builtins.path { path = ./add.nix; name = ""; }}"', '"/nix/store/dp92m20a8kzm7msdn6vz07685ifrkgzr-add.nix"'],
  ])('copies %s as Nix does', async (program, expected) => {
    expect(await lockstep(['eval', '-E', program])).toMatchObject({ out: `${expected}\n`, code: 0 });
  });

  it('says where the value is written that builtins.listToAttrs took', async () => {
    writeFileSync(join(folder, 'list.nix'), 'builtins.listToAttrs [\n  { name = "a"; value = 1; }\n]');
    const { out } = await lockstep(['eval', '--json', '-E', 'builtins.unsafeGetAttrPos "a" (import ./list.nix)']);
    expect(JSON.parse(out)).toMatchObject({ line: 2, column: 17 });
  });

  it.each([
    [['eval', '-E', '{ a = 1'], 'unexpected end of file'],
    [['eval', '-E', 'throw "no"'], 'error: no'],
    [['eval', 'nope.nix'], 'does not exist'],
    [['eval', '-E', '"b" + /nix/store/nothing'], "path '/nix/store/nothing' does not exist"],
    [['eval', '-E', 'builtins.readDir ./add.nix'], 'cannot read directory "'],
    [
      ['eval', '-E', 'builtins.path { path = ./add.nix; sha256 = "'.concat('0'.repeat(64), '"; }')],
      'store path mismatch in (possibly filtered) path added from',
    ],
    [['eval', '--strict', '-E', 'builtins.fetchTarball "https://a/b.tar.gz"'], 'is not fetched'],
    [['eval', '--root', '.', '-E', 'builtins.readFile ./out-link'], 'outside'],
    [['eval', '--root', '.', '-E', 'builtins.readFile /etc/hostname'], 'outside'],
    [['eval', '--lint-url-literals', 'fatal', '-E', 'https://a.b'], 'URL literals are disallowed'],
    [
      ['eval', '--strict', '--lint-undeclared-placeholder-outputs', 'fatal', '-E', PLACEHOLDER_OF_NOTHING],
      "its own output 'dev' via placeholder",
    ],
    [['eval', '--max-call-depth', '10', '-E', COUNT_TO_FIFTY], 'max-call-depth exceeded'],
    [['eval', '--option', 'max-call-depth', '10', '-E', COUNT_TO_FIFTY], 'max-call-depth exceeded'],
    [['eval', '--option', 'lint-url-literals', 'fatal', '-E', 'https://a.b'], 'URL literals are disallowed'],
    [['parse', '-E', 'x: y'], "undefined variable 'y'"],
    [
      ['eval', '--timeout', '0.01', '-E', 'let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in f 50'],
      'longer than',
    ],
  ])('fails on %j', async (words, message) => {
    const { out, err, code } = await lockstep(words);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(code).toBe(1);
  });

  it('writes octets that are no UTF-8 as they came', async () => {
    const program = Uint8Array.from([...'"a'].map((char) => char.charCodeAt(0)).concat(0xff, 0x22));
    expect((await lockstep(['eval', '-'], program)).out).toBe('"a\xff"\n');
  });

  it('stops at a warning when it is told to', async () => {
    const words = ['eval', '-E', 'builtins.warn "careful" 1'];
    expect(await lockstep(words)).toEqual({ out: '1\n', err: 'evaluation warning: careful\n', code: 0 });
    expect((await lockstep([...words, '--abort-on-warn'])).err).toContain('abort-on-warn');
    expect((await lockstep(words, '', { NIX_ABORT_ON_WARN: '1' })).code).toBe(1);
  });

  it('shows a set within itself once', async () => {
    const { err } = await lockstep(['eval', '-E', 'let x = { again = x; said = builtins.trace x true; }; in x.said']);
    expect(err).toBe('trace: { again = «repeated»; said = «potential infinite recursion»; }\n');
  });

  it.each([
    [['eval', '--nope'], '--nope'],
    [['eval', '--expr'], 'needs a value'],
    [['eval', '--timeout', 'x', '-E', '1'], 'number of seconds'],
    [['eval', '--max-call-depth', '0', '-E', '1'], 'whole number'],
    [['eval', '--option', 'lint-url-literals'], 'needs a value'],
    [['eval', '--option', 'cores'], 'needs a value'],
  ])('refuses %j', async (words, message) => {
    const { err, code } = await lockstep(words);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('tells which file fails, of those that are imported', async () => {
    const imported = await lockstep(['eval', '-E', 'import ./fails.nix']);
    expect(imported.err).toContain(`… while evaluating the file '${join(folder, 'fails.nix')}':`);
    expect((await lockstep(['eval', 'fails.nix'])).err).not.toContain('while evaluating the file');
    expect(
      (await lockstep(['eval', '--strict', '-E', '[ (builtins.tryEval (import ./fails.nix)) (import ./fails.nix) ]']))
        .code,
    ).toBe(1);
    expect((await lockstep(['eval', 'itself.nix'])).err).toContain('infinite recursion encountered');
    expect((await lockstep(['eval', '-E', 'import ./loop'])).err).toContain('too many symbolic links encountered');
    expect((await lockstep(['eval', '-E', 'builtins.readFile ./loop'])).err).toContain(
      `… while realising the context of path '${join(folder, 'loop')}'`,
    );
  });

  it('prints a text as it is', async () => {
    expect(await lockstep(['eval', '--raw', '-E', '"a\\nb"'])).toMatchObject({ out: 'a\nb', code: 0 });
    expect((await lockstep(['eval', '--raw', '-E', '1'])).err).toContain('cannot coerce an integer to a string: 1');
  });

  it.each([
    ['{ a = 1; }', 'a.b', "the expression selected by the selection path 'a.b' should be a set but is an integer"],
    ['{ a = { }; }', 'a.0', "the expression selected by the selection path 'a.0' should be a list but is a set"],
    ['[ 1 ]', '5', "list index 5 in selection path '5' is out of range"],
    ['{ ab = 1; }', 'ac', "attribute 'ac' in selection path 'ac' not found\n       Did you mean ab?"],
    ['{ a = 1; }', '"a', "missing closing quote in selection path '\"a'"],
  ])('tells what a selection path meets: %s %s', async (program, path, message) => {
    expect((await lockstep(['eval', '-E', program, '-A', path])).err).toBe(`error: ${message}\n`);
  });

  it('takes settings by their names', async () => {
    const warning = ['-E', 'builtins.warn "x" 1'];
    expect((await lockstep(['eval', '--option', 'abort-on-warn', 'true', ...warning])).code).toBe(1);
    expect((await lockstep(['eval', '--option', 'abort-on-warn', 'false', ...warning])).code).toBe(0);
    expect((await lockstep(['eval', '--option', 'pure-eval', 'true', '-E', 'builtins ? currentTime'])).out).toBe(
      'false\n',
    );
  });

  it('has what Nix keeps behind an experimental feature where that is switched on', async () => {
    const programs = ['builtins.hashString "blake3" ""', '(builtins.fromTOML "a = 2026-01-01").a.value'];
    const features = ['blake3-hashes', 'parse-toml-timestamps'];
    for (const program of programs) {
      expect((await lockstep(['eval', '-E', program])).code).toBe(1);
    }
    const written = await lockstep(['eval', '--extra-experimental-features', features.join(' '), '-E', programs[0]!]);
    expect(written.out).toBe('"af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"\n');
    const named = ['--option', 'experimental-features', features[1]!];
    expect((await lockstep(['eval', ...named, '-E', programs[1]!])).out).toBe('"2026-01-01"\n');
  });

  it('reads NIX_PATH with URLs, and tells that they are not fetched', async () => {
    const env = { NIX_PATH: `nixpkgs=flake:nixpkgs:${folder}:x=https://example.com/x.tar.gz` };
    expect((await lockstep(['eval', '--strict', '-E', '[ <sub> ]'], '', env)).out).toBe(`[ ${folder}/sub ]\n`);
    const { err } = await lockstep(['eval', '-E', 'import <nixpkgs> { }'], '', env);
    expect(err).toContain('<nixpkgs> lies at flake:nixpkgs, which is not fetched');
  });

  it('tells once that a place of the search path is not there', async () => {
    const program = '[ <sub> (builtins.tryEval <nowhere>).success ]';
    const { out, err } = await lockstep(['eval', '--strict', '-I', 'missing', '-I', '.', '-E', program]);
    expect(out).toBe(`[ ${join(folder, 'sub')} false ]\n`);
    expect(err).toBe(`warning: Nix search path entry '${join(folder, 'missing')}' does not exist, ignoring\n`);
  });

  it('sets the lines of a warning below each other, and ends none with a blank', async () => {
    const { err } = await lockstep([
      'eval',
      '-E',
      'builtins.warn "a\\nb" (builtins.addErrorContext "c\\nd" (throw "e  "))',
    ]);
    expect(err).toContain('evaluation warning: a\n                    b\n');
    expect(err).toContain('       … c\n       d\n');
    expect(err).toMatch(/error: e\n$/);
  });

  it('reads the standard input when it was compiled ahead', async () => {
    await built();
    const script = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
    cpSync(script('bin'), join(folder, 'bin'), { recursive: true });
    spawnSync(process.execPath, [script('scripts/code-cache.mjs'), join(folder, 'out', 'cli')]);
    expect(readdirSync(join(folder, 'out', 'cli')).some((name) => name.startsWith('index.cjs.'))).toBe(true);
    const words = [join(folder, 'bin', 'lockstep.cjs'), 'nix', 'parse', '-'];
    expect(spawnSync(process.execPath, words, { encoding: 'utf8', input: '1  +  2' })).toMatchObject({
      stdout: '(1 + 2)\n',
      stderr: '',
    });
  }, 120_000);

  it('recurses as deeply as Nix does, on a stack of its own', async () => {
    // The thread with the deep stack runs the built program.
    const outDir = await built();
    const run = (n: number) => {
      const program = `let f = n: if n == 0 then 0 else 1 + f (n - 1); in f ${n}`;
      const words = [join(outDir, 'index.cjs'), 'nix', 'eval', '--timeout', '20', '-E', program];
      return spawnSync(process.execPath, words, { encoding: 'utf8' });
    };
    expect(run(9990).stdout).toBe('9990\n');
    // So is what is written of deep values.
    const deep = `builtins.foldl' (inner: i: { inherit inner; }) null (builtins.genList (i: i) 9500)`;
    const written = ['--json', '--strict'].map((option) => {
      const words = [join(outDir, 'index.cjs'), 'nix', 'eval', option, '--strict', '--timeout', '20', '-E', deep];
      return spawnSync(process.execPath, words, { encoding: 'utf8' }).stdout.split('inner').length;
    });
    expect(written).toEqual([9501, 9501]);
    expect(run(10_010).stderr).toContain('max-call-depth exceeded');
  }, 120_000);

  it('reads what is nested 50,000 times, as Nix does, and refuses what no stack holds', async () => {
    const outDir = await built();
    const evaluate = (program: string) => {
      const words = [join(outDir, 'index.cjs'), 'nix', 'eval', '--strict', '--timeout', '20', '-'];
      return spawnSync(process.execPath, words, { encoding: 'utf8', input: program });
    };
    const nest = (before: string, after: string, times = 50_000) => `${before.repeat(times)}1${after.repeat(times)}`;
    expect(
      [
        nest('(', ')'),
        `builtins.attrNames (${nest('{ a = ', '; }')})`,
        `!${'!'.repeat(49_999)}true`,
        `builtins.isList (builtins.fromJSON "${nest('[', ']')}")`,
      ].map((program) => evaluate(program).stdout),
    ).toEqual(['1\n', '[ "a" ]\n', 'true\n', 'true\n']);
    expect(evaluate(nest('(', ')', 500_000)).stderr).toContain('nested too deeply');
  }, 120_000);

  it('reads a flake that recurses as deeply, again when one of its files is another one', async () => {
    const outDir = await built();
    symlinkSync(fileURLToPath(new URL('../../resources', import.meta.url)), join(folder, 'resources'));
    const flake = join(folder, 'flake');
    mkdirSync(flake);
    writeFileSync(
      join(flake, 'flake.nix'),
      `{
        outputs = { nixpkgs, ... }: let
          pkgs = nixpkgs.legacyPackages.x86_64-linux;
          f = n: if n == 0 then 0 else 1 + f (n - 1);
        in {
          devShells.x86_64-linux.default = pkgs.mkShell { packages = [ (import (./. + "/tool\${toString (f 9000)}.nix") pkgs) ]; };
        };
      }`,
    );
    const read = (tool: string) => {
      writeFileSync(join(flake, 'tool9000.nix'), `pkgs: pkgs.${tool}`);
      const words = [join(outDir, 'index.cjs'), 'target', flake, '--json', '--system', 'x86_64-linux'];
      const env = { ...process.env, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') };
      const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8', env });
      const { packages, unresolved } = (JSON.parse(stdout) as Target).shells['default']!;
      return [...packages.map(({ attribute }) => attribute), ...unresolved];
    };
    expect(read('hello')).toEqual(['hello']);
    // What was written a moment ago would not be remembered in any case.
    expect(read('hello')).toEqual(['hello']);
    expect(read('git')).toEqual(['git']);
  }, 120_000);
});
