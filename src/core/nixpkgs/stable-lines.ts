import { minorKey } from '../version/minor-key';
import { UNSTABLE } from './channels';
import type { Timeline } from './timeline';

/**
 * Whether an attribute keeps its minor version in stable lines.
 *
 * - `steady`: it did in each recorded line that has it, or its name says which minor version it is (`go_1_22`);
 * - `moves`: in some recorded line it did not (browsers, kernels, tools whose old releases stop working);
 * - `untold`: no recorded line has it.
 *
 * @param version what it had when the line in question left unstable
 */
export function steadiness(
  source: {
    readonly attribute: string;
    readonly timelines: ReadonlyMap<string, Timeline>;
    readonly versionAt: (column: number) => string | undefined;
  },
  version: string,
): 'steady' | 'moves' | 'untold' {
  let told = false;
  for (const { line, columns } of source.timelines.values()) {
    const minors = new Set<string>();
    for (const column of line === UNSTABLE ? [] : columns) {
      const recorded = source.versionAt(column);
      if (recorded !== undefined) {
        minors.add(minorKey(recorded));
      }
    }
    if (minors.size > 1) {
      return 'moves';
    }
    told ||= minors.size === 1;
  }
  return told || nameSaysMinor(source.attribute, version) ? 'steady' : 'untold';
}

/** `python312` with 3.12.4, `go_1_22` with 1.22.1; not `nodejs_20`, which says only the major version. */
export function nameSaysMinor(attribute: string, version: string): boolean {
  const [major, minor] = minorKey(version).split('.');
  return minor !== undefined && new RegExp(`\\D${major}[_.-]?${minor}(?!\\d)`).test(attribute);
}
