import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { ChecklistChange, ChecklistItem, ChecklistMark } from '../../../core/model/checklist';
import { stateLooks } from '../../../core/report/checklist-words';
import { plain, plainLines } from '../../../core/report/plain';
import { counted } from '../../lib/counted';
import { dayOf } from '../../lib/time';
import { FixItem } from '../compare/details';
import { NoteList } from './notes';

export interface StepItemProps {
  readonly item: ChecklistItem;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChange: (change: ChecklistChange) => Promise<void>;
}

/** One step: its box, its title, who did it; opened, why, how, the check and the notes. */
export function StepItem({ item, isOpen, onToggle, onChange }: StepItemProps) {
  const { title, state, mark, optional, notes } = item;
  const details = useId();
  return (
    <li className={`step is-${state}`} data-step={item.id}>
      <div className="step-head">
        <Box item={item} onChange={onChange} />
        <button type="button" className="step-toggle" aria-expanded={isOpen} aria-controls={details} onClick={onToggle}>
          <span className="step-title clamped" title={plain(title)}>
            {plain(title)}
          </span>
          {optional === true && state !== 'done' && state !== 'skipped' && <span className="step-tag">optional</span>}
          {notes.length > 0 && <span className="step-tag">{counted(notes.length, 'note')}</span>}
          <span className="step-who">
            {mark === undefined ? state === 'unseen' && stateLooks.unseen.word : markText(mark, state)}
          </span>
          <ChevronRight size={14} aria-hidden="true" className="step-chevron" />
        </button>
      </div>
      {isOpen && (
        <div className="step-body" id={details}>
          <StepBody item={item} onChange={onChange} />
        </div>
      )}
    </li>
  );
}

/** What Lockstep sees is not the user's to change: then the box only shows. */
function Box({ item, onChange }: Pick<StepItemProps, 'item' | 'onChange'>) {
  const { title, state, done } = item;
  const isTicked = state === 'done' || state === 'skipped' || state === 'claimed';
  const isSeen = done === true;
  return (
    <input
      type="checkbox"
      className="step-box"
      checked={isTicked && state !== 'claimed'}
      ref={(box) => {
        if (box !== null) {
          box.indeterminate = state === 'claimed';
        }
      }}
      aria-disabled={isSeen}
      aria-label={`${plain(title)}: ${stateLooks[state].word}`}
      title={isSeen ? 'Lockstep sees that it is done' : isTicked ? 'Take it back' : 'Tick it off by hand'}
      onChange={() => {
        if (!isSeen) {
          void onChange({ kind: isTicked ? 'reopen' : 'done' });
        }
      }}
    />
  );
}

function StepBody({ item, onChange }: Pick<StepItemProps, 'item' | 'onChange'>) {
  const { why, commands, check, notes, state, mark, earlier, done } = item;
  const [text, setText] = useState('');
  const isClosed = state === 'done' || state === 'skipped';
  return (
    <>
      {state === 'claimed' && mark !== undefined && (
        <p className="step-claim">
          {mark.by} ticked this on {dayOf(mark.at)}, but this machine does not show it.
        </p>
      )}
      {mark?.reason !== undefined && <p>{plainLines(mark.reason)}</p>}
      {earlier !== undefined && (
        <p className="muted">
          {earlier.by} ticked this on {dayOf(earlier.at)}; the flake has asked for something else since.
        </p>
      )}
      <p className="step-why">{plainLines(why)}</p>
      {commands.length > 0 && !isClosed && (
        <ul className="fixes">
          {commands.map((fix) => (
            <FixItem key={`${fix.manager} ${fix.command}`} fix={fix} />
          ))}
        </ul>
      )}
      {check !== undefined && <p className="muted step-check">Check: {plain(check)}</p>}
      <NoteList notes={notes} onRemove={(index) => onChange({ kind: 'remove-note', index })} />
      <form
        className="step-note"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') {
            void onChange({ kind: 'note', text }).then(() => setText(''));
          }
        }}
      >
        <input
          className="step-input"
          aria-label="Note"
          placeholder="Add a note for whoever comes next"
          maxLength={2_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button" disabled={text.trim() === ''}>
          Add note
        </button>
        {!isClosed && done !== true && (
          <button
            type="button"
            className="button"
            title="With what stands in the note as the reason"
            onClick={() => {
              const reason = text.trim();
              void onChange({ kind: 'skip', ...(reason === '' ? {} : { reason }) }).then(() => setText(''));
            }}
          >
            Skip
          </button>
        )}
      </form>
    </>
  );
}

function markText({ by, at, seen }: ChecklistMark, state: ChecklistItem['state']): string {
  switch (state) {
    case 'skipped':
      return `skipped by ${by}, ${dayOf(at)}`;
    case 'claimed':
      return `ticked by ${by}, not seen here`;
    default:
      return seen === true ? `seen ${dayOf(at)}, ${by}` : `${by}, ${dayOf(at)}`;
  }
}
