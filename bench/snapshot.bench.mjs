import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inMilliseconds, median, sideBySide, timeProcess } from './lib/measure.mjs';

/** Snapshots of this machine, whole processes: against envinfo, against the least that Node.js could do. */

const root = fileURLToPath(new URL('..', import.meta.url));
const lockstep = join(root, 'bin', 'lockstep.cjs');
const envinfo = join(root, 'node_modules', 'envinfo', 'dist', 'cli.js');
/** The deadline of one program, in milliseconds. */
const DEADLINE = 2000;

/** @returns {Promise<import('./lib/measure.mjs').Row[]>} */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  try {
    return [
      ...(await againstEnvinfo(folder, env)),
      await againstNode(env),
      await second(env),
      await sleepy(folder, env),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} cwd a folder without a project, so that neither of the two reads one
 * @param {NodeJS.ProcessEnv} env
 */
async function againstEnvinfo(cwd, env) {
  const ours = cold(env, cwd);
  const theirs = timeProcess([process.execPath, envinfo, '--all', '--json'], { cwd, env });
  const counts = [JSON.parse(ours.stdout).installations.length, countEnvinfo(JSON.parse(theirs.stdout))];
  const { a, b, ratio } = await sideBySide(
    () => cold(env, cwd).milliseconds,
    () => timeProcess([process.execPath, envinfo, '--all', '--json'], { cwd, env }).milliseconds,
    5,
  );
  const [found = 0, known = 0] = counts;
  return [
    {
      what: 'snapshot --json --no-cache',
      against: 'envinfo --all --json',
      ratio,
      goal: 'at most 0.1',
      met: ratio <= 0.1,
      detail: `${inMilliseconds(a)}, ${inMilliseconds(b)}`,
    },
    {
      what: 'installations found',
      against: 'those of envinfo',
      ratio: found / known,
      goal: 'at least 3',
      met: found >= 3 * known,
      detail: `${found}, ${known}`,
    },
  ];
}

/** @param {NodeJS.ProcessEnv} env */
async function againstNode(env) {
  const list = `for (const folder of process.env.PATH.split(${JSON.stringify(delimiter)})) { try { require('fs').readdirSync(folder) } catch {} }`;
  const { a, b, ratio } = await sideBySide(
    () => cold(env).milliseconds,
    () => timeProcess([process.execPath, '-e', list], { env }).milliseconds,
    15,
  );
  return {
    what: 'snapshot --json --no-cache',
    against: 'node -e that lists each PATH folder',
    ratio,
    goal: 'at most 3',
    met: ratio <= 3,
    detail: `${inMilliseconds(a)}, ${inMilliseconds(b)}`,
  };
}

/** @param {NodeJS.ProcessEnv} env */
async function second(env) {
  const { a, b, ratio } = await sideBySide(
    () => timeProcess([process.execPath, lockstep, 'snapshot', '--json'], { env }).milliseconds,
    () => cold(env).milliseconds,
    15,
  );
  return {
    what: 'a second snapshot, with what the first learnt',
    against: 'snapshot --json --no-cache',
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
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [cwd]
 */
function cold(env, cwd = root) {
  const run = timeProcess([process.execPath, lockstep, 'snapshot', '--json', '--no-cache'], { env, cwd });
  if (run.status !== 0) {
    throw new Error(`lockstep snapshot ended with ${run.status}`);
  }
  return run;
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
