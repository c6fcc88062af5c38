import { GitCompareArrows } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { grouped } from '../../../core/grouped';
import { plain } from '../../../core/report/plain';
import type { HistoryEntry } from '../../../ipc/contract';
import { timesOf } from '../../lib/entry-times';
import { later } from '../../lib/later';
import { attempt } from '../../state/actions';
import { call, listen } from '../../state/api';
import { useAppState } from '../../state/store';
import { EntryRow } from './entry-row';
import { compareEntries, isBeingRemoved, removeEntry, subscribeToHistory } from './history-actions';
import { NoHistory } from './no-history';

const { Component: DriftChart } = later(
  () => import('./drift-chart').then((m) => m.DriftChart),
  <div className="chart-space" />,
);

/** As many as stand side by side. */
const selectionLimit = 6;

/** The audits of this flake that were kept, the latest first; how its drift went; and any of them beside each other. */
export function HistoryView() {
  const run = useAppState((state) => state.run);
  const past = useAppState((state) => state.pastId);
  const keep = useAppState((state) => state.settings.keepAudits);
  const folder = useAppState((state) =>
    state.run.status === 'idle' ? undefined : (state.audit?.target.flake.path ?? state.run.request.folder),
  );
  const shell = useAppState(({ audit }) => audit?.shell);
  const [listed, setListed] = useState<readonly HistoryEntry[] | undefined>();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const again = () => setAsked((count) => count + 1);
    const stops = [subscribeToHistory(again), listen('history', again, again)];
    return () => {
      for (const stop of stops) {
        stop();
      }
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a finished run or a change is another list
  useEffect(() => {
    void attempt(async () => setListed(await call('listHistory', folder === undefined ? {} : { folder })));
  }, [folder, run.status, asked]);
  const entries = listed?.filter(({ id }) => !isBeingRemoved(id));
  const before = useMemo(() => entriesBefore(listed ?? []), [listed]);
  const times = useMemo(() => timesOf(listed ?? []), [listed]);
  if (entries === undefined) {
    return null;
  }
  if (entries.length === 0) {
    return <NoHistory status={run.status} isOff={keep === 0} />;
  }
  const charted = entries.filter((entry) => shell === undefined || entry.shell === shell);
  const chosen = selected.filter((id) => entries.some((entry) => entry.id === id));
  const toggle = (id: string) =>
    setSelected(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-selectionLimit));
  return (
    <div className="page">
      {charted.length > 1 && (
        <section className="page-section" aria-label="Drift over time">
          <h2>
            Differences over time {shell !== undefined && <span className="muted">in the shell {plain(shell)}</span>}
          </h2>
          <DriftChart entries={charted} />
        </section>
      )}
      <section className="page-section">
        <div className="history-head">
          <h2>
            Audits <span className="muted">{grouped(entries.length)}</span>
          </h2>
          <span className="muted history-hint" aria-live="polite">
            {entries.length === 1
              ? 'From the second audit on, a chart shows how the drift went, and any two can be compared'
              : chosen.length === 0
                ? 'Choose two to six to compare them'
                : chosen.length === 1
                  ? 'Choose one more'
                  : `${chosen.length} chosen`}
          </span>
          {entries.length > 1 && (
            <div className="history-actions">
              <button
                type="button"
                className="button"
                disabled={chosen.length < 2}
                onClick={() => compareEntries(chosen, entries, 'target')}
              >
                Compare targets
              </button>
              <button
                type="button"
                className="button primary"
                disabled={chosen.length < 2}
                onClick={() => compareEntries(chosen, entries, 'machine')}
              >
                <GitCompareArrows size={14} aria-hidden="true" /> Compare machines
              </button>
            </div>
          )}
        </div>
        <div className="table-scroller">
          <table className="table history">
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">Choose</span>
                </th>
                <th scope="col">When</th>
                <th scope="col">In step</th>
                <th scope="col" className="number">
                  Drift
                </th>
                <th scope="col" className="number">
                  Missing
                </th>
                <th scope="col" className="number">
                  Hidden
                </th>
                <th scope="col">What changed</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <EntryRow
                  key={entry.id}
                  entry={entry}
                  when={times.get(entry.id) ?? ''}
                  before={before.get(entry.id)}
                  isCurrent={entry.id === past}
                  isChosen={chosen.includes(entry.id)}
                  onChoose={() => toggle(entry.id)}
                  onRemove={() => removeEntry(entry, times.get(entry.id) ?? '')}
                />
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  );
}

/** Of each entry, the one before it of the same shell and system. */
function entriesBefore(entries: readonly HistoryEntry[]): ReadonlyMap<string, HistoryEntry> {
  const before = new Map<string, HistoryEntry>();
  const later = new Map<string, HistoryEntry>();
  for (const entry of entries) {
    const subject = `${entry.shell} ${entry.system} ${entry.folder}`;
    const after = later.get(subject);
    if (after !== undefined) {
      before.set(after.id, entry);
    }
    later.set(subject, entry);
  }
  return before;
}
