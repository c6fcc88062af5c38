import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../src/core/model/problem';
import { type UpdateOptions, type UpdateProgress, updateIndex } from '../../../src/node/index-update';
import { withFolderLock } from '../../../src/node/index-update/folder-lock';
import { chooseIndex, loadIndex } from '../../../src/node/nixpkgs-index';
import { updatedIndexPath } from '../../../src/node/nixpkgs-index-place';
import { revisionOf, syntheticIndex } from '../../core/nixpkgs/synthetic';
import { type ChannelServer, keyOf, serveChannels } from './channel-server';

const revision = 'abcdef0123456789abcdef0123456789abcdef01';
const packages = {
  nodejs: { pname: 'nodejs', version: '26.1.0', meta: { license: [{ version: 'no' }] } },
  'python312Packages.numpy': { pname: 'numpy', version: '2.4.1' },
  'brand-new': { version: '0.1' },
  noise: Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, Math.sin(i)])),
  unversioned: { pname: 'x', version: '' },
  odd: 'not a package',
};

vi.setConfig({ testTimeout: 30_000 });

/** What Lockstep came with, here: two packages at two revisions. */
const builtIn = join(mkdtempSync(join(tmpdir(), 'lockstep-built-in-')), 'index.bin');
const unstable = { line: 'unstable', days: ['2026-01-01', '2026-02-01'] };
writeFileSync(builtIn, syntheticIndex([unstable], { nodejs: ['25.1.0', '25.2.0'], ripgrep: ['15.0', '15.0'] }));
afterAll(() => rmSync(dirname(builtIn), { recursive: true }));
const choose = () => chooseIndex(updatedIndexPath(folder), builtIn);

let folder = '';
let server: ChannelServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-update-'));
  server = await serveChannels({
    'nixos-unstable': { revision, packages },
    'nixos-26.05': { revision: '1'.repeat(40), packages: { nodejs: { version: '24.0.0' } }, checksum: null },
    'nixos-broken': { revision: '2'.repeat(40), packages },
    'nixpkgs-unstable': { revision: '3'.repeat(40), packages, checksum: '0'.repeat(64) },
    'nixos-25.11': { revision: '4'.repeat(40), packages, body: Buffer.from('not brotli') },
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (options: Partial<UpdateOptions> = {}) =>
  updateIndex({
    channels: ['nixos-unstable'],
    releases: [],
    baseUrl: server.url,
    folder,
    builtIn,
    env: {},
    now: new Date('2026-11-22'),
    retryDelay: 1,
    ...options,
  });

/** Breaks the connection as soon as a file in the folder has so many bytes: earlier, what was sent could be lost. */
function breakWhenWritten(response: ServerResponse, size: number): void {
  const timer = setInterval(() => {
    if (readdirSync(folder).some((name) => statSync(join(folder, name)).size === size)) {
      response.destroy();
    }
  }, 5);
  response.on('close', () => clearInterval(timer));
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problem.code;
  }
}

const downloads = () =>
  server.requests.filter((request) => request.includes('/packages.json.br') && !request.includes('.sha256'));

describe('updateIndex', () => {
  it('brings in the latest release, with nested sets, beside all that was known', async () => {
    const results = await run({ channels: ['nixos-unstable', 'nixos-26.05'] });
    expect(results).toMatchObject([
      { channel: 'nixos-unstable', revision, outcome: 'added', attributes: 3 },
      { channel: 'nixos-26.05', outcome: 'added', attributes: 1 },
    ]);
    expect(choose().kind).toBe('updated');
    const index = loadIndex(updatedIndexPath(folder));
    const version = (name: string, at: string) => index.resolve(name, { revision: at }).version;
    expect(version('nodejs', revision)).toBe('26.1.0');
    expect(version('nodejs', '1'.repeat(40))).toBe('24.0.0');
    expect(version('python312Packages.numpy', revision)).toBe('2.4.1');
    expect(version('nodejs', revisionOf(0))).toBe('25.1.0');
    expect(index.lookup('ripgrep', revision)).toEqual({ state: 'absent' });
    expect(index.revisionInfo(revision)).toMatchObject({ line: 'unstable', nested: true, date: 1795168800 });
    expect(index.info().revisions).toBe(4);
    expect(readdirSync(folder)).toEqual(['nixpkgs-index.bin']);
  });

  it('downloads nothing that is on record', async () => {
    await run();
    const before = readFileSync(updatedIndexPath(folder));
    expect(await run()).toMatchObject([{ outcome: 'known', attributes: 3 }]);
    expect(downloads()).toHaveLength(1);
    expect(readFileSync(updatedIndexPath(folder)).equals(before)).toBe(true);
  });

  it('is done once where two begin at the same time', async () => {
    const waits: string[] = [];
    const onProgress = ({ phase }: UpdateProgress) => waits.push(phase);
    const results = await Promise.all([run(), run({ onProgress })]);
    expect(results.flat().map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['added', 'known']));
    expect(downloads()).toHaveLength(1);
    expect(waits).toContain('wait');
    expect(readdirSync(folder)).toEqual(['nixpkgs-index.bin']);
  });

  it('does not wait for a process that was killed, nor for one that was not heard of for long', async () => {
    const lock = join(folder, 'update.lock');
    const ended = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(lock, `${ended} ${hostname()}\n`);
    expect(await run()).toMatchObject([{ outcome: 'added' }]);
    writeFileSync(lock, '1 another-machine\n');
    const long = new Date(Date.now() - 3_600_000);
    utimesSync(lock, long, long);
    expect(await run()).toMatchObject([{ outcome: 'known' }]);
    expect(readdirSync(folder)).toEqual(['nixpkgs-index.bin']);
  });

  it('says so when another one does not come to an end', async () => {
    writeFileSync(join(folder, 'update.lock'), `${process.pid} ${hostname()}\n`);
    expect(await problemOf(withFolderLock(folder, { patience: 1 }, async () => undefined))).toBe('index-busy');
    const stop = AbortSignal.abort(new Error('enough'));
    await expect(run({ signal: stop })).rejects.toThrow('enough');
  });

  it('refuses what a proxy has packed once more', async () => {
    server.answerPackages = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}'));
      return true;
    };
    expect(await problemOf(run())).toBe('download-refused');
    expect(downloads()).toHaveLength(1);
  });

  it('goes on where a connection broke', async () => {
    let cuts = 0;
    server.answerPackages = (request, response, body) => {
      if (cuts === 2) {
        return false;
      }
      cuts++;
      const start = Number(/bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const headers = { 'content-length': body.length - start };
      const range = { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` };
      response.writeHead(start > 0 ? 206 : 200, start > 0 ? { ...headers, ...range } : headers);
      response.write(body.subarray(start, start + 100));
      breakWhenWritten(response, start + 100);
      return true;
    };
    expect(await run()).toMatchObject([{ outcome: 'added' }]);
    expect(downloads().map((request) => request.split(' ')[2])).toEqual([undefined, 'bytes=100-', 'bytes=200-']);
  });

  it('goes on where an earlier run stopped', async () => {
    server.answerPackages = (_, response, body) => {
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, 64));
      breakWhenWritten(response, 64);
      return true;
    };
    const refuse = server.answerPackages;
    let calls = 0;
    server.answerPackages = (request, response, body) => {
      calls++;
      if (calls > 1) {
        response.writeHead(503).end();
        return true;
      }
      return refuse(request, response, body);
    };
    expect(await problemOf(run())).toBe('network');
    const [part] = readdirSync(folder);
    expect(statSync(join(folder, part ?? '')).size).toBe(64);
    server.answerPackages = () => false;
    server.requests.length = 0;
    expect(await run()).toMatchObject([{ outcome: 'added' }]);
    expect(downloads()).toEqual([expect.stringMatching(/ bytes=64-$/)]);
  });

  it('starts anew with a server that cannot go on, and with a part that is too long', async () => {
    await run();
    const sha = server.requests.length;
    expect(sha).toBeGreaterThan(0);
    rmSync(updatedIndexPath(folder));
    server.answerPackages = (_, response, body) => {
      response.writeHead(200, { 'content-length': body.length }).end(body);
      return true;
    };
    const release = await import('../../../src/node/index-update/release');
    const http = await import('../../../src/node/index-update/http');
    const client = http.openHttpClient({});
    const { sha256 } = await release.latestRelease(client, server.url, 'nixos-unstable');
    await client.close();
    writeFileSync(join(folder, `packages-${sha256}.part`), 'garbage');
    expect(await run()).toMatchObject([{ outcome: 'added' }]);
  });

  it.each([
    ['a channel that does not exist', { channels: ['nixos-99.99'] }, 'channel-unknown'],
    ['a channel of another kind', { channels: ['nixos-broken'] }, 'channel-unknown'],
    ['another content than the checksum says', { channels: ['nixpkgs-unstable'] }, 'download-broken'],
    ['a list that is not one', { channels: ['nixos-25.11'] }, 'packages-broken'],
    ['a server that is not there', { baseUrl: 'http://127.0.0.1:9' }, 'network'],
  ])('refuses %s and leaves the index as it was', async (_, options, code) => {
    await run();
    const before = readFileSync(updatedIndexPath(folder));
    expect(await problemOf(run(options))).toBe(code);
    expect(readFileSync(updatedIndexPath(folder)).equals(before)).toBe(true);
  });

  it('refuses an address that is no release', async () => {
    expect(await problemOf(run({ channels: [], releases: [`${server.url}/nixos/nothing`] }))).toBe(
      'release-incomplete',
    );
  });

  it('brings in a release by its address', async () => {
    const url = `${server.url}/${keyOf('nixos-unstable', revision)}/`;
    expect(await run({ channels: [], releases: [url] })).toMatchObject([{ revision, outcome: 'added' }]);
  });

  describe('with the nixpkgs of a lock', () => {
    const release = (digit: string, published: string, version: string) => ({
      revision: digit.repeat(40),
      published,
      packages: { nodejs: { version } },
    });
    const pin = (options: Partial<UpdateOptions['pins'] & object>[number] & object) => ({
      channels: [],
      pins: [options],
      baseUrl: server.url,
      releasesUrl: server.url,
      listingUrl: server.url,
    });
    const seconds = (day: string) => Date.parse(day) / 1000;

    beforeEach(async () => {
      await server.close();
      server = await serveChannels({
        'nixos-25.11': [
          release('5', '2026-02-01', '24.1.0'),
          release('6', '2026-03-01', '24.2.0'),
          release('7', '2026-04-01', '24.2.0'),
          release('8', '2026-05-01', '24.9.0'),
        ],
        'nixpkgs-unstable': [release('9', '2026-06-01', '26.0.0')],
      });
    });

    it('finds the release that it is', async () => {
      const wanted = { revision: '7'.repeat(40), branch: 'nixos-25.11', lastModified: seconds('2026-03-30') };
      expect(await run(pin(wanted))).toMatchObject([
        { channel: 'nixos-25.11', revision: '7'.repeat(40), outcome: 'added' },
      ]);
      expect(loadIndex(updatedIndexPath(folder)).resolve('nodejs', wanted)).toEqual({
        version: '24.2.0',
        certainty: 'exact',
      });
      expect(await run(pin(wanted))).toMatchObject([{ outcome: 'known' }]);
      const master = { revision: '9'.repeat(40), branch: 'master', lastModified: seconds('2026-05-31') };
      expect(await run(pin(master))).toMatchObject([{ channel: 'nixpkgs-unstable', outcome: 'added' }]);
    });

    it('brings in the ones around it, where it is none', async () => {
      const wanted = { revision: 'a'.repeat(40), branch: 'nixos-25.11', lastModified: seconds('2026-03-10') };
      expect(await run(pin(wanted))).toMatchObject([{ revision: '6'.repeat(40) }, { revision: '7'.repeat(40) }]);
      const index = loadIndex(updatedIndexPath(folder));
      expect(index.resolve('nodejs', wanted)).toMatchObject({ version: '24.2.0', certainty: 'estimate' });
    });

    it('says so when there is none', async () => {
      const nowhere = { revision: 'a'.repeat(40), branch: 'nixos-24.11', lastModified: seconds('2026-03-10') };
      expect(await problemOf(run(pin(nowhere)))).toBe('release-not-found');
      expect(await problemOf(run(pin({ branch: 'my-branch' })))).toBe('branch-unknown');
    });
  });

  it('says so when the folder cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await problemOf(run({ folder: join(folder, 'file', 'below') }))).toBe('data-not-written');
  });

  it('sets a broken index of the user aside, and makes it anew', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(updatedIndexPath(folder), 'broken');
    expect(choose()).toMatchObject({
      kind: 'built-in',
      notice: expect.stringContaining('broken'),
    });
    await run();
    expect(choose()).toEqual({ kind: 'updated', path: updatedIndexPath(folder) });
  });

  it('prefers a built-in index that has as much', () => {
    writeFileSync(updatedIndexPath(folder), readFileSync(builtIn));
    expect(choose()).toMatchObject({
      kind: 'built-in',
      notice: expect.stringContaining('older'),
    });
  });

  it('goes through the proxy that the environment names', async () => {
    const asked: string[] = [];
    const proxy = createServer((_, response) => void response.writeHead(400).end());
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      const upstream = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const baseUrl = 'http://channels.invalid';
    expect(await run({ baseUrl, env: { http_proxy: address } })).toMatchObject([{ outcome: 'added' }]);
    expect(asked[0]).toBe('channels.invalid:80');
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it.each(['HTTP_PROXY', 'https_proxy', 'ALL_PROXY'])('refuses what is no proxy in %s', async (name) => {
    for (const value of ['socks5://user:secret@127.0.0.1:1080', 'http://', '::']) {
      const failure = await run({ env: { [name]: value } }).catch((error: unknown) => error as ProblemError);
      expect(failure).toMatchObject({ problem: { code: 'proxy-unusable' } });
      expect(JSON.stringify((failure as ProblemError).problem)).not.toContain('secret');
    }
  });

  it('takes a proxy without a scheme, and ALL_PROXY, unless the server is excepted', async () => {
    const dead = '127.0.0.1:1';
    expect(await problemOf(run({ env: { HTTP_PROXY: dead } }))).toBe('network');
    expect(await problemOf(run({ env: { all_proxy: dead } }))).toBe('network');
    expect(await run({ env: { ALL_PROXY: dead, NO_PROXY: '127.0.0.1' } })).toMatchObject([{ outcome: 'added' }]);
  });

  it('says what to do where the index itself cannot be written', async () => {
    mkdirSync(updatedIndexPath(folder));
    writeFileSync(join(updatedIndexPath(folder), 'x'), '');
    const failure = (await run().catch((error: unknown) => error)) as ProblemError;
    expect(failure.problem).toMatchObject({ code: 'data-not-written', hint: expect.stringContaining('LOCKSTEP_DATA') });
  });

  it('removes downloads that were given up long ago', async () => {
    const old = join(folder, `packages-${'0'.repeat(64)}.part`);
    const recent = join(folder, `packages-${'1'.repeat(64)}.part`);
    writeFileSync(old, 'x');
    writeFileSync(recent, 'x');
    utimesSync(old, new Date('2026-11-01'), new Date('2026-11-01'));
    utimesSync(recent, new Date('2026-11-20'), new Date('2026-11-20'));
    await run();
    expect(readdirSync(folder).sort()).toEqual(['nixpkgs-index.bin', `packages-${'1'.repeat(64)}.part`]);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    server.answerPackages = (_, response, body) => {
      response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 10));
      setTimeout(() => stop.abort(new Error('enough')), 20);
      return true;
    };
    await expect(run({ signal: stop.signal })).rejects.toThrow('enough');
  });
});
