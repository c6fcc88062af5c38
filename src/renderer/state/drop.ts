import { COLUMN_LIMIT } from '../../ipc/column';
import { attempt, problemFrom } from './actions';
import { call } from './api';
import { addColumn, columnOf, expectColumns, readColumns } from './columns';
import { getState, ownColumns, setState } from './store';
import { openFolder, openTab } from './tabs';

/**
 * What was dropped is opened: one project in this tab, one snapshot, image or root folder as a column of it, several
 * things side by side in a tab of their own.
 *
 * @param paths absolute; an empty one is no file of this machine
 */
export async function dropPaths(paths: readonly string[]): Promise<void> {
  const given = [...new Set(paths.filter((path) => path !== ''))];
  try {
    if (given.length === 0) {
      throw new Error('What was dropped is not a file of this machine.');
    }
    const things = await Promise.all(given.map((path) => call('identifyPath', { path })));
    const [first] = things;
    if (things.length === 1 && first?.kind === 'flake') {
      openFolder(first.path);
    } else if (things.length === 1 && first !== undefined) {
      addColumn({ kind: 'path', path: first.path });
    } else {
      compareFiles(things.map(({ path }) => path));
    }
  } catch (error) {
    setState({ alert: { problem: problemFrom(error) } });
  }
}

/** Puts files, folders and images side by side, in a tab of their own unless this one is blank. */
function compareFiles(paths: readonly string[]): void {
  const columns = paths.slice(0, COLUMN_LIMIT).map((path) => columnOf({ kind: 'path', path }));
  expectColumns(columns);
  const slice = { columns, reference: columns[0]?.id ?? '', place: { view: 'compare' } as const };
  const { run, columns: here } = getState();
  if (run.status === 'idle' && (here === ownColumns || here.length === 0)) {
    setState(slice);
    readColumns();
  } else {
    openTab(slice);
  }
}

/** Asks for a file or a folder, and puts it beside the rest. */
export async function chooseSide(what: 'file' | 'folder'): Promise<void> {
  const chosen = await attempt(() => call('chooseSide', { what }));
  if (chosen) {
    addColumn({ kind: 'path', path: chosen.path });
  }
}
