import { Suspense, useEffect } from 'react';
import type { Audit } from '../core/model/audit';
import { ProgressView } from './components/progress-view';
import { RunProblem } from './components/run-problem';
import { Welcome } from './components/welcome';
import {
  HistoryView,
  loadViews,
  OverviewView,
  ReportsView,
  SettingsView,
  SnapshotView,
  TargetView,
} from './lazy-views';
import { useAppState, type View } from './state/store';
import { CompareView } from './views/compare/compare-view';

/** What the middle of the window shows: the view, or why there is none. */
export function Stage() {
  const view = useAppState((state) => state.place.view);
  const run = useAppState((state) => state.run);
  const audit = useAppState((state) => state.audit);
  const past = useAppState((state) => state.pastId !== undefined);
  const ready = audit !== undefined;
  // While nobody waits for anything, so that going to another view is instant.
  useEffect(() => {
    if (!ready) {
      return undefined;
    }
    const handle = requestIdleCallback(loadViews);
    return () => cancelIdleCallback(handle);
  }, [ready]);
  if (view === 'settings' || view === 'history') {
    return <Suspense fallback={null}>{view === 'settings' ? <SettingsView /> : <HistoryView />}</Suspense>;
  }
  if (run.status === 'failed' && !past) {
    return view === 'snapshot' && run.snapshot !== undefined ? (
      <Suspense fallback={null}>
        <SnapshotView snapshot={run.snapshot} rows={[]} />
      </Suspense>
    ) : (
      <RunProblem problem={run.problem} folder={run.request.folder} />
    );
  }
  if (audit !== undefined) {
    return <Suspense fallback={null}>{viewOf(view, audit)}</Suspense>;
  }
  if (run.status === 'running') {
    return <ProgressView progress={run.progress} folder={run.request.folder} />;
  }
  return <Welcome cancelled={run.status === 'cancelled'} />;
}

function viewOf(view: Exclude<View, 'settings' | 'history'>, audit: Audit) {
  switch (view) {
    case 'overview':
      return <OverviewView audit={audit} />;
    case 'compare':
      return <CompareView audit={audit} />;
    case 'snapshot':
      return <SnapshotView snapshot={audit.snapshot} rows={audit.rows} />;
    case 'target':
      return <TargetView audit={audit} />;
    case 'reports':
      return <ReportsView audit={audit} />;
  }
}
