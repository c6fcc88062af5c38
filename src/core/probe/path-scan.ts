import type { Tool } from '../catalog';
import type { DirectoryEntry } from '../host/host';
import type { OperatingSystem, PathEntry } from '../model/snapshot';
import type { ProbeContext } from './context';

/** A name on PATH that the catalog knows. */
export interface Sighting {
  readonly tool: Tool;
  /** Without extension. */
  readonly program: string;
  readonly path: string;
  /** Position of the folder in PATH. */
  readonly index: number;
  readonly kind: DirectoryEntry['kind'];
}

export interface PathScan {
  readonly entries: readonly PathEntry[];
  readonly sightings: readonly Sighting[];
}

/** Program name → the tools that have it. */
export type ProgramIndex = (name: string) => readonly Tool[];

/** PATH entries that are read; what comes after is reported as unreadable. */
const MAX_ENTRIES = 10_000;

/** Names that a version may end: `python3.11`, `gcc-12`, `lua5.4`. */
const VERSIONED = /^(.*?[A-Za-z+])[-.]?\d[\d.]*$/;

/** The names of a tool's programs on a system; the first decides which copy is active. */
export function programsOf(tool: Tool, os: OperatingSystem): readonly string[] {
  return tool.programsOn?.[os] ?? tool.programs;
}

/** Builds the look-up from file names to tools. */
export function indexPrograms(tools: readonly Tool[], os: OperatingSystem): ProgramIndex {
  const exact = new Map<string, Tool[]>();
  const versioned = new Map<string, Tool[]>();
  const add = (map: Map<string, Tool[]>, name: string, tool: Tool) => {
    const known = map.get(name);
    if (known === undefined) {
      map.set(name, [tool]);
    } else if (!known.includes(tool)) {
      known.push(tool);
    }
  };
  for (const tool of tools) {
    for (const spelled of programsOf(tool, os)) {
      const program = os === 'windows' ? spelled.toLowerCase() : spelled;
      add(exact, program, tool);
      if (tool.versioned) {
        add(versioned, program.replace(/\d+$/, ''), tool);
      }
    }
  }
  return (name) => {
    const known = exact.get(name);
    if (known !== undefined) {
      return known;
    }
    const last = name.charCodeAt(name.length - 1);
    if (last < 48 || last > 57) {
      return [];
    }
    const base = VERSIONED.exec(name)?.[1];
    return base === undefined ? [] : (versioned.get(base) ?? []);
  };
}

/** A folder of PATH that could be listed. */
export interface PathFolder {
  readonly path: string;
  /** Position in PATH. */
  readonly index: number;
  /** Equal for two spellings of one folder. */
  readonly key: string;
  readonly listed: readonly DirectoryEntry[];
}

/** Walks PATH: one listing a folder, a folder that is reached twice only once. */
export function scanPath(context: ProbeContext, programs: ProgramIndex): PathScan {
  const { entries, folders } = listPath(context, context.host.pathEntries);
  return {
    entries,
    sightings: folders.flatMap(({ path, listed, index }) => sightFolder(context, programs, path, listed, index)),
  };
}

/** The entries of a PATH with their states, and its folders, each once. */
export function listPath(
  context: ProbeContext,
  path: readonly string[],
): { readonly entries: readonly PathEntry[]; readonly folders: readonly PathFolder[] } {
  const { host, paths } = context;
  const entries: PathEntry[] = [];
  const folders: PathFolder[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of path.entries()) {
    const folder = host.os === 'windows' ? entry.replace(/^"(.*)"$/, '$1') : entry;
    if (index >= MAX_ENTRIES) {
      entries.push({ path: entry, state: 'unreadable' });
      continue;
    }
    if (!paths.isAbsolute(folder)) {
      entries.push({ path: entry, state: 'relative' });
      continue;
    }
    const key = paths.key(context.realFolder(folder));
    if (seen.has(key)) {
      entries.push({ path: entry, state: 'duplicate' });
      continue;
    }
    const listed = context.readDir(folder);
    if (!listed.ok) {
      entries.push({ path: entry, state: stateOf(listed.code) });
      continue;
    }
    seen.add(key);
    const open = openToAll(context, folder);
    entries.push(open ? { path: entry, state: 'ok', writableByOthers: true } : { path: entry, state: 'ok' });
    folders.push({ path: folder, index, key, listed: listed.value });
  }
  return { entries, folders };
}

/**
 * The programs of one folder that the catalog knows. Where a name stands there with several extensions, the one that
 * PATHEXT names first.
 */
export function sightFolder(
  { host, paths }: ProbeContext,
  programs: ProgramIndex,
  folder: string,
  listed: readonly DirectoryEntry[],
  index: number,
): readonly Sighting[] {
  const extensions = host.os === 'windows' ? windowsExtensions(host.env['PATHEXT']) : [];
  const best = new Map<string, { readonly rank: number; readonly sighting: Sighting }>();
  for (const { name, kind } of listed) {
    const named = host.os === 'windows' ? stripExtension(name, extensions) : { program: name, rank: 0 };
    if (kind === 'directory' || named === undefined) {
      continue;
    }
    for (const tool of programs(named.program)) {
      const sighting = { tool, program: named.program, path: paths.join(folder, name), index, kind };
      const slot = `${tool.id}\0${named.program}`;
      const known = best.get(slot);
      if (known === undefined || named.rank < known.rank) {
        best.set(slot, { rank: named.rank, sighting });
      }
    }
  }
  // File systems list in an order of their own, which must decide nothing.
  return [...best.values()]
    .map(({ sighting }) => sighting)
    .sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}

function stateOf(code: string): PathEntry['state'] {
  switch (code) {
    case 'not-found':
      return 'missing';
    case 'not-a-directory':
      return 'not-a-directory';
    default:
      return 'unreadable';
  }
}

/** Others may put programs there, and no sticky bit keeps them from replacing what is there. */
function openToAll({ host }: ProbeContext, folder: string): boolean {
  const stat = host.os === 'windows' ? undefined : host.fs.stat(folder);
  return stat?.ok === true && (stat.value.mode & 0o1002) === 0o002;
}

function windowsExtensions(variable: string | undefined): readonly string[] {
  return (variable ?? '.COM;.EXE;.BAT;.CMD')
    .toLowerCase()
    .split(';')
    .filter((extension) => extension !== '');
}

function stripExtension(
  name: string,
  extensions: readonly string[],
): { readonly program: string; readonly rank: number } | undefined {
  const dot = name.lastIndexOf('.');
  const rank = dot < 1 ? -1 : extensions.indexOf(name.slice(dot).toLowerCase());
  return rank < 0 ? undefined : { program: name.slice(0, dot).toLowerCase(), rank };
}
