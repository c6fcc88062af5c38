import type { Tool } from '../catalog';
import { stores } from '../catalog/stores';
import { glob } from '../host/glob';
import type { ProbeFailure } from '../model/snapshot';
import { own } from '../own';
import type { ProbeContext } from './context';
import type { Copy } from './copy';
import { isPackageOf, readLayout } from './layout';
import { isLookAlike, isOfOtherPackage, OTHER_NODE_PACKAGES } from './look-alikes';
import { type ProgramIndex, programsOf, type Sighting, sightFolder } from './path-scan';
import { followShim, isIdle } from './shims';
import { isSystemPlace } from './sources/from-database';
import { nodePackageNameOf } from './sources/node-package';

export interface FoundCopies {
  readonly copies: readonly Copy[];
  readonly failures: readonly ProbeFailure[];
}

type Sighted = Omit<Sighting, 'kind'> & { readonly kind?: Sighting['kind'] };
type NamedCopy = Omit<Copy, 'names'> & { readonly names: Copy['names'][number][] };

/**
 * Turns what was seen on PATH, and what lies in the catalog's places off PATH, into copies: several names of one
 * program are one copy, and so are several shims of one folder that lead to one program.
 */
export function findCopies(context: ProbeContext, sightings: readonly Sighting[], programs: ProgramIndex): FoundCopies {
  const failures: ProbeFailure[] = [];
  const groups = new Map<string, NamedCopy>();
  const isLikely = mayBeThere(context);
  const places = context.catalog.tools.flatMap((tool) => placesOf(tool, context, isLikely));
  const add = (sighting: Sighted, result: Omit<Copy, 'names'>) => {
    const folder = context.paths.dirname(result.path);
    const key = `${result.tool.id}\0${result.shim === undefined ? '' : folder}\0${result.subject}`;
    const name = { name: sighting.program, index: sighting.index, path: sighting.path };
    const known = groups.get(key);
    if (known === undefined) {
      groups.set(key, { ...result, names: [name] });
    } else if (sighting.index >= 0 || known.index < 0) {
      const isFirst = sighting.index >= 0 && known.index < 0;
      const closer = programRank(result) - programRank(known);
      // Off PATH the folder's own name says more than those of links to it: `22.17.0/bin/node`, not `22/bin/node`.
      const isOwnPlace = known.index < 0 && result.path === result.realPath && isBehindLink(known, context);
      const better = isFirst || closer < 0 || (closer === 0 && isOwnPlace);
      groups.set(key, { ...(better ? result : known), names: [...known.names, name] });
    }
  };
  for (const sighting of [...sightings, ...places, ...companionsOf(places, programs, context)]) {
    const result = toCopy(sighting, context);
    if (result !== undefined && 'status' in result) {
      failures.push(result);
    } else if (result !== undefined) {
      add(sighting, result);
    }
  }
  const applications = new Set([...groups.values()].map((copy) => applicationOf(copy, context)));
  for (const sighting of storedIn(context, programs, isLikely)) {
    const application = applicationOf(sighting, context);
    if (application !== undefined && applications.has(application)) {
      continue;
    }
    const result = toCopy(sighting, context, true);
    // What is broken there is in nobody's way.
    if (result !== undefined && !('status' in result) && !isStandIn(result)) {
      add(sighting, result);
    }
  }
  const found = withoutIdleShims([...groups.values()], context);
  return { copies: found.copies, failures: [...failures, ...found.failures] };
}

/** Whether a program itself is no link, and lies in a folder that was reached over one. */
function isBehindLink(
  { path, realPath }: Pick<Copy, 'path' | 'realPath'>,
  { paths, realFolder }: ProbeContext,
): boolean {
  return path !== realPath && paths.join(realFolder(paths.dirname(path)), paths.basename(path)) === realPath;
}

/** How near a name is to the tool's first one. */
export function programRank({ tool, program }: Pick<Copy, 'tool' | 'program'>): number {
  const rank = tool.programs.indexOf(program);
  return rank < 0 ? tool.programs.length : rank;
}

function placesOf(tool: Tool, context: ProbeContext, isLikely: (place: string) => boolean): readonly Sighted[] {
  const { host, paths, homes } = context;
  const [first] = programsOf(tool, host.os);
  return (tool.places[host.os] ?? [])
    .flatMap(homes.placesOf)
    .filter(isLikely)
    .flatMap((place) =>
      glob(host, place).map((path) => ({
        tool,
        program: place.endsWith('.app') ? (first ?? tool.id) : paths.basename(path).replace(/\.exe$/i, ''),
        path,
        index: -1,
      })),
    );
}

/**
 * What lies beside a program in the store of a version manager: each Python has its pip, each Node.js its npm and what
 * it installed globally, each toolchain its formatter.
 */
function companionsOf(places: readonly Sighted[], programs: ProgramIndex, context: ProbeContext): readonly Sighted[] {
  const { paths, homes } = context;
  const stores = places
    .filter(({ tool, path }) => tool.category === 'languages' && readLayout(homes.usualPath(path)) !== undefined)
    .map(({ path }) => paths.dirname(path));
  return [...new Set(stores)].flatMap((folder) => {
    const listed = context.readDir(folder);
    return listed.ok ? sightFolder(context, programs, folder, listed.value, -1) : [];
  });
}

/** Programs in the folders of managers and users that PATH does not name. */
function storedIn(
  context: ProbeContext,
  programs: ProgramIndex,
  isLikely: (place: string) => boolean,
): readonly Sighted[] {
  const { host, paths, homes, realFolder } = context;
  const onPath = new Set(host.pathEntries.map((entry) => paths.key(realFolder(entry))));
  const folders = new Map<string, string>();
  const likely = stores[host.os].flatMap(homes.placesOf).filter(isLikely);
  for (const folder of likely.flatMap((store) => glob(host, store))) {
    const real = realFolder(folder);
    const key = paths.key(real);
    // Its own name says more than those of links to it: `v20.12.0`, not `v20`.
    if (!onPath.has(key) && (!folders.has(key) || real === folder)) {
      folders.set(key, folder);
    }
  }
  return [...folders.values()].flatMap((folder) => {
    const listed = context.readDir(folder);
    return listed.ok ? sightFolder(context, programs, folder, listed.value, -1) : [];
  });
}

/** Folders below which most places of the catalog lie, the longest first. */
const CROWDED: readonly string[] = ['~/.local/share/', '~/Library/', '~/', '~\\', '/opt/'];

/** Most managers are on no one machine: one look into such a folder rules out nearly all places below it. */
function mayBeThere({ host, readDir, paths }: ProbeContext): (place: string) => boolean {
  const known = new Map<string, ReadonlySet<string> | undefined>();
  const namesIn = (folder: string) => {
    if (!known.has(folder)) {
      const listed = readDir(paths.normalize(folder.replace(/^~/, () => host.home)));
      const names = listed.ok ? listed.value : listed.code === 'not-found' ? [] : undefined;
      known.set(folder, names && new Set(names.map(({ name }) => name.toLowerCase())));
    }
    return known.get(folder);
  };
  return (place) => {
    const folder = CROWDED.find((one) => place.startsWith(one));
    if (folder === undefined || (folder.startsWith('~') && host.otherHomes !== undefined)) {
      return true;
    }
    const first = /^[^\\/]+/.exec(place.slice(folder.length))?.[0] ?? '';
    return first.includes('*') || first === '' || namesIn(folder)?.has(first.toLowerCase()) !== false;
  };
}

/** A tool with the folder of its application on Windows, which may hold it twice: `Git\cmd\git.exe`, `Git\bin\git.exe`. */
function applicationOf({ tool, path }: Pick<Copy, 'tool' | 'path'>, { paths }: ProbeContext): string | undefined {
  const folder = /^.*?\/(?:Program Files(?: \(x86\))?|Programs)\/[^/]+(?=\/)/i.exec(paths.slashed(path))?.[0];
  return folder === undefined ? undefined : `${tool.id}\0${folder}`;
}

/** Stand-ins that PATH does not reach start nothing; what they would lead to is found in its own place. */
function isStandIn({ shim }: Pick<Copy, 'shim'>): boolean {
  return shim !== undefined && shim.manager !== 'snap' && shim.manager !== 'wrapper';
}

/** Managers of npm's packages, many of which have short programs that are called as others are. */
const OF_NODE: ReadonlySet<string> = new Set(['npm', 'pnpm', 'yarn', 'bun', 'volta']);

/** Whether such a program is of a package that is not the tool: one of another name, where the tool is not at npm at all. */
function isOfOtherNodePackage(tool: Tool, program: Pick<Copy, 'subject' | 'size'>, context: ProbeContext): boolean {
  const others = own(OTHER_NODE_PACKAGES, tool.id) ?? [];
  const isAsked = tool.packages.npm === undefined || others.length > 0;
  const name = isAsked ? nodePackageNameOf(program, context) : undefined;
  if (name === undefined) {
    return false;
  }
  return tool.packages.npm === undefined ? !isPackageOf(tool, name.replace(/^.*\//, '')) : others.includes(name);
}

function toCopy(
  sighting: Sighted,
  context: ProbeContext,
  mustBeRunnable = sighting.index >= 0,
): Omit<Copy, 'names'> | ProbeFailure | undefined {
  const { host, paths } = context;
  const { tool, program, path, index } = sighting;
  const problem = (code: string, reason: string): ProbeFailure => ({
    status: 'failed',
    tool: tool.id,
    path,
    code,
    reason,
  });
  if (sighting.kind === 'special') {
    return problem('not-a-file', `${path} is a pipe, socket or device, which is not opened`);
  }
  const real =
    sighting.kind === 'file'
      ? ({ ok: true, value: paths.join(context.realFolder(paths.dirname(path)), paths.basename(path)) } as const)
      : host.fs.realPath(path);
  if (!real.ok) {
    return problem(
      real.code === 'loop' ? 'link-loop' : real.code === 'denied' ? 'unreadable' : 'dangling-link',
      real.code === 'loop'
        ? `${path} is a link that leads back to itself, or over too many others`
        : real.code === 'denied'
          ? `${path} lies behind a folder that may not be read`
          : `${path} is a link to something that is not there`,
    );
  }
  if (isLookAlike(tool, real.value, host) || isOfOther(tool, real.value, path, context)) {
    return undefined;
  }
  const stat = host.fs.stat(real.value);
  if (!stat.ok) {
    return problem('unreadable', `${path} could not be looked at (${stat.code})`);
  }
  if (stat.value.kind === 'special') {
    return problem('not-a-file', `${path} is a pipe, socket or device, which is not opened`);
  }
  const isProgram =
    stat.value.kind === 'file'
      ? host.os === 'windows' || !mustBeRunnable || (stat.value.mode & 0o111) !== 0
      : path.endsWith('.app');
  if (!isProgram) {
    return undefined;
  }
  if (index >= 0 && host.fs.isRunnable?.(real.value) === false) {
    return problem('not-runnable', `${path} may not be started by this user: a shell passes it over`);
  }
  const seen = { tool, program, path, realPath: real.value, size: stat.value.size };
  const shim = followShim(seen, context);
  const target = shim?.leadsTo === undefined ? undefined : host.fs.realPath(shim.leadsTo);
  const subject = target?.ok === true ? target.value : real.value;
  const layout = readLayout(context.homes.usualPath(subject)) ?? readLayout(context.homes.usualPath(path));
  if (OF_NODE.has(layout?.manager ?? '') && isOfOtherNodePackage(tool, { subject, size: seen.size }, context)) {
    return undefined;
  }
  return { ...seen, subject, layout, shim, index };
}

function isOfOther(tool: Tool, realPath: string, path: string, { databases }: ProbeContext): boolean {
  return isSystemPlace(realPath) && isOfOtherPackage(tool, [realPath, path], databases);
}

/**
 * Takes out shims that lead nowhere: the tool is not there. One that hides a copy further down PATH stays, since a shell
 * would start it and fail; of several in one folder the first, unless another name of the tool does lead somewhere.
 */
function withoutIdleShims(copies: readonly Copy[], { paths }: ProbeContext): FoundCopies {
  const folderOf = ({ tool, path }: Copy) => `${tool.id}\0${paths.dirname(path)}`;
  const working = copies.filter(({ shim }) => !isIdle(shim));
  const settled = new Set(working.map(folderOf));
  /** Position on PATH of the last working copy of each tool. */
  const last = new Map<string, number>();
  for (const { tool, index } of working) {
    last.set(tool.id, Math.max(index, last.get(tool.id) ?? -1));
  }
  const failures: ProbeFailure[] = [];
  const kept = copies.filter((copy) => {
    if (!isIdle(copy.shim)) {
      return true;
    }
    const folder = folderOf(copy);
    if (settled.has(folder)) {
      return false;
    }
    settled.add(folder);
    if ((last.get(copy.tool.id) ?? -1) > copy.index) {
      return true;
    }
    const reason = copy.shim?.reason ?? `${copy.path} leads nowhere`;
    failures.push({ status: 'failed', tool: copy.tool.id, path: copy.path, code: 'shim-leads-nowhere', reason });
    return false;
  });
  return { copies: kept, failures };
}
