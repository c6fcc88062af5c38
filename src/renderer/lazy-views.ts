import { lazy } from 'react';

/** The views that the first comparison does not need. */
const load = {
  overview: () => import('./views/overview/overview-view').then((m) => ({ default: m.OverviewView })),
  chart: () => import('./views/overview/category-chart').then((m) => ({ default: m.CategoryChart })),
  snapshot: () => import('./views/snapshot/snapshot-view').then((m) => ({ default: m.SnapshotView })),
  machine: () => import('./views/snapshot/machine-view').then((m) => ({ default: m.MachineView })),
  target: () => import('./views/target/target-view').then((m) => ({ default: m.TargetView })),
  reports: () => import('./views/reports/reports-view').then((m) => ({ default: m.ReportsView })),
  checklist: () => import('./views/checklist/checklist-view').then((m) => ({ default: m.ChecklistView })),
  history: () => import('./views/history/history-view').then((m) => ({ default: m.HistoryView })),
  settings: () => import('./views/settings/settings-view').then((m) => ({ default: m.SettingsView })),
  addColumn: () => import('./components/add-column').then((m) => ({ default: m.AddColumn })),
  palette: () => import('./components/palette').then((m) => ({ default: m.Palette })),
};

export const OverviewView = lazy(load.overview);
export const CategoryChart = lazy(load.chart);
export const SnapshotView = lazy(load.snapshot);
export const MachineView = lazy(load.machine);
export const TargetView = lazy(load.target);
export const ReportsView = lazy(load.reports);
export const ChecklistView = lazy(load.checklist);
export const HistoryView = lazy(load.history);
export const SettingsView = lazy(load.settings);
export const AddColumn = lazy(load.addColumn);
export const Palette = lazy(load.palette);

/** Fetches them all, ahead of time. A failure shows when the view is opened. */
export function loadViews(): void {
  void Promise.allSettled(Object.values(load).map((fetch) => fetch()));
}
