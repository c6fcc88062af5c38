import { Check } from 'lucide-react';
import type { RunState } from '../../ipc/run';
import { baseName } from '../lib/paths';
import { cancelAudit } from '../state/actions';
import { phases } from './progress-bar';
import { ReadingPanel } from './reading-panel';

type Running = Extract<RunState, { status: 'running' }>;

/**
 * An audit before there is anything of it to show: what is being done and read, and a way out.
 *
 * @param note when there will be something to show
 */
export function ProgressView({ run, note }: { readonly run: Running; readonly note?: string | undefined }) {
  const { progress, request } = run;
  return (
    <ReadingPanel
      label="Audit in progress"
      title={`Auditing ${baseName(request.folder)}`}
      note={note}
      progress={progress}
      onCancel={cancelAudit}
    >
      <ol className="phases">
        {phases.map(({ id, title }) => {
          const state = stateOf(id, run);
          return (
            <li key={id} className={state === 'waiting' ? undefined : `is-${state}`}>
              <span className="phase-mark" aria-hidden="true">
                {state === 'done' && <Check size={12} strokeWidth={3} />}
              </span>
              {title}
            </li>
          );
        })}
      </ol>
    </ReadingPanel>
  );
}

/** The machine and the flake are read side by side; then they are compared. */
function stateOf(phase: (typeof phases)[number]['id'], { progress, early }: Running): 'waiting' | 'current' | 'done' {
  if (phase === 'diff') {
    return progress?.phase === 'diff' ? 'current' : 'waiting';
  }
  const isRead = phase === 'snapshot' ? early?.machine !== undefined : early?.target !== undefined && !early.isAsked;
  return isRead || progress?.phase === 'diff' ? 'done' : 'current';
}
