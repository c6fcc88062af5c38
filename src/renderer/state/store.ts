import { useSyncExternalStore } from 'react';
import type { Audit } from '../../core/model/audit';
import type { RowStatus } from '../../core/model/diff';
import type { AppInfo } from '../../ipc/contract';
import type { RunState } from '../../ipc/run';
import { defaultSettings, type Settings } from '../../ipc/settings';

export type View = 'overview' | 'compare' | 'snapshot' | 'target' | 'reports' | 'history' | 'settings';

/** Where the user is: a view and, in some, what is in focus there (a tool, an input). */
export interface Place {
  readonly view: View;
  readonly focus?: string;
}

export type SortColumn = 'status' | 'tool' | 'actual' | 'expected' | 'manager';

export interface Filter {
  readonly text: string;
  /** Empty: every status. */
  readonly statuses: ReadonlySet<RowStatus>;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
}

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'problem';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface AppState {
  readonly info: AppInfo | undefined;
  readonly settings: Settings;
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
  readonly overlay: 'palette' | 'shortcuts' | undefined;
  readonly toasts: readonly Toast[];
  /** What a screen reader is told next. */
  readonly announcement: string;
}

const initial: AppState = {
  info: undefined,
  settings: defaultSettings(),
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
  // Beside the grid where there is room; else only when it is asked for.
  detailsOpen: globalThis.matchMedia?.('(min-width: 981px)').matches ?? true,
  overlay: undefined,
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

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A part of the state; the component renders again when that part changes. `select` must give a stable value. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useSyncExternalStore(subscribe, () => select(state));
}
