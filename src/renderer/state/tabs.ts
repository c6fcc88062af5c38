import type { SavedTab, Session } from '../../ipc/session';
import { TAB_LIMIT } from '../../ipc/session';
import { baseName } from '../lib/paths';
import { leaveRuns, showToast, startAudit } from './actions';
import { call } from './api';
import { columnOf, isAuditView, readColumns } from './columns';
import { saveSession } from './keep-session';
import { currentTabs, emptySlice, getState, ownColumns, setState, type TabSlice, type TabState } from './store';

const closed: TabSlice[] = [];
let lastTab = 0;

function newId(): string {
  lastTab += 1;
  return `tab-${lastTab}`;
}

/** A comparison in words, for its tab and for the window. */
export function titleOf({ run, columns, reference }: TabSlice): string {
  const folder = run.status === 'idle' ? undefined : run.request.folder;
  if (folder !== undefined && isAuditView(columns, reference)) {
    return baseName(folder);
  }
  if (columns.length === 0 || (folder === undefined && columns === ownColumns)) {
    return 'New comparison';
  }
  const names = columns.map(({ id, spec, label, data }) =>
    spec.kind === 'own' && id === 'target' && folder !== undefined ? baseName(folder) : (data?.label ?? label),
  );
  return names.length > 3 ? `${names.slice(0, 2).join(' ↔ ')} and ${names.length - 2} more` : names.join(' ↔ ');
}

/** Opens another tab, in front; with a project in it, or what `slice` has. */
export function openTab(slice: Partial<TabSlice> = {}, folder?: string): void {
  const state = getState();
  if (state.tabs.length >= TAB_LIMIT) {
    showToast({ tone: 'problem', text: `There is room for ${TAB_LIMIT} tabs. Close one first.` });
    return;
  }
  const id = newId();
  const tabs = currentTabs(state);
  const at = tabs.findIndex((tab) => tab.id === state.tab) + 1;
  const fresh = { ...emptySlice(), ...slice };
  setState({
    tabs: [...tabs.slice(0, at), { id, slice: fresh, stale: false }, ...tabs.slice(at)],
    tab: id,
    ...fresh,
    announcement: 'New tab',
  });
  if (folder === undefined) {
    void leaveRun();
    readColumns();
  } else {
    leaveRuns();
    startAudit(folder);
  }
}

/** Brings a tab to the front, as it was left. */
export function showTab(id: string): void {
  const state = getState();
  const tabs = currentTabs(state);
  const next = tabs.find((tab) => tab.id === id);
  if (next === undefined || id === state.tab) {
    return;
  }
  setState({
    tabs: tabs.map((tab) => (tab.id === id ? { ...tab, stale: false } : tab)),
    tab: id,
    ...next.slice,
    announcement: `Tab ${titleOf(next.slice)}`,
  });
  void resume(next);
}

/** The main process goes by the tab in front: its audit is what reports are made of, and what is audited when it changes. */
async function resume({ id, slice, stale }: TabState): Promise<void> {
  leaveRuns();
  // What was in front is watched on as one of the others: the main process has to know that there is such a tab.
  await saveSession();
  if (getState().tab !== id) {
    return;
  }
  const { run } = slice;
  if (run.status === 'idle') {
    await leaveRun();
  } else if (run.status === 'done') {
    const known = await call('resumeRun', { id: run.id });
    if (getState().tab !== id) {
      return;
    }
    if (known.id === null || stale || takeStale(id)) {
      startAudit(run.request.folder, run.request);
    } else {
      setState({ run: { ...run, id: known.id } });
    }
  } else if (run.status === 'cancelled') {
    await leaveRun();
  } else {
    startAudit(run.request.folder, run.request);
  }
  readColumns();
}

/** Whether a tab has become stale while it was coming to the front. */
function takeStale(id: string): boolean {
  const { tabs } = getState();
  const isStale = tabs.some((tab) => tab.id === id && tab.stale);
  if (isStale) {
    setState({ tabs: tabs.map((tab) => (tab.id === id ? { ...tab, stale: false } : tab)) });
  }
  return isStale;
}

async function leaveRun(): Promise<void> {
  leaveRuns();
  await call('resumeRun', { id: null });
}

/** Goes to the tab beside the one in front, round at the ends. */
export function stepTab(direction: 1 | -1): void {
  const { tabs, tab } = getState();
  const index = tabs.findIndex(({ id }) => id === tab);
  const next = tabs[(index + direction + tabs.length) % tabs.length];
  if (next !== undefined) {
    showTab(next.id);
  }
}

/** Closes a tab; the last one closes the window, as everywhere. */
export function closeTab(id: string = getState().tab): void {
  const state = getState();
  const tabs = currentTabs(state);
  const index = tabs.findIndex((tab) => tab.id === id);
  const going = tabs[index];
  if (going === undefined) {
    return;
  }
  if (tabs.length === 1) {
    window.close();
    return;
  }
  closed.push(going.slice);
  const rest = tabs.filter((tab) => tab !== going);
  if (id !== state.tab) {
    setState({ tabs: rest });
    return;
  }
  const next = rest[Math.min(index, rest.length - 1)] as TabState;
  setState({ tabs: rest, tab: next.id, ...next.slice, announcement: `Tab ${titleOf(next.slice)}` });
  void resume(next);
}

/** The tab that was closed last, as it was. */
export function reopenTab(): void {
  const slice = closed.pop();
  if (slice === undefined) {
    setState({ announcement: 'No tab was closed' });
    return;
  }
  openTab(slice);
  const { tab, tabs } = getState();
  const opened = tabs.find(({ id }) => id === tab);
  if (opened !== undefined) {
    void resume(opened);
  }
}

/** Moves the tab in front to the left or to the right. */
export function shiftTab(by: number): void {
  const { tab } = getState();
  const tabs = currentTabs(getState());
  const index = tabs.findIndex(({ id }) => id === tab) + by;
  if (index >= 0 && index < tabs.length) {
    moveTab(tab, index);
    setState({ announcement: `Tab ${index + 1} of ${tabs.length}` });
  }
}

/** Moves a tab to the place of another. */
export function moveTab(id: string, index: number): void {
  const tabs = currentTabs(getState());
  const moving = tabs.find((tab) => tab.id === id);
  if (moving !== undefined) {
    const rest = tabs.filter((tab) => tab !== moving);
    setState({ tabs: [...rest.slice(0, index), moving, ...rest.slice(index)] });
  }
}

/** A project that something outside of the window asks for: its tab, where there is one. */
export function showFolder(folder: string): void {
  const state = getState();
  const known = currentTabs(state).find(({ slice: { run } }) => run.status !== 'idle' && run.request.folder === folder);
  if (known !== undefined && known.id !== state.tab) {
    showTab(known.id);
  } else if (known !== undefined || isBlank(state)) {
    startAudit(folder);
  } else {
    openTab({}, folder);
  }
}

/** A project in place of what the tab shows; a comparison with columns that somebody has added stays, and it gets a tab. */
export function openFolder(folder: string): void {
  const { columns } = getState();
  if (columns.length > 0 && columns !== ownColumns) {
    openTab({}, folder);
  } else {
    setState({ columns: ownColumns, reference: 'target' });
    startAudit(folder);
  }
}

function isBlank({ run, columns }: TabSlice): boolean {
  return run.status === 'idle' && (columns.length === 0 || columns === ownColumns);
}

/**
 * The project of a tab that the main process takes for one in the background has changed: it is audited again when the tab
 * comes to the front, or as soon as it is there.
 */
export function markStale(folder: string): void {
  const state = getState();
  const stale = new Set(
    currentTabs(state)
      .filter(({ slice: { run } }) => run.status !== 'idle' && run.request.folder === folder)
      .map(({ id }) => id),
  );
  if (stale.size > 0) {
    setState({ tabs: state.tabs.map((tab) => (stale.has(tab.id) ? { ...tab, stale: true } : tab)) });
  }
}

/** The tabs as they were when the window was closed; the one in front is being audited already, or was. */
export function restore({ tabs, active, widths }: Session): void {
  const restored = tabs.map((tab): TabState => ({ id: newId(), slice: sliceOfSaved(tab), stale: false }));
  const front = restored[active];
  if (front === undefined) {
    setState({ widths });
    return;
  }
  const { columns, reference } = front.slice;
  setState({ tabs: restored, tab: front.id, widths, columns, reference });
}

function sliceOfSaved({ request, columns, reference }: SavedTab): TabSlice {
  const all = columns.map(columnOf);
  const isOwn = all.length === 2 && all[0]?.id === 'machine' && all[1]?.id === 'target';
  return {
    ...emptySlice(),
    run: request === undefined ? { status: 'idle' } : { status: 'running', id: 0, request },
    columns: isOwn ? ownColumns : all,
    reference: all[reference]?.id ?? all.at(-1)?.id ?? 'target',
  };
}
