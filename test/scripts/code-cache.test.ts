import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'lockstep-compiled-'));
const entry = join(folder, 'index.cjs');

beforeAll(() => {
  writeFileSync(
    join(folder, 'other.cjs'),
    "exports.name = () => 'other in ' + require('node:path').basename(__dirname);",
  );
  writeFileSync(
    entry,
    "const other = require('./other.cjs'); console.log(other.name(), require('./other.cjs') === other);",
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads the bundle in a process of its own; what it prints, and for each chunk whether V8 refused the compiled form. */
function load(before: string) {
  const code = `
    const vm = require('node:vm');
    const Script = vm.Script;
    vm.Script = class extends Script {
      constructor(...words) { super(...words); console.log(this.cachedDataRejected); }
    };
    const engine = require(${JSON.stringify(join(root, 'bin/lockstep.cjs'))});
    ${before}
    engine.loadCompiled(${JSON.stringify(entry)});`;
  return spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' }).stdout.trim().split('\n');
}

function compile(): void {
  const script = join(root, 'scripts/code-cache.mjs');
  expect(spawnSync(process.execPath, [script, folder, '--tuned']).status).toBe(0);
}

test('what is compiled in advance is taken by an engine that is tuned alike, and runs as it would without', () => {
  compile();
  const said = `other in ${folder.split(/[\\/]/).at(-1)} true`;
  expect(load('engine.tune();')).toEqual(['false', 'false', said]);
  // With other flags V8 compiles anew.
  expect(load('')).toEqual(['true', 'true', said]);
});

test('tuning says nothing, whichever engine it is', () => {
  const code = `require(${JSON.stringify(join(root, 'bin/lockstep.cjs'))}).tune();`;
  expect(spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' })).toMatchObject({ stderr: '', status: 0 });
});

test('only what is older than its chunk is compiled again', () => {
  compile();
  const compiled = readdirSync(folder).filter((name) => name.endsWith('.bin'));
  const times = () => compiled.map((name) => statSync(join(folder, name)).mtimeMs);
  const before = times();
  compile();
  expect(times()).toEqual(before);
  const later = new Date(Date.now() + 5000);
  utimesSync(entry, later, later);
  compile();
  const changed = compiled.filter((_, index) => times()[index] !== before[index]);
  expect(changed.map((name) => name.replace(/\.cjs\..*/, ''))).toEqual(['index']);
});

test('what runs have called is learnt, run by run, and what they have not called runs as well', () => {
  compile();
  const [chunk] = readdirSync(folder).filter((name) => name.startsWith('other.cjs.'));
  const body = 'let sum = 0; for (const one of [1, 2, 3]) { sum += one; } return sum;';
  const text = `exports.first = () => { ${body} }; exports.second = () => { ${body} }; exports.third = () => { ${body} };`;
  writeFileSync(join(folder, 'other.cjs'), text);
  writeFileSync(entry, "console.log(require('./other.cjs')[process.argv[2] ?? 'third']());");
  const learnt = join(folder, `${chunk}.learnt`);
  const sizes = ['first', 'second', 'first'].map((word) => {
    const run = spawnSync(process.execPath, [join(root, 'scripts/lib/learn-run.cjs'), entry, word], {
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ stdout: '6\n', stderr: '', status: 0 });
    return statSync(learnt).size;
  });
  expect(sizes[1]).toBeGreaterThan(sizes[0]!);
  expect(sizes[2]).toBe(sizes[1]);
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.learnt'))) {
    renameSync(join(folder, name), join(folder, name.replace('.learnt', '')));
  }
  expect(load('engine.tune();')).toEqual(['false', 'false', '6']);
});
