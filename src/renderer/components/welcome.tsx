import { FileBox, FolderOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { baseName, parentOf } from '../lib/paths';
import { keysForPeople } from '../shortcuts';
import { auditAgain, goToView, openFlake, startAudit } from '../state/actions';
import { chooseSide } from '../state/drop';
import { useAppState } from '../state/store';
import { EmptyState } from './empty-state';

/** So many recent projects are offered. */
const recentLimit = 5;

/** No audit: none was asked for yet, or the user stopped it. */
export function Welcome({ cancelled }: { readonly cancelled: boolean }) {
  const recents = useAppState((state) => state.settings.recents);
  const open = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Whoever walks along the tabs stays on them.
    if (document.activeElement?.closest('[role=tablist]') == null) {
      open.current?.focus();
    }
  }, []);
  if (cancelled) {
    return (
      <EmptyState
        title="The audit was cancelled"
        text="Nothing was changed on this machine, and there is nothing to show of it here."
        action={{ label: 'Audit again', run: auditAgain }}
      />
    );
  }
  return (
    <section className="welcome" aria-label="New comparison">
      <h2>What shall be compared?</h2>
      <p className="muted">
        A project: this machine beside what its flake declares. Or anything beside anything: drop snapshots, images,
        folders here.
      </p>
      <div className="welcome-actions">
        <button ref={open} type="button" className="button primary" onClick={() => void openFlake()}>
          <FolderOpen size={15} aria-hidden="true" /> Open flake… <kbd>{keysForPeople('Mod+O')}</kbd>
        </button>
        <button type="button" className="button" onClick={() => void chooseSide('file')}>
          <FileBox size={15} aria-hidden="true" /> Compare with a snapshot or image…
        </button>
      </div>
      <p className="muted">
        Or without anything beside it:{' '}
        <button type="button" className="link" onClick={() => goToView('snapshot')}>
          Look at this machine
        </button>
      </p>
      {recents.length > 0 && (
        <>
          <h3>Recent</h3>
          <ul>
            {recents.slice(0, recentLimit).map(({ folder }) => (
              <li key={folder}>
                <button type="button" className="popover-item" onClick={() => startAudit(folder)}>
                  <span className="switcher-name">{baseName(folder)}</span>
                  <span className="switcher-path">{parentOf(folder)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
