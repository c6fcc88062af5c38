import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Host } from '../core/host/host';
import { ProblemError } from '../core/model/problem';
import { localHost } from './local-host';

/** What `--host` takes, for help texts. */
export const HOST_SPECS =
  'local, rootfs:DIR, image:FILE.tar (with several images in it: #NAME or #PLATFORM), recorded:FILE.json';

/**
 * Opens the host that a word names: `local`, `rootfs:DIR`, `image:FILE.tar`, `recorded:FILE.json`. What follows `#` in
 * an image chooses among several.
 *
 * @param cwd relative paths start here
 * @param verify an image's layers are read whole for their digests, too
 * @throws ProblemError `host-unknown`, `host-not-found`, `host-unreadable`, `recording-broken`, and what
 * `imageHost` throws
 */
export async function openHost(
  spec: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  verify = false,
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
      return openImage(place, cwd, spec, verify);
    case 'recorded':
      return (await import('./recording-file')).openRecording(resolve(cwd, place));
  }
  throw new ProblemError({
    code: 'host-unknown',
    message: `There is no host "${spec}".`,
    hint: 'Write --host local, rootfs:DIR, image:FILE.tar or recorded:FILE.json.',
  });
}

async function openImage(place: string, cwd: string, spec: string, verify: boolean): Promise<Host> {
  const { imageHost } = await import('./image-host');
  const [, file = place, choice] = /^(.+)#([^#]+)$/s.exec(place) ?? [];
  const isPlain = choice === undefined || existsSync(resolve(cwd, place));
  return isPlain
    ? imageHost(resolve(cwd, place), spec, undefined, verify)
    : imageHost(resolve(cwd, file), spec, choice, verify);
}
