import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { compiledEnd, tune } from '../bin/engine.cjs';

/**
 * `node scripts/code-cache.mjs FOLDER [--tuned]`: compiles every function of every chunk of a bundle, and writes the
 * result beside the chunk for bin/engine.cjs; what is newer than its chunk stays. In a process of its own: V8's flags
 * must be those of its reader.
 */
const [folder = '', word] = process.argv.slice(2);
if (word === '--tuned') {
  tune();
}
for (const name of readdirSync(folder).filter((name) => name.endsWith('.cjs'))) {
  const filename = join(folder, name);
  const compiled = `${filename}${compiledEnd}`;
  const made = statSync(compiled, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (made > statSync(filename).mtimeMs) {
    continue;
  }
  const text = nodeModule.wrap(readFileSync(filename, 'latin1'));
  // Functions are compiled when they are first called, unless V8 is told otherwise.
  setFlagsFromString('--no-lazy');
  const script = new Script(text, { filename });
  setFlagsFromString('--lazy');
  writeFileSync(compiled, script.createCachedData());
}
