import { X } from 'lucide-react';
import type { ChecklistNote } from '../../../core/model/checklist';
import { plainLines } from '../../../core/report/plain';
import { IconButton } from '../../components/icon-button';
import { dayOf, timeOf } from '../../lib/time';

/** What people wrote to a step, the oldest first. */
export function NoteList({
  notes,
  onRemove,
}: {
  readonly notes: readonly ChecklistNote[];
  readonly onRemove: (index: number) => Promise<void>;
}) {
  return notes.length === 0 ? null : (
    <ul className="step-notes">
      {notes.map(({ text, by, at }, index) => (
        <li key={`${at} ${text}`}>
          <p>{plainLines(text)}</p>
          <p className="muted">
            {by}, {dayOf(at)}, {timeOf(at)}
          </p>
          <IconButton label={`Remove the note of ${by}`} onClick={() => void onRemove(index)}>
            <X size={13} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
