import { flushSync } from 'react-dom';
import { categories } from '../core/catalog/categories';
import type { CommandId } from '../ipc/commands';
import { viewTitles } from './lib/view-titles';
import {
  auditAgain,
  cancelAudit,
  copyReport,
  exportReport,
  goBack,
  goForward,
  goToView,
  openFlake,
  saveSnapshot,
} from './state/actions';
import { chooseSide } from './state/drop';
import { stepToDifference } from './state/stepper';
import { type AppState, getState, setState, type View } from './state/store';
import { closeTab, openTab, reopenTab, shiftTab, stepTab } from './state/tabs';

/** In the palette's order. */
export const commandGroups = ['Flake', 'Compare', 'Report', 'Go to', 'Window'] as const;

type CommandGroup = (typeof commandGroups)[number];

/** One thing that the user can do from anywhere: in the palette, in the native menu, by its keys. */
export interface Command {
  readonly id: CommandId;
  readonly title: string;
  readonly group: CommandGroup;
  /** Keys as the palette shows them; `Mod` is ⌘ or Ctrl. */
  readonly keys?: string;
  /** Whether there is anything that it could do; left out: always. */
  readonly can?: (state: AppState) => boolean;
  readonly run: () => void;
}

export const commands: readonly Command[] = [
  { id: 'open-flake', title: 'Open flake…', group: 'Flake', keys: 'Mod+O', run: () => void openFlake() },
  { id: 'audit-again', title: 'Audit again', group: 'Flake', keys: 'Mod+R', run: auditAgain },
  {
    id: 'cancel-audit',
    title: 'Cancel the audit',
    group: 'Flake',
    keys: 'Mod+.',
    can: ({ run, machine, packages }) =>
      run.status === 'running' || machine.status === 'reading' || packages.status === 'reading',
    run: cancelAudit,
  },
  { id: 'add-column', title: 'Add column…', group: 'Compare', keys: 'Mod+Shift+A', run: addAColumn },
  {
    id: 'compare-files',
    title: 'Compare with a file…',
    group: 'Compare',
    keys: 'Mod+Shift+O',
    run: () => void chooseSide('file'),
  },
  { id: 'toggle-details', title: 'Show or hide the details', group: 'Compare', keys: 'Mod+I', run: toggleDetails },
  {
    id: 'clear-filters',
    title: 'Clear all filters',
    group: 'Compare',
    keys: 'Mod+Shift+F',
    can: ({ filter }) => filter.text !== '' || filter.statuses.size > 0,
    run: clearFilters,
  },
  { id: 'open-groups', title: 'Open all groups', group: 'Compare', keys: 'Alt+Shift+Down', run: () => setGroups(true) },
  {
    id: 'close-groups',
    title: 'Close all groups',
    group: 'Compare',
    keys: 'Alt+Shift+Up',
    run: () => setGroups(false),
  },
  { id: 'new-tab', title: 'New tab', group: 'Window', keys: 'Mod+T', run: () => openTab() },
  { id: 'close-tab', title: 'Close tab', group: 'Window', keys: 'Mod+W', run: () => closeTab() },
  { id: 'reopen-tab', title: 'Reopen closed tab', group: 'Window', keys: 'Mod+Shift+T', run: reopenTab },
  { id: 'next-tab', title: 'Next tab', group: 'Window', keys: 'Ctrl+Tab', can: hasTabs, run: () => stepTab(1) },
  {
    id: 'previous-tab',
    title: 'Previous tab',
    group: 'Window',
    keys: 'Ctrl+Shift+Tab',
    can: hasTabs,
    run: () => stepTab(-1),
  },
  {
    id: 'move-tab-left',
    title: 'Move tab left',
    group: 'Window',
    keys: 'Ctrl+Shift+PageUp',
    can: hasTabs,
    run: () => shiftTab(-1),
  },
  {
    id: 'move-tab-right',
    title: 'Move tab right',
    group: 'Window',
    keys: 'Ctrl+Shift+PageDown',
    can: hasTabs,
    run: () => shiftTab(1),
  },
  {
    id: 'export',
    title: 'Export report',
    group: 'Report',
    keys: 'Mod+E',
    can: hasAudit,
    run: () => void exportReport(),
  },
  {
    id: 'copy-report',
    title: 'Copy report',
    group: 'Report',
    keys: 'Mod+Shift+C',
    can: hasAudit,
    run: () => void copyReport(),
  },
  { id: 'save-snapshot', title: 'Save snapshot…', group: 'Report', run: () => void saveSnapshot() },
  viewCommand('overview', 'Mod+1'),
  viewCommand('compare', 'Mod+2'),
  viewCommand('snapshot', 'Mod+3'),
  viewCommand('target', 'Mod+4'),
  viewCommand('reports', 'Mod+5'),
  viewCommand('history', 'Mod+6'),
  viewCommand('checklist', 'Mod+7'),
  viewCommand('settings', 'Mod+,'),
  { id: 'find', title: 'Filter tools', group: 'Go to', keys: 'Mod+F', run: find },
  { id: 'next-difference', title: 'Next difference', group: 'Go to', keys: 'F8', run: () => stepOrGo(1) },
  {
    id: 'previous-difference',
    title: 'Previous difference',
    group: 'Go to',
    keys: 'Shift+F8',
    run: () => stepOrGo(-1),
  },
  { id: 'back', title: 'Back', group: 'Go to', keys: 'Alt+Left', can: ({ back }) => back.length > 0, run: goBack },
  {
    id: 'forward',
    title: 'Forward',
    group: 'Go to',
    keys: 'Alt+Right',
    can: ({ forward }) => forward.length > 0,
    run: goForward,
  },
  {
    id: 'palette',
    title: 'Command palette',
    group: 'Window',
    keys: 'Mod+K',
    run: () => setState({ overlay: 'palette' }),
  },
  {
    id: 'shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Window',
    keys: 'Mod+/',
    run: () => setState({ overlay: 'shortcuts' }),
  },
];

const byId = new Map(commands.map((command) => [command.id, command]));

/**
 * The command of an id.
 *
 * @throws Error where there is none: a mistake in the code
 */
export function commandOf(id: CommandId): Command {
  const command = byId.get(id);
  if (command === undefined) {
    throw new Error(`there is no command ${id}`);
  }
  return command;
}

export function runCommand(id: CommandId): void {
  commandOf(id).run();
}

function hasTabs({ tabs }: AppState): boolean {
  return tabs.length > 1;
}

function hasAudit({ audit }: AppState): boolean {
  return audit !== undefined;
}

function addAColumn(): void {
  goToView('compare');
  setState({ overlay: 'add-column' });
}

function viewCommand(view: View, keys: string): Command {
  return { id: `view-${view}`, title: viewTitles[view], group: 'Go to', keys, run: () => enterView(view) };
}

/** With the focus: the next key belongs to what is shown. */
function enterView(view: View): void {
  flushSync(() => goToView(view));
  document.getElementById(view === 'compare' ? 'compare-grid' : 'stage')?.focus();
}

/** What is typed next belongs to the filter already, so the view is drawn at once. */
function find(): void {
  flushSync(() => goToView('compare'));
  document.getElementById('compare-search')?.focus();
}

function stepOrGo(direction: 1 | -1): void {
  if (stepToDifference(direction)) {
    document.getElementById('compare-grid')?.focus();
  } else {
    goToView('compare');
  }
}

function toggleDetails(): void {
  const { place, detailsOpen } = getState();
  goToView('compare');
  setState({ detailsOpen: place.view !== 'compare' || !detailsOpen });
}

function clearFilters(): void {
  setState({ filter: { ...getState().filter, text: '', statuses: new Set() }, announcement: 'Filters cleared' });
  goToView('compare');
}

/** Opens or closes every category of the comparison. */
function setGroups(isOpen: boolean): void {
  goToView('compare');
  const used = getState().audit?.rows.map(({ category }) => category) ?? [];
  const groups = new Map([...categories.map(({ id }) => id), 'other', ...used].map((id) => [id, isOpen] as const));
  setState({ groups, announcement: isOpen ? 'All groups are open' : 'All groups are closed' });
}
