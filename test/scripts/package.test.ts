import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The packed package, unpacked far from the checkout and its node_modules, as `npm install -g` would leave it. */
describe('the packed package', () => {
  let folder: string;
  let bin: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-pack-'));
    const listing = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const parsed = JSON.parse(listing);
    const [{ filename }] = Array.isArray(parsed) ? parsed : Object.values(parsed);
    execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
    bin = join(folder, 'package', 'bin', 'lockstep.cjs');
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function lockstep(...args: string[]): string {
    return execFileSync(process.execPath, [bin, ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  it('runs without a checkout and without node_modules', () => {
    expect(lockstep('--version').trim()).toBe(version);
  });

  it('is compiled in advance for the engine that built it', () => {
    // Says of each script that is made whether V8 took what was compiled.
    const spy = join(folder, 'spy.cjs');
    const said = 'process.stderr.write(`${script.cachedDataRejected}\\n`)';
    writeFileSync(
      spy,
      `const vm = require('node:vm'); const { Script } = vm;
       vm.Script = function (...given) { const script = new Script(...given); ${said}; return script; };`,
    );
    const { stderr } = spawnSync(process.execPath, ['--require', spy, bin, '--help'], { encoding: 'utf8' });
    expect([...new Set(stderr.trim().split('\n'))]).toEqual(['false']);
  });

  it('brings the version index', () => {
    expect(existsSync(join(folder, 'package', 'resources', 'nixpkgs-index'))).toBe(true);
    expect(lockstep('index', 'lookup', 'hello', '--revision', '8ecc61c91a596df7d3293603a9c2384190c1b89a')).toContain(
      '2.10',
    );
  });

  it('evaluates Nix', () => {
    expect(lockstep('nix', 'eval', '--expr', 'let x = 20; in x * 2 + 2').trim()).toBe('42');
  });
});
