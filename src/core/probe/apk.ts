import { readText } from '../host/text';
import type { ProbeContext } from './context';
import type { OwnedBy, PackageDatabase } from './package-database';

const PLACES = ['/lib/apk/db/installed', '/usr/lib/apk/db/installed'] as const;
const LIMIT = 64 * 1024 * 1024;

/**
 * Alpine's package records: one text file, a paragraph a package; `P:` name, `V:` version, `F:` a folder, `R:` a file in
 * the folder named last (apk-tools' installed-database format).
 */
export function openApk(context: ProbeContext): PackageDatabase | undefined {
  const { fs } = context.host;
  const path = PLACES.find((place) => fs.stat(place).ok);
  if (path === undefined) {
    return undefined;
  }
  const text = readText(fs, path, LIMIT);
  if (!text.ok) {
    return { manager: 'apk', ownerOf: () => undefined, problem: `${path} could not be read (${text.code})` };
  }
  let owners: ReadonlyMap<string, OwnedBy> | undefined;
  return {
    manager: 'apk',
    ...(text.value.length < LIMIT ? {} : { problem: `${path} is longer than 64 MiB: its end was not read` }),
    ownerOf(paths) {
      owners ??= parseInstalled(text.value, path);
      for (const candidate of paths) {
        const owner = owners.get(candidate) ?? owners.get(candidate.replace(/^\/usr(?=\/s?bin\/)/, ''));
        if (owner !== undefined) {
          return owner;
        }
      }
      return undefined;
    },
  };
}

function parseInstalled(text: string, source: string): ReadonlyMap<string, OwnedBy> {
  const owners = new Map<string, OwnedBy>();
  for (const paragraph of text.split('\n\n')) {
    const name = /^P:(.+)$/m.exec(paragraph)?.[1];
    const version = /^V:(.+)$/m.exec(paragraph)?.[1];
    if (name === undefined || version === undefined) {
      continue;
    }
    const owner: OwnedBy = {
      manager: 'apk',
      package: name,
      packageVersion: version,
      upstreamVersion: apkUpstream(version),
      source,
    };
    let folder = '';
    for (const line of paragraph.split('\n')) {
      if (line.startsWith('F:')) {
        folder = line.slice(2);
      } else if (line.startsWith('R:') && /(?:^|\/)s?bin$/.test(folder)) {
        owners.set(`/${folder}/${line.slice(2)}`, owner);
      }
    }
  }
  return owners;
}

/** `20.15.1-r0` → `20.15.1`; `9.7_p1-r4` → `9.7p1`. */
export function apkUpstream(version: string): string {
  return version
    .replace(/-r\d+$/, '')
    .replace(/_(?=p\d)/, '')
    .replace(/_git\d*$/, '');
}
