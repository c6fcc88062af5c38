import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, say } from './lib/run.mjs';
import { ensureBuild, ensureDependencies } from './lib/set-up.mjs';

/**
 * `npm run bench [-- name …]`: measures every file of `bench/` (or those whose names are given) and prints ratios.
 * Each exports `measure(): Promise<Row[]>`; see bench/lib/measure.mjs.
 */
await ensureDependencies();
await ensureBuild();
const { register } = await import('tsx/esm/api');
register();

const wanted = process.argv.slice(2);
const files = readdirSync(join(root, 'bench'))
  .filter((name) => /\.bench\.(?:mjs|ts)$/u.test(name))
  .sort();
/** @type {import('../bench/lib/measure.mjs').Row[]} */
const rows = [];
for (const file of files.filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))) {
  say(`measuring ${file} …`);
  const { measure } = await import(pathToFileURL(join(root, 'bench', file)).href);
  try {
    rows.push(...(await measure()));
  } catch (error) {
    rows.push({ what: file, against: '', ratio: Number.NaN, goal: 'to run', met: false, detail: String(error) });
  }
}
for (const { what, against, ratio, goal, met, detail } of rows) {
  process.stdout.write(
    `${met ? '✓' : '✗'} ${what} / ${against}: ${Number.isFinite(ratio) ? ratio.toPrecision(3) : '—'} (goal: ${goal}; ${detail})\n`,
  );
}
const artefacts = join(root, 'artefacts');
if (!existsSync(artefacts)) {
  mkdirSync(artefacts);
}
writeFileSync(join(artefacts, 'bench.json'), `${JSON.stringify(rows, undefined, 2)}\n`);
process.exitCode = rows.every((row) => row.met) ? 0 : 1;
