import type { Session } from '../../ipc/session';
import { call } from './api';
import { type AppState, currentTabs, getState, subscribe } from './store';

/** Session changes are written when nothing has changed for so long (milliseconds). */
const saveDelay = 300;

let written = '';

/** Writes the tabs down: soon after they have changed, and when the window closes. */
export function keepSession(): void {
  written = JSON.stringify(sessionOf(getState()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(saveSession, saveDelay);
  });
  addEventListener('pagehide', () => void saveSession());
}

/** Writes the tabs down now, if they have changed. A failure to write is no reason to stop anybody. */
export async function saveSession(): Promise<void> {
  const session = sessionOf(getState());
  const text = JSON.stringify(session);
  if (text !== written) {
    written = text;
    await call('saveSession', session).catch(() => undefined);
  }
}

function sessionOf(state: AppState): Session {
  const tabs = currentTabs(state);
  return {
    tabs: tabs.map(({ slice: { run, columns, reference } }) => ({
      ...(run.status === 'idle' ? {} : { request: run.request }),
      columns: columns.map(({ spec }) => spec),
      reference: Math.max(
        0,
        columns.findIndex(({ id }) => id === reference),
      ),
    })),
    active: Math.max(
      0,
      tabs.findIndex(({ id }) => id === state.tab),
    ),
    widths: state.widths,
  };
}
