import { expect, it } from 'vitest';
import { heapInUse, heapMeter } from '../../src/node/heap';
import { evaluateNix, type NixEvalRequest } from '../../src/node/nix-eval';

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
  const request: NixEvalRequest = {
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
  };
  expect(await evaluateNix(request)).toMatchObject({ ok: true, outputs: [String(expected)] });
});
