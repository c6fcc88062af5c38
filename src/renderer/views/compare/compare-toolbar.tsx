import { ChevronDown, ChevronUp, PanelRight, Plus, Search, X } from 'lucide-react';
import { Fragment, useRef } from 'react';
import { grouped } from '../../../core/grouped';
import { IconButton } from '../../components/icon-button';
import { counted } from '../../lib/counted';
import { statusLooks, statusOrder } from '../../lib/status';
import { toggled } from '../../lib/toggled';
import { keysForPeople } from '../../shortcuts';
import { type Filter, getState, setState, useAppState } from '../../state/store';
import type { StatusCounts } from './grid-model';

/** Above the grid: search, a chip for each status, the way to the next difference. */
export function Toolbar({
  filter,
  totals,
  counts,
  results,
  step,
  place,
  isNarrow,
}: {
  readonly filter: Filter;
  /** All that there is of each status: it decides which chips there are. */
  readonly totals: StatusCounts;
  /** Of what the search has found. */
  readonly counts: StatusCounts;
  readonly results: number | undefined;
  readonly step: (direction: 1 | -1) => void;
  /** Which of the differences the keyboard is on. */
  readonly place: { readonly index: number; readonly count: number };
  /** There is no room for one line: the chips have a second one, and come last for the keyboard, too. */
  readonly isNarrow: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const detailsOpen = useAppState((state) => state.detailsOpen);
  const change = (part: Partial<Filter>) => setState({ filter: { ...getState().filter, ...part } });
  const chips = (
    <div key="chips" className="chips">
      {statusOrder
        .filter((status) => totals[status] > 0)
        .map((status) => (
          <button
            key={status}
            type="button"
            className={`chip status-${status}`}
            aria-pressed={filter.statuses.has(status)}
            title={statusLooks[status].meaning}
            onClick={() => change({ statuses: toggled(filter.statuses, status) })}
          >
            <span className="status-glyph" aria-hidden="true">
              {statusLooks[status].glyph}
            </span>
            {statusLooks[status].label} <span className="chip-count">{grouped(counts[status])}</span>
          </button>
        ))}
    </div>
  );
  const rest = (
    <Fragment key="rest">
      <span className="toolbar-space" />
      <button
        type="button"
        className="button add-column"
        title={`Add a column: a snapshot, an image, another machine or flake (${keysForPeople('Mod+Shift+A')})`}
        onClick={() => setState({ overlay: 'add-column' })}
      >
        <Plus size={14} aria-hidden="true" />
        <span>Add column</span>
      </button>
      {results !== undefined && <span className="results">{counted(results, 'result')}</span>}
      {place.count > 0 && (
        <span className="results difference-place">
          {place.index !== -1 && grouped(`${place.index + 1} of ${place.count}`)}
          {place.index !== -1 && <span className="visually-hidden"> differences</span>}
        </span>
      )}
      <IconButton label="Previous difference" shortcut="Shift+F8" disabled={place.count === 0} onClick={() => step(-1)}>
        <ChevronUp size={16} />
      </IconButton>
      <IconButton label="Next difference" shortcut="F8" disabled={place.count === 0} onClick={() => step(1)}>
        <ChevronDown size={16} />
      </IconButton>
      <IconButton
        label={detailsOpen ? 'Hide details' : 'Show details'}
        pressed={detailsOpen}
        onClick={() => setState({ detailsOpen: !detailsOpen })}
      >
        <PanelRight size={16} />
      </IconButton>
    </Fragment>
  );
  return (
    <div className={isNarrow ? 'toolbar is-narrow' : 'toolbar'} role="toolbar" aria-label="Filters">
      <div className="search">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          id="compare-search"
          type="search"
          placeholder="Filter tools"
          aria-label="Filter tools"
          value={filter.text}
          onChange={(event) => change({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.altKey || event.ctrlKey || event.metaKey) {
              return;
            }
            if (event.key === 'Escape' && filter.text !== '') {
              change({ text: '' });
              event.stopPropagation();
            } else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') {
              document.getElementById('compare-grid')?.focus();
              event.preventDefault();
            }
          }}
        />
        {filter.text === '' ? (
          <span className="key" aria-hidden="true">
            /
          </span>
        ) : (
          <button
            type="button"
            className="clear"
            aria-label="Clear the filter"
            onClick={() => {
              change({ text: '' });
              input.current?.focus();
            }}
          >
            <X size={13} aria-hidden="true" />
          </button>
        )}
      </div>
      {isNarrow ? [rest, chips] : [chips, rest]}
    </div>
  );
}
