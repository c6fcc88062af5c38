import type { Audit } from '../../../core/model/audit';
import { plain } from '../../../core/report/plain';
import { CodeView } from '../../components/code-view';
import { StatusMark } from '../../components/status-mark';
import { ExpectedVersion, VersionText } from '../../components/version-text';
import { useAppState } from '../../state/store';
import { DeclaredPins } from './declared-pins';
import { CopyItem, DetailsHead, FixItem, Section } from './details';
import type { GridColumn, GridLayout } from './grid-columns';
import type { CompareRow, MatrixCell } from './matrix-rows';

/** Everything that is known of one tool, column by column: how each stands to the reference, and how that is known. */
export function SideDetails({
  row,
  layout,
  audit,
}: {
  readonly row: CompareRow;
  readonly layout: GridLayout;
  readonly audit: Audit | undefined;
}) {
  const sides = layout.columns.slice(2);
  const reference = row.cells?.[sides.findIndex(({ isReference }) => isReference)]?.cell?.version;
  const fixes = sides.some(({ id }) => id === 'machine') ? fixesOf(row, audit) : [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <aside className="details" aria-label={`Details of ${row.title}`} tabIndex={0}>
      <DetailsHead row={row} />
      {sides.map((side, index) => (
        <Side
          key={side.id}
          side={side}
          cell={row.cells?.[index] ?? { cell: null }}
          reference={reference}
          audit={audit}
        />
      ))}
      {fixes.length > 0 && (
        <Section title="How to fix this machine">
          <ul className="fixes">
            {fixes.map((fix) => (
              <FixItem key={`${fix.manager} ${fix.command}`} fix={fix} />
            ))}
          </ul>
        </Section>
      )}
      {audit?.pins !== undefined && <DeclaredPins pins={audit.pins} tool={row.tool} flake={audit.target.flake.path} />}
    </aside>
  );
}

function fixesOf(row: CompareRow, audit: Audit | undefined) {
  return audit?.rows.find(({ tool, fixes }) => tool === row.tool && fixes.length > 0)?.fixes ?? [];
}

/** One column's part: its version, its standing, and the evidence. */
function Side({
  side: { id, title, note, column, isReference },
  cell: { cell, standing },
  reference,
  audit,
}: {
  readonly side: GridColumn;
  readonly cell: MatrixCell;
  readonly reference: string | undefined;
  readonly audit: Audit | undefined;
}) {
  const other = isReference || standing?.status === 'match' ? undefined : reference;
  const isThisMachine = id === 'machine';
  const pastOfTab = useAppState((state) => state.pastId);
  const past = column?.spec.kind === 'history' ? column.spec.id : column?.spec.kind === 'own' ? pastOfTab : undefined;
  // Code can be read of the flake that is open, and of kept audits.
  const flake = column?.data?.flake;
  const hasCode = flake !== undefined && (past !== undefined || flake === audit?.target.flake.path);
  return (
    <section className="side" aria-label={`${title} in detail`}>
      <div className="side-head">
        <h3>
          {title}
          {isReference && <b className="reference-mark">Reference</b>}
        </h3>
        {standing !== undefined && <StatusMark status={standing.status} />}
      </div>
      {note !== undefined && note !== '' && <p className="side-note">{note}</p>}
      <p className="side-version">
        {column?.data === undefined ? (
          <span className="muted">not read yet</span>
        ) : cell === null ? (
          <span className="muted">{column.data.kind === 'target' ? 'not asked for' : 'not there'}</span>
        ) : cell.failure !== undefined ? (
          <span className="muted">could not be read</span>
        ) : cell.expected?.[0] !== undefined ? (
          <ExpectedVersion expected={cell.expected[0]} other={other} />
        ) : (
          <VersionText version={cell.version ?? 'version unknown'} other={other} />
        )}
      </p>
      {standing !== undefined && standing.status !== 'match' && <p className="side-reason">{standing.reason}</p>}
      {cell?.copies !== undefined && (
        <ol className="copies">
          {cell.copies.map((copy) => (
            <CopyItem key={copy.path} copy={copy} isHere={isThisMachine} />
          ))}
        </ol>
      )}
      {cell?.expected?.map((expected) => (
        <div key={`${expected.attribute} ${expected.version}`}>
          <p className="asked">
            <code>{plain(expected.attribute)}</code>
            {cell.expected !== undefined && cell.expected.length > 1 && <span>{expected.version ?? '?'}</span>}
          </p>
          {expected.reason !== undefined && <p className="muted">{expected.reason}</p>}
          {expected.position !== undefined &&
            (hasCode ? (
              <CodeView position={expected.position} flake={flake} past={past} />
            ) : (
              <p className="path">
                {expected.position.file}:{expected.position.line}:{expected.position.column}
              </p>
            ))}
        </div>
      ))}
    </section>
  );
}
