import { useSyncExternalStore } from 'react';
import type { Audit, AuditProgress } from '../../core/model/audit';
import type { RowStatus } from '../../core/model/diff';
import type { Problem } from '../../core/model/problem';
import type { GlobalPackage, Installation, Snapshot } from '../../core/model/snapshot';
import type { ColumnData, ColumnSpec } from '../../ipc/column';
import type { AppInfo } from '../../ipc/contract';
import type { RunState } from '../../ipc/run';
import { defaultSettings, type Settings } from '../../ipc/settings';
import { hasRoomForDetails } from './details-pane';

export type View = 'overview' | 'compare' | 'snapshot' | 'target' | 'reports' | 'checklist' | 'history' | 'settings';

/** Where the user is: a view and, in some, what is in focus there (a tool, an input). */
export interface Place {
  readonly view: View;
  readonly focus?: string;
}

/** `status`, `tool`, `manager`, or the id of a column. */
type SortColumn = string;

export interface Filter {
  readonly text: string;
  /** Empty: every status. */
  readonly statuses: ReadonlySet<RowStatus>;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
}

/** One column of the comparison: what it shows, and that, once it was read. */
export interface ColumnState {
  /** Unique in its tab; `machine` and `target` for the two of the tab's own audit. */
  readonly id: string;
  readonly spec: ColumnSpec;
  /** Before it was read: the name of its file, say. */
  readonly label: string;
  readonly data?: ColumnData;
  /** The audit from which an own column was read. */
  readonly source?: Audit;
  readonly loading: boolean;
  /** What is being read. */
  readonly message?: string;
  readonly problem?: Problem;
}

/** What each tab has for itself. */
export interface TabSlice {
  readonly run: RunState;
  /** What is shown: the last audit that was finished, or one from the history. */
  readonly audit: Audit | undefined;
  /** Id of the history entry that is shown in place of the present. */
  readonly pastId: string | undefined;
  readonly place: Place;
  readonly back: readonly Place[];
  readonly forward: readonly Place[];
  readonly filter: Filter;
  /** Groups of the comparison that the user has opened or closed. */
  readonly groups: ReadonlyMap<string, boolean>;
  readonly openFolds: ReadonlySet<string>;
  /** Key of the grid item that the keyboard is on. */
  readonly activeItem: string | undefined;
  readonly detailsOpen: boolean;
  readonly columns: readonly ColumnState[];
  /** Id of the column that the others are measured by. */
  readonly reference: string;
  /** Rows that the last refresh has changed, with what each was; gone with the next audit of another project. */
  readonly changed: ReadonlyMap<string, string>;
}

/** A tab. What it had when it was left; of the tab in front, the state itself has it. */
export interface TabState {
  readonly id: string;
  readonly slice: TabSlice;
  /** Its project has changed while it was in the background. */
  readonly stale: boolean;
}

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'problem';
  readonly text: string;
  /** A message takes the place of an earlier one about the same. */
  readonly about?: 'changes' | 'clipboard';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Is called when the message has gone, by itself or by the user. */
  readonly onGone?: () => void;
}

/** This machine read by itself, for tabs without an audit. */
interface MachineReading {
  readonly status: 'rest' | 'reading' | 'failed' | 'cancelled';
  /** As it was read last. */
  readonly snapshot?: Snapshot;
  readonly progress?: AuditProgress;
  /** What was found so far of one that is being read. */
  readonly installations?: readonly Installation[];
  readonly problem?: Problem;
}

/** The global packages of this machine, which are read when somebody looks at them. */
interface PackagesReading {
  readonly status: 'rest' | 'reading' | 'failed' | 'cancelled';
  /** When the snapshot was taken that they are read for. */
  readonly of?: string;
  /** As they were read last. */
  readonly packages?: readonly GlobalPackage[];
  readonly progress?: AuditProgress;
  readonly problem?: Problem;
}

export interface AppState extends TabSlice {
  readonly machine: MachineReading;
  readonly packages: PackagesReading;
  readonly info: AppInfo | undefined;
  readonly settings: Settings;
  readonly tabs: readonly TabState[];
  /** Id of the tab in front. */
  readonly tab: string;
  /** Widths that the user has set, in pixels, by the column's name. */
  readonly widths: Readonly<Record<string, number>>;
  readonly overlay: 'palette' | 'shortcuts' | 'add-column' | undefined;
  /** A problem that was met by something the user did, shown over everything until it is closed. */
  readonly alert: Alert | undefined;
  readonly toasts: readonly Toast[];
  /** What a screen reader is told next. */
  readonly announcement: string;
}

interface Alert {
  readonly problem: Problem;
  /** The folder of the flake that is at fault: its code is shown. */
  readonly flake?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The two columns of a project as it is opened. */
export const ownColumns: readonly ColumnState[] = [
  { id: 'machine', spec: { kind: 'own', half: 'machine' }, label: 'This machine', loading: false },
  { id: 'target', spec: { kind: 'own', half: 'target' }, label: 'Target', loading: false },
];

/** A tab in which nothing was done yet. */
export function emptySlice(): TabSlice {
  return {
    run: { status: 'idle' },
    audit: undefined,
    pastId: undefined,
    place: { view: 'compare' },
    back: [],
    forward: [],
    filter: { text: '', statuses: new Set(), sort: { column: 'status', descending: false } },
    groups: new Map(),
    openFolds: new Set(),
    activeItem: undefined,
    detailsOpen: hasRoomForDetails(),
    columns: ownColumns,
    reference: 'target',
    changed: new Map(),
  };
}

const sliceKeys = Object.keys(emptySlice()) as (keyof TabSlice)[];

/** What the tab in front has for itself. */
function sliceOf(from: AppState): TabSlice {
  return Object.fromEntries(sliceKeys.map((key) => [key, from[key]])) as unknown as TabSlice;
}

/** All tabs as they are now: the one in front with what the state has of it. */
export function currentTabs(state: AppState): readonly TabState[] {
  return state.tabs.map((tab) => (tab.id === state.tab ? { ...tab, slice: sliceOf(state) } : tab));
}

const initial: AppState = {
  ...emptySlice(),
  machine: { status: 'rest' },
  packages: { status: 'rest' },
  info: undefined,
  settings: defaultSettings(),
  tabs: [{ id: 'tab-0', slice: emptySlice(), stale: false }],
  tab: 'tab-0',
  widths: {},
  overlay: undefined,
  alert: undefined,
  toasts: [],
  announcement: '',
};

let state = initial;
const listeners = new Set<() => void>();

export function getState(): AppState {
  return state;
}

/** Changes the state: the given keys take the place of the old ones. */
export function setState(change: Partial<AppState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) {
    listener();
  }
}

/**
 * Calls a listener after each change of the state.
 *
 * @returns ends that
 */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A part of the state; the component renders again when that part changes. `select` must give a stable value. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useSyncExternalStore(subscribe, () => select(state));
}
