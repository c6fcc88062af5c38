import { join } from 'node:path';
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
