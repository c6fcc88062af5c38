import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { Audit } from '../../../src/core/model/audit';
import type { Snapshot } from '../../../src/core/model/snapshot';
import { tar } from '../../node/tar-file';

/** The audit that the window shows. */
export async function currentAudit(page: Page): Promise<Audit> {
  const { value } = (await page.evaluate('window.lockstep.getRun()')) as { value: { audit: Audit } };
  return value.audit;
}

/** Writes a snapshot like this machine's, with one tool in another version and one missing. */
export function writeSnapshot(folder: string, name: string, from: Snapshot, git: string): string {
  const path = join(folder, `${name}.json`);
  const installations = from.installations
    .filter(({ tool }) => tool !== 'perl')
    .map((copy) => (copy.tool === 'git' ? { ...copy, version: git } : copy));
  writeFileSync(path, JSON.stringify({ ...from, host: { ...from.host, name }, installations }));
  return path;
}

/** An image as `docker save` writes it, of an Alpine with one tool. */
export function writeImage(folder: string, name: string): string {
  const path = join(folder, name);
  const layer = tar([
    { name: 'etc/os-release', content: 'ID=alpine\nNAME="Alpine Linux"\nVERSION_ID=3.19.1\n' },
    { name: 'lib/apk/db/installed', content: 'P:git\nV:2.43.0-r0\nF:usr/bin\nR:git\n\n' },
    { name: 'usr/bin/git', content: 'x' },
  ]);
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Env: ['PATH=/usr/bin'] } });
  writeFileSync(
    path,
    gzipSync(
      tar([
        { name: 'manifest.json', content: JSON.stringify([{ Config: 'c.json', Layers: ['l.tar'] }]) },
        { name: 'c.json', content: config },
        { name: 'l.tar', content: layer },
      ]),
    ),
  );
  return path;
}

/** Drops files onto the window, as the system does. */
export async function drop(page: Page, files: readonly string[]): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
  }
  await cdp.detach();
}
