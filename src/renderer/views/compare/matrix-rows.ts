import { categories } from '../../../core/catalog/categories';
import { type AlignedRow, alignColumns, type ColumnCell } from '../../../core/diff/columns';
import { type Standing, standingOf } from '../../../core/diff/standing';
import type { Audit } from '../../../core/model/audit';
import type { Actual, DiffRow, DriftSize, EarlyRow, RowStatus } from '../../../core/model/diff';
import type { ColumnState } from '../../state/store';

/** What a column has of a row's tool, and how it stands to the reference. */
export interface MatrixCell {
  readonly cell: ColumnCell | null;
  /** Absent: there is nothing to say, or this is the reference, or the column was not read yet. */
  readonly standing?: Standing;
}

/** A row of the comparison: of an audit as it is, or of several columns side by side. */
export interface CompareRow extends DiffRow {
  /** One for each column; absent in an audit's own rows. */
  readonly cells?: readonly MatrixCell[];
  /** Shown although it is only there and not in the reference: between machines that is a difference. */
  readonly apart?: true;
  /** Not judged: it is still being read, or it was not before the audit was cancelled. */
  readonly pending?: 'reading' | 'not read';
}

/** From what needs a look to what does not: a row is as urgent as its most urgent cell. */
const urgency: readonly RowStatus[] = ['missing', 'drift', 'shadowed', 'extra', 'unknown', 'match'];
const sizes: readonly DriftSize[] = ['major', 'minor', 'other', 'patch'];

/**
 * The rows of any columns, each judged by the reference. Columns that were not read yet have empty cells and count for
 * nothing.
 *
 * @param audit of this machine and the target: where the one is measured by the other, its judgements count, which know
 *   of the project's policy and of packages of languages
 */
export function rowsOfColumns(
  columns: readonly ColumnState[],
  reference: string,
  audit?: Pick<Audit, 'rows'>,
): readonly CompareRow[] {
  const measure = Math.max(
    0,
    columns.findIndex(({ id }) => id === reference),
  );
  const aligned = alignColumns(
    columns.map(({ data }) => ({ cells: data?.cells ?? [] })),
    categories,
  );
  const judged = columns[measure]?.id === 'target' ? byAttribute(audit?.rows ?? []) : new Map<string, DiffRow>();
  return aligned.map((row) => toRow(row, columns, measure, judged));
}

/** Of several rows for one attribute the one that agrees counts. */
function byAttribute(rows: readonly DiffRow[]): ReadonlyMap<string, DiffRow> {
  const judged = new Map<string, DiffRow>();
  for (const row of rows) {
    const attribute = row.expected?.attribute;
    if (attribute !== undefined && (row.status === 'match' || !judged.has(attribute))) {
      judged.set(attribute, row);
    }
  }
  return judged;
}

function judgementOf(target: ColumnCell | null, judged: ReadonlyMap<string, DiffRow>): DiffRow | undefined {
  const rows = (target?.expected ?? []).flatMap(({ attribute }) => judged.get(attribute) ?? []);
  return rows.find(({ status }) => status === 'match') ?? rows[0];
}

function toRow(
  row: AlignedRow,
  columns: readonly ColumnState[],
  measure: number,
  judged: ReadonlyMap<string, DiffRow>,
): CompareRow {
  const by = columns[measure]?.data;
  const cells = row.cells.map((cell, index): MatrixCell => {
    const data = columns[index]?.data;
    const known = columns[index]?.id === 'machine' ? judgementOf(row.cells[measure] ?? null, judged) : undefined;
    if (known !== undefined && data !== undefined) {
      const { status, drift, reason, copies, actual } = known;
      const found =
        copies.length === 0 || cell !== null
          ? cell
          : {
              tool: row.tool,
              title: row.title,
              category: row.category,
              scheme: row.scheme,
              copies,
              ...versionOf(actual),
            };
      return { cell: found, standing: { status, reason, ...(drift === undefined ? {} : { drift }) } };
    }
    if (index === measure || data === undefined || by === undefined) {
      return { cell };
    }
    const standing = standingOf({
      cell,
      kind: data.kind,
      reference: row.cells[measure] ?? null,
      referenceKind: by.kind,
      referenceLabel: by.label,
      scheme: row.scheme,
    });
    return standing === undefined ? { cell } : { cell, standing };
  });
  const standings = cells.flatMap(({ standing }) => standing ?? []);
  const status = urgency.find((one) => standings.some((standing) => standing.status === one)) ?? lonely(row, measure);
  const worst = standings.filter((standing) => standing.status === status);
  const drift = sizes.find((size) => worst.some((standing) => standing.drift === size));
  const expected = row.cells.find((cell) => cell?.expected !== undefined)?.expected?.[0];
  const actual = row.cells.find((cell) => cell?.copies !== undefined)?.copies?.[0];
  return {
    tool: row.tool,
    title: row.title,
    category: row.category,
    status,
    ...(drift === undefined ? {} : { drift }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    copies: [],
    reason: worst[0]?.reason ?? '',
    fixes: [],
    cells,
    ...(status === 'extra' && by?.kind === 'snapshot' ? { apart: true } : {}),
  };
}

function versionOf(actual: Actual | undefined): { readonly version?: string } {
  return actual?.version === undefined ? {} : { version: actual.version };
}

/** Rows that are still being made; once that is over, what is not judged will not be. */
export function earlyRows(rows: readonly EarlyRow[] = [], over = false): readonly CompareRow[] {
  return rows.map(
    ({ pending, ...row }): CompareRow =>
      pending === undefined
        ? row
        : over
          ? { ...row, pending: 'not read', reason: 'The audit was cancelled before this was read.' }
          : { ...row, pending: 'reading' },
  );
}

/** Nobody else says anything: what only the reference speaks of agrees with itself. */
function lonely({ cells }: AlignedRow, measure: number): RowStatus {
  return cells[measure] === null ? 'extra' : 'match';
}
