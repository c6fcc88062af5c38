import type { HistoryEntry } from '../../../ipc/contract';
import { attempt, showToast } from '../../state/actions';
import { call } from '../../state/api';
import { addColumn, columnOf } from '../../state/columns';
import { openTab } from '../../state/tabs';

const listeners = new Set<() => void>();

/** Is told when the history has changed. Returns how to stop. */
export function subscribeToHistory(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tellHistory(): void {
  for (const listener of listeners) {
    listener();
  }
}

/** Names or pins an entry of the history. */
export function changeEntry(id: string, change: { readonly name?: string; readonly pinned?: boolean }): void {
  void attempt(async () => {
    await call('changeHistory', { id, ...change });
    tellHistory();
  });
}

/** Entries beside each other, the oldest first and the measure of the others, in a tab of their own. */
export function compareEntries(
  ids: readonly string[],
  entries: readonly HistoryEntry[],
  half: 'machine' | 'target',
): void {
  const columns = entries
    .filter(({ id }) => ids.includes(id))
    .reverse()
    .map(({ id }) => columnOf({ kind: 'history', id, half }));
  openTab({ columns, reference: columns[0]?.id ?? '', place: { view: 'compare' } });
}

/** How this machine was, beside how it is. */
export function compareWithNow({ id }: HistoryEntry): void {
  addColumn({ kind: 'history', id, half: 'machine' });
}

const removing = new Set<string>();

/** An entry that is gone from sight, and from the disk in a moment. */
export function isBeingRemoved(id: string): boolean {
  return removing.has(id);
}

/** Removes an entry, unless the user takes it back while the message is there. */
export function removeEntry({ id }: HistoryEntry, when: string): void {
  let isWanted = true;
  const remove = () => {
    removeEventListener('pagehide', remove);
    if (isWanted) {
      isWanted = false;
      void attempt(() => call('removeHistory', { id }));
    }
  };
  addEventListener('pagehide', remove);
  removing.add(id);
  tellHistory();
  showToast({
    tone: 'plain',
    text: `Removed the audit of ${when}`,
    action: {
      label: 'Undo',
      run: () => {
        isWanted = false;
        removing.delete(id);
        tellHistory();
      },
    },
    onGone: remove,
  });
}
