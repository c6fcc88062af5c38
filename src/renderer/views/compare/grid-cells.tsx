// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a treegrid that shows only the lines in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active line

import { CornerDownRight, Layers } from 'lucide-react';
import type { Expected } from '../../../core/model/diff';
import { plain } from '../../../core/report/plain';
import { statusLooks } from '../../lib/status';
import { splitAtDifference } from '../../lib/versions';
import { cutClass, type GridColumn, type GridLayout } from './grid-columns';
import { absenceOf } from './grid-model';
import type { CompareRow, MatrixCell } from './matrix-rows';

const pendingWords = { reading: 'Reading…', 'not read': 'Not read' } as const;

/** Of a copy that is there; short enough for the narrowest column. */
const NO_VERSION = 'unknown';

/** How a row was judged; or that it was not, yet. */
export function StatusCell({
  row,
  was,
  column,
}: {
  readonly row: CompareRow;
  readonly was: string | undefined;
  readonly column: GridColumn;
}) {
  const { status, drift, accepted, pending } = row;
  if (pending !== undefined) {
    return (
      <div role="gridcell" className="cell cell-status is-pending" data-glyph="·">
        {pendingWords[pending]}
      </div>
    );
  }
  const sized = drift !== undefined && drift !== 'other' ? drift : undefined;
  const { label, glyph } = statusLooks[status];
  const words = [label, accepted && 'accepted', sized, was && '·'].filter(Boolean).join(' ');
  return (
    <div role="gridcell" className={`cell cell-status status-${status}${cutClass(words, column)}`} data-glyph={glyph}>
      {label}
      {accepted !== undefined && <span className="drift"> accepted</span>}
      {sized !== undefined && <span className={`drift drift-${sized}`}> {sized}</span>}
      {was !== undefined && (
        <span className="changed-mark" title={was}>
          <span className="visually-hidden"> changed, {was}</span>
        </span>
      )}
    </div>
  );
}

interface OwnCellProps {
  readonly row: CompareRow;
  readonly column: GridColumn;
}

/** What this machine has, in the comparison of the audit. */
export function ActualCell({ row, column }: OwnCellProps) {
  const { actual, expected, status, pending } = row;
  if (actual === undefined) {
    return pending !== undefined ? (
      <Unread className="cell-actual" />
    ) : (
      <Nothing className="cell-actual" label={absenceOf(row)} sign={status === 'unknown' ? '?' : '–'} />
    );
  }
  return (
    <div
      role="gridcell"
      className={`cell cell-version cell-actual version${cutClass(actual.version ?? NO_VERSION, column)}`}
    >
      {actual.version === undefined ? (
        <span className="muted">{pending === undefined ? NO_VERSION : '…'}</span>
      ) : (
        <Version
          version={actual.version}
          other={status === 'match' || pending !== undefined ? undefined : expected?.version}
        />
      )}
    </div>
  );
}

/** What the flake asks for, in the comparison of the audit. */
export function ExpectedCell({ row: { actual, expected, status, pending }, column }: OwnCellProps) {
  if (expected === undefined) {
    return pending !== undefined ? (
      <Unread className="cell-expected" />
    ) : (
      <Nothing className="cell-expected" label="not asked for" />
    );
  }
  return (
    <div
      role="gridcell"
      className={`cell cell-version cell-expected version${cutClass(`≈ ${expected.version ?? ''}`, column)}`}
      title={expected.reason}
    >
      <Asked expected={expected} other={status === 'match' || pending !== undefined ? undefined : actual?.version} />
    </div>
  );
}

/** The version that a target asks for, with how sure it is. */
function Asked({
  expected: { version, certainty },
  other,
}: {
  readonly expected: Pick<Expected, 'version' | 'certainty'>;
  readonly other: string | undefined;
}) {
  if (version === undefined) {
    return (
      <span className="muted">
        <span aria-hidden="true">?</span>
        <span className="visually-hidden">not known</span>
      </span>
    );
  }
  return (
    <>
      {certainty === 'estimate' && '≈ '}
      <Version version={version} other={certainty === 'range' ? undefined : other} />
    </>
  );
}

/** Who installed the copy that wins, and how many more there are. */
export function SourceCell({ row: { actual, copies } }: { readonly row: CompareRow }) {
  return (
    <div role="gridcell" className="cell cell-manager is-cut">
      {actual !== undefined && <span className="manager">{actual.manager}</span>}
      {actual?.leadsTo !== undefined && (
        <span className="hint-mark" title={`A shim that starts ${actual.leadsTo}`}>
          <CornerDownRight size={12} aria-hidden="true" /> shim
        </span>
      )}
      {copies.length > 1 && (
        <span
          className="hint-mark"
          title={`${copies.length - 1} more ${copies.length === 2 ? 'copy' : 'copies'} on this machine`}
        >
          <Layers size={12} aria-hidden="true" /> {copies.length}
          <span className="visually-hidden"> copies</span>
        </span>
      )}
    </div>
  );
}

/** What one of several columns has, and a sign for how it stands to the reference. */
export function SideCell({
  column: gridColumn,
  cells,
  index,
  layout,
}: {
  readonly column: GridColumn;
  readonly cells: readonly MatrixCell[];
  readonly index: number;
  readonly layout: GridLayout;
}) {
  const { column, isReference } = gridColumn;
  const { cell, standing } = cells[index] ?? { cell: null };
  const status = standing?.status;
  const isApart = status !== undefined && status !== 'match';
  const mark = isApart ? ` mark-${status}` : '';
  const glyph = isApart ? statusLooks[status].glyph : undefined;
  if (cell === null || cell.failure !== undefined) {
    const text =
      column?.data === undefined ? '' : cell !== null ? 'unreadable' : status === 'missing' ? 'missing' : '–';
    return (
      <div
        role="gridcell"
        className={`cell cell-version nothing${mark}${cutClass(text, gridColumn)}`}
        data-glyph={glyph}
        aria-label={text === '–' ? 'nothing' : text === '' ? 'not read yet' : undefined}
      >
        {text}
      </div>
    );
  }
  const reference = layout.columns.findIndex((one) => one.isReference) - 2;
  const other = isApart ? cells[reference]?.cell?.version : undefined;
  const { version, certainty = 'exact' } = cell;
  const isOff = status === 'missing';
  const shown = `${certainty === 'estimate' ? '≈ ' : ''}${version ?? '?'}${isOff ? ' off PATH' : ''}`;
  const label = standing === undefined || version === undefined ? undefined : `${shown}, ${standingWords(standing)}`;
  return (
    <div
      role="gridcell"
      className={`cell cell-version version${isReference ? ' is-reference' : ''}${mark}${cutClass(shown, gridColumn)}`}
      data-glyph={glyph}
      aria-label={label}
      title={standing?.reason}
    >
      <Asked expected={{ certainty, ...(version === undefined ? {} : { version }) }} other={other} />
      {isOff && <span className="off-path"> off PATH</span>}
    </div>
  );
}

function standingWords(standing: MatrixCell['standing']): string {
  return [standing?.drift, standing?.direction, standing && statusLooks[standing.status].word]
    .filter(Boolean)
    .join(' ');
}

function Version({ version, other }: { readonly version: string; readonly other: string | undefined }) {
  const { same, different } = splitAtDifference(plain(version), other);
  return different === '' ? (
    same
  ) : (
    <>
      {same}
      <b>{different}</b>
    </>
  );
}

function Nothing({
  className,
  label,
  sign = '–',
}: {
  readonly className: string;
  readonly label: string;
  readonly sign?: string;
}) {
  return (
    <div role="gridcell" className={`cell cell-version nothing ${className}`} aria-label={label}>
      {sign}
    </div>
  );
}

/** What was not read when this was drawn: it may be there or not. */
function Unread({ className }: { readonly className: string }) {
  return (
    <div role="gridcell" className={`cell cell-version nothing ${className}`} aria-label="not read yet">
      …
    </div>
  );
}
