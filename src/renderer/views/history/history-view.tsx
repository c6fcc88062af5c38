import { Trash2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { HistoryEntry } from '../../../ipc/contract';
import { EmptyState } from '../../components/empty-state';
import { IconButton } from '../../components/icon-button';
import { dayOf, timeOf } from '../../lib/time';
import { attempt, openPast } from '../../state/actions';
import { call } from '../../state/api';
import { useAppState } from '../../state/store';

const DriftChart = lazy(() => import('./drift-chart').then((m) => ({ default: m.DriftChart })));

/** The audits of this flake that were kept, the latest first, and how its drift went. */
export function HistoryView() {
  const run = useAppState((state) => state.run);
  const past = useAppState((state) => state.pastId);
  const keep = useAppState((state) => state.settings.keepAudits);
  const folder = useAppState(({ audit }) => audit?.target.flake.path);
  const [entries, setEntries] = useState<readonly HistoryEntry[] | undefined>();
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a finished run or a removal is another list
  useEffect(() => {
    void attempt(async () => setEntries(await call('listHistory', folder === undefined ? {} : { folder })));
  }, [folder, run.status, asked]);
  if (entries === undefined) {
    return null;
  }
  if (entries.length === 0) {
    return (
      <EmptyState
        title="No history yet"
        text={
          keep === 0
            ? 'Keeping audits is switched off in the settings.'
            : 'Each audit of this flake is kept here, so that you can see what was true last week.'
        }
      />
    );
  }
  return (
    <div className="page">
      {entries.length > 1 && (
        <section className="page-section" aria-label="Drift over time">
          <h2>Differences over time</h2>
          <Suspense fallback={<div className="chart-space" />}>
            <DriftChart entries={entries} />
          </Suspense>
        </section>
      )}
      <section className="page-section">
        <h2>
          Audits <span className="muted">{entries.length}</span>
        </h2>
        <table className="table history">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Shell</th>
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
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id} className={entry.id === past ? 'is-current' : undefined}>
                <th scope="row">
                  <button type="button" className="link plain" onClick={() => void openPast(entry.id)}>
                    {dayOf(entry.takenAt)}, {timeOf(entry.takenAt)}
                  </button>
                </th>
                <td className="muted">
                  {entry.shell} · {entry.system}
                </td>
                <td>
                  {entry.match} of {entry.total}
                </td>
                <td className="number">{entry.drift}</td>
                <td className="number">{entry.missing}</td>
                <td className="number">{entry.shadowed}</td>
                <td className="row-action">
                  <IconButton
                    label={`Remove the audit of ${dayOf(entry.takenAt)}, ${timeOf(entry.takenAt)}`}
                    onClick={() =>
                      void attempt(async () => {
                        await call('removeHistory', { id: entry.id });
                        setAsked(asked + 1);
                      })
                    }
                  >
                    <Trash2 size={14} />
                  </IconButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
