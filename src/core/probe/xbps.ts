import { readText } from '../host/text';
import type { ProbeContext } from './context';
import { openFileLists } from './file-lists';
import type { PackageDatabase } from './package-database';

const FOLDER = '/var/db/xbps';
const LIMIT = 64 * 1024 * 1024;

/**
 * Void's package records, property lists in XML: `pkgdb-0.38.plist` has `<name>-<version>_<revision>` of each package as
 * its `pkgver`, `.<name>-files.plist` the paths (xbps-pkgdb(1)).
 */
export function openXbps(context: ProbeContext): PackageDatabase | undefined {
  const path = `${FOLDER}/pkgdb-0.38.plist`;
  const text = context.host.fs.stat(path).ok ? readText(context.host.fs, path, LIMIT) : undefined;
  if (text === undefined) {
    return undefined;
  }
  if (!text.ok) {
    return { manager: 'xbps', ownerOf: () => undefined, problem: `${path} could not be read (${text.code})` };
  }
  const found = text.value.matchAll(/<key>pkgver<\/key>\s{0,20}<string>([^<]+)-(\d[^<-]*)<\/string>/g);
  const packages = [...found].map(([, name = '', version = '']) => ({
    name,
    version,
    source: `${FOLDER}/.${name}-files.plist`,
  }));
  const paths = /<string>(\/[^<\n]*bin\/[^<\n]+)<\/string>/g;
  return openFileLists({ manager: 'xbps', packages, paths, upstream: xbpsUpstream }, context);
}

/** `2.44.0_1` → `2.44.0`. */
function xbpsUpstream(version: string): string {
  return version.replace(/_\d+$/, '');
}
