import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProblemError } from '../../src/core/model/problem';
import { imageHost } from '../../src/node/image-host';
import { type Member, tar } from './tar-file';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-layers-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An OCI archive that is put together blob by blob. */
function oci() {
  const members: Member[] = [];
  const blob = (content: string | Buffer, mediaType: string, name?: string) => {
    const digest = name ?? createHash('sha256').update(content).digest('hex');
    members.push({ name: `blobs/sha256/${digest}`, content });
    return { mediaType, digest: `sha256:${digest}`, size: Buffer.byteLength(content) };
  };
  const layer = (content: Buffer, name?: string) => blob(content, 'application/vnd.oci.image.layer.v1.tar+gzip', name);
  const manifest = (...layers: readonly object[]) =>
    blob(
      JSON.stringify({ config: blob('{"config":{}}', 'application/vnd.oci.image.config.v1+json'), layers }),
      'application/vnd.oci.image.manifest.v1+json',
    );
  const open = (...manifests: readonly object[]) => {
    const bytes = tar([...members, { name: 'index.json', content: JSON.stringify({ manifests }) }]);
    const path = join(folder, `${createHash('sha256').update(bytes).digest('hex')}.tar`);
    writeFileSync(path, bytes);
    return imageHost(path, `image:${path}`);
  };
  return { blob, layer, manifest, open, members };
}

const problemOf = (thrown: unknown) => (thrown as ProblemError).problem;

test('a folder that comes again has the rights that the last layer gives it', async () => {
  const { layer, manifest, open } = oci();
  const below = layer(tar([{ name: 'opt/bin/', type: '5', mode: 0o755 }]));
  const above = layer(tar([{ name: 'opt/bin/', type: '5', mode: 0o777 }]));
  const { fs } = await open(manifest(below, above));
  expect(fs.stat('/opt/bin')).toMatchObject({ ok: true, value: { mode: 0o777 } });
});

test('a whiteout takes the old name of a file away that its layer gives another one, and nothing of its own layer', async () => {
  const { layer, manifest, open } = oci();
  const below = layer(
    tar([
      { name: 'bin/old', content: 'x' },
      { name: 'lib/node/old', content: '' },
    ]),
  );
  const above = layer(
    tar([
      { name: 'bin/new', type: '1', link: 'bin/old' },
      { name: 'bin/.wh.old' },
      { name: 'lib/node/new', content: '' },
      { name: '.wh.lib' },
    ]),
  );
  const { fs } = await open(manifest(below, above));
  expect([fs.stat('/bin/new').ok, fs.stat('/bin/old').ok]).toEqual([true, false]);
  expect([fs.stat('/lib/node/new').ok, fs.stat('/lib/node/old').ok]).toEqual([true, false]);
});

test.each(['docker.image.rootfs.foreign.diff', 'oci.image.layer.nondistributable.v1'])(
  'a base that may not be passed on (%s) is named, and the rest is read',
  async (kind) => {
    const { layer, manifest, open } = oci();
    const own = layer(tar([{ name: 'opt/bin/x', content: 'x' }]));
    const digest = createHash('sha256').update(kind).digest('hex');
    const base = { mediaType: `application/vnd.${kind}.tar+gzip`, digest: `sha256:${digest}`, size: 9 };
    const { fs, notes } = await open(manifest(base, own));
    expect(fs.stat('/opt/bin/x').ok).toBe(true);
    expect(notes).toMatchObject([{ status: 'skipped', code: 'base-layer-absent' }]);
    expect(notes?.[0]?.reason).toContain(digest);
    const other = oci();
    await expect(other.open(other.manifest({ ...base, mediaType: own.mediaType }, own))).rejects.toThrow(digest);
  },
);

test('signatures and charts beside an image are none', async () => {
  const { blob, layer, manifest, open } = oci();
  const signature = manifest(blob('{"critical":{}}', 'application/vnd.dev.cosign.simplesigning.v1+json'));
  const image = manifest(layer(gzipSync(tar([{ name: 'there', content: '' }]))));
  const host = await open(signature, image);
  expect(host.fs.stat('/there').ok).toBe(true);
  expect(host.notes).toEqual([]);
  expect(problemOf(await open(signature).catch((thrown: unknown) => thrown))).toMatchObject({
    code: 'image-unknown',
    message: expect.stringMatching(/holds no container image, but application\/vnd\.dev\.cosign/),
  });
});

test('a layer with another digest is read, and said; one that is too short is refused', async () => {
  const { layer, manifest, open } = oci();
  const other = layer(gzipSync(tar([{ name: 'there', content: '' }])), 'ab'.repeat(32));
  const host = await open(manifest(other));
  expect(host.fs.stat('/there').ok).toBe(true);
  expect(host.notes).toMatchObject([{ status: 'failed', code: 'image-digest' }]);
  const short = { ...layer(tar([{ name: 'there', content: '' }])), size: 5_000 };
  expect(problemOf(await open(manifest(short)).catch((thrown: unknown) => thrown))).toMatchObject({
    code: 'image-broken',
    message: expect.stringMatching(/cut off/),
  });
});

test('a folder as Skopeo writes it: one manifest, and files that are named by their digests', async () => {
  const place = join(folder, 'skopeo');
  mkdirSync(place);
  const blob = (content: string | Buffer) => {
    const digest = createHash('sha256').update(content).digest('hex');
    writeFileSync(join(place, digest), content);
    return { digest: `sha256:${digest}`, size: Buffer.byteLength(content) };
  };
  const layer = blob(gzipSync(tar([{ name: 'there', content: '' }])));
  const config = blob('{"architecture":"arm64","config":{"Env":["PATH=/opt/bin"]}}');
  writeFileSync(join(place, 'manifest.json'), JSON.stringify({ schemaVersion: 2, config, layers: [layer] }));
  const host = await imageHost(place, 'image:skopeo');
  expect(host).toMatchObject({ arch: 'aarch64', pathEntries: ['/opt/bin'], notes: [] });
  expect(host.fs.stat('/there').ok).toBe(true);
});

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

async function openTar(members: readonly Member[], choice?: string, verify = false) {
  const bytes = tar(members);
  const path = join(folder, `${sha256(bytes)}.tar`);
  writeFileSync(path, bytes);
  return imageHost(path, `image:${path}`, choice, verify);
}

test('digests of layers without compression: where they are small, and of any size where that is asked for', async () => {
  const small = tar([{ name: 'there', content: '' }]);
  const large = tar([{ name: 'large', content: Buffer.alloc(17 * 1024 * 1024) }]);
  const wrong = `sha256:${'0'.repeat(64)}`;
  const members = (layers: readonly Buffer[], diffIds: readonly string[]): Member[] => [
    { name: 'c.json', content: JSON.stringify({ rootfs: { type: 'layers', diff_ids: diffIds } }) },
    ...layers.map((content, index) => ({ name: `${index}/layer.tar`, content })),
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'c.json', Layers: layers.map((_, index) => `${index}/layer.tar`) }]),
    },
  ];
  const good = [`sha256:${sha256(large)}`, `sha256:${sha256(small)}`];
  expect((await openTar(members([large, small], good), undefined, true)).notes).toEqual([]);
  expect((await openTar(members([large, small], [wrong, good[1]!]))).notes).toEqual([]);
  for (const host of [
    await openTar(members([large, small], [good[0]!, wrong])),
    await openTar(members([large, small], [wrong, good[1]!]), undefined, true),
  ]) {
    expect(host.notes).toMatchObject([{ status: 'failed', code: 'image-digest' }]);
    expect(host.fs.stat('/there').ok).toBe(true);
  }
});

test('a manifest or a configuration with another digest is read, and said', async () => {
  const { blob, layer, open } = oci();
  const content = layer(tar([{ name: 'there', content: '' }]));
  const config = blob('{"config":{"User":"eve"}}', 'application/vnd.oci.image.config.v1+json', 'cd'.repeat(32));
  const manifest = blob(JSON.stringify({ config, layers: [content] }), 'application/vnd.oci.image.manifest.v1+json');
  const { notes } = await open(manifest);
  expect(notes).toMatchObject([
    { code: 'image-digest', reason: expect.stringContaining(`blobs/sha256/${'cd'.repeat(32)}`) },
  ]);
});

test('images without names are told apart by their digests', async () => {
  const ids = ['a1'.repeat(32), 'b2'.repeat(32)] as const;
  const members: Member[] = [
    {
      name: 'manifest.json',
      content: JSON.stringify(ids.map((id) => ({ Config: `${id}.json`, RepoTags: null, Layers: [`${id}.tar`] }))),
    },
    ...ids.flatMap((id) => [
      { name: `${id}.json`, content: '{}' },
      { name: `${id}.tar`, content: tar([{ name: id.slice(0, 2), content: '' }]) },
    ]),
  ];
  const first = await openTar(members);
  expect(first.fs.stat('/a1').ok).toBe(true);
  expect(first.notes).toMatchObject([
    { code: 'other-images', reason: expect.stringMatching(/; a1a1a1a1a1a1 was read\..* one of: b2b2b2b2b2b2$/) },
  ]);
  expect((await openTar(members, 'b2b2b2b2b2b2')).fs.stat('/b2').ok).toBe(true);
  expect(problemOf(await openTar(members, 'ffffff').catch((thrown: unknown) => thrown))).toMatchObject({
    code: 'image-not-found',
    hint: 'It has: a1a1a1a1a1a1, b2b2b2b2b2b2.',
  });
});

test('layers as docker wrote them before its version 1.10, with names and without', async () => {
  const [low, high, other] = ['1a'.repeat(32), '2b'.repeat(32), '3c'.repeat(32)] as const;
  const layer = (id: string, parent: string | undefined, file: string): Member[] => [
    { name: `${id}/`, type: '5' },
    { name: `${id}/VERSION`, content: '1.0' },
    {
      name: `${id}/json`,
      content: JSON.stringify({ id, parent, architecture: 'amd64', os: 'linux', config: { Env: [`PATH=/${file}`] } }),
    },
    { name: `${id}/layer.tar`, content: tar([{ name: file, content: '' }]) },
  ];
  const layers = [...layer(high, low, 'high'), ...layer(low, undefined, 'low'), ...layer(other, low, 'other')];
  const names = { name: 'repositories', content: JSON.stringify({ 'shop/web': { '3': high } }) };
  const named = await openTar([...layers, names]);
  expect(named).toMatchObject({ arch: 'x86_64', pathEntries: ['/high'] });
  expect(['/low', '/high', '/other'].map((path) => named.fs.stat(path).ok)).toEqual([true, true, false]);
  expect(named.notes).toMatchObject([
    {
      code: 'other-images',
      reason: expect.stringMatching(/web:3 linux\/amd64 was read.*: linux\/amd64 3c3c3c3c3c3c$/),
    },
  ]);
  expect((await openTar([...layers, names], '3c3c3c3c')).pathEntries).toEqual(['/other']);
  expect((await openTar([...layers, names], 'web:3')).pathEntries).toEqual(['/high']);
  expect((await openTar(layers.slice(0, 8))).pathEntries).toEqual(['/high']);
  const lost = await openTar(layers.slice(0, 4)).catch((thrown: unknown) => thrown);
  expect(problemOf(lost)).toMatchObject({ code: 'image-broken', message: expect.stringContaining(`${low}/layer.tar`) });
  const loop = await openTar([...layer(low, high, 'low'), ...layer(high, low, 'high')]).catch(
    (thrown: unknown) => thrown,
  );
  expect(problemOf(loop)).toMatchObject({ code: 'image-broken' });
});

test('a platform that only the configuration names can be chosen, of docker, Podman and Skopeo', async () => {
  const config = (architecture: string, variant?: string) =>
    JSON.stringify({ architecture, os: 'linux', variant, config: { Env: [`PATH=/${architecture}`] } });
  const kinds = [['amd64'], ['arm64'], ['arm', 'v7']] as const;
  const docker: Member[] = [
    {
      name: 'manifest.json',
      content: JSON.stringify(kinds.map(([at]) => ({ Config: `${at}.json`, RepoTags: ['web:3'], Layers: null }))),
    },
    ...kinds.map(([at, variant]) => ({ name: `${at}.json`, content: config(at, variant) })),
  ];
  const { blob, members } = oci();
  const manifests = kinds.map(([at, variant]) => {
    const told = blob(config(at, variant), 'application/vnd.oci.image.config.v1+json');
    return blob(JSON.stringify({ config: told, layers: [] }), 'application/vnd.oci.image.manifest.v1+json');
  });
  const layout: Member[] = [...members, { name: 'index.json', content: JSON.stringify({ manifests }) }];
  for (const [choice, at] of [
    ['linux/arm64', 'arm64'],
    ['aarch64', 'arm64'],
    ['linux/arm/v7', 'arm'],
    ['x86_64', 'amd64'],
  ]) {
    expect((await openTar(docker, choice)).pathEntries).toEqual([`/${at}`]);
    expect((await openTar(layout, choice)).pathEntries).toEqual([`/${at}`]);
  }
  const lost = await openTar(docker, 's390x').catch((thrown: unknown) => thrown);
  expect(problemOf(lost)?.hint).toBe('It has: web:3 linux/amd64, web:3 linux/arm64, web:3 linux/arm/v7.');
});

test('an index beside the manifest of docker brings what that leaves out, and breaks nothing', async () => {
  const config = (architecture: string) =>
    JSON.stringify({ architecture, os: 'linux', config: { Env: [`PATH=/${architecture}`] } });
  const { blob, members } = oci();
  const [own, other] = ['amd64', 'arm64'].map((at) => blob(config(at), 'application/vnd.oci.image.config.v1+json'));
  const manifests = [own, other].map((told) =>
    blob(JSON.stringify({ config: told, layers: [] }), 'application/vnd.oci.image.manifest.v1+json'),
  );
  const place = `blobs/${own!.digest.replace(':', '/')}`;
  const docker = {
    name: 'manifest.json',
    content: JSON.stringify([{ Config: place, RepoTags: ['web:3'], Layers: [] }]),
  };
  const index = (content: string): Member[] => [docker, ...members, { name: 'index.json', content }];
  const both = index(JSON.stringify({ manifests }));
  expect((await openTar(both, 'web:3')).pathEntries).toEqual(['/amd64']);
  expect((await openTar(both, 'arm64')).pathEntries).toEqual(['/arm64']);
  expect((await openTar(both, 'amd64')).notes).toHaveLength(1);
  expect((await openTar(index('{'), 'amd64')).notes).toEqual([]);
});

test('a configuration that is broken, not there, or of another system is said', async () => {
  const notes = async (content: string | undefined) => {
    const manifest = { name: 'manifest.json', content: JSON.stringify([{ Config: 'c.json', Layers: [] }]) };
    const host = await openTar([manifest, ...(content === undefined ? [] : [{ name: 'c.json', content }])]);
    return [host.arch, ...(host.notes ?? []).map(({ code }) => code)];
  };
  expect(await notes('{"architecture":"arm64","os":"linux"}')).toEqual(['aarch64']);
  expect(await notes('{"architecture":5}')).toEqual(['x86_64', 'image-config']);
  expect(await notes(undefined)).toEqual(['x86_64', 'image-config']);
  expect(await notes('{"architecture":"amd64","os":"freebsd"}')).toEqual(['x86_64', 'image-system']);
  // A name that every object has is no processor that is known.
  expect(await notes('{"architecture":"__proto__","os":"linux"}')).toEqual(['__proto__']);
});
