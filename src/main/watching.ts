import type { PathEntry } from '../core/model/snapshot';
import type { AuditRunner } from './audit-runner';
import type { SessionStore } from './session-store';
import type { SettingsStore } from './settings-store';
import { createFlakeWatcher } from './watch-flake';
import { createMachineWatcher } from './watch-machine';

export interface Watching {
  /** Goes by the tabs, the audit in front and the settings as they are now. */
  readonly refresh: () => void;
  /** This machine was read by itself, for a window without an audit. */
  readonly machineRead: (entries: readonly PathEntry[]) => void;
}

/**
 * Watches the projects of all tabs and the folders of PATH. What is in front is audited when it changes; of the others
 * the window is told.
 *
 * @param onStale the project of a tab in the background has changed
 * @param onMachine so has this machine, of which there is no audit
 */
export function createWatching(
  { runner, settings, session }: { runner: AuditRunner; settings: SettingsStore; session: SessionStore },
  onStale: (folder: string) => void,
  onMachine: () => void,
): Watching {
  let ownEntries: readonly PathEntry[] = [];
  const projects = createFlakeWatcher((folder) => {
    const state = runner.state();
    if (state.status !== 'idle' && state.request.folder === folder) {
      runner.refresh(state.request);
    } else {
      onStale(folder);
    }
  });
  const machine = createMachineWatcher(() => {
    const state = runner.state();
    if (state.status === 'done') {
      runner.start(state.request);
    } else if (state.status === 'idle' || state.status === 'failed') {
      onMachine();
    }
  });

  function refresh(): void {
    if (!settings.get().watch) {
      projects.follow([]);
      machine.follow([]);
      return;
    }
    const state = runner.state();
    const audit = state.status === 'done' ? state.audit : undefined;
    const front = state.status === 'idle' ? [] : [{ folder: state.request.folder, audit }];
    const others = session
      .get()
      .tabs.flatMap(({ request }) => (request === undefined ? [] : [{ folder: request.folder }]));
    projects.follow([...front, ...others]);
    if (audit !== undefined) {
      machine.follow(audit.snapshot.pathEntries);
    } else if (state.status === 'idle' || state.status === 'failed') {
      machine.follow(ownEntries);
    }
  }

  return {
    refresh,
    machineRead: (entries) => {
      ownEntries = entries;
      refresh();
    },
  };
}
