import { auditAgain, openFlake } from '../state/actions';
import { EmptyState } from './empty-state';

/** No audit: none was asked for yet, or the user stopped it. */
export function Welcome({ cancelled }: { readonly cancelled: boolean }) {
  return cancelled ? (
    <EmptyState
      title="The audit was cancelled"
      text="Nothing was changed on this machine."
      action={{ label: 'Audit again', run: auditAgain }}
    />
  ) : (
    <EmptyState
      title="Which project?"
      text="Open a folder that has a flake.nix, or drop one here: Lockstep compares this machine with what the flake declares."
      action={{ label: 'Open flake…', run: () => void openFlake() }}
    />
  );
}
