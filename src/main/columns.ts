import { type BrowserWindow, dialog } from 'electron';
import { ProblemError } from '../core/model/problem';
import type { ColumnData, ColumnSource, PathKind } from '../ipc/column';
import { sideKindOf } from '../node/side-kind';
import type { AuditRunner } from './audit-runner';
import type { ColumnReader } from './column-reader';
import type { HistoryStore } from './history-store';

interface ColumnContext {
  readonly runner: AuditRunner;
  readonly history: HistoryStore;
  readonly columns: ColumnReader;
}

/**
 * Reads one column of a comparison.
 *
 * @param key names the reading, for its progress
 * @throws ProblemError whatever is wrong with it; `run-gone`, `history-broken`
 */
export async function readColumn(
  { runner, history, columns }: ColumnContext,
  key: string,
  source: ColumnSource,
): Promise<ColumnData> {
  switch (source.kind) {
    case 'here':
      return columns.read(key, 'here', {});
    case 'path': {
      const { path, kind: _kind, ...choice } = source;
      return columns.read(key, identify(path).path, choice);
    }
    case 'run':
    case 'history': {
      const audit = source.kind === 'run' ? runner.auditOf(source.id) : history.open(source.id);
      if (audit === undefined) {
        throw new ProblemError({
          code: 'run-gone',
          message: 'This audit is no longer in memory.',
          hint: 'Audit again.',
        });
      }
      const { snapshot, target, shell } = audit;
      const title = source.kind === 'history' ? nameOf(history, source.id, snapshot.takenAt) : undefined;
      if (source.half === 'machine') {
        return columns.split(key, { label: 'here', kind: 'snapshot', snapshot }, title);
      }
      const data = await columns.split(key, { label: 'target', kind: 'target', target, shell }, title);
      // Two of one flake are told apart by when they were read.
      return source.kind === 'history' ? { ...data, takenAt: snapshot.takenAt } : data;
    }
  }
}

/** What the user calls a kept audit; else when it was. */
function nameOf(history: HistoryStore, id: string, takenAt: string): string {
  const name = history.list(undefined).find((entry) => entry.id === id)?.name;
  const when = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return name ?? when.format(new Date(takenAt));
}

/**
 * What a path is, without reading the whole of it.
 *
 * @throws ProblemError `operand-not-found`
 */
export function identify(path: string): PathKind {
  const kind = sideKindOf(path);
  if (kind === undefined) {
    throw new ProblemError({
      code: 'operand-not-found',
      message: `There is no ${path}.`,
      hint: 'It may have been moved or deleted.',
    });
  }
  return { path, kind };
}

/** Shows the system's dialog for a file that can be a column. */
export async function chooseSideFile(window: BrowserWindow | undefined): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = {
    title: 'Add a snapshot or an image',
    buttonLabel: 'Add',
    properties: ['openFile'],
    filters: [
      { name: 'Snapshots, audits and images', extensions: ['json', 'tar', 'gz', 'tgz', 'zst'] },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } =
    window === undefined ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return canceled ? undefined : filePaths[0];
}
