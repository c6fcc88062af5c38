import { expect, it } from 'vitest';
import { collectGarbage, heapInUse, heapMeter } from '../../src/node/heap';
import { evaluateNix, type NixEvalResult } from '../../src/node/nix-eval';

const MB = 1 << 20;

it('counts what is needed, and not what lies there until somebody collects it', () => {
  const before = heapInUse();
  const measure = heapMeter(before);
  let held: unknown[] | undefined = Array.from({ length: 40 }, () => new Array(250_000).fill(0));
  expect(measure(40 * MB)).toBeGreaterThan(70 * MB);
  expect(held).toHaveLength(40);
  held = undefined;
  expect(heapMeter(before)(40 * MB)).toBeLessThan(40 * MB);
});

it.each([
  [
    'a list that grows',
    "builtins.length (builtins.foldl' (a: i: a ++ [ i ]) [ ] (builtins.genList (x: x) 9900))",
    9900,
  ],
  [
    'a set that grows',
    'builtins.length (builtins.attrNames (builtins.foldl\' (a: n: { "a${toString n}" = n; } // a) { } (builtins.genList (x: x) 4000)))',
    4000,
  ],
])('%s keeps nothing of what it was before', async (_, text, expected) => {
  expect(await evaluate(text)).toMatchObject({ ok: true, outputs: [String(expected)] });
});

it.each([
  'builtins.removeAttrs { } texts',
  'builtins.length (builtins.sort (a: b: a < b) texts)',
  'builtins.attrNames (builtins.listToAttrs (map (name: { inherit name; value = 1; }) texts))',
  'builtins.zipAttrsWith (name: values: 1) (map (text: { ${text} = 1; }) texts)',
])('counts long texts where their parts are joined: %s', async (program) => {
  const long = 'builtins.foldl\' (a: i: a + a) "0123456789abcdef" (builtins.genList (i: i) 19)';
  const text = `let long = ${long}; texts = builtins.genList (i: long + toString i) 30; in builtins.seq (${program}) 1`;
  expect(await evaluate(text)).toMatchObject({ ok: false, problem: { code: 'nix-limit' } });
});

function evaluate(text: string): Promise<NixEvalResult> {
  // What others have left would make room.
  collectGarbage();
  return evaluateNix({
    program: { text, basePath: '/' },
    output: 'value',
    strict: true,
    system: 'x86_64-linux',
    args: [],
    attributes: [],
    searchPath: [],
    basePath: '/',
    roots: [],
    env: {},
    now: 0,
    location: false,
    pure: true,
    lints: {},
    traceVerbose: false,
    abortOnWarn: false,
    features: [],
    deadline: 20_000,
    memory: heapInUse() + 60 * MB,
  });
}
