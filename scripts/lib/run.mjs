import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a program with this process's streams and waits for it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: 'show' | 'on-failure' | 'never', deadline?: number }} [options]
 *   `deadline` in milliseconds
 * @returns {Promise<number>} its exit code; 1 when it was killed or could not be started
 */
export function run(program, args, { cwd = root, env = process.env, output = 'show', deadline } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      ...(deadline === undefined ? {} : { timeout: deadline }),
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => {
      process.stderr.write(`${program}: ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code) => {
      if (code !== 0 && output === 'on-failure') {
        process.stderr.write(Buffer.concat(chunks));
      }
      resolve(code ?? 1);
    });
  });
}

/**
 * What a program prints, or undefined when it fails or is not there.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {string | undefined}
 */
export function outputOf(program, args) {
  const { status, stdout } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : undefined;
}

/** npm as an argv prefix that works on every system without a shell. */
export function npm() {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('.js') === true || cli?.endsWith('.cjs') === true
    ? { program: process.execPath, prefix: [cli] }
    : { program: 'npm', prefix: [] };
}

/**
 * Says what is being done, on standard error.
 *
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`lockstep: ${text}\n`);
}
