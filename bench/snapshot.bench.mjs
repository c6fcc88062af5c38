import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environments, inMilliseconds, median, sideBySide, timeProcess } from './lib/measure.mjs';

/** Snapshots of this machine, whole processes: against envinfo, against the least that Node.js could do. */

const root = fileURLToPath(new URL('..', import.meta.url));
const lockstep = join(root, 'bin', 'lockstep.cjs');
const envinfo = join(root, 'node_modules', 'envinfo', 'dist', 'cli.js');
/** The deadline of one program, in milliseconds. */
const DEADLINE = 2000;

/** How a row says which run it is: the first reads everything, the second finds that nothing has changed. */
const RUNS = /** @type {const} */ ([
  { what: 'a first snapshot --json (--no-cache)', take: cold },
  { what: 'a second snapshot --json', take: second },
]);

/** @returns {Promise<import('./lib/measure.mjs').Row[]>} */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const kept = { XDG_CACHE_HOME: join(folder, 'cache') };
  const env = { ...process.env, ...kept };
  const rows = [];
  try {
    for (const { name, env: around } of environments()) {
      const whole = [
        ...(await againstEnvinfo(folder, { ...around, ...kept })),
        ...(await againstNode({ ...around, ...kept })),
      ];
      rows.push(...whole.map((row) => ({ ...row, what: `${row.what}${name}` })));
    }
    return [...rows, found(folder, env), await againstFirst(env), await sleepy(folder, env)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} cwd a folder without a project, so that neither of the two reads one
 * @param {NodeJS.ProcessEnv} env
 */
async function againstEnvinfo(cwd, env) {
  const rows = [];
  for (const { what, take } of RUNS) {
    const { a, b, ratio } = await sideBySide(
      () => take(env, cwd).milliseconds,
      () => envinfoRun(env, cwd).milliseconds,
      5,
    );
    rows.push({
      what,
      against: 'envinfo --all --json',
      ratio,
      goal: 'at most 0.1',
      met: ratio <= 0.1,
      detail: `${inMilliseconds(a)}, ${inMilliseconds(b)}`,
    });
  }
  return rows;
}

/**
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
function found(cwd, env) {
  const ours = JSON.parse(cold(env, cwd).stdout).installations.length;
  const theirs = countEnvinfo(JSON.parse(envinfoRun(env, cwd).stdout));
  return {
    what: 'installations found',
    against: 'those of envinfo',
    ratio: ours / theirs,
    goal: 'at least 3',
    met: ours >= 3 * theirs,
    detail: `${ours}, ${theirs}`,
  };
}

/** @param {NodeJS.ProcessEnv} env */
async function againstNode(env) {
  const list = `for (const folder of process.env.PATH.split(${JSON.stringify(delimiter)})) { try { require('fs').readdirSync(folder) } catch {} }`;
  const rows = [];
  for (const { what, take } of RUNS) {
    const { a, b, ratio } = await sideBySide(
      () => take(env).milliseconds,
      () => timeProcess([process.execPath, '-e', list], { env }).milliseconds,
      15,
    );
    rows.push({
      what,
      against: 'node -e that lists each PATH folder',
      ratio,
      goal: 'at most 3',
      met: ratio <= 3,
      detail: `${inMilliseconds(a)}, ${inMilliseconds(b)}`,
    });
  }
  return rows;
}

/** @param {NodeJS.ProcessEnv} env */
async function againstFirst(env) {
  const { a, b, ratio } = await sideBySide(
    () => second(env).milliseconds,
    () => cold(env).milliseconds,
    15,
  );
  return {
    what: 'a second snapshot --json',
    against: 'a first one',
    ratio,
    goal: 'less than 1',
    met: ratio < 1,
    detail: `${inMilliseconds(a)}, ${inMilliseconds(b)}`,
  };
}

/**
 * What a program that never answers costs: a `docker` in front of the real one that sleeps for 12 s.
 *
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function sleepy(folder, env) {
  writeFileSync(join(folder, 'docker'), '#!/bin/sh\nsleep 12\n', { mode: 0o755 });
  const slow = { ...env, PATH: `${folder}${delimiter}${env['PATH'] ?? ''}` };
  const extra = [];
  for (let run = 0; run < 3; run += 1) {
    extra.push(cold(slow).milliseconds - cold(env).milliseconds);
  }
  const cost = median(extra);
  return {
    what: 'what a docker that sleeps for 12 s adds',
    against: `the deadline of ${DEADLINE} ms`,
    ratio: cost / DEADLINE,
    goal: 'at most 1.05',
    met: cost <= DEADLINE * 1.05,
    detail: inMilliseconds(cost),
  };
}

/**
 * Nothing is known of the machine.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [cwd]
 */
function cold(env, cwd = root) {
  return snapshot(['--no-cache'], env, cwd);
}

/**
 * With what earlier ones left in the cache: to be called once before it counts.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [cwd]
 */
function second(env, cwd = root) {
  return snapshot([], env, cwd);
}

/**
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} env
 * @param {string} cwd
 */
function snapshot(words, env, cwd) {
  const run = timeProcess([process.execPath, lockstep, 'snapshot', '--json', ...words], { env, cwd });
  if (run.status !== 0) {
    throw new Error(`lockstep snapshot ended with ${run.status}`);
  }
  return run;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} cwd
 */
function envinfoRun(env, cwd) {
  return timeProcess([process.execPath, envinfo, '--all', '--json'], { cwd, env });
}

/**
 * Everything that envinfo reports with a version, its list of global packages included.
 *
 * @param {Record<string, unknown>} report
 * @returns {number}
 */
function countEnvinfo(report) {
  let count = 0;
  for (const section of Object.values(report)) {
    for (const value of Object.values(section ?? {})) {
      const version = typeof value === 'object' && value !== null ? value.version : value;
      count += typeof version === 'string' && /^\d/.test(version) ? 1 : 0;
    }
  }
  return count;
}
