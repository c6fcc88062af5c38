import { later } from './lib/later';

/** The views that the first comparison does not need. */
const overview = later(() => import('./views/overview/overview-view').then((m) => m.OverviewView));
const chart = later(
  () => import('./views/overview/category-chart').then((m) => m.CategoryChart),
  <div className="chart-space" />,
);
const snapshot = later(() => import('./views/snapshot/snapshot-view').then((m) => m.SnapshotView));
const machine = later(() => import('./views/snapshot/machine-view').then((m) => m.MachineView));
const target = later(() => import('./views/target/target-view').then((m) => m.TargetView));
const reports = later(() => import('./views/reports/reports-view').then((m) => m.ReportsView));
const checklist = later(() => import('./views/checklist/checklist-view').then((m) => m.ChecklistView));
const history = later(() => import('./views/history/history-view').then((m) => m.HistoryView));
const settings = later(() => import('./views/settings/settings-view').then((m) => m.SettingsView));
const addColumn = later(() => import('./components/add-column').then((m) => m.AddColumn));
const palette = later(() => import('./components/palette').then((m) => m.Palette));

export const OverviewView = overview.Component;
export const CategoryChart = chart.Component;
export const SnapshotView = snapshot.Component;
export const MachineView = machine.Component;
export const TargetView = target.Component;
export const ReportsView = reports.Component;
export const ChecklistView = checklist.Component;
export const HistoryView = history.Component;
export const SettingsView = settings.Component;
export const AddColumn = addColumn.Component;
export const Palette = palette.Component;

/** Fetches them all, ahead of time. A failure shows when the view is opened. */
export function loadViews(): void {
  const all = [overview, chart, snapshot, machine, target, reports, checklist, history, settings, addColumn, palette];
  void Promise.allSettled(all.map(({ fetch }) => fetch()));
}
