import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, shell } from 'electron';
import { version } from '../../package.json';
import type { Audit } from '../core/model/audit';
import { ProblemError } from '../core/model/problem';
import type { Snapshot } from '../core/model/snapshot';
import type { Session } from '../ipc/session';
import { isInside } from './asset-path';
import type { AuditRunner } from './audit-runner';
import type { ChecklistService } from './checklist-service';
import { writeRichText } from './clipboard';
import type { ColumnReader } from './column-reader';
import { chooseSideFile, identify, readColumn } from './columns';
import { flakeFolderOf } from './flake-folder';
import type { HistoryStore } from './history-store';
import type { Handlers } from './ipc-server';
import type { ReportService } from './report-service';
import type { SessionStore } from './session-store';
import type { SettingsStore } from './settings-store';
import { readSourceFile } from './source-files';

export interface HandlerContext {
  readonly runner: AuditRunner;
  readonly settings: SettingsStore;
  readonly history: HistoryStore;
  readonly session: SessionStore;
  readonly columns: ColumnReader;
  readonly reports: ReportService;
  readonly checklists: ChecklistService;
  readonly notices: readonly string[];
  readonly saveSession: (session: Session) => void;
  /** This machine was read by itself. */
  readonly onMachineRead: (snapshot: Snapshot) => void;
  readonly window: () => BrowserWindow | undefined;
}

/** What the main process does for the window: one function per method of the contract. */
export function createHandlers(context: HandlerContext): Handlers {
  const { runner, settings, history, session, columns, reports, checklists } = context;
  /** What was written last: a report, or a snapshot. */
  let lastWritten: string | undefined;
  /** This machine as it was read by itself. */
  let machine: Snapshot | undefined;

  function currentAudit(): Audit {
    const audit = reports.audit();
    if (audit === undefined) {
      throw new ProblemError({
        code: 'no-audit',
        message: 'There is no audit to export yet.',
        hint: 'Open a flake and wait until its audit is done.',
      });
    }
    return audit;
  }

  function folderOfReports(): string {
    return settings.get().reportFolder ?? app.getPath('downloads');
  }

  function shownSnapshot(): Snapshot {
    const ofAudit = reports.audit()?.snapshot;
    const snapshot = runner.state().status === 'done' ? (ofAudit ?? machine) : (machine ?? ofAudit);
    if (snapshot === undefined) {
      throw new ProblemError({
        code: 'no-snapshot',
        message: 'This machine has not been read yet.',
        hint: 'Go to “This machine” and wait until it is read.',
      });
    }
    return snapshot;
  }

  /** Of a run without an audit there is a flake: with the place of its mistake, or what was compared so far. */
  function flakeInFront(): string {
    const state = runner.state();
    return state.status === 'idle' || state.status === 'done' ? currentAudit().target.flake.path : state.request.folder;
  }

  return {
    getAppInfo: () => ({
      version,
      platform: platformOf(process.platform),
      electron: process.versions.electron ?? '',
      chromium: process.versions['chrome'] ?? '',
      node: process.versions.node,
      notices: [...context.notices],
    }),
    getRun: () => runner.state(),
    startAudit: (request) => {
      const folder = flakeFolderOf(request.folder, app.getPath('home'));
      return { id: runner.start({ ...request, folder }) };
    },
    cancelAudit: () => runner.cancel(),
    resumeRun: ({ id }) => ({ id: runner.resume(id) }),
    getSession: () => session.get(),
    saveSession: (next) => context.saveSession(next),
    identifyPath: ({ path }) => identify(resolve(app.getPath('home'), path)),
    chooseSide: async ({ what }) => {
      const path =
        what === 'folder'
          ? await chooseFolder(context.window(), 'Add a project or a root folder')
          : await chooseSideFile(context.window());
      return path === undefined ? null : identify(path);
    },
    readColumn: ({ key, source }) => readColumn(context, key, source),
    cancelColumn: ({ key }) => columns.cancel(key),
    readMachine: async () => {
      const snapshot = await columns.machine();
      machine = snapshot;
      context.onMachineRead(snapshot);
      return snapshot;
    },
    cancelMachine: () => columns.cancelMachine(),
    readPackages: async ({ key }) => [...(await columns.packages(key))],
    chooseFlake: async () => {
      const folder = await chooseFolder(context.window(), 'Open a project with a flake.nix');
      return folder === undefined ? null : { folder };
    },
    readSource: ({ file, past }) =>
      past === undefined ? readSourceFile(flakeInFront(), file) : history.source(past, file),
    revealFile: ({ path }) => {
      const state = runner.state();
      const isOfFailed = state.status === 'failed' && isInside(path, state.request.folder) && isAbsolute(path);
      if (path !== lastWritten && !isOfFailed && !namesPath(currentAudit(), path)) {
        throw refused(`${path} is not part of this audit`);
      }
      if (!existsSync(path)) {
        throw new ProblemError({ code: 'not-found', message: `${path} is no longer there.`, hint: 'Audit again.' });
      }
      shell.showItemInFolder(path);
    },
    writeClipboard: ({ text }) => clipboard.writeText(text),
    listReportFormats: () => reports.formats(),
    previewReport: (request) => reports.preview(currentAudit(), request),
    exportReport: async ({ ask, ...request }) => {
      const audit = currentAudit();
      const suggested = await reports.suggestPath(audit, request, folderOfReports());
      const path = ask ? await chooseFile(context.window(), 'Export report', suggested) : suggested;
      if (path === undefined) {
        return null;
      }
      await reports.write(audit, request, path);
      lastWritten = path;
      const isReport = !request.format.startsWith('checklist');
      settings.change({
        ...(isReport ? { reportFormat: request.format } : {}),
        ...(ask ? { reportFolder: resolve(path, '..') } : {}),
      });
      return { path };
    },
    saveSnapshot: async ({ redact }) => {
      const snapshot = shownSnapshot();
      const suggested = reports.suggestSnapshotPath(folderOfReports());
      const path = await chooseFile(context.window(), 'Save snapshot', suggested);
      if (path === undefined) {
        return null;
      }
      await reports.writeSnapshot(snapshot, redact, path);
      lastWritten = path;
      return { path };
    },
    copyReport: async ({ redact, what = 'report' }) => {
      const { text, html } = await reports.clipboard(currentAudit(), what, redact);
      await writeRichText(text, html);
    },
    copyReportText: async (request) => clipboard.writeText(await reports.render(currentAudit(), request)),
    getChecklist: () => checklists.get(currentAudit()),
    changeChecklist: ({ step, change }) => checklists.change(currentAudit(), step, change),
    getSettings: () => settings.get(),
    changeSettings: (change) => settings.change(change),
    forgetRecent: ({ folder }) => settings.forgetFlake(folder),
    listHistory: ({ folder }) => history.list(folder),
    openHistory: ({ id }) => history.open(id),
    changeHistory: ({ id, ...change }) => history.change(id, change),
    removeHistory: ({ id }) => history.remove(id),
  };
}

function platformOf(platform: NodeJS.Platform): 'linux' | 'darwin' | 'win32' | 'other' {
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other';
}

function refused(reason: string): ProblemError {
  return new ProblemError({ code: 'refused', message: `This was refused: ${reason}.` });
}

async function chooseFolder(window: BrowserWindow | undefined, title: string): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = { title, buttonLabel: 'Open', properties: ['openDirectory'] };
  const { canceled, filePaths } =
    window === undefined ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return canceled ? undefined : filePaths[0];
}

async function chooseFile(
  window: BrowserWindow | undefined,
  title: string,
  defaultPath: string,
): Promise<string | undefined> {
  const options: Electron.SaveDialogOptions = { title, defaultPath };
  const { canceled, filePath } =
    window === undefined ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  return canceled || filePath === undefined || filePath === '' ? undefined : filePath;
}

function namesPath(audit: Audit, path: string): boolean {
  const { snapshot, target } = audit;
  return (
    path === target.flake.path ||
    (isInside(path, target.flake.path) && isAbsolute(path)) ||
    snapshot.installations.some((copy) => copy.path === path || copy.realPath === path) ||
    snapshot.pathEntries.some((entry) => entry.path === path)
  );
}
