import type { DiffSummary, RowStatus } from '../../core/model/diff';
import { statusLooks } from '../lib/status';
import { showStatus } from '../state/actions';

const order: readonly Exclude<RowStatus, 'extra'>[] = ['match', 'drift', 'missing', 'shadowed', 'unknown'];

/** What the target asks for as one bar, and its legend; a part shows its rows. */
export function SegmentedBar({ summary }: { readonly summary: DiffSummary }) {
  const parts = order.filter((status) => summary[status] > 0);
  return (
    <div className="segments-box">
      <div className="segments" aria-hidden="true">
        {parts.map((status) => (
          <span key={status} className={`segment fill-${status}`} style={{ flexGrow: summary[status] }} />
        ))}
      </div>
      <ul className="legend" aria-label="Rows by status">
        {parts.map((status) => (
          <li key={status}>
            <button type="button" className="legend-item" onClick={() => showStatus(status)}>
              <span className={`legend-mark fill-${status}`} aria-hidden="true" />
              <b>{summary[status]}</b> {statusLooks[status].word}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
