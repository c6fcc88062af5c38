import { openApk } from './apk';
import type { ProbeContext } from './context';
import { openDpkg, openTermux } from './dpkg';
import { openDpkgParts } from './dpkg-parts';
import type { PackageDatabase } from './package-database';
import { openPacman } from './pacman';
import { openPkgtools } from './pkgtools';
import { openPortage } from './portage';
import { openRpm } from './rpm';
import { openXbps } from './xbps';

/** The package databases that the host has; on systems that are not Linux none. */
export function openDatabases(context: ProbeContext): readonly PackageDatabase[] {
  if (context.host.os !== 'linux') {
    return [];
  }
  return [
    (one: ProbeContext) => openDpkg(one),
    openTermux,
    openDpkgParts,
    openRpm,
    openApk,
    openPacman,
    openPortage,
    openXbps,
    openPkgtools,
  ].flatMap((open) => open(context) ?? []);
}
