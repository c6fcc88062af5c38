import { Check, EyeOff, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { CONTEXT_PHRASES, CONTEXT_TITLES } from '../../../core/environment/phrases';
import type { Installation, PathContext, PathContextId, PathEntry, Snapshot } from '../../../core/model/snapshot';
import { pathContexts } from '../../../ipc/settings';
import { PathText } from '../../components/path-text';
import { counted } from '../../lib/counted';
import { baseName, parentOf } from '../../lib/paths';
import { changeSettings } from '../../state/actions';
import { useAppState } from '../../state/store';
import { ContextDifferences } from './context-differences';
import { toolsByFolder } from './hidden-by';

/** PATH in each context: what it has, in order, who put it there and what hides what. */
export function PathTab({ snapshot }: { readonly snapshot: Snapshot }) {
  const { contexts = [], contextDifferences = [], pathContext } = snapshot;
  const [picked, setPicked] = useState<PathContextId>();
  const shown = contexts.find(({ id }) => id === (picked ?? pathContext)) ?? contexts[0];
  const entries = shown?.pathEntries ?? snapshot.pathEntries;
  return (
    <>
      {contexts.length > 1 && (
        <div className="context-bar">
          <fieldset className="context-switch">
            <legend className="visually-hidden">Context</legend>
            {contexts.map(({ id, pathEntries }) => (
              <label key={id} className="context-choice">
                <input type="radio" name="context" checked={id === shown?.id} onChange={() => setPicked(id)} />
                <span>
                  {id === pathContext && <Check size={13} aria-label="decides" role="img" />}
                  {CONTEXT_TITLES[id]}
                  <span className="context-count">{pathEntries.length}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {shown !== undefined && <Decision id={shown.id} decides={shown.id === pathContext} />}
        </div>
      )}
      {shown !== undefined && <Origin context={shown} />}
      <PathList entries={entries} installations={snapshot.installations} />
      {contextDifferences.length > 0 && <ContextDifferences snapshot={snapshot} />}
    </>
  );
}

/** Whether the shown PATH decides, and a way to let it. Only present machines can be seen another way. */
function Decision({ id, decides }: { readonly id: PathContextId; readonly decides: boolean }) {
  const isPast = useAppState((state) => state.pastId !== undefined);
  const choice = pathContexts.find((one) => one === id);
  if (decides) {
    return <p className="muted">This PATH decides what wins.</p>;
  }
  return choice === undefined || isPast ? null : (
    <button type="button" className="button" onClick={() => changeSettings({ pathContext: choice })}>
      Let this PATH decide
    </button>
  );
}

function Origin({ context }: { readonly context: PathContext }) {
  const { id, answeredBy, shell, evidence, doubts } = context;
  const files = evidence.filter(({ kind }) => kind === 'file').map(({ source }) => source);
  const notes = evidence.filter(({ kind }) => kind === 'path').map(({ source }) => source);
  const how =
    answeredBy === 'program'
      ? `${shell} was asked, since its files do not tell all.`
      : answeredBy === 'process'
        ? id === 'shell'
          ? `Lockstep runs inside of the dev shell (${shell}).`
          : 'What Lockstep was started with.'
        : `Read from ${files.length === 0 ? 'what the system does by itself' : files.length === 1 ? 'a file' : `${files.length} files`}, without running ${shell ?? 'anything'}.`;
  return (
    <div className="context-origin">
      <p className="muted">
        {how}
        {notes.map((note) => ` Note: ${note}.`)}
      </p>
      {doubts.map(({ source, reason }) => (
        <p key={`${source} ${reason}`} className="path-note is-alert">
          <TriangleAlert size={13} aria-hidden="true" /> Not known for sure: {reason}{' '}
          <span className="path muted">
            <PathText path={source} />
          </span>
        </p>
      ))}
      {files.length > 0 && (
        <details className="context-files">
          <summary>Files that were read {CONTEXT_PHRASES[id]}</summary>
          <ul>
            {files.map((file) => (
              <li key={file} className="path">
                <PathText path={file} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const states: Readonly<Record<PathEntry['state'], string>> = {
  ok: '',
  missing: 'does not exist',
  'not-a-directory': 'is not a folder',
  unreadable: 'cannot be read',
  duplicate: 'is above already',
  relative: 'is relative: depends on where you are',
};

function PathList({
  entries,
  installations,
}: {
  readonly entries: readonly PathEntry[];
  readonly installations: readonly Installation[];
}) {
  const tools = useMemo(() => toolsByFolder(entries, installations), [entries, installations]);
  if (entries.length === 0) {
    return <p className="muted page-note">PATH is empty here: nothing is found by its name.</p>;
  }
  return (
    <ol className="path-list">
      {entries.map((entry, index) => {
        const { wins = 0, hides = [] } = (entry.state === 'ok' && tools.get(entry.path)) || {};
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in PATH; it may be there twice
          <li key={index} className={entry.state === 'ok' ? undefined : 'is-odd'}>
            <span className="path-number">{index + 1}</span>
            <div>
              <p className="path">
                <PathText path={entry.path === '' ? '(empty)' : entry.path} />
              </p>
              <p className="path-note muted">{noteOf(entry, wins, entries, index)}</p>
              {entry.writableByOthers === true && (
                <p className="path-note is-alert">
                  <TriangleAlert size={13} aria-hidden="true" /> others may write here, and so choose what you run
                </p>
              )}
              {hides.length > 0 && (
                <ul className="path-hides" aria-label={`Hidden by ${entry.path}`}>
                  {hides.map(({ path, version }) => (
                    <li key={path}>
                      <EyeOff size={12} aria-hidden="true" /> hides <b>{baseName(path)}</b>
                      {version !== undefined && <span className="version">{version}</span>}
                      <span className="muted">
                        in <span className="path">{parentOf(path)}</span>
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </div>
            {entry.addedBy !== undefined && (
              <span className="muted mono path-source" title="What put it on PATH">
                {entry.addedBy}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** What an entry is good for: what is wrong with it, or how much is found in it. */
function noteOf(entry: PathEntry, wins: number, entries: readonly PathEntry[], index: number): string {
  if (entry.state !== 'ok') {
    const same = entries.findIndex(({ path }) => path === entry.path);
    return entry.state === 'duplicate' && same < index ? `is above already, as ${same + 1}` : states[entry.state];
  }
  const { executables } = entry;
  return [
    executables === undefined ? undefined : counted(executables, 'program'),
    wins === 0 ? undefined : `${counted(wins, 'known tool')} found here first`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
