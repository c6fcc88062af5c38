import type { BrowserWindow } from 'electron';
import type { CommandId } from '../ipc/commands';
import type { Settings } from '../ipc/settings';
import { setupMenu } from './menu';
import type { SettingsStore } from './settings-store';

/**
 * Shows the native menu, and again when other projects were opened last.
 *
 * @param window elsewhere than on a Mac, the one whose menu it is: nobody sees it before Alt is pressed, so that it waits
 *   until the page has asked for its files
 */
export function keepMenu(
  settings: SettingsStore,
  window: BrowserWindow | undefined,
  run: (command: CommandId) => void,
  open: (folder: string) => void,
): void {
  const isMac = process.platform === 'darwin';
  const foldersOf = ({ recents }: Settings) => recents.map(({ folder }) => folder);
  const show = () => {
    const folders = foldersOf(settings.get());
    setupMenu(isMac, run, folders, open);
    listed = folders.join('\0');
  };
  let listed = foldersOf(settings.get()).join('\0');
  if (isMac || window === undefined) {
    show();
  } else {
    window.webContents.once('dom-ready', show);
  }
  settings.onChange((changed) => {
    if (foldersOf(changed).join('\0') !== listed) {
      show();
    }
  });
}
