import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './run.mjs';

const bundle = join(root, 'out', 'main');

/**
 * Compiles the bundle of the main process for an Electron, where that was not done since it was built: the threads of
 * the window then start in half of the time. Without it, everything works as well.
 *
 * @param {string} electron path of the executable
 */
export async function compileApp(electron) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
  const words = [join(root, 'scripts', 'code-cache.mjs'), bundle];
  if (existsSync(bundle) && (await run(electron, words, { env, output: 'never', deadline: 60_000 })) !== 0) {
    say('the threads of the window could not be compiled in advance: they start a little later.');
  }
}
