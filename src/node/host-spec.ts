import { resolve } from 'node:path';
import type { Host } from '../core/host/host';
import { ProblemError } from '../core/model/problem';
import { localHost } from './local-host';

/**
 * Opens the host that a word names: `local`, `rootfs:DIR`, `image:FILE.tar`, `recorded:FILE.json`.
 *
 * @param cwd relative paths start here
 * @throws ProblemError `host-unknown`, `host-not-found`, `host-unreadable`, `recording-broken`, and what
 * `imageHost` throws
 */
export async function openHost(
  spec: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Host> {
  const [, kind, place = ''] = /^([a-z]+):(.+)$/s.exec(spec) ?? [];
  switch (kind) {
    case undefined:
      if (spec === 'local') {
        return localHost(env);
      }
      break;
    case 'rootfs':
      return (await import('./rootfs-host')).rootfsHost(resolve(cwd, place), spec);
    case 'image':
      return (await import('./image-host')).imageHost(resolve(cwd, place), spec);
    case 'recorded':
      return (await import('./recording-file')).openRecording(resolve(cwd, place));
  }
  throw new ProblemError({
    code: 'host-unknown',
    message: `There is no host "${spec}".`,
    hint: 'Write --host local, rootfs:DIR, image:FILE.tar or recorded:FILE.json.',
  });
}
