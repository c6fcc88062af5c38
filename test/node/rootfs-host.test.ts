import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHost } from '../../src/node/host-spec';
import { copiesOf, probe } from '../core/probe/machine';

let outer = '';
let root = '';
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'lockstep-rootfs-'));
  root = join(outer, 'root');
  mkdirSync(root);
});
afterEach(() => rmSync(outer, { recursive: true, force: true }));

function put(path: string, text = '', mode = 0o755): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode });
}

const open = () => openHost(`rootfs:${root}`, '/', {});

test('a disk of an image-based system names the system that is on it', async () => {
  const deployment = `ostree/deploy/fedora/deploy/${'a'.repeat(64)}.0`;
  put(`${deployment}/usr/bin/git`);
  put('ostree/deploy/fedora/deploy/x/usr/bin/git');
  put('boot/loader/entries');
  expect((await open()).notes).toEqual([
    expect.objectContaining({ reason: expect.stringContaining(`write rootfs:${root}/${deployment}`) }),
  ]);
});

test('links are resolved inside the root and lead nowhere else', async () => {
  writeFileSync(join(outer, 'secret'), 'outside');
  put('etc/hostname', 'inside');
  symlinkSync('/etc/hostname', join(root, 'absolute'));
  symlinkSync('../../../secret', join(root, 'climbing'));
  symlinkSync('..', join(root, 'etc', 'up'));
  symlinkSync('loop', join(root, 'loop'));
  const { fs } = await open();
  expect(fs.readText?.('/absolute', 100)).toEqual({ ok: true, value: 'inside' });
  expect(fs.readFile('/climbing', 100)).toEqual({ ok: false, code: 'not-found' });
  expect(fs.readFile('/../secret', 100)).toEqual({ ok: false, code: 'not-found' });
  expect(fs.realPath('/etc/up/../etc/hostname')).toEqual({ ok: true, value: '/etc/hostname' });
  expect(fs.stat('/loop')).toEqual({ ok: false, code: 'loop' });
  expect(fs.readLink('/absolute')).toEqual({ ok: true, value: '/etc/hostname' });
  expect(fs.lstat('/absolute')).toMatchObject({ ok: true, value: { kind: 'link' } });
});

test('PATH, home, distribution and other homes come from its files; nothing is run', async () => {
  put('etc/environment', 'PATH="/opt/node/bin:/usr/bin"\nLANG=C.UTF-8\nBAD=$HOME/x\n');
  put('etc/passwd', 'root:x:0:0::/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n');
  mkdirSync(join(root, 'home', 'ada'), { recursive: true });
  put('home/bob/.nvm/versions/node/v18.0.0/bin/node');
  put('opt/node/bin/node', '#!/bin/sh\ntouch /tmp/lockstep-must-not-run\n');
  const host = await open();
  expect(host).toMatchObject({ os: 'linux', home: '/home/ada', pathEntries: ['/opt/node/bin', '/usr/bin'] });
  expect(host.env).toMatchObject({ LANG: 'C.UTF-8' });
  expect(host.env['BAD']).toBeUndefined();
  expect(await copiesOf(host, 'node')).toEqual([
    'active ? manual /opt/node/bin/node',
    'off 18.0.0 nvm /home/bob/.nvm/versions/node/v18.0.0/bin/node',
  ]);
  const { failures } = await probe(host);
  expect(failures.map(({ code }) => code)).toContain('cannot-run');
});

test('a Windows disk and a macOS disk are known by their folders', async () => {
  put('Windows/System32/cmd.exe');
  put('Users/ada/scoop/shims/x');
  put('Users/bob/AppData/Roaming/nvm/v20.1.0/node.exe');
  put('Program Files/nodejs/npm.cmd');
  put('Program Files/nodejs/node_modules/npm/package.json', '\uFEFF{"version":"10.9.0"}');
  const windows = await open();
  expect(windows).toMatchObject({ os: 'windows', home: 'C:\\Users\\ada' });
  expect(windows.pathEntries).toContain('C:\\Users\\ada\\scoop\\shims');
  // What lies in the folders that variables name is found for the other account, too; a mark at the start is no JSON.
  expect((await probe(windows)).installations).toMatchObject([
    { tool: 'node', version: '20.1.0', path: 'C:\\Users\\bob\\AppData\\Roaming\\nvm\\v20.1.0\\node.exe' },
    { tool: 'npm', version: '10.9.0' },
  ]);
  rmSync(join(root, 'Windows'), { recursive: true });
  put('System/Library/CoreServices/SystemVersion.plist');
  put('etc/paths', '/usr/local/bin\n/usr/bin\n');
  put('etc/paths.d/go', '/usr/local/go/bin\n');
  expect(await open()).toMatchObject({
    os: 'darwin',
    home: '/Users/ada',
    pathEntries: ['/usr/local/bin', '/usr/bin', '/usr/local/go/bin'],
  });
  put('opt/homebrew/bin/x');
  expect(await open()).toMatchObject({ arch: 'aarch64' });
});

test.each([
  ['nonsense', 'host-unknown'],
  ['ssh:me@there', 'host-unknown'],
  ['rootfs:/does/not/exist', 'host-not-found'],
  ['image:/does/not/exist', 'host-not-found'],
  ['recorded:/does/not/exist', 'host-not-found'],
])('%s is refused with %s', async (spec, code) => {
  await expect(openHost(spec, '/', {})).rejects.toMatchObject({ problem: { code, hint: expect.any(String) } });
});

test('a broken recording names the key', async () => {
  put('machine.json', '{"name":"x","os":"beos","arch":"x","home":"/","env":{},"files":{}}');
  await expect(openHost(`recorded:${join(root, 'machine.json')}`, '/', {})).rejects.toMatchObject({
    problem: { code: 'recording-broken', message: expect.stringContaining('os') },
  });
});

test('a folder that is no root file system is not taken for an empty machine', async () => {
  put('README', 'hello');
  expect((await open()).notes).toEqual([
    expect.objectContaining({ code: 'no-root-file-system', reason: expect.stringContaining('bin, etc and usr') }),
  ]);
  put('index.json', '{}');
  expect((await open()).notes?.[0]?.reason).toContain(`write image:${root}`);
  put('etc/hostname', 'x');
  expect((await open()).notes).toEqual([]);
});
