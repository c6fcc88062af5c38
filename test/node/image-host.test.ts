import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
function save(layers: readonly Buffer[]): Buffer {
  return tar([
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'c.json', RepoTags: ['x'], Layers: layers.map((_, i) => `${i}/layer.tar`) }]),
    },
    { name: 'c.json', content: JSON.stringify(config) },
    ...layers.map((content, i): Member => ({ name: `${i}/layer.tar`, content })),
  ]);
}

async function open(bytes: Buffer) {
  const path = join(folder, `${createHash('sha256').update(bytes).digest('hex')}.tar`);
  writeFileSync(path, bytes);
  return imageHost(path, `image:${path}`);
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

  test.each([
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
