import type { Catalog } from '../catalog';
import type { DirectoryEntry, FsResult, Host, HostFileSystem } from '../host/host';
import { type PathRules, pathRulesOf } from '../host/paths';
import { readText } from '../host/text';
import type { ProbeFailure } from '../model/snapshot';
import type { Inflate } from './binary/rust-audit';
import { type MovedHomes, movedHomes } from './moved-homes';
import type { PackageDatabase } from './package-database';
import { projectOf } from './project';
import { once, rememberFiles } from './remembered-files';

/** Bytes that a version file may have; more is cut. */
export const VERSION_FILE_LIMIT = 262_144;

/** What every source of facts is given: the host, the catalog, and what was already read in this probe. */
export interface ProbeContext {
  readonly host: Host;
  readonly catalog: Catalog;
  readonly paths: PathRules;
  /** The folder for which shims are followed (`.python-version` and its like count); absent: none. */
  readonly folder: string | undefined;
  /**
   * Whether a program is the project's own, which is never started.
   *
   * @param deciding the file that led to it
   */
  isOfProject(path: string, deciding?: string): boolean;
  /** The package databases of the system, read when first asked. */
  readonly databases: () => readonly PackageDatabase[];
  /** The text of a file, read once; cut at 256 KiB unless the first reader asks for more. */
  readText(path: string, limit?: number): FsResult<string>;
  /** The last 160 KiB of a file, once; empty where it cannot be read. */
  readEnd(path: string): string;
  /** A folder's entries, once. */
  readDir(path: string): FsResult<readonly DirectoryEntry[]>;
  /** `realPath` of a folder; its own path where that cannot be told. */
  realFolder(path: string): string;
  /** Absent: what is compressed tells nothing. */
  readonly inflate?: Inflate | undefined;
  /** Where managers keep what is theirs on this host. */
  readonly homes: MovedHomes;
  /** What was left out so far, since there is more of it than is read, or since it may not be read: each once. */
  leftOut(): readonly ProbeFailure[];
}

/** A context for one probe of one host; memory of reads lives as long as it. */
export function createContext(
  host: Host,
  catalog: Catalog,
  options: {
    readonly folder?: string | undefined;
    readonly databases: (context: ProbeContext) => readonly PackageDatabase[];
    readonly inflate?: Inflate | undefined;
  },
): ProbeContext {
  const texts = new Map<string, FsResult<string>>();
  let databases: readonly PackageDatabase[] | undefined;
  const fs = rememberFiles(host.fs);
  const paths = pathRulesOf(host.os);
  const left = new Map<string, ProbeFailure>();
  const leave = (code: string, reason: string, path?: string) => {
    left.set(reason, { status: 'skipped', ...(path === undefined ? {} : { path }), code, reason });
  };
  /** Folders of PATH tell their state themselves. */
  const onPath = once(() => new Set(host.pathEntries.map(paths.key)));
  const onDenied = (path: string) => {
    const closed = closedFolder(fs, paths, path);
    if (!onPath('').has(paths.key(closed))) {
      leave('folder-unreadable', `${closed} may not be read: what lies in it is not listed`, closed);
    }
  };
  const realFolder = (path: string) => {
    const real = fs.realPath(path);
    return real.ok ? real.value : path;
  };
  let isOfProject: ReturnType<typeof projectOf> | undefined;
  const context: ProbeContext = {
    host: { ...host, fs, onCut: (what) => leave('too-many', `${what}: the rest was not looked at`), onDenied },
    catalog,
    paths,
    folder: options.folder,
    inflate: options.inflate,
    isOfProject(path, deciding) {
      isOfProject ??= projectOf(context.host, context.paths, options.folder);
      return isOfProject(path, deciding);
    },
    databases: () => {
      databases ??= options.databases(context);
      return databases;
    },
    readText(path, limit = VERSION_FILE_LIMIT) {
      const known = texts.get(path) ?? readText(fs, path, limit);
      texts.set(path, known);
      return known;
    },
    readDir(path) {
      const listed = fs.readDir(path);
      if (!listed.ok && listed.code === 'denied') {
        onDenied(path);
      }
      return listed;
    },
    readEnd: once((path) => readEnd(fs, path)),
    realFolder,
    homes: movedHomes(host, realFolder),
    leftOut: () => [...left.values()],
  };
  return context;
}

/** The folder that may not be read and has the path in it: where not even its names may be asked, one further up. */
function closedFolder(fs: HostFileSystem, paths: PathRules, path: string): string {
  let folder = path;
  for (let stat = fs.stat(folder); !stat.ok && stat.code === 'denied'; stat = fs.stat(folder)) {
    const above = paths.dirname(folder);
    if (above === folder) {
      break;
    }
    folder = above;
  }
  return folder;
}

const END = 163_840;

function readEnd(fs: HostFileSystem, path: string): string {
  const stat = fs.stat(path);
  const read = stat.ok ? readText(fs, path, END, Math.max(0, stat.value.size - END)) : stat;
  return read.ok ? read.value : '';
}
