import { useEffect } from 'react';
import type { RunState } from '../../../ipc/run';
import { EmptyState } from '../../components/empty-state';
import { ProblemPanel } from '../../components/problem-panel';
import { ReadingPanel } from '../../components/reading-panel';
import { StaleBanner } from '../../components/stale-banner';
import { Strip } from '../../components/strip';
import { counted } from '../../lib/counted';
import { cancelMachine, readMachine } from '../../state/machine';
import { useAppState } from '../../state/store';
import { SnapshotView } from './snapshot-view';

const again = { label: 'Read again', run: () => void readMachine() };

/**
 * This machine where there is no audit that has it: the tab has no project, or its flake cannot be read. It is read when
 * somebody looks, and shown as far as it is known meanwhile.
 *
 * @param failure why there is nothing to compare it with
 */
export function MachineView({ failure }: { readonly failure: Extract<RunState, { status: 'failed' }> | undefined }) {
  const { status, snapshot, installations = [], progress, problem } = useAppState((state) => state.machine);
  useEffect(() => void readMachine(), []);
  const isPartial = snapshot === undefined;
  return (
    <div className="stage-view">
      {failure !== undefined && (
        <StaleBanner
          problem={failure.problem}
          folder={failure.request.folder}
          note="There is nothing to compare this machine with."
        />
      )}
      <div className="stage-content">
        {isPartial && installations.length === 0 ? (
          status === 'failed' && problem !== undefined ? (
            <ProblemPanel problem={problem} action={again} />
          ) : status === 'cancelled' ? (
            <EmptyState title="Reading this machine was cancelled" text="Nothing was changed on it." action={again} />
          ) : (
            <Reading />
          )
        ) : (
          <SnapshotView snapshot={snapshot} rows={[]} found={installations} isOver={status !== 'reading'} />
        )}
      </div>
      {status === 'reading' && isPartial && installations.length > 0 && (
        <Strip label="Reading in progress" title="Reading this machine" progress={progress} onCancel={cancelMachine}>
          {counted(installations.length, 'installation')} so far
        </Strip>
      )}
      {(status === 'cancelled' || status === 'failed') && installations.length > 0 && isPartial && (
        <Strip label="Partial snapshot" title="Reading this machine was cancelled" action={again}>
          This is partial: {counted(installations.length, 'installation')} found. Nothing was changed on this machine.
        </Strip>
      )}
    </div>
  );
}

/** Before anything was found. */
function Reading() {
  const progress = useAppState((state) => state.machine.progress);
  return (
    <ReadingPanel
      label="Reading in progress"
      title="Reading this machine"
      progress={progress}
      onCancel={cancelMachine}
    />
  );
}
