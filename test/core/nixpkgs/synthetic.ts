import { encodeIndex } from '../../../src/core/nixpkgs/file/encode';
import type { Change } from '../../../src/core/nixpkgs/file/row';
import type { RevisionInfo } from '../../../src/core/nixpkgs/model';

/** A revision of a test: its number decides its hash. */
export function revisionOf(number: number): string {
  return (number * 2_654_435_761 + 1).toString(16).padStart(40, '0');
}

/** Seconds since 1970 of a day such as `2024-03-01`. */
export function at(day: string): number {
  return Date.parse(day) / 1000;
}

/** A line of a test: its days in the order of history. */
export interface SyntheticLine {
  readonly line: string;
  readonly days: readonly string[];
}

/**
 * An index over a few lines.
 *
 * @param versions by attribute: one version a column over all lines in turn, `undefined` where it is absent
 */
export function syntheticIndex(
  lines: readonly SyntheticLine[],
  versions: Readonly<Record<string, readonly (string | undefined)[]>>,
): Uint8Array {
  const revisions: RevisionInfo[] = lines.flatMap(({ line, days }) =>
    days.map((day) => ({
      revision: '',
      date: at(day),
      dateSource: 'first-seen' as const,
      line,
      channels: [line],
      attributes: Object.keys(versions).length,
      nested: false,
    })),
  );
  return encodeIndex({
    revisions: revisions.map((info, column) => ({ ...info, revision: revisionOf(column) })),
    rows: Object.keys(versions)
      .sort()
      .map((name) => [name, changesOf(versions[name] ?? [])] as const),
  });
}

/** Changes along the columns from the version in each. */
export function changesOf(versions: readonly (string | undefined)[]): readonly Change[] {
  return versions.flatMap((version, column) =>
    version === (column === 0 ? undefined : versions[column - 1]) ? [] : [{ column, version }],
  );
}
