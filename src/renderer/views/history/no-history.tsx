import type { RunState } from '../../../ipc/run';
import { type Action, EmptyState } from '../../components/empty-state';
import { auditAgain, cancelAudit, goToView, openFlake } from '../../state/actions';

interface Words {
  readonly title: string;
  readonly text: string;
  readonly action: Action;
}

const states: Readonly<Record<RunState['status'], Words>> = {
  idle: {
    title: 'No project is open',
    text: 'Each audit of a project is kept here, so that you can see what was true last week.',
    action: { label: 'Open flake…', run: () => void openFlake() },
  },
  running: {
    title: 'No history yet',
    text: 'The audit that is running will be the first that is kept here.',
    action: { label: 'Cancel', run: cancelAudit },
  },
  failed: {
    title: 'No history yet',
    text: 'The first audit of this flake that succeeds will be kept here.',
    action: { label: 'Show the error', run: () => goToView('compare') },
  },
  cancelled: {
    title: 'No history yet',
    text: 'The audit was cancelled. What is finished is kept here, so that you can see what was true last week.',
    action: { label: 'Audit again', run: auditAgain },
  },
  done: {
    title: 'No history yet',
    text: 'Each audit of this flake is kept here from now on, so that you can see what was true last week.',
    action: { label: 'Audit again', run: auditAgain },
  },
};

/** Why there is nothing in the history, and what can be done about it. */
export function NoHistory({ status, isOff }: { readonly status: RunState['status']; readonly isOff: boolean }) {
  const words = isOff
    ? {
        title: 'The history is off',
        text: 'The settings say that no audits are kept.',
        action: { label: 'Open the settings', run: () => goToView('settings') },
      }
    : states[status];
  return <EmptyState title={words.title} text={words.text} action={words.action} />;
}
