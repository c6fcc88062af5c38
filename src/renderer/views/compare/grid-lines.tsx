// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a treegrid that shows only the lines in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active line

import { ChevronRight } from 'lucide-react';
import type { CSSProperties } from 'react';
import { grouped } from '../../../core/grouped';
import { plain } from '../../../core/report/plain';
import { Marked } from '../../components/marked';
import { statusLooks, statusOrder } from '../../lib/status';
import { ActualCell, ExpectedCell, SideCell, SourceCell, StatusCell } from './grid-cells';
import { cutClass, type GridLayout } from './grid-columns';
import type { FoldItem, GroupItem, RowItem } from './grid-model';

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
}: {
  readonly item: GroupItem;
  readonly line: Line;
  /** How many columns there are. */
  readonly span: number;
  readonly sticky: boolean;
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
    >
      <div role="gridcell" className="group-cell" aria-colspan={span}>
        <ChevronRight className="chevron" size={14} aria-hidden="true" />
        <span className="group-title">{item.title}</span>
        <span className="group-counts">
          {statusOrder
            .filter((status) => item.counts[status] > 0)
            .map((status) => (
              <span key={status} className={`count status-${status}`} title={statusLooks[status].meaning}>
                <span aria-hidden="true">{statusLooks[status].glyph}</span> {grouped(item.counts[status])}
                <span className="visually-hidden"> {statusLooks[status].word}</span>
              </span>
            ))}
          {item.pending !== undefined && (
            <span className="count pending">
              {grouped(item.pending.count)} {item.pending.kind === 'reading' ? 'being read' : 'not read'}
            </span>
          )}
        </span>
      </div>
    </div>
  );
}

/** Stands for the rows of one status that are folded away. */
export function FoldLine({
  item,
  line,
  layout,
}: {
  readonly item: FoldItem;
  readonly line: Line;
  readonly layout: GridLayout;
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
    >
      <div role="gridcell" className="fold-cell" aria-colspan={layout.columns.length}>
        <ChevronRight className="chevron" size={13} aria-hidden="true" />
        <span aria-hidden="true">{statusLooks[item.status].glyph}</span>
        {grouped(item.count)} {item.status === 'match' ? 'in step' : extraWords(layout)}
      </div>
    </div>
  );
}

/** What is asked for by nobody, or not there where all are measured by. */
function extraWords({ isAudit, columns }: GridLayout): string {
  const reference = columns.find(({ isReference }) => isReference);
  return isAudit || reference === undefined ? 'only on this machine' : `not in ${reference.title}`;
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
  searched,
}: {
  readonly item: RowItem;
  readonly line: Line;
  readonly layout: GridLayout;
  /** What it was before the last refresh changed it. */
  readonly was: string | undefined;
  /** What the filter looks for. */
  readonly searched: string;
}) {
  const { row } = item;
  const { tool, expected } = row;
  const title = plain(row.title);
  const attribute =
    layout.isAudit && expected !== undefined && expected.attribute.toLowerCase() !== row.title.toLowerCase()
      ? plain(expected.attribute)
      : undefined;
  const [statusColumn, toolColumn, ...columns] = layout.columns;
  return (
    <div
      id={line.id}
      role="row"
      className={`grid-line row-line row-${row.pending === undefined ? row.status : 'pending'}${was === undefined ? '' : ' is-changed'}`}
      aria-rowindex={line.rowIndex}
      aria-level={2}
      aria-selected={line.active}
      data-tool={tool}
      style={line.style}
    >
      <StatusCell row={row} was={was} column={statusColumn} />
      <div role="gridcell" className={`cell cell-tool${cutClass(`${title} ${attribute ?? ''}`, toolColumn)}`}>
        <span className="tool-title">{searched === '' ? title : <Marked text={title} searched={searched} />}</span>
        {attribute !== undefined && (
          <span className="tool-attribute">
            {searched === '' ? attribute : <Marked text={attribute} searched={searched} />}
          </span>
        )}
      </div>
      {columns.map((column, index) => {
        const { id } = column;
        return row.cells !== undefined ? (
          <SideCell key={id} column={column} cells={row.cells} index={index} layout={layout} />
        ) : id === 'machine' ? (
          <ActualCell key={id} row={row} column={column} />
        ) : id === 'target' ? (
          <ExpectedCell key={id} row={row} column={column} />
        ) : (
          <SourceCell key={id} row={row} />
        );
      })}
    </div>
  );
}
