import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compileApp } from './lib/compile-app.mjs';
import { hasDisplay } from './lib/display.mjs';
import { root, run, say } from './lib/run.mjs';
import { ensureBuild, ensureDependencies } from './lib/set-up.mjs';

/**
 * `npm start [-- folder]`: sets up what is missing, builds, and opens the window on the folder's flake; without a
 * display it audits in the terminal and writes the HTML report.
 */
async function start() {
  const words = process.argv.slice(2);
  const given = words.find((word) => !word.startsWith('-'));
  const caller = process.env['INIT_CWD'] ?? process.cwd();
  const folder = given === undefined ? undefined : resolve(caller, given);
  if (folder !== undefined && !existsSync(folder)) {
    throw new Error(`there is no ${folder}. Give the folder of a project that has a flake.nix.`);
  }
  await ensureDependencies();
  await ensureBuild();
  return hasDisplay()
    ? openWindow(folder)
    : auditInTerminal(folder ?? join(root, 'examples', 'python-service'), caller);
}

/** @param {string | undefined} folder */
async function openWindow(folder) {
  const { ensureElectron } = await import('./lib/electron.mjs');
  const electron = await ensureElectron();
  await compileApp(electron);
  const flags = [];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('running as root: Chromium then starts only without its sandbox. Use an ordinary account for daily work.');
    flags.push('--no-sandbox');
  }
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(electron, [...flags, root, ...(folder === undefined ? [] : [folder])], { stdio: 'inherit', env });
  return new Promise((finish, reject) => {
    child.on('error', reject);
    child.on('close', (code) => finish(code ?? 1));
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
      process.on(signal, () => child.kill(signal));
    }
  });
}

/**
 * @param {string} folder
 * @param {string} caller the folder in which the user typed the command
 */
async function auditInTerminal(folder, caller) {
  say(`no display: auditing ${folder} in the terminal.`);
  const report = join(caller, 'lockstep-report.html');
  const code = await run(process.execPath, [
    join(root, 'bin', 'lockstep.cjs'),
    'audit',
    folder,
    '--output',
    `html=${report}`,
  ]);
  if (code < 2) {
    say(`the report is in ${report}`);
  }
  // Drift is a finding here, not a failure of `npm start`.
  return code < 2 ? 0 : code;
}

try {
  process.exitCode = /** @type {number} */ (await start());
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
