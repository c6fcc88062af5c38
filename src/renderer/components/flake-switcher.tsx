import { ChevronsUpDown, FolderOpen, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { baseName, parentOf } from '../lib/paths';
import { keysForPeople } from '../shortcuts';
import { forgetRecent, openFlake, startAudit } from '../state/actions';
import { useAppState } from '../state/store';
import { Logo } from './logo';

/** The flake that is open; a click shows the recent ones. */
export function FlakeSwitcher() {
  const run = useAppState((state) => state.run);
  const recents = useAppState((state) => state.settings.recents);
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const folder = run.status === 'idle' ? undefined : run.request.folder;

  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const close = (event: Event) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) {
        setOpen(false);
      }
    };
    addEventListener('pointerdown', close);
    addEventListener('focusin', close);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('focusin', close);
    };
  }, [open]);

  const others = recents.filter((recent) => recent.folder !== folder);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from whichever of its buttons
    <div
      className="switcher"
      ref={box}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          setOpen(false);
          box.current?.querySelector('button')?.focus();
        }
      }}
    >
      <button
        type="button"
        className="switcher-button"
        aria-expanded={open}
        aria-controls="recent-flakes"
        title={folder ?? 'Open a flake'}
        onClick={() => setOpen(!open)}
      >
        <Logo size={22} />
        <span className="switcher-text">
          <span className="switcher-name">{folder === undefined ? 'Lockstep' : baseName(folder)}</span>
          <span className="switcher-path">{folder === undefined ? 'No flake open' : parentOf(folder)}</span>
        </span>
        <ChevronsUpDown size={14} aria-hidden="true" />
      </button>
      {open && (
        <div className="popover" id="recent-flakes">
          {others.length > 0 && <p className="popover-title">Recent flakes</p>}
          <ul>
            {others.map((recent) => (
              <li key={recent.folder} className="recent">
                <button
                  type="button"
                  className="popover-item"
                  onClick={() => {
                    setOpen(false);
                    startAudit(recent.folder);
                  }}
                >
                  <span className="switcher-name">{baseName(recent.folder)}</span>
                  <span className="switcher-path">{parentOf(recent.folder)}</span>
                </button>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Forget ${recent.folder}`}
                  onClick={() => forgetRecent(recent.folder)}
                >
                  <X size={13} aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="popover-item popover-open"
            onClick={() => {
              setOpen(false);
              void openFlake();
            }}
          >
            <FolderOpen size={15} aria-hidden="true" />
            Open flake…
            <kbd>{keysForPeople('Mod+O')}</kbd>
          </button>
        </div>
      )}
    </div>
  );
}
