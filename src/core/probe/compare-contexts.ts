import type { DerivedContext } from '../environment/derived-context';
import type { ContextDifference, PathContext, PathContextId, PathEntry } from '../model/snapshot';
import type { ProbeContext } from './context';
import type { ReadCopy } from './copy';
import { listPath, type ProgramIndex, type Sighting, sightFolder } from './path-scan';
import { winnerOn } from './rank-copies';

/**
 * The programs in folders that other contexts have on their PATH, and the deciding one has not: copies off PATH, each
 * folder once.
 *
 * @param known keys of folders that were looked into; is added to
 */
export function sightContexts(
  context: ProbeContext,
  programs: ProgramIndex,
  contexts: readonly DerivedContext[],
  known: Set<string>,
): readonly Sighting[] {
  const sightings: Sighting[] = [];
  for (const { entries } of contexts) {
    const unknown = entries.filter((entry) => !known.has(keyOf(context, entry)));
    for (const { path, key, listed } of unknown.length === 0 ? [] : listPath(context, unknown).folders) {
      if (!known.has(key)) {
        known.add(key);
        sightings.push(...sightFolder(context, programs, path, listed, -1));
      }
    }
  }
  return sightings;
}

/** Equal for two spellings of a folder. */
export function keyOf({ paths, realFolder }: ProbeContext, folder: string): string {
  return paths.key(paths.isAbsolute(folder) ? realFolder(folder) : folder);
}

export interface ComparedContexts {
  readonly contexts: readonly PathContext[];
  readonly differences: readonly ContextDifference[];
}

/** Each context with the states of its entries, and the tools that they do not start alike. */
export function compareContexts(
  context: ProbeContext,
  contexts: readonly DerivedContext[],
  copies: readonly ReadCopy[],
): ComparedContexts {
  const listed = new Map<string, ReturnType<typeof listPath>>();
  const seen = contexts.map((derived) => {
    const text = derived.entries.join('\0');
    const list = listed.get(text) ?? listPath(context, derived.entries);
    listed.set(text, list);
    return { derived, ...list, folders: new Map(list.folders.map(({ key, index }) => [key, index])) };
  });
  return {
    contexts: seen.map(({ derived, entries }) => toContext(derived, entries)),
    differences: differencesOf(
      context,
      seen.map(({ derived, folders }) => ({ id: derived.id, folders })),
      copies,
    ),
  };
}

/** Entries with who put them there. */
export function withOrigins(entries: readonly PathEntry[], origins: ReadonlyMap<string, string>): readonly PathEntry[] {
  return entries.map((entry) => {
    const addedBy = origins.get(entry.path);
    return addedBy === undefined ? entry : { ...entry, addedBy };
  });
}

function toContext(derived: DerivedContext, entries: readonly PathEntry[]): PathContext {
  const { id, answeredBy, shell, evidence, doubts, origins } = derived;
  return {
    id,
    answeredBy,
    ...(shell === undefined ? {} : { shell }),
    pathEntries: withOrigins(entries, origins),
    evidence,
    doubts,
  };
}

function differencesOf(
  context: ProbeContext,
  contexts: readonly { readonly id: PathContextId; readonly folders: ReadonlyMap<string, number> }[],
  copies: readonly ReadCopy[],
): readonly ContextDifference[] {
  const orders = contexts.map(({ folders }) => [...folders.keys()].join('\0'));
  if (orders.every((order) => order === orders[0])) {
    return [];
  }
  const { host, paths } = context;
  const byTool = new Map<string, ReadCopy[]>();
  for (const read of copies) {
    byTool.set(read.copy.tool.id, [...(byTool.get(read.copy.tool.id) ?? []), read]);
  }
  const keys = new Map<string, string>();
  const folderOf = (path: string) => {
    const key = keys.get(path) ?? keyOf(context, paths.dirname(path));
    keys.set(path, key);
    return key;
  };
  const differences: ContextDifference[] = [];
  for (const tool of [...byTool.keys()].sort()) {
    const own = byTool.get(tool)!;
    const winners = contexts.map(({ folders }) => winnerOn(own, host.os, (path) => folders.get(folderOf(path))));
    if (winners.some((winner) => winner?.copy !== winners[0]?.copy)) {
      differences.push({ tool, starts: contexts.map(({ id }, index) => startOf(id, winners[index])) });
    }
  }
  return differences;
}

function startOf(context: PathContextId, read: ReadCopy | undefined): ContextDifference['starts'][number] {
  if (read === undefined) {
    return { context };
  }
  const { copy, version, manager } = read;
  return { context, path: copy.path, ...(version === undefined ? {} : { version }), manager };
}
