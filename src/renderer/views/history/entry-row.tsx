import { Columns2, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { grouped } from '../../../core/grouped';
import { plain } from '../../../core/report/plain';
import type { HistoryEntry } from '../../../ipc/contract';
import { IconButton } from '../../components/icon-button';
import { openPast } from '../../state/actions';
import { changeEntry, compareEntries, compareWithNow } from './history-actions';

/** One kept audit: when, how it stood, what had changed, and what can be done with it. */
export function EntryRow({
  entry,
  when,
  before,
  isCurrent,
  isChosen,
  onChoose,
  onRemove,
}: {
  readonly entry: HistoryEntry;
  /** In words that no other entry has. */
  readonly when: string;
  /** The one before it, of the same shell and system. */
  readonly before: HistoryEntry | undefined;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onRemove: () => void;
}) {
  const { id, name, pinned, shell, system, match, total, drift, missing, shadowed } = entry;
  const [naming, setNaming] = useState(false);
  return (
    <tr className={isCurrent ? 'is-current' : undefined}>
      <td className="row-choice">
        <input
          type="checkbox"
          className="tick"
          checked={isChosen}
          aria-label={`Choose the audit of ${when}`}
          onChange={onChoose}
        />
      </td>
      <th scope="row">
        {naming ? (
          <NameField id={id} name={name ?? ''} when={when} onDone={() => setNaming(false)} />
        ) : (
          <button type="button" className="link plain" title="Open this audit" onClick={() => void openPast(id)}>
            {name !== undefined && <b className="entry-name">{name}</b>}
            <span>{when}</span>
          </button>
        )}
        <span className="muted history-shell" title={shell}>
          {plain(shell)} · {system}
        </span>
      </th>
      <td data-words="in step">{grouped(`${match} of ${total}`)}</td>
      <td className="number" data-words="drift">
        {grouped(drift)}
      </td>
      <td className="number" data-words="missing">
        {grouped(missing)}
      </td>
      <td className="number" data-words="hidden">
        {grouped(shadowed)}
      </td>
      <td className="history-change">
        <Since entry={entry} before={before} />
      </td>
      <td className="row-actions">
        <IconButton
          label={pinned === true ? `Unpin the audit of ${when}` : `Pin the audit of ${when}: it is never let go of`}
          pressed={pinned === true}
          onClick={() => changeEntry(id, { pinned: pinned !== true })}
        >
          {pinned === true ? <PinOff size={14} /> : <Pin size={14} />}
        </IconButton>
        <IconButton label={`Name the audit of ${when}`} onClick={() => setNaming(true)}>
          <Pencil size={14} />
        </IconButton>
        <IconButton label={`Compare with the audit of ${when}`} onClick={() => compareWithNow(entry)}>
          <Columns2 size={14} />
        </IconButton>
        <IconButton label={`Remove the audit of ${when}`} onClick={onRemove}>
          <Trash2 size={14} />
        </IconButton>
      </td>
    </tr>
  );
}

/** Whether the machine, or what the flake asks for, was another than in the audit before. */
function Since({ entry, before }: { readonly entry: HistoryEntry; readonly before: HistoryEntry | undefined }) {
  if (before === undefined || entry.machine === undefined || before.machine === undefined) {
    return <span className="muted">–</span>;
  }
  const machine = entry.machine !== before.machine;
  if (!machine && entry.result === before.result) {
    return <span className="muted">nothing</span>;
  }
  return (
    <button
      type="button"
      className="link"
      onClick={() => compareEntries([entry.id, before.id], [entry, before], machine ? 'machine' : 'target')}
    >
      {machine ? 'the machine' : 'the target'}
    </button>
  );
}

/** Enter keeps the name, Escape does not; an empty one takes it away. */
function NameField({
  id,
  name,
  when,
  onDone,
}: {
  readonly id: string;
  readonly name: string;
  readonly when: string;
  readonly onDone: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const keep = () => {
    const text = input.current?.value.trim() ?? '';
    if (text !== name) {
      changeEntry(id, { name: text });
    }
    onDone();
  };
  return (
    <input
      ref={input}
      type="text"
      className="entry-field"
      aria-label={`Name of the audit of ${when}`}
      placeholder={when}
      defaultValue={name}
      maxLength={120}
      onBlur={keep}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Enter') {
          keep();
        } else if (event.key === 'Escape') {
          event.stopPropagation();
          onDone();
        }
      }}
    />
  );
}
