import { useEffect, useRef } from 'react';
import type { Audit } from '../core/model/audit';
import type { RunState } from '../ipc/run';
import { EmptyState } from './components/empty-state';
import { ProgressStrip } from './components/progress-strip';
import { ProgressView } from './components/progress-view';
import { RunProblem } from './components/run-problem';
import { StaleBanner } from './components/stale-banner';
import { Welcome } from './components/welcome';
import {
  ChecklistView,
  HistoryView,
  loadViews,
  MachineView,
  OverviewView,
  ReportsView,
  SettingsView,
  SnapshotView,
  TargetView,
} from './lazy-views';
import { type EarlyAudit, earlyOf } from './lib/early';
import { go } from './state/actions';
import { isAuditView } from './state/columns';
import { showsOwnMachine } from './state/machine';
import { useAppState, type View } from './state/store';
import { CompareView } from './views/compare/compare-view';

type FailedRun = Extract<RunState, { status: 'failed' }>;

/** Milliseconds in which a comparison is drawn and read, before anybody goes elsewhere. */
const FIRST_LOOK = 800;

/** What the middle of the window shows: the view, or why there is none. */
export function Stage() {
  const view = useAppState((state) => state.place.view);
  const run = useAppState((state) => state.run);
  const audit = useAppState((state) => state.audit);
  const past = useAppState((state) => state.pastId !== undefined);
  const isOwn = useAppState(({ columns, reference }) => isAuditView(columns, reference));
  const isMachine = useAppState(showsOwnMachine);
  const failure = useFailure(run);
  const ready = audit !== undefined;
  // While nobody waits for anything, so that going to another view is instant; after the first look at the comparison.
  useEffect(() => {
    if (!ready) {
      return undefined;
    }
    let idle = 0;
    const look = setTimeout(() => {
      idle = requestIdleCallback(loadViews);
    }, FIRST_LOOK);
    return () => {
      clearTimeout(look);
      cancelIdleCallback(idle);
    };
  }, [ready]);
  if (view === 'settings' || view === 'history') {
    return view === 'settings' ? <SettingsView /> : <HistoryView />;
  }
  if (view === 'compare' && !isOwn) {
    return <CompareView audit={audit} />;
  }
  if (isMachine) {
    return <MachineView failure={run.status === 'failed' ? run : undefined} />;
  }
  if (run.status === 'idle' && !past && !isOwn) {
    return <WithoutProject />;
  }
  if (run.status === 'failed' && !past && audit === undefined) {
    return <RunProblem problem={run.problem} folder={run.request.folder} />;
  }
  const early = audit === undefined ? earlyOf(run) : undefined;
  const shown = audit !== undefined ? viewOf(view, audit) : early && earlyViewOf(view, early);
  if (shown !== undefined) {
    return (
      <div className="stage-view">
        {failure !== undefined && !past && (
          <StaleBanner
            problem={failure.problem}
            folder={failure.request.folder}
            note="This is the comparison from before."
          />
        )}
        <div className="stage-content">{shown}</div>
        {early !== undefined && <ProgressStrip early={early} />}
      </div>
    );
  }
  if (run.status === 'running') {
    return <ProgressView run={run} note={notes[view]} />;
  }
  return <Welcome cancelled={run.status === 'cancelled'} />;
}

/** Views that are only there when an audit is done. */
const notes: Partial<Readonly<Record<View, string>>> = {
  reports: 'Reports can be made when the audit is done.',
  checklist: 'The checklist is made when the audit is done.',
};

/** How the last audit failed, until another one of the same project is done: a try more is no reason to flicker. */
function useFailure(run: RunState): FailedRun | undefined {
  const last = useRef<FailedRun | undefined>(undefined);
  if (run.status === 'failed') {
    last.current = run;
  } else if (run.status !== 'running' || run.request.folder !== last.current?.request.folder) {
    last.current = undefined;
  }
  return last.current;
}

/** A tab that sets files side by side has no project: there is nothing of it to show here. */
function WithoutProject() {
  return (
    <EmptyState
      title="This tab has no project"
      text="It sets snapshots, images or machines side by side. Overview, target and reports speak of a project’s flake."
      action={{ label: 'Show the comparison', run: () => go({ view: 'compare' }) }}
    />
  );
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
      return <TargetView target={audit.target} shell={audit.shell} now={audit.snapshot.takenAt} pins={audit.pins} />;
    case 'reports':
      return <ReportsView audit={audit} />;
    case 'checklist':
      return <ChecklistView audit={audit} />;
  }
}

/** The same views with what is known so far; undefined where that is nothing. Each goes on as it is with the audit. */
function earlyViewOf(view: Exclude<View, 'settings' | 'history'>, early: EarlyAudit) {
  const { rows, machine, target, shell } = early.results;
  const hasHalf = machine !== undefined || target !== undefined;
  switch (view) {
    case 'overview':
      return hasHalf ? <OverviewView audit={undefined} early={early} /> : undefined;
    case 'compare':
      return hasHalf && rows.length > 0 ? <CompareView audit={undefined} early={early} /> : undefined;
    case 'snapshot':
      return machine !== undefined || rows.some(({ copies }) => copies.length > 0) ? (
        <SnapshotView snapshot={machine} rows={rows} isOver={early.isOver} />
      ) : undefined;
    case 'target':
      return target !== undefined && shell !== undefined ? (
        <TargetView target={target} shell={shell} now={machine?.takenAt} />
      ) : undefined;
    case 'reports':
    case 'checklist':
      return undefined;
  }
}
