/** Reads the target of a folder again and again in one process; prints the median of the warm readings in milliseconds. */
import { loadIndex } from '../../src/node/nixpkgs-index';
import { readTarget } from '../../src/node/target';

const [folder = '.'] = process.argv.slice(2);
const index = loadIndex();
const times: number[] = [];
for (let run = 0; run < 60; run += 1) {
  const start = performance.now();
  await readTarget({ folder, system: 'x86_64-linux', index });
  times.push(performance.now() - start);
}
const warm = times.slice(30).sort((a, b) => a - b);
process.stdout.write(`${warm[warm.length >> 1] ?? Number.NaN}\n`);
