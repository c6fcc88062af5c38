import type { RowStatus } from '../../core/model/diff';
import { statusLooks } from '../lib/status';

/** Glyph, word and colour together: none of them alone carries the meaning. */
export function StatusMark({ status }: { readonly status: RowStatus }) {
  return (
    <span className={`status status-${status}`}>
      <span className="status-glyph" aria-hidden="true">
        {statusLooks[status].glyph}
      </span>
      <span className="status-word">{statusLooks[status].label}</span>
    </span>
  );
}
