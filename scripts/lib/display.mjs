import { spawn } from 'node:child_process';
import { outputOf } from './run.mjs';
import { installDebianPackages } from './set-up.mjs';

/** Whether windows can be opened here. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * Gives a display: the one that is there, or a virtual one (Xvfb, installed where we may).
 *
 * @returns {Promise<{ env: NodeJS.ProcessEnv, close: () => void }>} the environment for programs that open windows
 * @throws when there is none and Xvfb is not to be had
 */
export async function openDisplay() {
  if (hasDisplay()) {
    return { env: process.env, close: () => {} };
  }
  if (outputOf('which', ['Xvfb']) === undefined && !(await installDebianPackages(['display']))) {
    throw new Error('no display, and Xvfb is not installed: install the package xvfb and try again.');
  }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    const pipe = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
    pipe.once('data', (/** @type {Buffer} */ data) => resolve(data.toString().trim()));
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return { env: { ...process.env, DISPLAY: `:${number}` }, close: () => void server.kill() };
}
