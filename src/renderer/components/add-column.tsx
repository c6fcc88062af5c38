import { Command as Cmdk } from 'cmdk';
import { Clock, Cpu, FileBox, FolderOpen, GitFork, type LucideIcon, Target } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ColumnSpec } from '../../ipc/column';
import type { HistoryEntry } from '../../ipc/contract';
import { timesOf } from '../lib/entry-times';
import { baseName, parentOf } from '../lib/paths';
import { attempt } from '../state/actions';
import { call } from '../state/api';
import { addColumn } from '../state/columns';
import { chooseSide } from '../state/drop';
import { type AppState, setState, useAppState } from '../state/store';
import { Dialog } from './dialog';

/** Older ones are found in the history. */
const historyLimit = 12;

interface Choice {
  readonly key: string;
  readonly group: 'This project' | 'From a file' | 'Earlier' | 'Other projects';
  readonly title: string;
  readonly note?: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

const groups = ['This project', 'From a file', 'Earlier', 'Other projects'] as const;

/** Everything that can stand beside what is compared: found by typing, chosen by Enter. */
export function AddColumn() {
  const state = useAppState((whole) => whole);
  const folder = state.audit?.target.flake.path;
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([]);
  useEffect(() => {
    void attempt(async () => setEntries(await call('listHistory', folder === undefined ? {} : { folder })));
  }, [folder]);
  const times = timesOf(entries);
  const choices = [
    ...ownChoices(state),
    ...fileChoices,
    ...entries.slice(0, historyLimit).map((entry) => pastChoice(entry, times.get(entry.id) ?? '')),
    ...others(state),
  ];
  return (
    <Dialog label="Add a column" className="palette">
      <Cmdk label="Add a column" loop>
        <Cmdk.Input placeholder="Compare with…" autoFocus />
        <Cmdk.List>
          <Cmdk.Empty>Nothing has that name. A file or folder can also be dropped onto the window.</Cmdk.Empty>
          {groups
            .filter((group) => choices.some((choice) => choice.group === group))
            .map((group) => (
              <Cmdk.Group key={group} heading={group}>
                {choices
                  .filter((choice) => choice.group === group)
                  .map(({ key, title, note, icon: Icon, run }) => (
                    <Cmdk.Item key={key} value={`${title} ${note ?? ''} ${key}`} onSelect={() => finish(run)}>
                      <Icon size={15} aria-hidden="true" />
                      <span>{title}</span>
                      {note !== undefined && <span className="palette-note">{note}</span>}
                    </Cmdk.Item>
                  ))}
              </Cmdk.Group>
            ))}
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  );
}

function finish(run: () => void): void {
  setState({ overlay: undefined });
  queueMicrotask(run);
}

function ownChoices({ audit, columns, run }: AppState): readonly Choice[] {
  const has = (half: 'machine' | 'target') => columns.some(({ spec }) => spec.kind === 'own' && spec.half === half);
  const choice = (key: string, title: string, note: string, icon: LucideIcon, spec: ColumnSpec): Choice => ({
    key,
    group: 'This project',
    title,
    note,
    icon,
    run: () => addColumn(spec),
  });
  if (audit === undefined || run.status === 'idle') {
    return columns.some(({ spec }) => spec.kind === 'here')
      ? []
      : [choice('here', 'This machine', 'as it is now', Cpu, { kind: 'here' })];
  }
  const { target, shell } = audit;
  const path = target.flake.path;
  return [
    ...(has('machine')
      ? []
      : [choice('machine', 'This machine', 'as it is now', Cpu, { kind: 'own', half: 'machine' })]),
    ...(has('target') ? [] : [choice('target', 'Target', shell, Target, { kind: 'own', half: 'target' })]),
    ...Object.keys(target.shells)
      .filter((name) => name !== shell)
      .map((name) =>
        choice(`shell ${name}`, `Shell ${name}`, target.system, Target, {
          kind: 'path',
          path,
          system: target.system,
          shell: name,
        }),
      ),
    ...target.systems
      .filter((system) => system !== target.system)
      .map((system) =>
        choice(`system ${system}`, `Target for ${system}`, shell, Target, { kind: 'path', path, system }),
      ),
  ];
}

const fileChoices: readonly Choice[] = [
  {
    key: 'file',
    group: 'From a file',
    title: 'Snapshot, audit or image…',
    note: '.json, .tar, .tar.gz',
    icon: FileBox,
    run: () => void chooseSide('file'),
  },
  {
    key: 'folder',
    group: 'From a file',
    title: 'Project or root folder…',
    note: 'a flake, a mounted disk',
    icon: FolderOpen,
    run: () => void chooseSide('folder'),
  },
];

function pastChoice({ id, name, match, total }: HistoryEntry, when: string): Choice {
  return {
    key: id,
    group: 'Earlier',
    title: name ?? `This machine on ${when}`,
    note: name === undefined ? `${match} of ${total} in step` : when,
    icon: Clock,
    run: () => addColumn({ kind: 'history', id, half: 'machine' }),
  };
}

function others({ settings, run }: AppState): readonly Choice[] {
  const folder = run.status === 'idle' ? undefined : run.request.folder;
  return settings.recents
    .filter((recent) => recent.folder !== folder)
    .map((recent) => ({
      key: recent.folder,
      group: 'Other projects',
      title: baseName(recent.folder),
      note: parentOf(recent.folder),
      icon: GitFork,
      run: () => addColumn({ kind: 'path', path: recent.folder }),
    }));
}
