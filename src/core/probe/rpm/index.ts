import { type ByteReader, openBytes } from '../binary/byte-reader';
import type { ProbeContext } from '../context';
import type { OwnedBy, PackageDatabase } from '../package-database';
import { isBerkeleyHash, readBerkeleyValues } from './berkeley';
import { type RpmPackage, readRpmHeader } from './header';
import { isNdb, readNdbHeaders } from './ndb';
import { isSqlite, readSqliteTable } from './sqlite';

/** Where rpm keeps its database; which of them depends on the distribution and its age. */
const FOLDERS = ['/usr/lib/sysimage/rpm', '/var/lib/rpm', '/usr/share/rpm'] as const;

/** Folders whose files may be programs that Lockstep looks for. */
const PROGRAM_FOLDER =
  /^\/(?:usr\/)?s?bin\/$|^\/usr\/lib(?:64|exec)?\/.*\/?(?:bin|jvm)\/|^\/opt\/|\/(?:bin|sbin|libexec)\/$|\/dotnet\/sdk\/[^/]+\/$/;

/** The forms of the database, the newest first, each with the file that it is in. */
const FORMS: readonly {
  readonly file: string;
  readonly isOne: (file: ByteReader) => boolean;
  /** @param log where SQLite writes ahead */
  readonly headers: (file: ByteReader, onDamage: () => void, log: ByteReader) => Iterable<Uint8Array>;
}[] = [
  { file: 'rpmdb.sqlite', isOne: isSqlite, headers: sqliteHeaders },
  { file: 'Packages.db', isOne: isNdb, headers: readNdbHeaders },
  { file: 'Packages', isOne: isBerkeleyHash, headers: readBerkeleyValues },
];

/**
 * The packages of rpm: its SQLite database (Fedora 33, RHEL 9 and later), SUSE's `Packages.db`, or the Berkeley DB of
 * older systems (CentOS 7, RHEL 8).
 */
export function openRpm(context: ProbeContext): PackageDatabase | undefined {
  const { fs } = context.host;
  let problem: string | undefined;
  for (const folder of FOLDERS) {
    for (const { file, isOne, headers } of FORMS) {
      const path = `${folder}/${file}`;
      if (fs.stat(path).ok) {
        const reader = openBytes(fs, path);
        if (isOne(reader)) {
          return database(path, (onDamage) => headers(reader, onDamage, openBytes(fs, `${path}-wal`)));
        }
        const read = fs.readFile(path, 16);
        problem ??= read.ok
          ? `${path} is in a form that Lockstep does not read`
          : `${path} could not be read (${read.code})`;
      }
    }
  }
  return problem === undefined ? undefined : { manager: 'rpm', ownerOf: () => undefined, problem };
}

function database(source: string, headers: (onDamage: () => void) => Iterable<Uint8Array>): PackageDatabase {
  let owners: ReadonlyMap<string, OwnedBy> | undefined;
  let damages = 0;
  const onDamage = () => {
    damages += 1;
  };
  return {
    manager: 'rpm',
    get problem() {
      return damages === 0 ? undefined : `${source} is damaged: not all of its packages could be read`;
    },
    ownerOf(paths) {
      owners ??= indexOwners(source, headers(onDamage), onDamage);
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

function indexOwners(
  source: string,
  headers: Iterable<Uint8Array>,
  onDamage: () => void,
): ReadonlyMap<string, OwnedBy> {
  const owners = new Map<string, OwnedBy>();
  for (const blob of headers) {
    const found = readRpmHeader(blob, (folder) => PROGRAM_FOLDER.test(folder));
    if (found === undefined) {
      onDamage();
    }
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
function* sqliteHeaders(file: ByteReader, onDamage: () => void, log: ByteReader): Generator<Uint8Array> {
  for (const [, blob] of readSqliteTable(file, 'Packages', onDamage, log)) {
    if (blob instanceof Uint8Array) {
      yield blob;
    }
  }
}
