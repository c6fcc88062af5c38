import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledEnd } from '../../bin/lockstep.cjs';
import { npm, outputOf, root, run, say } from './run.mjs';

/** Installs the dependencies when they are missing or not those of package-lock.json. Throws when npm fails. */
export async function ensureDependencies() {
  await installLocked(root, []);
}

/** The same for the packaging tools, which have a lock of their own: nobody needs them to start or to test the app. */
export async function ensurePackagingTools() {
  // Their install scripts only choose helpers for installers that we do not make.
  await installLocked(join(root, 'packaging'), ['--ignore-scripts']);
}

/**
 * @param {string} folder the one with the package-lock.json
 * @param {readonly string[]} flags for `npm ci`
 */
async function installLocked(folder, flags) {
  const stamp = join(folder, 'node_modules', '.lockstep-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    return;
  }
  say('installing dependencies (npm ci) …');
  const { program, prefix } = npm();
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...flags];
  if ((await run(program, [...prefix, ...words], { cwd: folder })) !== 0) {
    throw new Error(
      'npm ci failed; see its messages above. Check the network or the npm registry setting, then try again.',
    );
  }
  writeFileSync(stamp, lock);
}

/**
 * Builds the app and the command line when a source is newer than the last build, or when another Node.js made it: the
 * command line is compiled for one engine. Throws when the build fails.
 */
export async function ensureBuild() {
  const outputs = [
    'out/main/index.cjs',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/cli/index.cjs',
    `out/cli/index.cjs${compiledEnd}`,
  ].map((path) => join(root, path));
  const built = Math.min(...outputs.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)));
  const sources = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'vite.cli.config.ts'];
  if (built > 0 && sources.every((path) => newest(join(root, path)) < built)) {
    return;
  }
  say('building …');
  const { program, prefix } = npm();
  if ((await run(program, [...prefix, 'run', '--silent', 'build'], { output: 'on-failure' })) !== 0) {
    throw new Error('the build failed; see its messages above.');
  }
}

/**
 * @param {string} path
 * @returns {number} the latest modification time at or below `path`, milliseconds
 */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) {
    return mtimeMs;
  }
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs);
}

/** Debian packages, each as the names that releases have given it, newest first. */
const debianPackages = {
  electron: [['libgtk-3-0t64', 'libgtk-3-0'], ['libnss3'], ['libasound2t64', 'libasound2'], ['libgbm1']],
  display: [['xvfb']],
  nix: [['nix-bin']],
  git: [['git']],
  python: [['python3-minimal']],
};

/**
 * Installs Debian packages where this is a Debian and we are root; elsewhere does nothing.
 *
 * @param {readonly (keyof typeof debianPackages)[]} groups
 * @returns {Promise<boolean>} whether apt was asked and succeeded
 */
export async function installDebianPackages(groups) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || outputOf('apt-get', ['--version']) === undefined) {
    return false;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!aptKnows('xvfb')) {
    await run('apt-get', ['update', '-qq'], { env, output: 'on-failure', deadline: 300_000 });
  }
  const names = groups.flatMap((group) => debianPackages[group]).map((names) => names.find(aptKnows) ?? names[0] ?? '');
  say(`installing Debian packages: ${names.join(' ')} …`);
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...names];
  if ((await run('apt-get', install, { env, output: 'on-failure', deadline: 900_000 })) === 0) {
    return true;
  }
  await run('apt-get', ['update', '-qq'], { env, output: 'on-failure', deadline: 300_000 });
  return (await run('apt-get', install, { env, output: 'on-failure', deadline: 900_000 })) === 0;
}

/** @param {string} name */
function aptKnows(name) {
  return /Candidate: (?!\(none\))/u.test(outputOf('apt-cache', ['policy', name]) ?? '');
}
