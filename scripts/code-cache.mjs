import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { compiledEnd, packCompiled, textOf, tune } from '../bin/lockstep.cjs';

/**
 * `node scripts/code-cache.mjs FOLDER [--tuned]`: compiles every function of every chunk of a bundle, and writes the
 * result beside the chunk for bin/lockstep.cjs; what is newer than its chunk stays. In a process of its own: V8's flags
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
  const text = textOf(filename);
  // Functions are compiled when they are first called, unless V8 is told otherwise.
  setFlagsFromString('--no-lazy');
  const script = new Script(text, { filename });
  setFlagsFromString('--lazy');
  writeFileSync(compiled, packCompiled(text, script.createCachedData()));
}
