import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureElectronRuntime } from '../../scripts/electron-runtime.mjs';
import { openDisplay } from '../../scripts/lib/display.mjs';
import { ensurePackagingTools } from '../../scripts/lib/set-up.mjs';
import { root } from './support/launch-app';

/** The app as `npm run package -- --dir` makes it, around the test runtime instead of the Electron that users get. */
const work = mkdtempSync(join(tmpdir(), 'lockstep-packaged-'));
const executable = join(work, 'dist', 'linux-unpacked', 'lockstep-desktop');
const tools = createRequire(join(root, 'packaging', 'package.json'));

beforeAll(async () => {
  await ensurePackagingTools();
  const { distPath } = await ensureElectronRuntime();
  const config = join(work, 'config.cjs');
  writeFileSync(
    config,
    `const { electronFuses, directories, ...config } = require(${JSON.stringify(join(root, 'packaging', 'electron-builder.config.cjs'))});
     // The fuse wire of Electron 25 ends before this one.
     const { grantFileProtocolExtraPrivileges: _, ...fuses } = electronFuses;
     module.exports = {
       ...config,
       electronDist: ${JSON.stringify(distPath)},
       electronVersion: '25.1.1',
       electronFuses: fuses,
       directories: { ...directories, output: ${JSON.stringify(join(work, 'dist'))} },
     };`,
  );
  const words = ['--projectDir', root, '--config', config, '--linux', '--dir'];
  const built = spawnSync(process.execPath, [tools.resolve('electron-builder/cli.js'), ...words], { encoding: 'utf8' });
  expect(built.status, built.stdout + built.stderr).toBe(0);
}, 300_000);

afterAll(() => rmSync(work, { recursive: true, force: true, maxRetries: 5 }));

test('every fuse is set as the checklist wants it', async () => {
  const { FuseV1Options, getCurrentFuseWire } = tools('@electron/fuses');
  const wire = await getCurrentFuseWire(executable);
  const isOn = (fuse: string) => String.fromCharCode(wire[FuseV1Options[fuse]]) === '1';
  expect({
    runAsNode: isOn('RunAsNode'),
    cookieEncryption: isOn('EnableCookieEncryption'),
    nodeOptions: isOn('EnableNodeOptionsEnvironmentVariable'),
    inspect: isOn('EnableNodeCliInspectArguments'),
    asarIntegrity: isOn('EnableEmbeddedAsarIntegrityValidation'),
    asarOnly: isOn('OnlyLoadAppFromAsar'),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    asarIntegrity: true,
    asarOnly: true,
  });
});

test('the archive holds what runs, the index and an example, and neither sources nor dependencies', () => {
  const files: string[] = tools('@electron/asar').listPackage(
    join(work, 'dist', 'linux-unpacked', 'resources', 'app.asar'),
  );
  expect(files).toEqual(
    expect.arrayContaining([
      '/out/main/index.cjs',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/resources/nixpkgs-index/nixpkgs-index.bin',
      '/NOTICE',
    ]),
  );
  expect(files.filter((file) => /node_modules|^\/(?:src|test|scripts|packaging)\b/u.test(file))).toEqual([]);
});

test('neither an environment variable nor a switch turns the app into a Node', () => {
  const script = join(work, 'told.cjs');
  const told = join(work, 'told');
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(told)}, '');`);
  const asNode = spawnSync(executable, [script], {
    env: { PATH: process.env['PATH'], ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${script}` },
    timeout: 5_000,
  });
  expect(asNode.status).not.toBe(0);
  expect(() => readFileSync(told)).toThrow('ENOENT');
});

test('it opens, audits the example that it brings, and takes its index from the archive', async () => {
  const display = await openDisplay();
  const env: NodeJS.ProcessEnv = { ...display.env, LOCKSTEP_USER_DATA: join(work, 'data') };
  const app = spawn(executable, ['--no-sandbox', '--remote-debugging-port=0', '--inspect=0'], { env });
  try {
    let output = '';
    const port = await new Promise<string>((resolve, reject) => {
      app.stderr.on('data', (data: Buffer) => {
        output += data.toString();
        const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/u.exec(output)?.[1];
        if (found !== undefined) {
          resolve(found);
        }
      });
      app.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${output}`)));
    });
    const page = await pageAt(port);
    await expect
      .poll(() => page.evaluate('document.querySelector("[role=treegrid]")?.textContent'), POLL)
      .toContain('3.12.5');
    expect(await page.evaluate('location.origin')).toBe('app://lockstep');
    page.close();
    // A Node that listened to --inspect would have said so.
    expect(output).not.toContain('Debugger listening');
  } finally {
    const ended = new Promise((resolve) => app.once('close', resolve));
    app.kill();
    await ended;
    display.close();
  }
});

const POLL = { timeout: 60_000, interval: 200 };

/** The one page of a program that Playwright cannot drive, since it takes no `--inspect`: by the DevTools protocol. */
async function pageAt(port: string) {
  const find = async (): Promise<string | undefined> => {
    const pages = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { webSocketDebuggerUrl: string }[];
    return pages[0]?.webSocketDebuggerUrl;
  };
  await expect.poll(find, POLL).toBeDefined();
  const socket = new WebSocket((await find()) ?? '');
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map<number, (value: unknown) => void>();
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id: number; result: { result: { value: unknown } } };
    waiting.get(id)?.(result.result.value);
  };
  let last = 0;
  return {
    evaluate: (expression: string) =>
      new Promise<unknown>((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        socket.send(JSON.stringify({ id: last, method: 'Runtime.evaluate', params: { expression } }));
      }),
    close: () => socket.close(),
  };
}
