import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/run.mjs';

/**
 * `node scripts/learn-code.mjs FOLDER`: of the command line's chunks, which scripts/code-cache.mjs compiled whole, keeps
 * the code that its main commands call: what else there is would take as long to load, and is compiled in a moment when
 * it is called after all. Chunks that none of these commands loads stay as they are.
 */
const [folder = ''] = process.argv.slice(2);

/** Machines of the system that builds: the code is for machines like it. */
const machines = {
  linux: ['debian-apt-nvm-pyenv', 'ubuntu-many-managers', 'fedora-dnf-rustup'],
  darwin: ['macos-arm64-many-managers', 'macos-x86_64-homebrew-asdf'],
  win32: ['windows-many-managers', 'windows-scoop'],
};
const examples = ['web-product', 'flake-parts'].map((name) => join(root, 'examples', name));

/** What the runs keep for later ones, apart from what the user's keep. */
const home = mkdtempSync(join(tmpdir(), 'lockstep-learn-'));
const ownHome = { HOME: home, XDG_CACHE_HOME: home, LOCALAPPDATA: home };
try {
  // No run starts a program of the machine that builds.
  run({}, 'snapshot', '--json', '--no-run', '--no-cache');
  run({}, 'snapshot', '--no-run', '--no-cache');
  // Twice: nothing has changed then.
  run(ownHome, 'snapshot', '--json', '--no-run');
  run(ownHome, 'snapshot', '--json', '--no-run');
  const hosts = (machines[/** @type {keyof typeof machines} */ (process.platform)] ?? []).map(
    (name) => `recorded:${join(root, 'test', 'fixtures', 'machines', name, 'machine.json')}`,
  );
  for (const host of hosts) {
    run({}, 'snapshot', '--json', '--no-run', '--host', host);
  }
  for (const [at, example] of examples.entries()) {
    run({}, 'target', example, '--json', '--no-cache');
    run({}, 'audit', example, '--host', hosts[at % hosts.length] ?? 'local', '--no-cache');
    run(ownHome, 'target', example, '--json');
  }
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.learnt'))) {
    renameSync(join(folder, name), join(folder, name.replace(/\.learnt$/, '')));
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

/**
 * @param {NodeJS.ProcessEnv} more
 * @param {string[]} words
 */
function run(more, ...words) {
  const program = [join(root, 'scripts', 'lib', 'learn-run.cjs'), join(folder, 'index.cjs'), ...words];
  const env = { ...process.env, NODE_OPTIONS: '', ...more };
  spawnSync(process.execPath, program, { cwd: home, env, stdio: 'ignore', timeout: 20_000 });
}
