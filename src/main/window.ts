import { join, sep } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { appOrigin } from './app-protocol';
import { loadWindowBounds, saveWindowBounds } from './window-state';

/** The window's background before its page is there: the page's own, so that nothing flashes. */
const background = { dark: '#0d1117', light: '#ffffff' };

/**
 * Opens the window, where and as large as it was.
 *
 * @param statePath the file with its last place
 * @param preload the bundled preload script
 * @param icon a PNG
 */
export function openWindow(statePath: string, preload: string, icon: string): BrowserWindow {
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const { maximized, ...bounds } = loadWindowBounds(statePath, areas, new Date());
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 320,
    minHeight: 360,
    title: 'Lockstep',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    autoHideMenuBar: true,
    // macOS and Windows take the icon of the bundle; a Linux window shows the one it is given.
    ...(process.platform === 'linux' ? { icon } : {}),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (maximized) {
    window.maximize();
  }
  window.on('close', () => {
    try {
      saveWindowBounds(statePath, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (error) {
      console.error(`the place of the window could not be saved: ${String(error)}`);
    }
  });
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/** Folders of the bundle, from the folder of the main script. */
export function bundlePaths(mainFolder: string) {
  return {
    worker: join(mainFolder, 'audit-worker.cjs'),
    columnWorker: join(mainFolder, 'column-worker.cjs'),
    preload: join(mainFolder, '..', 'preload', 'index.cjs'),
    renderer: join(mainFolder, '..', 'renderer'),
    icon: join(mainFolder, '..', '..', 'resources', 'icons', 'lockstep.png'),
    // In the packaged app a folder that is audited and watched lies beside the archive, not in it.
    example: join(mainFolder, '..', '..', 'examples', 'python-service').replace(
      `${sep}app.asar${sep}`,
      `${sep}app.asar.unpacked${sep}`,
    ),
  };
}
