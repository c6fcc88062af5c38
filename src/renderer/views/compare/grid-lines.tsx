// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a treegrid that shows only the lines in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active line
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles every key
import { ChevronRight, CornerDownRight, Layers } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Expected } from '../../../core/model/diff';
import { statusLooks, statusOrder } from '../../lib/status';
import { splitAtDifference } from '../../lib/versions';
import type { GridColumn, GridLayout } from './grid-columns';
import type { FoldItem, GroupItem, RowItem } from './grid-model';
import type { CompareRow, MatrixCell } from './matrix-rows';

/** What all lines share: where they are, and whether the keyboard is on them. */
export interface Line {
  readonly id: string;
  readonly rowIndex: number;
  readonly active: boolean;
  readonly style: CSSProperties;
}

/** A category, with how many of each status it has. */
export function GroupLine({
  item,
  line,
  span,
  sticky,
  onToggle,
}: {
  readonly item: GroupItem;
  readonly line: Line;
  /** How many columns there are. */
  readonly span: number;
  readonly sticky: boolean;
  readonly onToggle: () => void;
}) {
  return (
    <div
      id={line.id}
      role="row"
      className={`grid-line group-line${sticky ? ' is-sticky' : ''}`}
      aria-rowindex={line.rowIndex}
      aria-level={1}
      aria-expanded={item.open}
      aria-selected={line.active}
      style={line.style}
      onClick={onToggle}
    >
      <div role="gridcell" className="group-cell" aria-colspan={span}>
        <ChevronRight className="chevron" size={14} aria-hidden="true" />
        <span className="group-title">{item.title}</span>
        <span className="group-counts">
          {statusOrder
            .filter((status) => item.counts[status] > 0)
            .map((status) => (
              <span key={status} className={`count status-${status}`} title={statusLooks[status].meaning}>
                <span aria-hidden="true">{statusLooks[status].glyph}</span> {item.counts[status]}
                <span className="visually-hidden"> {statusLooks[status].word}</span>
              </span>
            ))}
        </span>
      </div>
    </div>
  );
}

/** Stands for the rows of one status that are folded away. */
export function FoldLine({
  item,
  line,
  span,
  onToggle,
}: {
  readonly item: FoldItem;
  readonly line: Line;
  readonly span: number;
  readonly onToggle: () => void;
}) {
  return (
    <div
      id={line.id}
      role="row"
      className="grid-line fold-line"
      aria-rowindex={line.rowIndex}
      aria-level={2}
      aria-expanded={item.open}
      aria-selected={line.active}
      style={line.style}
      onClick={onToggle}
    >
      <div role="gridcell" className="fold-cell" aria-colspan={span}>
        <ChevronRight className="chevron" size={13} aria-hidden="true" />
        <span aria-hidden="true">{statusLooks[item.status].glyph}</span>
        {item.status === 'match' ? `${item.count} in step` : `${item.count} only on this machine`}
      </div>
    </div>
  );
}

/**
 * One tool: status, name, and what each column has of it. As few elements as can be: a grid of six columns scrolls by
 * thousands of them.
 */
export function RowLine({
  item,
  line,
  layout,
  was,
  onSelect,
}: {
  readonly item: RowItem;
  readonly line: Line;
  readonly layout: GridLayout;
  /** What it was before the last refresh changed it. */
  readonly was: string | undefined;
  readonly onSelect: () => void;
}) {
  const { row } = item;
  const { title, tool, status, drift, expected, accepted } = row;
  const sized = drift !== undefined && drift !== 'other' ? drift : undefined;
  return (
    <div
      id={line.id}
      role="row"
      className={`grid-line row-line row-${status}${was === undefined ? '' : ' is-changed'}`}
      aria-rowindex={line.rowIndex}
      aria-level={2}
      aria-selected={line.active}
      data-tool={tool}
      style={line.style}
      onClick={onSelect}
    >
      <div role="gridcell" className={`cell cell-status status-${status}`} data-glyph={statusLooks[status].glyph}>
        {statusLooks[status].label}
        {accepted !== undefined && <span className="drift"> accepted</span>}
        {sized !== undefined && <span className={`drift drift-${sized}`}> {sized}</span>}
        {was !== undefined && (
          <span className="changed-mark" title={was}>
            <span className="visually-hidden"> changed, {was}</span>
          </span>
        )}
      </div>
      <div role="gridcell" className="cell cell-tool">
        <span className="tool-title">{title}</span>
        {layout.isAudit && expected !== undefined && expected.attribute !== title.toLowerCase() && (
          <span className="tool-attribute">{expected.attribute}</span>
        )}
      </div>
      {layout.columns.slice(2).map((column, index) => {
        const { id } = column;
        return row.cells !== undefined ? (
          <SideCell key={id} column={column} cells={row.cells} index={index} layout={layout} />
        ) : id === 'machine' ? (
          <ActualCell key={id} row={row} />
        ) : id === 'target' ? (
          <ExpectedCell key={id} row={row} />
        ) : (
          <SourceCell key={id} row={row} />
        );
      })}
    </div>
  );
}

function ActualCell({ row: { actual, expected, status } }: { readonly row: CompareRow }) {
  if (actual === undefined) {
    return <Nothing className="cell-actual" label="not installed" />;
  }
  return (
    <div role="gridcell" className="cell cell-version cell-actual version">
      {actual.version === undefined ? (
        <span className="muted">version unknown</span>
      ) : (
        <Version version={actual.version} other={status === 'match' ? undefined : expected?.version} />
      )}
    </div>
  );
}

function ExpectedCell({ row: { actual, expected, status } }: { readonly row: CompareRow }) {
  if (expected === undefined) {
    return <Nothing className="cell-expected" label="not asked for" />;
  }
  return (
    <div role="gridcell" className="cell cell-version cell-expected version" title={expected.reason}>
      <Asked expected={expected} other={status === 'match' ? undefined : actual?.version} />
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

function SourceCell({ row: { actual, copies } }: { readonly row: CompareRow }) {
  return (
    <div role="gridcell" className="cell cell-manager">
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
function SideCell({
  column: { column, isReference },
  cells,
  index,
  layout,
}: {
  readonly column: GridColumn;
  readonly cells: readonly MatrixCell[];
  readonly index: number;
  readonly layout: GridLayout;
}) {
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
        className={`cell cell-version nothing${mark}`}
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
  const label =
    standing === undefined || version === undefined
      ? undefined
      : `${certainty === 'estimate' ? '≈ ' : ''}${version}${isOff ? ' off PATH' : ''}, ${standingWords(standing)}`;
  return (
    <div
      role="gridcell"
      className={`cell cell-version version${isReference ? ' is-reference' : ''}${mark}`}
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
  const { same, different } = splitAtDifference(version, other);
  return different === '' ? (
    same
  ) : (
    <>
      {same}
      <b>{different}</b>
    </>
  );
}

function Nothing({ className, label }: { readonly className: string; readonly label: string }) {
  return (
    <div role="gridcell" className={`cell cell-version nothing ${className}`} aria-label={label}>
      –
    </div>
  );
}
