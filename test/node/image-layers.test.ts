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
  return { blob, layer, manifest, open };
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
