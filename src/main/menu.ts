import { type BaseWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { CommandId } from '../ipc/commands';

/**
 * The native menu. Its items ask the window for what the palette offers too, with the same shortcuts.
 *
 * @param run sends a command to the window
 * @param recents folders of projects, the latest first
 * @param open opens one of them
 */
export function setupMenu(
  isMac: boolean,
  run: (command: CommandId) => void,
  recents: readonly string[],
  open: (folder: string) => void,
): void {
  const item = (label: string, command: CommandId, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: (_item, _window: BaseWindow | undefined) => run(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const file: MenuItemConstructorOptions[] = [
    item('New Tab', 'new-tab', 'CmdOrCtrl+T'),
    item('Open Flake…', 'open-flake', 'CmdOrCtrl+O'),
    {
      label: 'Open Recent',
      enabled: recents.length > 0,
      submenu: recents.map((folder) => ({ label: folder, click: () => open(folder) })),
    },
    item('Add Column…', 'add-column', 'CmdOrCtrl+Shift+A'),
    item('Compare with a File…', 'compare-files', 'CmdOrCtrl+Shift+O'),
    separator,
    item('Audit Again', 'audit-again', 'CmdOrCtrl+R'),
    item('Cancel the Audit', 'cancel-audit', 'CmdOrCtrl+.'),
    separator,
    item('Export Report', 'export', 'CmdOrCtrl+E'),
    item('Copy Report', 'copy-report', 'CmdOrCtrl+Shift+C'),
    item('Save Snapshot…', 'save-snapshot'),
    separator,
    item('Settings…', 'view-settings', 'CmdOrCtrl+,'),
    separator,
    item('Close Tab', 'close-tab', 'CmdOrCtrl+W'),
    item('Reopen Closed Tab', 'reopen-tab', 'CmdOrCtrl+Shift+T'),
    ...(isMac ? [] : [{ role: 'quit' } satisfies MenuItemConstructorOptions]),
  ];
  const view: MenuItemConstructorOptions[] = [
    item('Overview', 'view-overview', 'CmdOrCtrl+1'),
    item('Compare', 'view-compare', 'CmdOrCtrl+2'),
    item('This Machine', 'view-snapshot', 'CmdOrCtrl+3'),
    item('Target', 'view-target', 'CmdOrCtrl+4'),
    item('Reports', 'view-reports', 'CmdOrCtrl+5'),
    item('History', 'view-history', 'CmdOrCtrl+6'),
    item('Checklist', 'view-checklist', 'CmdOrCtrl+7'),
    separator,
    item('Show or Hide the Details', 'toggle-details', 'CmdOrCtrl+I'),
    item('Open All Groups', 'open-groups', 'Alt+Shift+Down'),
    item('Close All Groups', 'close-groups', 'Alt+Shift+Up'),
    separator,
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
    separator,
    { role: 'togglefullscreen' },
    { role: 'toggleDevTools' },
  ];
  const go: MenuItemConstructorOptions[] = [
    item('Command Palette…', 'palette', 'CmdOrCtrl+K'),
    item('Filter Tools', 'find', 'CmdOrCtrl+F'),
    item('Clear All Filters', 'clear-filters', 'CmdOrCtrl+Shift+F'),
    separator,
    item('Next Difference', 'next-difference', 'F8'),
    item('Previous Difference', 'previous-difference', 'Shift+F8'),
    separator,
    item('Next Tab', 'next-tab', 'Ctrl+Tab'),
    item('Previous Tab', 'previous-tab', 'Ctrl+Shift+Tab'),
    item('Move Tab Left', 'move-tab-left', 'Ctrl+Shift+PageUp'),
    item('Move Tab Right', 'move-tab-right', 'Ctrl+Shift+PageDown'),
    separator,
    item('Back', 'back', isMac ? 'Cmd+[' : 'Alt+Left'),
    item('Forward', 'forward', isMac ? 'Cmd+]' : 'Alt+Right'),
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
      { label: 'File', submenu: file },
      { role: 'editMenu' },
      { label: 'View', submenu: view },
      { label: 'Go', submenu: go },
      {
        label: 'Window',
        // Without the role's own Close, whose keys close a tab here.
        submenu: [{ role: 'minimize' }, { role: 'zoom' }, ...(isMac ? [separator, { role: 'front' } as const] : [])],
      },
      { role: 'help', submenu: [item('Keyboard Shortcuts', 'shortcuts', 'CmdOrCtrl+/')] },
    ]),
  );
}
