import { encodeIndex, isIndexName } from './file/encode';
import type { IndexFile } from './file/index-file';
import type { Change } from './file/row';
import type { RevisionInfo } from './model';
import { bracketAt, readTimelines } from './timeline';

/** What a revision has: attribute → version, nested ones by their path. */
export type RecordedVersions = ReadonlyMap<string, string>;

/**
 * An index with one more revision: put into its line by its date, after what is not newer. A revision that the index
 * has already, with the top level only, is replaced.
 *
 * @param versions names and versions that an index cannot hold are left out
 * @returns a new index file
 */
export function withRevision(
  base: IndexFile,
  revision: Omit<RevisionInfo, 'attributes' | 'nested'>,
  versions: RecordedVersions,
): Uint8Array {
  const recorded = [...versions].filter(([name, version]) => isIndexName(name) && isIndexVersion(version));
  recorded.sort(([a], [b]) => (a < b ? -1 : 1));
  const known = base.columnOf(revision.revision);
  const place = known ?? placeFor(base, revision);
  const isNew = known === undefined;
  const revisions = Array.from({ length: base.columnCount }, (_, column) => base.column(column));
  revisions.splice(place, isNew ? 0 : 1, { ...revision, attributes: recorded.length, nested: true });
  return encodeIndex({ revisions, rows: mergeRows(base, recorded, place, isNew) });
}

/** Texts that {@link encodeIndex} can write: ASCII, not too long. */
function isIndexVersion(version: string): boolean {
  return /^[\x20-\x7e]{1,200}$/.test(version);
}

function placeFor(base: IndexFile, { line, date }: Pick<RevisionInfo, 'line' | 'date'>): number {
  const timeline = readTimelines(base).get(line);
  if (timeline === undefined) {
    return base.columnCount;
  }
  const before = bracketAt(timeline, date).before?.column;
  return before === undefined ? (timeline.columns[0] as number) : before + 1;
}

function* mergeRows(
  base: IndexFile,
  recorded: readonly (readonly [string, string])[],
  place: number,
  isNew: boolean,
): Generator<readonly [string, readonly Change[]]> {
  let next = 0;
  for (const [name, changes] of base.rows()) {
    for (; next < recorded.length && (recorded[next]?.[0] as string) < name; next++) {
      const [added, version] = recorded[next] as readonly [string, string];
      yield [added, withColumn([], place, version, base.columnCount, isNew)];
    }
    const isRecorded = recorded[next]?.[0] === name;
    yield [name, withColumn(changes, place, isRecorded ? recorded[next]?.[1] : undefined, base.columnCount, isNew)];
    next += isRecorded ? 1 : 0;
  }
  for (; next < recorded.length; next++) {
    const [added, version] = recorded[next] as readonly [string, string];
    yield [added, withColumn([], place, version, base.columnCount, isNew)];
  }
}

/** The changes of a row with a version put into a column, which is inserted where it is new. */
function withColumn(
  changes: readonly Change[],
  place: number,
  version: string | undefined,
  columnCount: number,
  isNew: boolean,
): readonly Change[] {
  const shift = isNew ? 1 : 0;
  /** The first column after the one in question, by its number before. */
  const following = isNew ? place : place + 1;
  const before = changes.filter(({ column }) => column < place);
  const upToFollowing = changes.filter(({ column }) => column <= following).at(-1)?.version;
  const merged: Change[] = [...before];
  const append = (column: number, next: string | undefined) => {
    if (next !== merged.at(-1)?.version) {
      merged.push({ column, version: next });
    }
  };
  append(place, version);
  if (following < columnCount) {
    append(following + shift, upToFollowing);
  }
  for (const { column, version: next } of changes) {
    if (column > following) {
      append(column + shift, next);
    }
  }
  return merged;
}
