import type { Host, HostFileSystem } from '../core/host/host';
import { TERMUX } from '../core/host/termux';
import { ProblemError } from '../core/model/problem';
import type { ProbeFailure } from '../core/model/snapshot';
import { offlineHost } from '../core/probe/offline-host';
import { rootfsFileSystem } from './rootfs-file-system';
import { statOf } from './stat';

/**
 * A folder that holds a root file system, as a host where nothing is run.
 *
 * @throws ProblemError `host-not-found`
 */
export function rootfsHost(folder: string, source: string): Host {
  if (statOf(folder)?.isDirectory() !== true) {
    throw new ProblemError({
      code: 'host-not-found',
      message: `${folder} is no folder.`,
      hint: 'Give the folder that holds the root file system: the one with bin, etc and usr in it.',
    });
  }
  const fs = rootfsFileSystem(folder);
  const host = offlineHost(fs, source);
  const strange = SIGNS.some((sign) => fs.stat(sign).ok) ? [] : [noSystem(fs, folder)];
  return { ...host, notes: [...strange, ...(host.notes ?? [])] };
}

/** One of these is in every root file system, of Linux, NixOS, Guix, Termux, macOS or Windows. */
const SIGNS = ['/usr', '/bin', '/etc', '/nix/store', '/gnu/store', '/System', 'C:\\Windows', TERMUX];

function noSystem(fs: HostFileSystem, folder: string): ProbeFailure {
  const isImage = fs.stat('/index.json').ok || fs.stat('/manifest.json').ok;
  const deployment = deploymentOf(fs);
  const next = isImage
    ? `it holds an image: write image:${folder}`
    : deployment !== undefined
      ? `it is a disk of an image-based system: write rootfs:${folder.replace(/\/+$/, '')}${deployment}`
      : 'give the folder that has bin, etc and usr in it';
  return { status: 'failed', code: 'no-root-file-system', reason: `${folder} is no root file system; ${next}` };
}

/** A system that OSTree has checked out (`/ostree/deploy/<os>/deploy/<checksum>.<serial>`), as Fedora's atomic desktops. */
function deploymentOf(fs: HostFileSystem): string | undefined {
  const below = (folder: string, name: RegExp): readonly string[] => {
    const listed = fs.readDir(folder);
    return (listed.ok ? listed.value : [])
      .filter((entry) => entry.kind === 'directory' && name.test(entry.name))
      .map((entry) => `${folder}/${entry.name}`);
  };
  return below('/ostree/deploy', /^[\w.-]+$/)
    .flatMap((system) => below(`${system}/deploy`, /^[0-9a-f]{64}\.\d+$/))
    .find((deployment) => fs.stat(`${deployment}/usr`).ok);
}
