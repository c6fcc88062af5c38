// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a treegrid that shows only the lines in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active line
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles every key
import { ChevronRight, CornerDownRight, Layers } from 'lucide-react';
import type { CSSProperties } from 'react';
import { StatusMark } from '../../components/status-mark';
import { ExpectedVersion, VersionText } from '../../components/version-text';
import { statusLooks, statusOrder } from '../../lib/status';
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
  sticky,
  onToggle,
}: {
  readonly item: GroupItem;
  readonly line: Line;
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
      <div role="gridcell" className="group-cell" aria-colspan={5}>
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
  onToggle,
}: {
  readonly item: FoldItem;
  readonly line: Line;
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
      <div role="gridcell" className="fold-cell" aria-colspan={5}>
        <ChevronRight className="chevron" size={13} aria-hidden="true" />
        <span aria-hidden="true">{statusLooks[item.status].glyph}</span>
        {item.status === 'match' ? `${item.count} in step` : `${item.count} only on this machine`}
      </div>
    </div>
  );
}

/** One tool: status, name, both versions, and where this machine's copy comes from. */
export function RowLine({
  item,
  line,
  onSelect,
}: {
  readonly item: RowItem;
  readonly line: Line;
  readonly onSelect: () => void;
}) {
  const { title, tool, status, drift, expected, actual, copies, accepted } = item.row;
  const other = copies.length - 1;
  return (
    <div
      id={line.id}
      role="row"
      className={`grid-line row-line row-${status}`}
      aria-rowindex={line.rowIndex}
      aria-level={2}
      aria-selected={line.active}
      data-tool={tool}
      style={line.style}
      onClick={onSelect}
    >
      <div role="gridcell" className="cell cell-status">
        <StatusMark status={status} />
        {accepted !== undefined && <span className="drift">accepted</span>}
        {drift !== undefined && drift !== 'other' && <span className={`drift drift-${drift}`}>{drift}</span>}
      </div>
      <div role="gridcell" className="cell cell-tool">
        <span className="tool-title">{title}</span>
        {expected !== undefined && expected.attribute !== title.toLowerCase() && (
          <span className="tool-attribute">{expected.attribute}</span>
        )}
      </div>
      <div role="gridcell" className="cell cell-actual">
        {actual === undefined ? (
          <Nothing label="not installed" />
        ) : actual.version === undefined ? (
          <span className="version muted">version unknown</span>
        ) : (
          <VersionText version={actual.version} other={status === 'match' ? undefined : expected?.version} />
        )}
      </div>
      <div role="gridcell" className="cell cell-expected">
        {expected === undefined ? (
          <Nothing label="not asked for" />
        ) : (
          <ExpectedVersion expected={expected} other={status === 'match' ? undefined : actual?.version} />
        )}
      </div>
      <div role="gridcell" className="cell cell-manager">
        {actual !== undefined && <span className="manager">{actual.manager}</span>}
        {actual?.leadsTo !== undefined && (
          <span className="hint-mark" title={`A shim that starts ${actual.leadsTo}`}>
            <CornerDownRight size={12} aria-hidden="true" /> shim
          </span>
        )}
        {other > 0 && (
          <span className="hint-mark" title={`${other} more ${other === 1 ? 'copy' : 'copies'} on this machine`}>
            <Layers size={12} aria-hidden="true" /> {copies.length}
            <span className="visually-hidden"> copies</span>
          </span>
        )}
      </div>
    </div>
  );
}

function Nothing({ label }: { readonly label: string }) {
  return (
    <span className="nothing">
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
