import * as electron from 'electron';
import type { LockstepApi } from '../ipc/api';
import { channelOf } from '../ipc/channel';
import type { EventName, Method } from '../ipc/contract';

const { contextBridge, ipcRenderer } = electron;

function invoke(method: Method, args?: unknown): Promise<unknown> {
  return ipcRenderer.invoke(channelOf(method), args);
}

function on(event: EventName, listener: (payload: unknown) => void): () => void {
  const receive = (_event: unknown, payload: unknown) => listener(payload);
  ipcRenderer.on(channelOf(event), receive);
  return () => ipcRenderer.removeListener(channelOf(event), receive);
}

/** `webUtils` came with Electron 29; before, a file carried its path itself. */
function pathOfFile(file: File): string {
  const { webUtils } = electron as { webUtils?: typeof electron.webUtils };
  const path = webUtils === undefined ? (file as { path?: unknown }).path : webUtils.getPathForFile(file);
  return typeof path === 'string' ? path : '';
}

const api: LockstepApi = {
  getAppInfo: () => invoke('getAppInfo'),
  getRun: () => invoke('getRun'),
  startAudit: (args) => invoke('startAudit', args),
  cancelAudit: () => invoke('cancelAudit'),
  resumeRun: (args) => invoke('resumeRun', args),
  getSession: () => invoke('getSession'),
  saveSession: (args) => invoke('saveSession', args),
  identifyPath: (args) => invoke('identifyPath', args),
  chooseSide: (args) => invoke('chooseSide', args),
  readColumn: (args) => invoke('readColumn', args),
  cancelColumn: (args) => invoke('cancelColumn', args),
  readMachine: () => invoke('readMachine'),
  cancelMachine: () => invoke('cancelMachine'),
  readPackages: (args) => invoke('readPackages', args),
  chooseFlake: () => invoke('chooseFlake'),
  readSource: (args) => invoke('readSource', args),
  revealFile: (args) => invoke('revealFile', args),
  writeClipboard: (args) => invoke('writeClipboard', args),
  listReportFormats: () => invoke('listReportFormats'),
  previewReport: (args) => invoke('previewReport', args),
  exportReport: (args) => invoke('exportReport', args),
  saveSnapshot: (args) => invoke('saveSnapshot', args),
  copyReport: (args) => invoke('copyReport', args),
  copyReportText: (args) => invoke('copyReportText', args),
  getChecklist: () => invoke('getChecklist'),
  changeChecklist: (args) => invoke('changeChecklist', args),
  getSettings: () => invoke('getSettings'),
  changeSettings: (args) => invoke('changeSettings', args),
  forgetRecent: (args) => invoke('forgetRecent', args),
  listHistory: (args) => invoke('listHistory', args),
  openHistory: (args) => invoke('openHistory', args),
  changeHistory: (args) => invoke('changeHistory', args),
  removeHistory: (args) => invoke('removeHistory', args),
  on: {
    run: (listener) => on('run', listener),
    command: (listener) => on('command', listener),
    settings: (listener) => on('settings', listener),
    notice: (listener) => on('notice', listener),
    columnProgress: (listener) => on('columnProgress', listener),
    machine: (listener) => on('machine', listener),
    history: (listener) => on('history', listener),
    stale: (listener) => on('stale', listener),
    openFolder: (listener) => on('openFolder', listener),
  },
  pathOfFile,
};

contextBridge.exposeInMainWorld('lockstep', api satisfies LockstepApi);
