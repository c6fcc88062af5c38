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
  /** What was left out so far, since there is more of it than is read: each once. */
  cuts(): readonly ProbeFailure[];
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
  const cuts = new Set<string>();
  const realFolder = (path: string) => {
    const real = fs.realPath(path);
    return real.ok ? real.value : path;
  };
  let isOfProject: ReturnType<typeof projectOf> | undefined;
  const context: ProbeContext = {
    host: { ...host, fs, onCut: (what) => cuts.add(what) },
    catalog,
    paths: pathRulesOf(host.os),
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
    readDir: fs.readDir,
    readEnd: once((path) => readEnd(fs, path)),
    realFolder,
    homes: movedHomes(host, realFolder),
    cuts: () =>
      [...cuts].map((what) => ({ status: 'skipped', code: 'too-many', reason: `${what}: the rest was not looked at` })),
  };
  return context;
}

const END = 163_840;

function readEnd(fs: HostFileSystem, path: string): string {
  const stat = fs.stat(path);
  const read = stat.ok ? readText(fs, path, END, Math.max(0, stat.value.size - END)) : stat;
  return read.ok ? read.value : '';
}
