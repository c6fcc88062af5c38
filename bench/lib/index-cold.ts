/*
 * One cold measurement, for index.bench.ts: a fresh process reads the index file, and with a second argument looks up
 * the attributes given there. Prints milliseconds and how many versions were found.
 */
import { readFileSync } from 'node:fs';
import { openIndex } from '../../src/core/nixpkgs';

const [path = '', attributes, revision = ''] = process.argv.slice(2);
const names = attributes?.split(',') ?? [];
const start = performance.now();
const bytes = readFileSync(path);
let found = 0;
if (names.length > 0) {
  const index = openIndex(bytes);
  for (const name of names) {
    found += index.lookup(name, revision).state === 'found' ? 1 : 0;
  }
}
process.stdout.write(`${performance.now() - start} ${found}\n`);
