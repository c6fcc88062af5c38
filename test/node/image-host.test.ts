import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../src/core/host/host';
import { decodeUtf8 } from '../../src/core/host/text';
import { ProblemError } from '../../src/core/model/problem';
import { imageHost } from '../../src/node/image-host';
import { copiesOf } from '../core/probe/machine';
import { type Member, pax, tar } from './tar-file';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-image-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = {
  architecture: 'arm64',
  config: { Env: ['PATH=/opt/node/bin:/usr/bin', 'NODE_ENV=production'], User: 'app' },
};

/** What `docker save` writes. */
function save(layers: readonly Buffer[], told: object = config): Buffer {
  return tar([
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'c.json', RepoTags: ['x'], Layers: layers.map((_, i) => `${i}/layer.tar`) }]),
    },
    { name: 'c.json', content: JSON.stringify(told) },
    ...layers.map((content, i): Member => ({ name: `${i}/layer.tar`, content })),
  ]);
}

async function open(bytes: Buffer, choice?: string) {
  const path = join(folder, `${createHash('sha256').update(bytes).digest('hex')}.tar`);
  writeFileSync(path, bytes);
  return imageHost(path, `image:${path}`, choice);
}

/** Bytes as zstd frames of raw blocks, with a frame in between that is to be skipped (RFC 8878). */
function zstdFrames(bytes: Buffer): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 1000) {
    const piece = bytes.subarray(at, at + 1000);
    const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, 0, 0, 0]);
    head.writeUIntLE((piece.length << 3) | 1, 6, 3);
    frames.push(head, piece, Buffer.from([0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]));
  }
  return Buffer.concat(frames);
}

const base = tar([
  { name: './', type: '5' },
  { name: 'usr/', type: '5' },
  { name: 'usr/bin/node', content: '' },
  { name: 'bin', type: '2', link: 'usr/bin' },
  { name: 'etc/passwd', content: 'root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/srv/app:/bin/sh\n' },
  { name: 'opt/node/bin/node', content: '' },
  { name: 'opt/node/lib/old', content: '' },
  { name: 'etc/gone', content: 'secret' },
]);

describe('layers', () => {
  test('whiteouts, opaque folders, links on the way, hard links and replacement', async () => {
    const top = tar([
      { name: 'etc/.wh.gone' },
      { name: 'opt/node/lib/new', content: 'new' },
      { name: 'opt/node/lib/.wh..wh..opq' },
      { name: 'bin/git', content: '#!/bin/sh\n' },
      { name: 'usr/bin/git2', type: '1', link: 'usr/bin/git' },
      { name: 'usr/bin/node', type: '2', link: '/opt/node/bin/node' },
      { name: 'dev/null', type: '3' },
    ]);
    const { fs } = await open(save([base, top]));
    expect(fs.stat('/etc/gone')).toEqual({ ok: false, code: 'not-found' });
    const names = (path: string) => {
      const listed = fs.readDir(path);
      return listed.ok ? listed.value.map(({ name }) => name).sort() : listed.code;
    };
    expect(names('/opt/node/lib')).toEqual(['new']);
    expect(names('/bin')).toEqual(['git', 'git2', 'node']);
    expect(fs.realPath('/bin/node')).toEqual({ ok: true, value: '/opt/node/bin/node' });
    expect(fs.readFile('/usr/bin/git2', 100)).toMatchObject({ ok: true, value: Buffer.from('#!/bin/sh\n') });
    expect(fs.readFile('/dev/null', 1)).toEqual({ ok: false, code: 'special' });
  });

  test('names that try to leave the tree are left out; links stay inside', async () => {
    const { fs } = await open(
      save([
        tar([
          { name: '../../evil', content: 'x' },
          { name: 'a/../../evil', content: 'x' },
          { name: 'up', type: '2', link: '../../../../etc/passwd' },
          { name: 'loop', type: '2', link: 'loop' },
        ]),
      ]),
    );
    expect(fs.readDir('/')).toEqual({
      ok: true,
      value: [
        { name: 'up', kind: 'link' },
        { name: 'loop', kind: 'link' },
      ],
    });
    expect(fs.stat('/up')).toEqual({ ok: false, code: 'not-found' });
    expect(fs.stat('/loop')).toEqual({ ok: false, code: 'loop' });
  });

  test('long names of GNU and of pax', async () => {
    const long = `${'deep/'.repeat(60)}file`;
    const gnu = tar([
      { name: '././@LongLink', type: 'L', content: `${long}\0` },
      { name: 'short', content: 'gnu' },
    ]);
    const posix = tar([
      { name: 'x', type: 'x', content: pax('path', `pax/${long}`) },
      { name: 'short', content: 'pax' },
    ]);
    const { fs } = await open(save([gnu, posix]));
    for (const [path, text] of [
      [`/${long}`, 'gnu'],
      [`/pax/${long}`, 'pax'],
    ] as const) {
      const read = fs.readFile(path, 10);
      expect(read.ok && decodeUtf8(read.value)).toBe(text);
    }
  });
});

describe('what is strange in layers', () => {
  const textAt = (fs: Host['fs'], path: string) => {
    const read = fs.readFile(path, 100_000);
    return read.ok ? decodeUtf8(read.value) : read.code;
  };

  test('whiteouts count for the layers below, wherever they stand in their own', async () => {
    const below = tar([
      { name: 'a/old', content: '' },
      { name: 'b/old', content: '' },
      { name: 'c/sub/old', content: '' },
    ]);
    const above = tar([
      { name: 'a/', type: '5' },
      { name: 'a/new', content: '' },
      { name: '.wh.a' },
      { name: '.wh.b' },
      { name: 'b/', type: '5' },
      { name: 'b/new', content: '' },
      { name: 'c/sub/', type: '5' },
      { name: 'c/sub/new', content: '' },
      { name: 'c/.wh..wh..opq' },
      { name: '.wh.never', content: '' },
    ]);
    const { fs } = await open(save([below, above]));
    const names = (path: string) => {
      const listed = fs.readDir(path);
      return listed.ok ? listed.value.map(({ name }) => name).sort() : listed.code;
    };
    expect([names('/a'), names('/b'), names('/c/sub'), names('/')]).toEqual([
      ['new'],
      ['new'],
      ['new'],
      ['a', 'b', 'c'],
    ]);
  });

  test('files with holes: the old way of GNU, and three of pax', async () => {
    const old = tar([{ name: 'old', type: 'S', content: 'abcXYZ' }]);
    // Two pieces, at 0 and at 1,000; 1,003 bytes in all.
    old.write('00000000000\0' + '00000000003\0' + '00000001750\0' + '00000000003\0', 386);
    old.write('00000001753\0', 483);
    old.write('        ', 148);
    const sum = old.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    old.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const map = tar([
      {
        name: 'x',
        type: 'x',
        content: pax('GNU.sparse.size', '1003') + pax('GNU.sparse.name', 'map') + pax('GNU.sparse.map', '0,3,1000,3'),
      },
      { name: 'GNUSparseFile.1/map', content: 'abcXYZ' },
    ]);
    const oldest = tar([
      {
        name: 'x',
        type: 'x',
        content: [
          ['size', '1003'],
          ['offset', '0'],
          ['numbytes', '3'],
          ['offset', '1000'],
          ['numbytes', '3'],
        ]
          .map(([key, value]) => pax(`GNU.sparse.${key}`, value!))
          .join(''),
      },
      { name: 'oldest', content: 'abcXYZ' },
    ]);
    const leading = Buffer.alloc(512);
    leading.write('2\n0\n3\n1000\n3\n');
    const one = tar([
      {
        name: 'x',
        type: 'x',
        content:
          pax('GNU.sparse.major', '1') +
          pax('GNU.sparse.minor', '0') +
          pax('GNU.sparse.name', 'one') +
          pax('GNU.sparse.realsize', '1003'),
      },
      { name: 'GNUSparseFile.1/one', content: Buffer.concat([leading, Buffer.from('abcXYZ')]) },
      { name: 'after', content: 'it' },
    ]);
    const { fs } = await open(save([old, oldest, map, one]));
    for (const name of ['old', 'oldest', 'map', 'one']) {
      expect(textAt(fs, `/${name}`)).toBe(`abc${'\0'.repeat(997)}XYZ`);
      expect(fs.readFile(`/${name}`, 2, 1001)).toMatchObject({ ok: true, value: new Uint8Array([0x59, 0x5a]) });
    }
    expect(textAt(fs, '/after')).toBe('it');
  });

  test('names that are no UTF-8 stay apart and can be asked for', async () => {
    const raw = tar([
      { name: 'bin/caf\u00e9', content: 'utf-8' },
      { name: 'bin/XX', content: 'one' },
      { name: 'bin/YY', content: 'two' },
    ]);
    for (const [place, byte] of [
      ['XX', 0xe9],
      ['YY', 0xff],
    ] as const) {
      const at = raw.indexOf(place);
      raw[at] = byte;
      raw.write('        ', at - 4 + 148);
      const sum = raw.subarray(at - 4, at - 4 + 512).reduce((total, value) => total + value, 0);
      raw.write(`${sum.toString(8).padStart(6, '0')}\0 `, at - 4 + 148);
    }
    const { fs } = await open(save([raw]));
    const listed = fs.readDir('/bin');
    expect(listed.ok && listed.value.map(({ name }) => name)).toEqual(['caf\u00e9', '\udce9X', '\udcffY']);
    expect([textAt(fs, '/bin/\udce9X'), textAt(fs, '/bin/\udcffY')]).toEqual(['one', 'two']);
  });

  test('a folder cannot be linked into itself', async () => {
    const { fs } = await open(
      save([
        tar([
          { name: 'a/', type: '5' },
          { name: 'a/again', type: '1', link: 'a' },
          { name: 'a/file', content: 'x' },
        ]),
      ]),
    );
    expect(fs.readDir('/a')).toEqual({ ok: true, value: [{ name: 'file', kind: 'file' }] });
  });
});

describe('archives', () => {
  test('the configuration tells processor, PATH and home', async () => {
    const host = await open(save([base]));
    expect(host).toMatchObject({
      os: 'linux',
      arch: 'aarch64',
      home: '/srv/app',
      pathEntries: ['/opt/node/bin', '/usr/bin'],
    });
    expect(host.env['NODE_ENV']).toBe('production');
    expect(host.run).toBeUndefined();
    expect(await copiesOf(host, 'node')).toEqual([
      'active ? manual /opt/node/bin/node',
      'hidden ? manual /usr/bin/node',
    ]);
  });

  test('compressed layers, and a compressed archive, leave nothing behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('lockstep-image-'));
    const host = await open(gzipSync(save([gzipSync(base)])));
    expect(host.fs.stat('/opt/node/bin/node').ok).toBe(true);
    host.close?.();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('lockstep-image-'))).toEqual(before);
  });

  test('an OCI layout with an index for each platform', async () => {
    const blobs: Member[] = [];
    const blob = (content: string | Buffer) => {
      const digest = createHash('sha256').update(content).digest('hex');
      blobs.push({ name: `blobs/sha256/${digest}`, content });
      return { digest: `sha256:${digest}` };
    };
    const manifest = (text: string) =>
      blob(
        JSON.stringify({
          config: blob(JSON.stringify(config)),
          layers: [blob(gzipSync(tar([{ name: text, content: '' }])))],
        }),
      );
    const index = blob(
      JSON.stringify({
        manifests: [
          { ...manifest('attestation'), platform: { architecture: 'unknown', os: 'unknown' } },
          {
            ...manifest('image'),
            platform: { architecture: process.arch === 'x64' ? 'amd64' : process.arch, os: 'linux' },
          },
        ],
      }),
    );
    const { fs } = await open(tar([...blobs, { name: 'index.json', content: JSON.stringify({ manifests: [index] }) }]));
    expect(fs.stat('/image').ok).toBe(true);
    expect(fs.stat('/attestation').ok).toBe(false);
  });

  test('zstd, by Node.js or in JavaScript, with several frames', async () => {
    const first = { name: 'etc/first', content: 'x'.repeat(5000) };
    const { fs } = await open(save([zstdFrames(tar([first, { name: 'etc/os-release', content: 'ID=zstd\n' }]))]));
    expect(fs.readFile('/etc/os-release', 100)).toMatchObject({ ok: true, value: Buffer.from('ID=zstd\n') });
  });

  test('what inflates to far more than its size is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'), { level: 9 });
    // The same member again and again: 64 KiB of it give 64 MiB.
    const error = await open(Buffer.concat(Array.from({ length: 5 }, () => bomb))).catch((thrown: unknown) => thrown);
    expect((error as ProblemError).problem).toMatchObject({ code: 'image-too-large' });
  });

  test('of several images the first, unless one is asked for; the others are named', async () => {
    const bytes = tar([
      {
        name: 'manifest.json',
        content: JSON.stringify([
          { Config: 'c.json', RepoTags: ['shop/api:1.2'], Layers: ['one.tar'] },
          { Config: 'c.json', RepoTags: ['shop/web:3'], Layers: ['two.tar'] },
        ]),
      },
      { name: 'c.json', content: JSON.stringify(config) },
      { name: 'one.tar', content: tar([{ name: 'api', content: '' }]) },
      { name: 'two.tar', content: tar([{ name: 'web', content: '' }]) },
    ]);
    const first = await open(bytes);
    expect(first.fs.stat('/api').ok).toBe(true);
    expect(first.notes).toEqual([
      expect.objectContaining({
        status: 'skipped',
        code: 'other-images',
        reason: expect.stringMatching(/shop\/web:3$/),
      }),
    ]);
    for (const choice of ['shop/web:3', 'web:3', '3', ' web:3 ']) {
      expect((await open(bytes, choice)).fs.stat('/web').ok).toBe(true);
    }
    const error = await open(bytes, 'nobody').catch((thrown: unknown) => thrown);
    expect((error as ProblemError).problem).toMatchObject({
      code: 'image-not-found',
      hint: 'It has: shop/api:1.2, shop/web:3.',
    });
  });

  test('an index that names platforms which are not in the archive, and one that names itself', async () => {
    const own = process.arch === 'x64' ? 'amd64' : process.arch;
    const members: Member[] = [];
    const blob = (content: string | Buffer) => {
      const digest = createHash('sha256').update(content).digest('hex');
      members.push({ name: `blobs/sha256/${digest}`, content });
      return { digest: `sha256:${digest}` };
    };
    const layer = blob(tar([{ name: 'there', content: '' }]));
    const manifest = blob(JSON.stringify({ config: blob(JSON.stringify(config)), layers: [layer] }));
    const loop = `sha256:${'ab'.repeat(32)}`;
    members.push({
      name: `blobs/${loop.replace(':', '/')}`,
      content: JSON.stringify({ manifests: [{ digest: loop }, { digest: loop }] }),
    });
    const index = {
      manifests: [
        { digest: loop },
        { digest: `sha256:${'0'.repeat(64)}`, platform: { os: 'linux', architecture: own } },
        { ...manifest, platform: { os: 'linux', architecture: 'riscv64' } },
      ],
    };
    const bytes = tar([...members, { name: 'index.json', content: JSON.stringify(index) }]);
    expect((await open(bytes)).fs.stat('/there').ok).toBe(true);
    for (const choice of ['riscv64', 'linux/riscv64']) {
      expect((await open(bytes, choice)).fs.stat('/there').ok).toBe(true);
    }
    const error = await open(bytes, 'web:3 riscv64').catch((thrown: unknown) => thrown);
    expect((error as ProblemError).problem.code).toBe('image-not-found');
  });

  test('an unpacked layout, and the tarball of a file system', async () => {
    const layout = join(folder, 'layout');
    mkdirSync(layout);
    writeFileSync(
      join(layout, 'manifest.json'),
      JSON.stringify([{ Config: 'c.json', Layers: ['l.tar', '../../etc/passwd'] }]),
    );
    writeFileSync(join(layout, 'l.tar'), gzipSync(base));
    const outside = await imageHost(layout, 'image:layout').catch((thrown: unknown) => thrown);
    expect((outside as ProblemError).problem.code).toBe('image-broken');
    writeFileSync(join(layout, 'manifest.json'), JSON.stringify([{ Config: 'c.json', Layers: ['l.tar'] }]));
    expect((await imageHost(layout, 'image:layout')).fs.stat('/opt/node/bin/node').ok).toBe(true);
    expect((await open(gzipSync(base))).fs.stat('/opt/node/bin/node').ok).toBe(true);
  });

  test.each([
    ['a layer that is cut off', save([base.subarray(0, -1535)]), 'image-broken'],
    ['a layer that is no archive', save([Buffer.from('hello')]), 'image-broken'],
    ['an archive that is cut off', save([base]).subarray(0, -3000), 'image-broken'],
    ['no archive', Buffer.from('hello'), 'image-unknown'],
    ['empty', Buffer.alloc(0), 'image-unknown'],
    ['no image', tar([{ name: 'file', content: 'x' }]), 'image-unknown'],
    ['no JSON', tar([{ name: 'manifest.json', content: '{' }]), 'image-broken'],
    ['wrong JSON', tar([{ name: 'manifest.json', content: '[{"Config":1}]' }]), 'image-broken'],
    [
      'a layer that is not there',
      tar([{ name: 'manifest.json', content: '[{"Config":"c","Layers":["l"]}]' }]),
      'image-broken',
    ],
    ['gzip that is cut off', gzipSync(save([base])).subarray(0, 200), 'image-broken'],
    ['zstd with a window of 2 GiB', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 1, 0, 0]), 'image-too-large'],
    ['xz', Buffer.from('\xfd7zXZ\0\0\x04', 'latin1'), 'image-compression-unknown'],
    [
      'a digest with a path',
      tar([{ name: 'index.json', content: '{"manifests":[{"digest":"sha256:../../etc/passwd"}]}' }]),
      'image-broken',
    ],
  ])('%s', async (_, bytes, code) => {
    const error = await open(bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem).toMatchObject({ code, hint: expect.any(String) });
  });
});

test('an image of Windows: the drive below Files, without regard to case, and its own PATH', async () => {
  const lower = tar([
    { name: 'Files/', type: '5' },
    { name: 'Files/Windows/System32/cmd.exe', content: 'MZ' },
    { name: 'Files/Program Files/Go/bin/go.exe', content: 'MZ' },
    { name: 'Files/Program Files/Go/VERSION', content: 'go1.22.1' },
    { name: 'Files/Program Files/nodejs/npm.cmd', content: '@rem' },
    { name: 'Files/tools', type: '2', link: '\\\\?\\C:\\Program Files\\Go' },
    { name: 'Hives/Software_Base', content: 'regf' },
  ]);
  const upper = tar([
    { name: 'Files/program files/Go/VERSION', content: 'go1.23.0' },
    { name: 'Files/Program Files/nodejs/.wh.npm.cmd', content: '' },
  ]);
  const told = { architecture: 'amd64', os: 'windows', config: { Env: ['Path=C:\\Program Files\\Go\\bin'] } };
  const host = await open(save([lower, upper], told));
  expect(host).toMatchObject({ os: 'windows', arch: 'x86_64', pathEntries: ['C:\\Program Files\\Go\\bin'] });
  expect(host.fs.realPath('c:\\TOOLS\\bin\\GO.EXE')).toEqual({ ok: true, value: 'C:\\Program Files\\Go\\bin\\go.exe' });
  expect(host.fs.stat('C:\\Program Files\\nodejs\\npm.cmd').ok).toBe(false);
  expect(host.fs.stat('C:\\Hives').ok).toBe(false);
  expect(await copiesOf(host, 'go')).toEqual(['active 1.23.0 manual C:\\Program Files\\Go\\bin\\go.exe']);
});
