import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/**
 * One line of the benchmark: two things measured side by side in one run.
 *
 * @typedef {object} Row
 * @property {string} what what is measured
 * @property {string} against what it is measured against
 * @property {number} ratio `what` divided by `against`
 * @property {string} goal for a person: `at most 3`
 * @property {boolean} met
 * @property {string} detail medians, counts, conditions
 */

/**
 * @param {readonly number[]} values at least one
 * @returns {number}
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/**
 * Times a whole process, its start and end included.
 *
 * @param {readonly [string, ...string[]]} argv
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, input?: string }} [options]
 * @returns {{ milliseconds: number, stdout: string, status: number | null }}
 */
export function timeProcess([program, ...args], options = {}) {
  const start = performance.now();
  const { stdout, status, error } = spawnSync(program, args, {
    ...options,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
  });
  if (error !== undefined) {
    throw error;
  }
  return { milliseconds: performance.now() - start, stdout, status };
}

/**
 * Runs two measurements in turn (A B A B …), so that a machine whose speed drifts slows both.
 *
 * @param {() => number | Promise<number>} a gives milliseconds
 * @param {() => number | Promise<number>} b gives milliseconds
 * @param {number} runs counted runs of each, after one that is not counted
 * @returns {Promise<{ a: number, b: number, ratio: number }>} medians, and the median of the ratios pair by pair
 */
export async function sideBySide(a, b, runs = 7) {
  await a();
  await b();
  const pairs = [];
  for (let run = 0; run < runs; run += 1) {
    pairs.push([await a(), await b()]);
  }
  return {
    a: median(pairs.map(([first]) => first ?? Number.NaN)),
    b: median(pairs.map(([, second]) => second ?? Number.NaN)),
    ratio: median(pairs.map(([first, second]) => (first ?? Number.NaN) / (second ?? Number.NaN))),
  };
}

/**
 * @param {number} milliseconds
 * @returns {string}
 */
export function inMilliseconds(milliseconds) {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/**
 * The environments that whole processes are measured in: this one, and the same without NODE_EXTRA_CA_CERTS where it is
 * set. Node.js may read that file of certificates whenever it starts, which can take as long as its whole start.
 *
 * @returns {readonly { name: string, env: NodeJS.ProcessEnv }[]} `name`: for the end of what a row measures
 */
export function environments() {
  const { NODE_EXTRA_CA_CERTS, ...rest } = process.env;
  const here = { name: '', env: process.env };
  return NODE_EXTRA_CA_CERTS === undefined ? [here] : [here, { name: ', without NODE_EXTRA_CA_CERTS', env: rest }];
}
