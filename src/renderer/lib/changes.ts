import { grouped } from '../../core/grouped';
import type { DiffRow } from '../../core/model/diff';
import { statusLooks } from './status';

/** Names a row across audits of the same project. */
export function rowName({ tool, expected }: Pick<DiffRow, 'tool' | 'expected'>): string {
  return `${tool} ${expected?.attribute ?? ''}`;
}

export interface RowChanges {
  /** Of rows that are there now: what they were, for a person. */
  readonly changed: ReadonlyMap<string, string>;
  /** One clause for each row that has changed, come or gone; the weightiest first. */
  readonly clauses: readonly string[];
}

/** What is different between two audits of the same project: statuses and versions, row by row. */
export function changesBetween(before: readonly DiffRow[], after: readonly DiffRow[]): RowChanges {
  const old = new Map(before.map((row) => [rowName(row), row]));
  const names = new Set(after.map(rowName));
  const changed = new Map<string, string>();
  const clauses: string[] = [];
  for (const row of after) {
    const was = old.get(rowName(row)) ?? renamed(row, old, names);
    if (was !== undefined) {
      old.delete(rowName(was));
    }
    if (was === undefined) {
      if (row.status !== 'extra') {
        changed.set(rowName(row), 'not there before');
        clauses.push(`${row.title} is new (${statusLooks[row.status].word})`);
      }
      continue;
    }
    const clause = clauseOf(was, row);
    if (clause !== undefined) {
      changed.set(rowName(row), `was ${describe(was)}`);
      clauses.push(clause);
    }
  }
  for (const row of old.values()) {
    if (row.status !== 'extra') {
      clauses.push(`${row.title} is gone`);
    }
  }
  return { changed, clauses };
}

/** The row that one stands in for: the flake asks for the same tool by another name, as `nodejs_22` for `nodejs_20`. */
function renamed(row: DiffRow, old: ReadonlyMap<string, DiffRow>, names: ReadonlySet<string>): DiffRow | undefined {
  return row.expected === undefined
    ? undefined
    : [...old.values()].find((one) => one.tool === row.tool && one.expected !== undefined && !names.has(rowName(one)));
}

function clauseOf(was: DiffRow, row: DiffRow): string | undefined {
  if (was.status !== row.status) {
    return `${row.title} is ${statusLooks[row.status].word}, was ${statusLooks[was.status].word}`;
  }
  if (was.expected?.version !== row.expected?.version) {
    return `${row.title} is asked for in ${row.expected?.version ?? 'an unknown version'}`;
  }
  return was.actual?.version === row.actual?.version
    ? undefined
    : `${row.title} is now ${row.actual?.version ?? 'of an unknown version'}`;
}

function describe({ status, actual, expected }: DiffRow): string {
  const versions = [actual?.version, expected?.version].filter((version) => version !== undefined);
  return [statusLooks[status].word, [...new Set(versions)].join(' against ')].filter(Boolean).join(', ');
}

/** The first few clauses, and how many more there are. */
export function sentenceOf(clauses: readonly string[], most = 3): string {
  const more = clauses.length - most;
  return [...clauses.slice(0, most), ...(more > 0 ? [`${grouped(more)} more`] : [])].join('; ');
}
