import type { Installation, PathEntry } from '../../../core/model/snapshot';

/**
 * What the programs of each folder of a PATH hide: folder → sentences. A copy is hidden by the first one of its tool
 * with the same file name.
 */
export function hiddenBy(
  entries: readonly PathEntry[],
  installations: readonly Installation[],
): ReadonlyMap<string, readonly string[]> {
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
  const result = new Map<string, string[]>();
  for (const { copy, index, name } of copies) {
    const key = `${copy.tool}\0${name.replace(/\.(?:exe|cmd|bat|com)$/, '')}`;
    const winner = first.get(key);
    if (winner === undefined) {
      first.set(key, index);
    } else if (winner !== index) {
      const folder = entries[winner]!.path;
      const sentence = `hides ${copy.path}${copy.version === undefined ? '' : ` (${copy.version})`}`;
      result.set(folder, [...(result.get(folder) ?? []), sentence]);
    }
  }
  return result;
}
