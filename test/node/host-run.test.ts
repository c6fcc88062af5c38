import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { OUTPUT_LIMIT, runEnvironment, runProgram, stopPrograms } from '../../src/node/host-run';
import { localHost } from '../../src/node/local-host';
import { takeSnapshot } from '../../src/node/snapshot';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-run-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = runEnvironment(process.env);
/** A Node.js program as argv. */
const node = (code: string, ...args: string[]) => [process.execPath, '-e', code, ...args] as [string, ...string[]];
const run = (argv: [string, ...string[]], deadline = 10_000) => runProgram({ argv, deadline }, env, folder);

test('arguments are never read by a shell', async () => {
  const trap = join(folder, 'trap');
  const args = [`$(touch ${trap})`, `; touch ${trap}`, `\`touch ${trap}\``, '*', '"', '%PATH%'];
  const result = await run(node('console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args));
  expect(JSON.parse(result.stdout)).toEqual(args);
  expect(existsSync(trap)).toBe(false);
});

test('what goes to the network by way of a proxy finds nobody there', async () => {
  const names = [
    'http_proxy',
    'https_proxy',
    'all_proxy',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'no_proxy',
    'NO_PROXY',
  ];
  const given = runEnvironment({ ...process.env, https_proxy: 'http://proxy.example:3128', NO_PROXY: '*' });
  const code = 'console.log(JSON.stringify(process.argv.slice(1).map((name) => process.env[name])))';
  const result = await runProgram({ argv: node(code, '--', ...names), deadline: 10_000 }, given, folder);
  const nobody = 'http://127.0.0.1:9';
  expect(JSON.parse(result.stdout)).toEqual([nobody, nobody, nobody, nobody, nobody, nobody, null, null]);
});

test('a program whose name holds a command is only a name', async () => {
  const result = await run([`/bin/echo hello; touch ${join(folder, 'trap')}`]);
  expect(result).toMatchObject({ outcome: 'not-started', stdout: '' });
  expect(existsSync(join(folder, 'trap'))).toBe(false);
});

/** What execvp(3) of glibc would hand to `/bin/sh`, since the kernel does not take it. */
test.runIf(process.platform === 'linux')('what only a shell would start is not started', async () => {
  const trap = join(folder, 'only-a-shell');
  const script = `\n\n\ntouch ${trap}\necho 1.2.3\n`;
  const own = readFileSync(process.execPath).subarray(0, 64);
  const changed = (at: number, value: number) => {
    const head = Buffer.from(own);
    head.writeUInt16LE(value, at);
    return Buffer.concat([head, Buffer.from(script)]);
  };
  const files = {
    text: Buffer.from(script),
    damaged: Buffer.concat([own, Buffer.from(script)]),
    'of another kind': changed(16, 4),
    'of another processor': changed(18, 8),
    'of macOS': Buffer.concat([Buffer.from('cffaedfe0c000001', 'hex'), Buffer.from(script)]),
    'of Windows': Buffer.from(`MZ${script}`),
    'by text': Buffer.from(`#!${join(folder, 'text')}${script}`),
    'by itself': Buffer.from(`#!${join(folder, 'by itself')}${script}`),
    'by nobody': Buffer.from(`#!${script}`),
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content, { mode: 0o755 });
    expect(await run([join(folder, name)]), name).toMatchObject({ outcome: 'not-started', stdout: '' });
  }
  expect(existsSync(trap)).toBe(false);
  const fine = join(folder, 'fine');
  writeFileSync(fine, '#! /usr/bin/env sh\necho 1.2.3\n', { mode: 0o755 });
  expect(await run([fine])).toMatchObject({ outcome: 'exited', stdout: '1.2.3\n' });
});

/** A program that has ended and was not waited for yet is none that runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/status') || !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Starts another program, tells its number, and never ends. */
const parent = (options: string) =>
  `const { pid } = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], ${options}); console.log(pid); setInterval(() => {}, 1000)`;

test('past the deadline, what the program started ends with it', async () => {
  const result = await run(node(parent("{ stdio: 'ignore' }")), 1500);
  expect(result).toMatchObject({ outcome: 'timeout', reason: 'still running after 1500 ms; stopped' });
  expect(Number(result.stdout)).toBeGreaterThan(1);
  await vi.waitFor(() => expect(isAlive(Number(result.stdout))).toBe(false), { timeout: 10_000, interval: 20 });
}, 20_000);

test('output is cut, also when it never ends', async () => {
  const result = await run(node("const more = () => process.stdout.write('x'.repeat(9999), more); more()"), 1000);
  expect(result.outcome).toBe('timeout');
  expect(result.stdout).toHaveLength(OUTPUT_LIMIT);
}, 20_000);

test('a helper left behind with the streams does not hold the answer back', async () => {
  const code = `require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' }); console.log('1.2.3'); setTimeout(() => process.exit(), 50)`;
  const result = await run(node(code));
  expect(result).toMatchObject({ outcome: 'exited', exitCode: 0, stdout: '1.2.3\n' });
}, 20_000);

/** As reading files does: nothing else happens meanwhile. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

test('what was answered in time counts, though the deadline passed while files were read', async () => {
  const answer = run(['/bin/echo', '1.2.3'], 300);
  block(600);
  expect(await answer).toMatchObject({ outcome: 'exited', exitCode: 0, stdout: '1.2.3\n' });
});

test('what was said is read, though its end was told before, and files were read in between', async () => {
  // The system tells the ends of all programs together: that of the second one while the first one's is handled.
  const first = run(['/bin/echo', 'first']);
  const reader = spawn('/bin/echo', ['read']);
  reader.stdout.once('data', () => block(600));
  const second = run(['/bin/sh', '-c', 'sleep 0.4; echo 1.2.3']);
  block(200);
  await first.then(() => block(200));
  expect(await second).toMatchObject({ outcome: 'exited', exitCode: 0, stdout: '1.2.3\n' });
});

test('standard input is closed, and a crash is told', async () => {
  const read = await run(node("process.stdin.on('end', () => console.log('end')).resume()"));
  expect(read.stdout).toBe('end\n');
  expect(await run(node('process.kill(process.pid, "SIGSEGV")'))).toMatchObject({ reason: 'ended by signal SIGSEGV' });
});

test('of the environment only what is harmless is handed on', () => {
  const given = runEnvironment({
    PATH: '/bin',
    AWS_SECRET_ACCESS_KEY: 'x',
    LD_PRELOAD: 'x',
    NODE_OPTIONS: '-r x',
    BASH_ENV: 'x',
  });
  expect(given).toMatchObject({ PATH: '/bin', LANG: 'C', RUSTUP_AUTO_INSTALL: '0', COREPACK_ENABLE_NETWORK: '0' });
  for (const name of ['AWS_SECRET_ACCESS_KEY', 'LD_PRELOAD', 'NODE_OPTIONS', 'BASH_ENV']) {
    expect(given).not.toHaveProperty(name);
  }
});

test.skipIf(process.platform === 'win32')('with the home goes the character set, and no language', () => {
  const own = { HOME: '/home/me', LC_ALL: 'de_DE.UTF-8', LANG: 'C' };
  expect(runEnvironment(own, '/empty')).toMatchObject({ HOME: '/empty', LC_ALL: 'C' });
  if (process.platform !== 'win32') {
    expect(runEnvironment(own, '/empty')).toMatchObject({
      XDG_CONFIG_HOME: '/empty/.config',
      GRADLE_USER_HOME: '/empty/.gradle',
      ANSIBLE_HOME: '/empty/.ansible',
    });
    expect(runEnvironment(own)).not.toHaveProperty('XDG_CONFIG_HOME');
  }
  const given = runEnvironment(own);
  expect(given).toMatchObject({ HOME: '/home/me', LC_CTYPE: 'de_DE.UTF-8', LANG: 'C' });
  expect(given).not.toHaveProperty('LC_ALL');
  expect(runEnvironment({ LANG: 'C' })['LC_CTYPE']).toMatch(/UTF-8$/);
});

test.skipIf(process.platform !== 'linux')(
  'what left the process group ends with it, and nothing else',
  async () => {
    const { outcome, stdout } = await run(node(parent("{ detached: true, stdio: 'ignore' }")), 1500);
    expect(outcome).toBe('timeout');
    expect(Number(stdout)).toBeGreaterThan(1);
    await vi.waitFor(() => expect(isAlive(Number(stdout))).toBe(false), { timeout: 10_000, interval: 20 });
    expect(isAlive(process.pid)).toBe(true);
  },
  20_000,
);

test('programs of this machine run in an empty folder', async () => {
  const result = await localHost({ PATH: '/usr/bin' }).run?.({
    argv: node("console.log(JSON.stringify(require('fs').readdirSync('.'))); console.log(process.cwd())"),
    deadline: 10_000,
  });
  const [names, cwd] = result?.stdout.trim().split('\n') ?? [];
  expect(names).toBe('[]');
  expect(cwd).not.toBe(process.cwd());
});

test('programs that nobody waits for any more are stopped', async () => {
  const answer = run(node('setInterval(() => {}, 1000)'), 50_000);
  stopPrograms();
  expect(await answer).toMatchObject({ outcome: 'timeout', reason: 'stopped: nobody waited for it any more' });
});

test.skipIf(process.platform === 'win32')(
  'programs are asked with an empty home, and again with the own one',
  async () => {
    const [bin, home] = [join(folder, 'home-bin'), join(folder, 'own-home')];
    mkdirSync(bin);
    mkdirSync(home);
    writeFileSync(join(home, 'needed'), '');
    const program = (name: string, script: string) =>
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    program('jq', 'touch "$HOME/left"; echo "jq-1.7 $TOKEN"');
    program('deno', 'test -f "$HOME/needed" && echo "deno 2.1.0"');
    const host = localHost({ HOME: home, PATH: `${bin}:/usr/bin:/bin`, TOKEN: 'x' });
    const snapshot = await takeSnapshot({
      host,
      now: new Date(0),
      cache: false,
      deadlines: { each: 20_000, total: 60_000 },
    });
    const versionOf = (tool: string) => snapshot.installations.find((one) => one.path === join(bin, tool))?.version;
    expect([versionOf('jq'), versionOf('deno')]).toEqual(['1.7', '2.1.0']);
    expect(readdirSync(home)).toEqual(['needed']);
    expect(JSON.stringify(snapshot)).toContain('"detail":"jq-1.7"');
  },
  60_000,
);

test.skipIf(process.platform === 'win32')(
  'Homebrew is asked for its version, and tells none of a shallow checkout',
  async () => {
    const versionOf = async (text: string) => {
      const bin = mkdtempSync(join(folder, 'brew-'));
      writeFileSync(join(bin, 'brew'), `#!/bin/sh\ntest "$1" = --version && echo "${text}"\n`, { mode: 0o755 });
      const host = localHost({ HOME: folder, PATH: bin });
      const { installations } = await takeSnapshot({
        host,
        now: new Date(0),
        cache: false,
        deadlines: { each: 20_000, total: 60_000 },
      });
      return installations.find(({ path }) => path === join(bin, 'brew'))?.version;
    };
    expect(await versionOf('Homebrew 4.6.11-23-g0123abc')).toBe('4.6.11');
    expect(await versionOf('Homebrew >=4.3.0 (shallow or no git repository)')).toBeUndefined();
  },
  60_000,
);
