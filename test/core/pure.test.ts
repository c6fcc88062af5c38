import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What the standard library of the language itself has of a clock, of randomness, and of the machine's language. */
const IMPURE: readonly RegExp[] = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bglobalThis\b/,
  /\bIntl\.|\.toLocale\w+\(|\.localeCompare\(/,
  /\.get(?:Timezone\w*|FullYear|Month|Date|Day|Hours|Minutes|Seconds)\(/,
  // State that outlives a call.
  /^(?:export )?let /m,
  /^(?:export )?const \w+(?:: [^=\n]*(?<!Readonly(?:Map|Set)<[^=\n]*))? = new (?:Weak)?(?:Map|Set)(?:<[^\n]*>)?\(\);/m,
];

const sources = readdirSync('src/core', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: withoutComments(readFileSync(join('src/core', name), 'utf8')) }));

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

test('core reads no clock, no randomness and no language of the machine, and keeps no state', () => {
  expect(sources.length).toBeGreaterThan(500);
  const found = sources.flatMap(({ name, text }) =>
    IMPURE.filter((pattern) => pattern.test(text)).map((pattern) => `${name}: ${pattern}`),
  );
  expect(found).toEqual([]);
});

test.each([
  'const today = new Date();',
  'return Date.now() - start;',
  'words.sort((a, b) => a.localeCompare(b));',
  'let last = 0;',
  'const kept = new Map<string, number>();',
  'const kept: Map<string, number> = new Map();',
])('%s would be found', (line) => {
  expect(IMPURE.some((pattern) => pattern.test(line))).toBe(true);
});

test('a constant that cannot be changed is no state', () => {
  const line = 'const NONE: ReadonlySet<string> = new Set();';
  expect(IMPURE.some((pattern) => pattern.test(line))).toBe(false);
});

test('every room of src has its arrows in biome.json', () => {
  const { overrides } = JSON.parse(readFileSync('biome.json', 'utf8'));
  const ruled: string[] = overrides
    .filter(
      ({ linter }: { linter: { rules: { style?: object } } }) => 'noRestrictedImports' in (linter.rules.style ?? {}),
    )
    .flatMap(({ includes }: { includes: string[] }) => includes);
  const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rooms.map(({ name }) => `src/${name}/**`).filter((room) => !ruled.includes(room))).toEqual([]);
});
