import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme } from 'electron';
import type { AuditRequest } from '../ipc/run';
import type { Session } from '../ipc/session';
import type { AuditSettings, Theme } from '../ipc/settings';
import { accountName, openChecklists } from '../node/checklist-store';
import { dataFolder as sharedDataFolder } from '../node/data-folder';
import { createAfterwards } from './afterwards';
import { type Pages, registerAppScheme, setupAppProtocol } from './app-protocol';
import { createAuditRunner } from './audit-runner';
import { createChecklistService } from './checklist-service';
import { createColumnReader } from './column-reader';
import { flakeFolderOf } from './flake-folder';
import { createHandlers } from './handlers';
import { openHistory } from './history-store';
import { send, setupIpc } from './ipc-server';
import { printPdf } from './print-pdf';
import { keepMenu } from './recent-menu';
import { createReportService } from './report-service';
import { setupSecurity } from './security';
import { openSession } from './session-store';
import { openSettings } from './settings-store';
import { folderFromArguments } from './start-arguments';
import { createWatching } from './watching';
import { bundlePaths, openWindow } from './window';

/** Keeps tests and demonstrations away from the user's own data. */
const dataFolder = process.env['LOCKSTEP_USER_DATA'];
if (dataFolder !== undefined && dataFolder !== '') {
  app.setPath('userData', dataFolder);
}

registerAppScheme();
if (app.requestSingleInstanceLock({ folder: folderFromArguments(process.argv, app.isPackaged) })) {
  start();
} else {
  app.quit();
}

/** Everything that is set up, in order. The audit starts first: it runs while the window comes up. */
function start(): void {
  // Our menu comes with the window; Electron would make one of its own before.
  Menu.setApplicationMenu(null);
  const paths = bundlePaths(__dirname);
  const userData = app.getPath('userData');
  const notices: string[] = [];
  let window: BrowserWindow | undefined;

  const settings = openSettings(join(userData, 'settings.json'), new Date(), (notice) => {
    notices.push(notice);
    tell('notice', notice);
  });
  const afterwards = createAfterwards();
  const runner = createAuditRunner(paths.worker, () => settings.get());
  const columns = createColumnReader(
    paths.columnWorker,
    (key, progress) => tell('columnProgress', { key, progress }),
    (soFar) => tell('machine', soFar),
    () => settings.get(),
  );
  const history = openHistory(join(userData, 'history'));
  const pages: Pages = new Map();
  const checklistStore = openChecklists(
    join(process.env['LOCKSTEP_DATA'] ? sharedDataFolder() : dataFolder || sharedDataFolder(), 'checklists'),
    (notice) => tell('notice', notice),
  );
  const reports = createReportService(
    () => new Date(),
    (document, facts) => printPdf(document, facts, pages),
    process.env,
    ({ target, shell }) => checklistStore.read(target.flake.path, shell),
  );
  const checklists = createChecklistService(
    checklistStore,
    reports,
    () => settings.get().name || accountName(process.env),
    () => new Date(),
  );
  const given = folderFromArguments(process.argv, app.isPackaged);
  const session = openSession(
    join(userData, 'session.json'),
    new Date(),
    given === undefined ? undefined : flakeFolderOf(given, process.cwd()),
    settings.get().recents[0]?.folder ?? (existsSync(paths.example) ? paths.example : undefined),
  );
  const first = activeRequest(session.get());
  if (first !== undefined) {
    runner.start(first);
  }

  const watching = createWatching(
    { runner, settings, session },
    (folder) => tell('stale', { folder }),
    () => tell('machine', { changed: true }),
  );

  runner.onState((state) => {
    tell('run', state);
    if (state.status === 'done') {
      reports.setAudit(state.audit);
      afterwards.do(() => {
        settings.rememberFlake(state.request.folder, new Date());
        try {
          history.keep(state.audit, settings.get().keepAudits);
          tell('history', { folder: state.audit.target.flake.path });
        } catch (error) {
          tell('notice', `This audit could not be kept in the history: ${String(error)}`);
        }
        checklists
          .observe(state.audit)
          .catch((error: unknown) => tell('notice', `The checklist could not be kept: ${String(error)}`));
      });
    }
    watching.refresh();
  });
  runner.onResume((state) => {
    if (state.status === 'done') {
      reports.setAudit(state.audit);
    }
    watching.refresh();
  });
  let audited = auditKey(settings.get());
  settings.onChange((changed) => {
    applyTheme(changed.theme);
    tell('settings', changed);
    watching.refresh();
    const state = runner.state();
    if (auditKey(changed) !== audited) {
      audited = auditKey(changed);
      if (state.status !== 'idle') {
        runner.start(state.request);
      }
    }
  });

  function tell(...[event, payload]: Parameters<typeof send> extends [unknown, ...infer Rest] ? Rest : never): void {
    if (window !== undefined && !window.isDestroyed()) {
      send(window.webContents, event, payload);
    }
  }

  function show(): void {
    window = openWindow(join(userData, 'window.json'), paths.preload, paths.icon);
    window.on('closed', () => {
      window = undefined;
    });
  }

  app.on('second-instance', (_event, _argv, workingDirectory, data) => {
    if (window === undefined) {
      show();
    }
    window?.restore();
    window?.focus();
    const wanted = folderOfSecondInstance(data);
    if (wanted !== undefined) {
      tell('openFolder', { folder: flakeFolderOf(wanted, workingDirectory) });
    }
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') {
      app.quit();
    }
  });
  app.on('activate', () => {
    if (app.isReady() && BrowserWindow.getAllWindows().length === 0) {
      show();
    }
  });
  app.on('will-quit', (event) => {
    afterwards.finish();
    const closing = [columns.close(), runner.close()].filter((one) => one !== undefined);
    if (closing.length > 0) {
      event.preventDefault();
      void Promise.all(closing).then(() => app.quit());
    }
  });

  void app.whenReady().then(() => {
    applyTheme(settings.get().theme);
    setupAppProtocol(paths.renderer, pages);
    setupSecurity();
    // The page has a process to start before it asks for anything: all that answers it is set up meanwhile.
    show();
    setupIpc(
      createHandlers({
        checklists,
        runner,
        settings,
        history,
        session,
        columns,
        reports,
        notices,
        saveSession: (next) => {
          session.save(next);
          watching.refresh();
        },
        onMachineRead: ({ pathEntries }) => watching.machineRead(pathEntries),
        window: () => window,
      }),
      (contents) => contents === window?.webContents,
    );
    keepMenu(
      settings,
      window,
      (command) => tell('command', command),
      (folder) => tell('openFolder', { folder }),
    );
  });
}

/** Equal while the settings that audits depend on stay the same. */
function auditKey({ pathContext, deadlineEach, deadlineTotal, askNix }: AuditSettings): string {
  return JSON.stringify([pathContext, deadlineEach, deadlineTotal, askNix]);
}

/** High contrast keeps the system's light or dark; the page raises the contrast. */
function applyTheme(theme: Theme): void {
  nativeTheme.themeSource = theme === 'contrast' ? 'system' : theme;
}

function activeRequest({ tabs, active }: Session): AuditRequest | undefined {
  return tabs[active]?.request;
}

function folderOfSecondInstance(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'folder' in data && typeof data.folder === 'string'
    ? data.folder
    : undefined;
}
