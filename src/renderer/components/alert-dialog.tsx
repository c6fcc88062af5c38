import { X } from 'lucide-react';
import { setState, useAppState } from '../state/store';
import { Dialog } from './dialog';
import { IconButton } from './icon-button';
import { ProblemPanel } from './problem-panel';

/** What went wrong with something the user did, over everything: the cause, what to do next, and one action. */
export function AlertDialog() {
  const alert = useAppState((state) => state.alert);
  if (alert === undefined) {
    return null;
  }
  const close = () => setState({ alert: undefined });
  const { problem, action, flake } = alert;
  return (
    <Dialog label={problem.message} className="alert" onClose={close}>
      {action !== undefined && (
        <div className="alert-close">
          <IconButton label="Close" shortcut="Escape" onClick={close}>
            <X size={16} />
          </IconButton>
        </div>
      )}
      <ProblemPanel
        problem={problem}
        {...(flake === undefined ? {} : { flake })}
        action={{
          label: action?.label ?? 'Close',
          run: () => {
            close();
            action?.run();
          },
        }}
      />
    </Dialog>
  );
}
