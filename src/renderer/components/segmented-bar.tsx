import { grouped } from '../../core/grouped';
import type { DiffSummary, RowStatus } from '../../core/model/diff';
import { statusLooks } from '../lib/status';
import { showStatus } from '../state/actions';

const order: readonly Exclude<RowStatus, 'extra'>[] = ['match', 'drift', 'missing', 'shadowed', 'unknown'];

/**
 * What the target asks for as one bar, and its legend; a part shows its rows.
 *
 * @param open what is not judged: how many, and in what words
 */
export function SegmentedBar({
  summary,
  open,
}: {
  readonly summary: DiffSummary;
  readonly open?: { readonly count: number; readonly word: string } | undefined;
}) {
  const parts = order.filter((status) => summary[status] > 0);
  const hasOpen = open !== undefined && open.count > 0;
  return (
    <div>
      <div className="segments" aria-hidden="true">
        {parts.map((status) => (
          <span key={status} className={`segment fill-${status}`} style={{ flexGrow: summary[status] }} />
        ))}
        {hasOpen && <span className="segment fill-open" style={{ flexGrow: open.count }} />}
      </div>
      <ul className="legend" aria-label="Rows by status">
        {parts.map((status) => (
          <li key={status}>
            <button type="button" className="legend-item" onClick={() => showStatus(status)}>
              <span className={`legend-mark fill-${status}`} aria-hidden="true" />
              <b>{grouped(summary[status])}</b> {statusLooks[status].word}
            </button>
          </li>
        ))}
        {hasOpen && (
          <li className="legend-item is-open">
            <span className="legend-mark fill-open" aria-hidden="true" />
            <b>{grouped(open.count)}</b> {open.word}
          </li>
        )}
      </ul>
    </div>
  );
}
