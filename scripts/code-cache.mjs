import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { compiledEnd, tune } from '../bin/engine.cjs';

/**
 * `node scripts/code-cache.mjs FOLDER`: compiles every function of every chunk of the command line's bundle, and writes
 * the result beside the chunk for bin/lockstep.cjs. In a process of its own: V8's flags must be those of its reader.
 */
const [folder = join('out', 'cli')] = process.argv.slice(2);
tune();
for (const name of readdirSync(folder).filter((name) => name.endsWith('.cjs'))) {
  const filename = join(folder, name);
  const text = nodeModule.wrap(readFileSync(filename, 'latin1'));
  // Functions are compiled when they are first called, unless V8 is told otherwise.
  setFlagsFromString('--no-lazy');
  const script = new Script(text, { filename });
  setFlagsFromString('--lazy');
  writeFileSync(`${filename}${compiledEnd}`, script.createCachedData());
}
