import { join } from 'node:path';
import { compileApp } from './lib/compile-app.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { root, run, say } from './lib/run.mjs';
import { ensureBuild, ensureDependencies, ensurePackagingTools } from './lib/set-up.mjs';

/**
 * `npm run package [-- words]`: makes the installable app for this system in `dist/`. The words go to electron-builder:
 * `--dir` for the unpacked app only, `--linux deb`, `--mac`, `--win`.
 *
 * @param {readonly string[]} words
 * @returns {Promise<number>} electron-builder's exit code
 */
async function packageApp(words) {
  await ensureDependencies();
  await ensureBuild();
  await ensurePackagingTools();
  await compileApp(await ensureElectron());
  const builder = join(root, 'packaging', 'node_modules', 'electron-builder', 'cli.js');
  const config = join(root, 'packaging', 'electron-builder.config.cjs');
  return run(process.execPath, [builder, '--projectDir', root, '--config', config, ...words]);
}

try {
  process.exitCode = await packageApp(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
