import type { Installation, PathEntry } from '../../../core/model/snapshot';

/** What a folder of a PATH has of the tools that Lockstep knows. */
export interface FolderTools {
  /** So many are the first of their name. */
  readonly wins: number;
  /** Copies further down that are not reached because of this folder. */
  readonly hides: readonly Installation[];
}

/** What each folder of a PATH wins and hides. A copy is hidden by the first one of its tool with the same file name. */
export function toolsByFolder(
  entries: readonly PathEntry[],
  installations: readonly Installation[],
): ReadonlyMap<string, FolderTools> {
  const places = new Map<string, number>();
  for (const [index, { path, state }] of entries.entries()) {
    const folder = path.replace(/(?<=.)[\\/]+$/, '');
    if (state === 'ok' && !places.has(folder)) {
      places.set(folder, index);
    }
  }
  const copies = installations
    .flatMap((copy) => {
      const end = Math.max(copy.path.lastIndexOf('/'), copy.path.lastIndexOf('\\'));
      const index = places.get(copy.path.slice(0, end));
      return index === undefined ? [] : [{ copy, index, name: copy.path.slice(end + 1).toLowerCase() }];
    })
    .sort((a, b) => a.index - b.index);
  const first = new Map<string, number>();
  const result = new Map<string, FolderTools>();
  const of = (index: number): FolderTools => result.get(entries[index]!.path) ?? { wins: 0, hides: [] };
  for (const { copy, index, name } of copies) {
    const key = `${copy.tool}\0${name.replace(/\.(?:exe|cmd|bat|com)$/, '')}`;
    const winner = first.get(key);
    if (winner === undefined) {
      first.set(key, index);
      const own = of(index);
      result.set(entries[index]!.path, { ...own, wins: own.wins + 1 });
    } else if (winner !== index) {
      const own = of(winner);
      result.set(entries[winner]!.path, { ...own, hides: [...own.hides, copy] });
    }
  }
  return result;
}
