import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { npm, outputOf, root, run, say } from './lib/run.mjs';
import { ensureBuild, ensureDependencies, installDebianPackages } from './lib/set-up.mjs';

/**
 * `npm test`: sets up what is missing and runs everything: lint, unused code, types, build, unit and integration
 * tests, and the end-to-end tests in a real Electron. The last line is `N passed, N failed, N skipped`; a check counts as
 * one. Arguments are given to Vitest.
 */
const tally = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const remarks = [];

/**
 * @param {string} title
 * @param {() => Promise<boolean | void>} work fails by giving false or by throwing
 */
async function check(title, work) {
  say(`${title} …`);
  let passed = false;
  try {
    passed = (await work()) !== false;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  tally[passed ? 'passed' : 'failed'] += 1;
  if (!passed) {
    remarks.push(`failed: ${title}`);
  }
  return passed;
}

/** @param {...string} words an npm script and its arguments */
async function npmRun(...words) {
  const { program, prefix } = npm();
  return (await run(program, [...prefix, 'run', '--silent', ...words])) === 0;
}

/**
 * Runs one Vitest project and adds its results to the tally.
 *
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 */
async function vitest(project, env) {
  const file = join(root, 'artefacts', `vitest-${project}.json`);
  mkdirSync(join(root, 'artefacts'), { recursive: true });
  rmSync(file, { force: true });
  const cli = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(process.execPath, [cli, 'run', '--project', project, ...reporters, ...process.argv.slice(2)], {
    env,
  });
  if (!existsSync(file)) {
    tally.failed += 1;
    remarks.push(`failed: Vitest gave no results for ${project}`);
    return;
  }
  /** @type {{ testResults: { name: string, status: string, message?: string, assertionResults: { status: string, fullName: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  let failed = 0;
  for (const { name, status, assertionResults } of testResults) {
    const path = relative(root, name);
    for (const { status: outcome, fullName } of assertionResults) {
      if (outcome === 'passed') {
        tally.passed += 1;
      } else if (outcome === 'failed') {
        failed += 1;
        remarks.push(`failed: ${path}: ${fullName}`);
      } else {
        tally.skipped += 1;
        remarks.push(`skipped: ${path}: ${fullName}`);
      }
    }
    if (status === 'failed' && !assertionResults.some((result) => result.status === 'failed')) {
      failed += 1;
      remarks.push(`failed: ${path} (the file could not be run)`);
    }
  }
  if (code !== 0 && failed === 0) {
    failed = 1;
    remarks.push(`failed: Vitest ended with ${code} for ${project}`);
  }
  tally.failed += failed;
}

async function everything() {
  if (!(await check('dependencies', ensureDependencies))) {
    return;
  }
  await check('lint', () => npmRun('lint'));
  await check('types', () => npmRun('typecheck'));
  if (!(await check('build', ensureBuild))) {
    return;
  }
  // The tests make repositories, and look for tools that are really here.
  for (const [group, program] of /** @type {const} */ ([
    ['git', 'git'],
    ['python', 'python3'],
  ])) {
    if (outputOf(program, ['--version']) === undefined && !(await installDebianPackages([group]))) {
      remarks.push(`no ${program} here, and it could not be installed: tests that need it fail`);
    }
  }
  if (outputOf('nix-instantiate', ['--version']) === undefined && !(await installDebianPackages(['nix']))) {
    remarks.push('no Nix here (Debian: apt-get install nix-bin): comparisons with the real Nix are skipped');
  }
  await vitest('unit', process.env);
  await check('an Electron runtime and a display', async () => {
    const { ensureElectronRuntime } = await import('./electron-runtime.mjs');
    const { openDisplay } = await import('./lib/display.mjs');
    const { compileApp } = await import('./lib/compile-app.mjs');
    const { executablePath, distPath } = await ensureElectronRuntime();
    await compileApp(executablePath);
    const display = await openDisplay();
    try {
      await vitest('e2e', {
        ...display.env,
        ELECTRON_OVERRIDE_DIST_PATH: distPath,
        LOCKSTEP_TEST_ELECTRON: executablePath,
      });
    } finally {
      display.close();
    }
  });
}

await everything();
process.stdout.write(`\n${remarks.map((remark) => `${remark}\n`).join('')}`);
process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
