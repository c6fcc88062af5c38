import { type ByteReader, openBytes, uint } from '../binary/byte-reader';
import type { ProbeContext } from '../context';
import type { OwnedBy, PackageDatabase } from '../package-database';
import { type RpmPackage, readRpmHeader } from './header';
import { readSqliteTable } from './sqlite';

/** Where rpm keeps its database; which of them depends on the distribution and its age. */
const FOLDERS = ['/usr/lib/sysimage/rpm', '/var/lib/rpm', '/usr/share/rpm'] as const;

/** Folders whose files may be programs that Lockstep looks for. */
const PROGRAM_FOLDER =
  /^\/(?:usr\/)?s?bin\/$|^\/usr\/lib(?:64|exec)?\/.*\/?(?:bin|jvm)\/|^\/opt\/|\/(?:bin|sbin|libexec)\/$/;

/**
 * The packages of rpm: its SQLite database (Fedora 33, RHEL 9 and later), or SUSE's `Packages.db`. The older Berkeley
 * DB is reported as unreadable.
 */
export function openRpm(context: ProbeContext): PackageDatabase | undefined {
  const { fs } = context.host;
  for (const folder of FOLDERS) {
    const sqlite = `${folder}/rpmdb.sqlite`;
    if (fs.stat(sqlite).ok) {
      return database(sqlite, () => sqliteHeaders(openBytes(fs, sqlite)));
    }
    const ndb = `${folder}/Packages.db`;
    if (fs.stat(ndb).ok) {
      return database(ndb, () => ndbHeaders(openBytes(fs, ndb)));
    }
    const berkeley = `${folder}/Packages`;
    if (fs.stat(berkeley).ok) {
      const problem = `${berkeley} is a Berkeley DB, which Lockstep does not read`;
      return { manager: 'rpm', ownerOf: () => undefined, problem };
    }
  }
  return undefined;
}

function database(source: string, headers: () => Iterable<Uint8Array>): PackageDatabase {
  let owners: ReadonlyMap<string, OwnedBy> | undefined;
  return {
    manager: 'rpm',
    ownerOf(paths) {
      owners ??= indexOwners(source, headers());
      for (const path of paths) {
        // `/bin` and `/usr/bin` are one folder, and so are, since Fedora 42, `bin` and `sbin`.
        const spellings = [path, path.replace(/^\/usr(?=\/s?bin\/)/, ''), path.replace(/^\/(?=s?bin\/)/, '/usr/')];
        for (const spelling of [...spellings, ...spellings.map((other) => other.replace('/bin/', '/sbin/'))]) {
          const owner = owners.get(spelling);
          if (owner !== undefined) {
            return owner;
          }
        }
      }
      return undefined;
    },
  };
}

function indexOwners(source: string, headers: Iterable<Uint8Array>): ReadonlyMap<string, OwnedBy> {
  const owners = new Map<string, OwnedBy>();
  for (const blob of headers) {
    const found = readRpmHeader(blob, (folder) => PROGRAM_FOLDER.test(folder));
    const owner = found === undefined ? undefined : toOwner(found, source);
    for (const file of owner === undefined ? [] : found!.files) {
      owners.set(file, owner!);
    }
  }
  return owners;
}

function toOwner({ name, version, release, epoch }: RpmPackage, source: string): OwnedBy {
  const packageVersion = `${epoch === undefined || epoch === 0 ? '' : `${epoch}:`}${version}-${release}`;
  // `~` marks what comes before a release, `^` what comes after (rpm-version(7)).
  const upstreamVersion = version.replace(/~(?=[a-z])/, '-').replace(/\^.*$/, '');
  return { manager: 'rpm', package: name, packageVersion, upstreamVersion, source };
}

/** Table `Packages`: row number, header. */
function* sqliteHeaders(file: ByteReader): Generator<Uint8Array> {
  for (const [, blob] of readSqliteTable(file, 'Packages')) {
    if (blob instanceof Uint8Array) {
      yield blob;
    }
  }
}

const SLOT_PAGE = 4096;
const SLOT = 16;
const MAX_SLOT_PAGES = 2048;
/** `RpmP`, `Slot` and `BlbS` as little-endian numbers (rpm, `lib/backend/ndb/rpmpkg.c`). */
const MAGIC = { file: 0x506d7052, slot: 0x746f6c53, blob: 0x53626c42 };

/** SUSE's format: pages of slots, each pointing to a header in blocks of 16 bytes. */
function* ndbHeaders(file: ByteReader): Generator<Uint8Array> {
  const head = file.bytes(0, 32);
  if (uint(head, 0, 4, true) !== MAGIC.file) {
    return;
  }
  const slots = file.bytes(0, Math.min(uint(head, 12, 4, true), MAX_SLOT_PAGES) * SLOT_PAGE);
  for (let at = 2 * SLOT; at + SLOT <= slots.length; at += SLOT) {
    const number = uint(slots, at + 4, 4, true);
    if (uint(slots, at, 4, true) !== MAGIC.slot || number === 0) {
      continue;
    }
    const start = uint(slots, at + 8, 4, true) * SLOT;
    const blob = file.bytes(start, SLOT);
    if (uint(blob, 0, 4, true) === MAGIC.blob && uint(blob, 4, 4, true) === number) {
      yield file.bytes(start + SLOT, uint(blob, 12, 4, true));
    }
  }
}
