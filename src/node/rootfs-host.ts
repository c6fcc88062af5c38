import { statSync } from 'node:fs';
import type { Host } from '../core/host/host';
import { ProblemError } from '../core/model/problem';
import { offlineHost } from '../core/probe/offline-host';
import { rootfsFileSystem } from './rootfs-file-system';

/**
 * A folder that holds a root file system, as a host where nothing is run.
 *
 * @throws ProblemError `host-not-found`
 */
export function rootfsHost(folder: string, source: string): Host {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ProblemError({
      code: 'host-not-found',
      message: `${folder} is no folder.`,
      hint: 'Give the folder that holds the root file system: the one with bin, etc and usr in it.',
    });
  }
  return offlineHost(rootfsFileSystem(folder), source);
}
