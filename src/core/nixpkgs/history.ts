import type { Change } from './file/row';
import type { RevisionInfo, VersionRun } from './model';
import type { Timeline } from './timeline';

/**
 * The runs of an attribute, by line, then in the order of history.
 *
 * @param changes of the attribute, ascending
 * @param revisionAt the facts of a column
 */
export function historyOf(
  changes: readonly Change[],
  timelines: Iterable<Timeline>,
  revisionAt: (column: number) => RevisionInfo,
): readonly VersionRun[] {
  const runs: VersionRun[] = [];
  for (const { line, columns } of timelines) {
    let next = 0;
    let version: string | undefined;
    let stretch: number[] = [];
    const close = () => {
      if (version !== undefined && stretch.length > 0) {
        const first = revisionAt(stretch[0] as number);
        runs.push({ line, version, first, last: revisionAt(stretch.at(-1) as number), revisions: stretch.length });
      }
      stretch = [];
    };
    for (const column of columns) {
      let here = version;
      for (; (changes[next]?.column ?? Number.POSITIVE_INFINITY) <= column; next++) {
        here = changes[next]?.version;
      }
      if (here !== version) {
        close();
        version = here;
      }
      stretch.push(column);
    }
    close();
    // Lines lie anywhere among the columns: the next one reads the changes from the start.
    next = 0;
  }
  return runs;
}
